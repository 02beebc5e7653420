"""The demonstration's published figures, recomputed by a second hand from its SQLite file and the rules alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from attacker import attack
from campaign import examine
from compare import Comparison, Findings, Program
from recompute import Notebook, Row, Scope

ROOT = Path(__file__).parents[2]
Printed = tuple[dict[str, list[Row]], list[str]]


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


@pytest.fixture(scope="module")
def printed(program: Program, notebook: Path, folder: Path) -> Printed:
    """Print all there is of one experiment: its workbook, the figures of its PDF."""
    one = ("--experiment", "DUO")
    sheets = program.workbook(notebook, folder / "duo.xlsx", *one)
    return sheets, program.figures_of(
        notebook, folder / "duo.pdf", "--document", "experiment", *one
    )


def test_show_and_the_workbook_publish_what_the_rules_give(
    program: Program, notebook: Path, folder: Path
) -> None:
    findings, _ = examine(program, notebook, folder, pdf=False)
    assert findings.disagreements == []
    assert findings.compared > 4000


def test_the_pdf_publishes_it_too_and_nothing_masked_comes_back(
    notebook: Path, printed: Printed
) -> None:
    findings = Findings("demo")
    comparison = Comparison(Notebook(notebook), Scope(), findings)
    sheets, texts = printed
    comparison.workbook(sheets, {"DUO"})
    comparison.pdf("DUO", texts)
    attacked, fallen = attack(comparison, sheets, texts)
    assert findings.disagreements == []
    assert findings.compared > 400
    assert fallen == []
    assert attacked > 20


def test_the_attacker_finds_what_is_not_masked_enough(notebook: Path, printed: Printed) -> None:
    """Tell the values that were masked only to protect others: the others fall."""
    comparison = Comparison(Notebook(notebook), Scope(), Findings("demo"))
    sheets, texts = printed
    n = {
        (comparison.notebook.sites[cell.site], cell.date): cell.n or 0
        for occasion in comparison.figures["DUO"]["DUO8"].everything
        for cell in occasion.cells
    }
    rows = [dict(row) for row in sheets["Mesures"]]
    for row in rows:
        if row["Indicateur"] == "DUO8" and n[row["Site"], row["Date"].date()] >= 5:
            row["Statut"] = "Observé"
    fallen = attack(comparison, {**sheets, "Mesures": rows}, texts)[1]
    assert any(leak.startswith("DUO8") for leak in fallen)
