"""The demonstration's published figures, recomputed by a second hand from its SQLite file and the rules alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from attacker import attack
from campaign import examine
from compare import Comparison, Findings, Program, alternative_texts
from recompute import Notebook, Scope

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recomputation")


@pytest.fixture(scope="module")
def program() -> Program:
    return Program(ROOT)


@pytest.fixture(scope="module")
def notebook(program: Program, folder: Path) -> Path:
    path = folder / "demo.carnet"
    program.run("demo", str(path))
    return path


def test_show_and_the_workbook_publish_what_the_rules_give(
    program: Program, notebook: Path, folder: Path
) -> None:
    findings, _ = examine(program, notebook, folder, pdf=False)
    assert findings.disagreements == []
    assert findings.compared > 4000


def test_the_pdf_publishes_it_too_and_nothing_masked_comes_back(
    program: Program, notebook: Path, folder: Path
) -> None:
    findings, attacked = examine(program, notebook, folder, ["--experiment", "DUO"])
    assert findings.disagreements == []
    assert findings.compared > 400
    assert attacked > 20


def test_the_attacker_finds_what_is_not_masked_enough(
    program: Program, notebook: Path, folder: Path
) -> None:
    """Print the values that were masked only to protect others: the others fall."""
    findings = Findings("demo")
    comparison = Comparison(Notebook(notebook), Scope(), findings)
    sheets = program.workbook(notebook, folder / "duo.xlsx", "--experiment", "DUO")
    few = {"Association Le Tremplin des possibles", "Mission locale du Confluent"}
    for row in sheets["Mesures"]:
        if row["Indicateur"] == "DUO8" and row["Site"] in few:
            row["Statut"] = "Observé"
    fallen = attack(comparison, sheets, alternative_texts(folder / "scope.pdf"))[1]
    assert any(leak.startswith("DUO8") for leak in fallen)
