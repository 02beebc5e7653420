"""The log: bounded, and somewhere even for a person who can write nothing at home."""

import os
from pathlib import Path

import pytest

from desktop_app.system import log
from desktop_app.system.log import append_log, log_text


def test_the_log_grows_then_starts_afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "LOG_LIMIT", 10)
    first = append_log(tmp_path / "log", "une première ligne")
    second = append_log(tmp_path / "log", "la suite")
    assert first == second
    assert second is not None
    assert second.read_text(encoding="utf-8") == "la suite\n"
    assert len(list((tmp_path / "log").iterdir())) == 2


def test_a_log_that_cannot_be_written_is_no_second_crash(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file, not a folder")
    assert append_log(tmp_path / "log", "x") is None


@pytest.fixture
def without_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home where nothing can be made (a file); gives the folder of temporary files."""
    (tmp_path / "home").write_text("a file")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home" / "state"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    return tmp_path / "temporary"


def test_without_a_home_the_log_is_among_the_temporary_files(without_home: Path) -> None:
    path = log_text("une ligne")
    assert path is not None
    assert path.is_relative_to(without_home)
    assert path.read_text(encoding="utf-8") == "une ligne\n"
    if os.name == "posix":
        assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name != "posix", reason="temporary files are the person's own on Windows")
def test_the_log_goes_nowhere_that_someone_else_prepared(
    without_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "trap").mkdir()
    (without_home / f"carnet-impact-{os.getuid()}").symlink_to(tmp_path / "trap")
    assert log_text("une ligne") is None
    assert not list((tmp_path / "trap").iterdir())
