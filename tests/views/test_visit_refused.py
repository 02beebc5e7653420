"""What the notebook could not take stays on screen, comes back, and is said."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from sqlalchemy import text
from visit_fixtures import Settle, opened, rest, sample, screen
from visit_notebook import Sample, fill_visit

from desktop_app.services.vocabulary import Reliability
from desktop_app.views.navigation import Place
from desktop_app.views.screens.visit.screen import VisitScreen

__all__ = ["opened", "sample", "screen"]  # fixtures, used by name

if TYPE_CHECKING:
    from desktop_app.services.catalogue import NotebookServices


def put(field: QWidget, words: str) -> None:
    field.setFocus()
    QTest.keyClicks(field, words)


def show(screen: VisitScreen, visit: str, settle: Settle) -> None:
    screen.flush()
    screen.show_place(Place("visit", visit))
    settle()
    rest(screen)


def test_what_cannot_be_read_comes_back_in_red_with_its_visit(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    day = opened.entry.identification.day
    day.setFocus()
    day.selectAll()
    QTest.keyClicks(day, "31/02/2021")
    put(opened.entry.measures.rows[2].value, "7")
    show(opened, sample.previous, settle)
    assert "9\u00a0juin 2021" in opened.context.notify.message
    assert day.text() == "12/05/2021"
    assert opened.entry.measures.rows[2].value.text() == "3,1"
    assert "Non enregistré" not in opened.saved.text()
    show(opened, sample.visit, settle)
    assert day.text() == "31/02/2021"
    assert "n’est pas une date" in opened.entry.identification.field("date").problem
    row = opened.entry.measures.rows[2]
    assert (row.value.text(), bool(row.value.error)) == ("7", True)
    assert "L’échelle va de 1 à 5" in row.problem.text()
    assert "Non enregistré" in opened.saved.text()
    row.value.selectAll()
    put(row.value, "4")
    opened.flush()
    settle()
    assert services.measures.lines(sample.visit)[4].value == 4.0


def test_the_refusal_to_validate_leaves_with_its_reason(
    opened: VisitScreen, settle: Settle
) -> None:
    row = opened.entry.measures.rows[2]
    put(row.value, "7")
    QTest.keyClick(row.value, Qt.Key.Key_Return)
    opened.validate.click()
    assert not opened.notice.isHidden()
    row.value.selectAll()
    put(row.value, "4")
    opened.flush()
    settle()
    assert opened.notice.isHidden()


def test_a_full_disk_keeps_the_words_until_there_is_room(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    with services.notebook.write() as uow:
        pages = uow.session.execute(text("PRAGMA page_count")).scalar_one()
        uow.session.execute(text(f"PRAGMA max_page_count = {pages}"))
    notes, words = opened.entry.notes.notes, "Des mots qui comptent. " * 2000
    notes.area.setPlainText(words)
    opened.flush()
    settle()
    assert "disque est plein" in notes.bound.problem
    assert notes.area.toPlainText() == words
    assert "Non enregistré" in opened.saved.text()
    put(notes.area, "Encore. ")
    notes.area.clearFocus()
    opened.flush()
    settle()
    assert services.visits.get(sample.visit).notes == ""
    with services.notebook.write() as uow:
        uow.session.execute(text("PRAGMA max_page_count = 4294967294"))
    opened.flush()
    settle()
    assert not notes.bound.problem
    assert services.visits.get(sample.visit).notes == f"Encore. {words}".strip()
    assert "Non enregistré" not in opened.saved.text()


def test_a_reliability_waits_for_its_value_and_is_written_with_it(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    row = opened.entry.measures.rows[0]
    row.value.setFocus()
    QTest.keyClick(row.value, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    menu = row.value.findChild(QWidget, "reliability")
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    settle()
    assert services.measures.lines(sample.visit)[0].status is None
    assert "fiabilité faible" in row.unit.text()
    put(row.value, "8")
    opened.flush()
    settle()
    line = services.measures.lines(sample.visit)[0]
    assert (line.value, line.reliability) == (8.0, Reliability.LOW)
    row.rate(Reliability.HIGH)
    settle()
    assert services.measures.lines(sample.visit)[0].reliability is Reliability.HIGH


def test_rows_serve_again_for_another_visit(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    fill_visit(services.notebook, sample)
    before = set(opened.entry.measures.rows)
    show(opened, sample.previous, settle)
    rows = opened.entry.measures.rows
    assert set(rows) <= before
    assert [row.value.text() for row in rows[:4]] == ["6,2", "9", "3,1", "40"]
    put(rows[4].value, "o")
    show(opened, sample.visit, settle)
    assert services.measures.lines(sample.previous)[-1].value == 1.0
    assert [row.value.text() for row in opened.entry.measures.rows[:3]] == ["8,4", "5", "4,2"]
