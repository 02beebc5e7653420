"""``backup`` and ``restore``: whole copies that replace nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_files import HARM
from command_line import Run, refused


def test_backup_then_restore_gives_the_same_notebook(run: Run, demo: Path, tmp_path: Path) -> None:
    copy, back = tmp_path / "copie.carnet", tmp_path / "retour.carnet"
    assert run("backup", demo, "-o", copy).status == 0
    assert run("restore", copy, "-o", back).status == 0
    shown = [json.loads(run("show", path, "--json").out) for path in (demo, back)]
    for one in shown:
        one.pop("path")
    assert shown[0] == shown[1]
    assert run("check", back).status == 0


def test_copies_replace_nothing(run: Run, demo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copie.carnet"
    run("backup", demo, "-o", copy)
    before = copy.read_bytes()
    refused(run("backup", demo, "-o", copy), "existe déjà")
    refused(run("restore", copy, "-o", demo), "existe déjà")
    refused(run("backup", demo, "-o", demo))
    refused(run("backup", demo, "-o", tmp_path), "existe déjà")
    refused(run("backup", demo, "-o", tmp_path / "nulle-part" / "c.carnet"), "n’existe pas")
    assert copy.read_bytes() == before


@pytest.mark.parametrize(("harm", "word"), HARM, ids=[harm.__name__ for harm, _ in HARM])
def test_restore_refuses_a_bad_copy(
    run: Run, demo: Path, tmp_path: Path, harm: Callable[[Path], None], word: str
) -> None:
    harm(demo)
    refused(run("restore", demo, "-o", tmp_path / "r.carnet"), word)
    assert not (tmp_path / "r.carnet").exists()
