"""``check``, and what every command says of a file that is no good."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_files import HARM, truncated
from command_line import AREAS, COUNTED, Run, refused


def test_check_of_a_sound_notebook(run: Run, demo: Path) -> None:
    said = run("check", demo)
    assert (said.status, said.err) == (0, "")
    assert "fichier, liens entre fiches, journal, pièces jointes, index de recherche" in said.out
    report = json.loads(run("check", demo, "--json").out)
    assert report["ok"] is True
    assert report["areas"] == AREAS
    assert report["problems"] == []
    assert set(report["counts"]) == COUNTED


def test_check_finds_what_was_changed_behind_the_journal(run: Run, demo: Path) -> None:
    base = sqlite3.connect(demo)
    base.execute("UPDATE visit SET notes = 'réécrit' WHERE rowid = 1")
    base.commit()
    base.close()
    said = run("check", demo)
    assert said.status == 1
    assert "journal\u00a0: " in said.out
    assert said.err.count("\n") == 1
    assert "dans ce carnet" in said.err
    report = json.loads(run("check", demo, "--json").out)
    assert report["ok"] is False
    assert {problem["area"] for problem in report["problems"]} <= set(AREAS)


@pytest.mark.parametrize(("harm", "word"), HARM, ids=[harm.__name__ for harm, _ in HARM])
@pytest.mark.parametrize(
    "command",
    [
        ["show"],
        ["check"],
        ["export", "excel", "-o", "x.xlsx"],
        ["export", "pdf", "-o", "x.pdf", "--document", "experiment", "--experiment", "DUO"],
        ["backup", "-o", "copie.carnet"],
    ],
    ids=lambda command: "-".join(command[:2]),
)
def test_a_file_that_is_no_good_is_said_in_one_line(
    run: Run,
    demo: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    harm: Callable[[Path], None],
    word: str,
) -> None:
    monkeypatch.chdir(demo.parent)
    harm(demo)
    refused(run(*command, demo), word)
    assert not any(Path(name).exists() for name in ("x.xlsx", "x.pdf", "copie.carnet"))


def test_check_json_speaks_of_a_damaged_file_too(run: Run, demo: Path) -> None:
    truncated(demo)
    said = run("check", demo, "--json")
    assert said.status == 1
    report = json.loads(said.out)
    assert report["ok"] is False
    assert [problem["area"] for problem in report["problems"]] == ["file"]
    assert "tronqué" in said.err
