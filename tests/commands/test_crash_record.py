"""A bug on the command line: where it is, never what or whose."""

import os
from pathlib import Path

import pytest
from command_line import Run, refused

from desktop_app.commands import show

NAME = "Madame Untel"


def test_a_bug_is_logged_without_its_message_nor_any_folder_of_the_person(
    run: Run, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> dict[str, object]:
        try:
            raise ValueError(NAME)
        except ValueError as cause:
            raise KeyError(str(demo)) from cause

    monkeypatch.setattr(show, "describe", broken)
    (tmp_path / NAME).mkdir()
    inside = tmp_path / NAME / demo.name
    demo.rename(inside)
    said = run("show", inside, "--json")
    (log,) = tmp_path.rglob("carnet-impact.log")
    refused(said, "Erreur interne (KeyError)", str(log))
    kept = log.read_text(encoding="utf-8")
    assert "KeyError" in kept
    assert "ValueError" in kept
    assert "desktop_app/commands/show.py:" in kept.replace(os.sep, "/")
    assert NAME not in kept
    assert demo.name not in kept
    assert str(Path(show.__file__).parents[2]) not in kept
