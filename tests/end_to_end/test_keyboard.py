"""The whole job with the keyboard alone, on the demonstration; then everything is in the file."""

from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.services.notebook.notebooks import NotebookService
from desktop_app.services.visits.visit_rows import MeasureLine
from desktop_app.services.vocabulary import MeasurementStatus, Polarity, VisitState
from desktop_app.views.screens.experiment.screen import ExperimentScreen
from tests.end_to_end import journeys
from tests.end_to_end.driver import Person, Read, Start, wait_until

NOTE = "Séance suivie jusqu’au bout par toute la classe."


def actual(page: ExperimentScreen, code: str) -> float | None:
    """The actual value of an indicator as the page shows it."""
    assert page.dossier is not None
    results = (row for part in page.dossier.sheet.objectives for row in part.results)
    return next(row.actual for row in results if row.indicator.code == code)


def record(person: Person) -> str:
    """A visit from Ctrl+N to its validation; returns its reference."""
    page = journeys.create_visit(person, "Jexplore", journeys.PURPOSE)
    journeys.measure(person, journeys.MEASURES)
    person.fill("Notes libres", NOTE)
    journeys.add_finding(person, journeys.FINDING, "Collégiens, quatrième")
    journeys.add_action(person, journeys.ACTION, "Chargé de mission collèges", "30/6")
    journeys.validate(person)
    return page.work.visit.reference


def check_record(lines: tuple[MeasureLine, ...]) -> None:
    totals = {line.indicator_code: line for line in lines if not line.category}
    seen = {
        code: (line.value, line.n)
        for code, line in totals.items()
        if line.status is MeasurementStatus.OBSERVED
    }
    assert seen == {
        "JEX1": (54.0, None),
        "JEX2": (8.4, 24),
        "JEX3": (46.5, 24),
        "JEX5": (8.4, 24),
        "JEX8": (3.2, 5),
        "JEX9": (1.0, None),
    }
    assert totals["JEX4"].status is MeasurementStatus.NOT_OBSERVED
    assert totals["JEX4"].value is None
    assert totals["JEX6"].measurement_id is None


def test_the_main_job_by_keyboard_alone(
    start: Start, read: Read, demonstration: Path, tmp_path: Path
) -> None:
    documents = tmp_path / "documents"
    with start() as person:
        journeys.open_demonstration(person)
        before = actual(journeys.show_results(person, "Jexplore"), "JEX1")
        reference = record(person)
        page = journeys.show_results(person, "Jexplore")
        assert before is not None
        assert actual(page, "JEX1") == before + 54
        journeys.save_document(person, "Classeur", documents / "classeur.xlsx", "Toutes")
        report = documents / "visite.pdf"
        journeys.save_document(person, "Compte rendu", report, "Jexplore", reference)
        person.press("Ctrl+Q")
        wait_until(lambda: not person.window.isVisible(), "the window to close")

    with read(demonstration) as services:
        visit = services.visits.find(reference)
        assert visit.state is VisitState.VALIDATED
        assert (visit.purpose, visit.notes) == (journeys.PURPOSE, NOTE)
        check_record(services.measures.lines(visit.id))
        (finding,) = services.findings.of_visit(visit.id)
        assert (finding.text, finding.polarity) == (journeys.FINDING, Polarity.POSITIVE)
        assert finding.audience == "Collégiens, quatrième"
        (action,) = services.follow_ups.list(visit_id=visit.id)
        assert (action.what, action.who) == (journeys.ACTION, "Chargé de mission collèges")
        assert f"{action.due_date}" == "2021-06-30"
        assert NotebookService(services.notebook).check().ok
    book = openpyxl.load_workbook(documents / "classeur.xlsx", read_only=True)
    cells = {value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row}
    book.close()
    assert reference in cells
    with pypdfium2.PdfDocument(report) as pdf:
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert reference in text

    with start(demonstration) as person:
        journeys.find_visit(person, reference)
        assert journeys.visit_page(person).work.visit.reference == reference
        person.see("Visite validée")


@pytest.mark.parametrize(
    ("keys", "title"),
    [
        ("Ctrl+K", "Rechercher"),
        ("F1", "Raccourcis"),
        ("Shift+F1", "À propos"),
        ("Ctrl+Shift+N", "Nouveau carnet"),
    ],
)
def test_each_dialog_opens_and_closes_by_key(
    start: Start, demonstration: Path, keys: str, title: str
) -> None:
    with start(demonstration) as person:
        person.press(keys)
        dialog = person.await_dialog(title)
        person.press("Escape")
        person.dialog_closed(dialog)
        assert QApplication.activeWindow() is person.window
