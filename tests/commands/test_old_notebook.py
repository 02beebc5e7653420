"""A notebook that no window has upgraded yet: every command that reads takes it as it is."""

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from command_line import Run

STORED = Path(__file__).parents[1] / "store" / "files" / "format-1.carnet.gz"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "ancien.carnet"
    path.write_bytes(gzip.decompress(STORED.read_bytes()))
    return path


def test_it_is_backed_up_as_it_is_and_nothing_is_said_of_it(
    run: Run, old: Path, tmp_path: Path
) -> None:
    before, copy, back = old.read_bytes(), tmp_path / "copie.carnet", tmp_path / "retour.carnet"
    said = run("backup", old, "-o", copy)
    assert (said.status, said.err) == (0, "")
    assert run("restore", copy, "-o", back).status == 0
    for path in (copy, back):
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert old.read_bytes() == before


def test_it_is_checked_shown_and_exported_without_being_upgraded(
    run: Run, old: Path, tmp_path: Path
) -> None:
    before, book = old.read_bytes(), tmp_path / "classeur.xlsx"
    for command in (["check", old], ["show", old], ["export", "excel", old, "-o", book]):
        said = run(*command)
        assert said.status == 0
        assert "est encore au format 1." in said.err
        assert "il n’est pas changé" in said.err
        assert said.err.count("\n") == 1
    assert "Visites" in openpyxl.load_workbook(book).sheetnames
    shown = json.loads(run("show", old, "--json").out)
    assert (shown["schema_version"], shown["path"]) == (1, str(old))
    assert shown["counts"]["visit"] == 3
    assert json.loads(run("check", old, "--json").out)["ok"] is True
    assert old.read_bytes() == before


def test_what_is_wrong_with_it_is_told(run: Run, old: Path) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute("UPDATE finding SET visit_id = 'nulle part' WHERE rowid = 1")
    said = run("check", old)
    assert said.status == 1
    assert "liens entre fiches\u00a0: " in said.out
    assert "dans ce carnet" in said.err
