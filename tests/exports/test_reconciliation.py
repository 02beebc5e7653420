"""The screen, the workbook and the PDF say the same figures of the same scope."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pdf_reading import Node, bare, structure
from sqlalchemy import select

from desktop_app import french
from desktop_app.config.settings import Settings
from desktop_app.exports.excel.workbook import write_workbook
from desktop_app.exports.pdf import write_experiment
from desktop_app.models.visit import Finding, FollowUp, Measurement
from desktop_app.services.catalogue import NotebookServices, build_services
from desktop_app.services.demo import write_demo
from desktop_app.services.results.rows import ExperimentResult, IndicatorResult, Tally
from desktop_app.services.results.scope import Scope
from desktop_app.services.results.words import actual_text, basis_text, state_text
from desktop_app.services.vocabulary import Calculation, Level, ValueType
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook

CODES = ("AND", "ARB", "SOL", "DUO", "ETR", "JEX")
Line = dict[str, Any]


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NotebookServices]:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder / "demo.carnet", scale=1, seed=2021)
    device = DeviceIdentity("d", "Poste", "Mission innovation")
    with Notebook.open(folder / "demo.carnet", device, read_only=True) as notebook:
        yield build_services(notebook, Settings(folder / "settings.json"))


@pytest.fixture(scope="module", params=[True, False], ids=["drafts", "validated"])
def drafts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="module")
def sheets(
    services: NotebookServices, drafts: bool, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[Line]]:
    """Each sheet of the workbook read back, a dictionary a row."""
    scope = Scope(include_drafts=drafts)
    path = tmp_path_factory.mktemp("workbook") / "classeur.xlsx"
    for _ in write_workbook(services.documents.workbook_document(scope), services.documents, path):
        pass
    found: dict[str, list[Line]] = {}
    for sheet in openpyxl.load_workbook(path).worksheets:
        heading, *lines = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(map(str, heading), line, strict=True)) for line in lines]
    return found


@pytest.mark.parametrize("code", CODES)
def test_one_scope_one_set_of_figures(
    services: NotebookServices,
    sheets: dict[str, list[Line]],
    drafts: bool,
    code: str,
    tmp_path: Path,
) -> None:
    experiment = services.experiments.by_code(code)
    scope = Scope(experiment_id=experiment.id, include_drafts=drafts)
    document = services.documents.experiment_document(experiment.id, scope)
    seen = services.results.sheet(experiment.id, scope)
    sheet, whole = document.sheet, document.sheet.experiment
    here = {
        name: [line for line in lines if line.get("Expérimentation") == code]
        for name, lines in sheets.items()
    }
    pdf = tmp_path / "synthese.pdf"
    for _ in write_experiment(document, pdf):
        pass
    tree = structure(pdf)

    (line,) = here["Synthèse"]
    assert (line["Visites"], line["Sites"]) == (whole.visit_count, whole.site_count)
    assert line["Observations"] == whole.observation_count
    assert_counts(line, whole)
    assert len(here["Visites"]) == whole.visit_count
    visited = Counter((visit["Site"], visit["Commune"]) for visit in here["Visites"])
    assert len(visited) == whole.site_count
    for site in sheets["Sites"]:
        if site["Expérimentations"] == code:
            assert site["Visites"] == visited[site["Site"], site["Commune"]]
    measured = sum(m["Statut"] in {"Observé", "Masqué"} for m in here["Mesures"])
    assert measured + len(here["Constats"]) == whole.observation_count

    text = french.typeset(tree.words)
    done = "réalisée" if drafts else "validée"
    assert french.plural(whole.visit_count, f"visite {done}", f"visites {done}s") in text
    assert french.plural(whole.site_count, "site visité", "sites visités") in text
    assert french.plural(len(here["Constats"]), "constat") in text
    rows = list(tree.all("TR"))
    for visit in here["Visites"]:
        assert sum(visit["Visite"] in row.words for row in rows) == 1
    results = [result for objective in sheet.objectives for result in objective.results]
    unmasked = [result for objective in seen.objectives for result in objective.results]
    assert [line["Indicateur"] for line in here["Indicateurs"]] == [
        result.indicator.code for result in results
    ]
    for line, result, screen in zip(here["Indicateurs"], results, unmasked, strict=True):
        assert_same(line, result, screen, rows)


def assert_counts(line: Line, whole: ExperimentResult) -> None:
    """The experiment's indicators counted, overall and level by level."""
    counted = {
        "En recul": whole.tally.decline,
        "Inchangées": whole.tally.unchanged,
        "En progrès": whole.tally.progress,
        "Atteintes": whole.tally.reached,
        "Sans donnée": whole.tally.no_data,
        "Dont masquées": whole.tally.masked,
        "Qualitatifs": whole.qualitative,
        "Indicateurs": whole.indicator_count,
        "Non mesurés": whole.stale,
    }
    assert {title: line[title] for title in counted} == counted
    for name, level in (
        ("Réalisations", Level.OUTPUT),
        ("Résultats", Level.OUTCOME),
        ("Impacts", Level.IMPACT),
        ("Viabilité", Level.VIABILITY),
    ):
        tally = next((row.tally for row in whole.levels if row.level is level), Tally())
        found = [
            line[f"{name}\u00a0: {movement}"]
            for movement in (
                "en recul",
                "inchangées",
                "en progrès",
                "atteintes",
                "sans donnée",
                "ensemble",
            )
        ]
        assert found == [tally.decline, tally.unchanged, tally.progress, tally.reached,
                         tally.no_data, tally.total]  # fmt: skip


def assert_same(
    line: Line, result: IndicatorResult, screen: IndicatorResult, rows: list[Node]
) -> None:
    """One indicator: its line in the workbook, its row in the PDF's table, and the screen's."""
    assert line["Valeurs relevées"] == screen.recorded
    name = bare(f"{result.indicator.label}{result.indicator.code}")
    (row,) = [said for found in rows if (said := bare(found.words)).startswith(name)]
    if result.masked:
        assert (line["Lecture"], line["État"], line["Actuel"], line["n"]) == (
            "masqué", "masqué", None, None,
        )  # fmt: skip
        assert "masqué" in row
        return
    assert line["État"] == state_text(screen)
    if result.indicator.calculation is Calculation.NONE:
        assert line["Lecture"] == (basis_text(screen) or None)
        return
    told = actual_text(screen)
    assert (line["Lecture"] or french.MISSING) == told
    assert bare(told) in row
    if result.actual is None or result.few or result.indicator.calculation is Calculation.SITES:
        assert line["Actuel"] is None
    elif result.indicator.value_type is ValueType.PERCENTAGE:
        assert line["Actuel"] * 100 == pytest.approx(screen.actual)
    else:
        assert line["Actuel"] == pytest.approx(screen.actual)
    if result.n is not None:
        assert line["n"] == screen.n
        assert bare(f"n = {french.number(screen.n, 0)}") in row


def test_what_is_written_meanwhile_is_in_no_sheet(tmp_path: Path) -> None:
    """Counts, sums and rows are those of one state of the notebook."""
    path, target = tmp_path / "demo.carnet", tmp_path / "classeur.xlsx"
    write_demo(path, scale=1, seed=2021)
    device = DeviceIdentity("d", "Poste", "Mission innovation")
    settings = Settings(tmp_path / "settings.json")
    with (
        Notebook.open(path, device) as window,
        Notebook.open(path, device, read_only=True) as command,
        build_services(command, settings).documents.unchanging() as documents,
    ):
        document = documents.workbook_document(Scope(include_drafts=True))
        steps = write_workbook(document, documents, target)
        next(steps)
        with window.write() as uow:
            for table in (Measurement, Finding, FollowUp):
                for record in uow.session.scalars(select(table)):
                    record.deleted = True
        for _ in steps:
            pass
    counts = document.counts
    book = openpyxl.load_workbook(target, read_only=True)
    for title, count in (
        ("Mesures", counts.measurements),
        ("Constats", counts.findings),
        ("Actions", counts.follow_ups),
    ):
        assert count > 10
        assert sum(1 for _ in book[title].iter_rows()) == count + 1
    book.close()
