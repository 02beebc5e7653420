"""Where file dialogs start, while a share may not answer."""

from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.config.policy import judged
from desktop_app.config.settings import Settings
from desktop_app.views.runtime.proposed_folders import (
    document_folder,
    look_for_folders,
    notebook_folder,
    own_folder,
)


def test_a_share_that_does_not_answer_keeps_no_one_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answer = Event()
    monkeypatch.setattr("desktop_app.system.folders.make_folder", lambda _: answer.wait(10))
    raw = {"notebook_folder": str(tmp_path / "a"), "document_folder": str(tmp_path / "b")}
    settings = Settings(tmp_path / "settings.json", judged(raw, "policy"))
    last = tmp_path / "dernier"
    last.mkdir()
    settings.remember("document_choices", {"folder": str(last)})
    look_for_folders(settings)
    qtbot.waitUntil(lambda: last in settings.seen)
    assert notebook_folder(settings, None) == own_folder()
    assert notebook_folder(settings, last / "a.carnet") == last
    assert document_folder(settings) == last
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    answer.set()
    for key in raw:
        qtbot.waitUntil(lambda key=key: settings.folder(key) is not None)
    assert notebook_folder(settings, last / "a.carnet") == tmp_path / "a"
    assert document_folder(settings) == tmp_path / "b"


def test_without_a_home_there_is_still_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(path: str) -> str:
        return path

    monkeypatch.setattr("os.path.expanduser", homeless)
    assert own_folder().is_dir()
