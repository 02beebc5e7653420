"""The visit page on a real notebook: typed through, saved by itself, never losing a word."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from visit_fixtures import Settle, opened, rest, sample, screen
from visit_notebook import Sample, fill_visit

from desktop_app.services.visits.visit_rows import MeasureLine, NewVisit
from desktop_app.services.vocabulary import MeasurementStatus, VisitState, Wave
from desktop_app.views.navigation import Place
from desktop_app.views.screens.visit import measures
from desktop_app.views.screens.visit.edit_queue import AFTER
from desktop_app.views.screens.visit.measure_row import MeasureRow
from desktop_app.views.screens.visit.screen import VisitScreen

__all__ = ["opened", "sample", "screen"]  # fixtures, used by name

if TYPE_CHECKING:
    from desktop_app.services.catalogue import NotebookServices


def row(screen: VisitScreen, label: str, category: str = "") -> MeasureRow:
    rest(screen)
    return next(
        found
        for found in screen.entry.measures.rows
        if found.line.label.startswith(label) and found.line.category == category
    )


def stored(services: "NotebookServices", visit: str, label: str) -> MeasureLine:
    lines = services.measures.lines(visit)
    return next(line for line in lines if line.label.startswith(label) and not line.category)


def put(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClicks(field, text)


def test_the_header_says_where_when_and_in_what_state(opened: VisitScreen) -> None:
    assert opened.header.title_label.text() == "IME Les Sources, Sarcelles — 9\u00a0juin 2021"
    assert opened.header.pill.text() == "Brouillon"
    assert opened.tabs.current == "entry"
    assert opened.saved.text() == ""


def test_the_first_measure_to_type_has_the_focus(opened: VisitScreen) -> None:
    assert opened.entry.measures.rows[0].value.hasFocus()


def test_rows_made_late_leave_the_focus_where_the_person_took_it(
    opened: VisitScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measures, "AT_ONCE", -1.0)  # one row at each turn
    card, notes = opened.entry.measures, opened.entry.notes.notes.area
    lines = tuple(made.line for made in card.rows)
    for moved in (False, True):
        card.load(())
        card.load(lines)
        card.focus_first()
        assert not card.complete
        if moved:
            notes.setFocus()
        rest(opened)
        assert (notes if moved else card.rows[0].value).hasFocus()


def test_what_looks_like_code_in_a_definition_is_text(opened: VisitScreen) -> None:
    first = opened.entry.measures.rows[0]
    first.aim(replace(first.line, definition="<b>gras</b>"))
    assert "&lt;b&gt;gras" in first.name.toolTip()


def test_enter_goes_down_and_both_decimal_marks_are_read(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    first, second = row(opened, "Usage"), row(opened, "Crises")
    put(first.value, "8,4")
    QTest.keyClick(first.value, Qt.Key.Key_Return)
    assert second.value.hasFocus()
    put(second.value, "5.5")
    QTest.keyClick(second.value, Qt.Key.Key_Up)
    assert first.value.hasFocus()
    settle()
    assert stored(services, sample.visit, "Usage").value == 8.4
    assert stored(services, sample.visit, "Crises").value == 5.5
    assert opened.entry.measures.counter.text() == "2 sur 5 saisies"


def test_a_value_is_saved_without_leaving_the_field_and_then_only_its_time_shows(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, qtbot: QtBot, settle: Settle
) -> None:
    put(row(opened, "Usage").value, "8,4")
    assert "Enregistré" not in opened.saved.text()
    with qtbot.waitSignal(opened.context.operations.saved, timeout=2000):
        assert AFTER < 2000
    settle()
    assert opened.saved.text().startswith("Enregistré automatiquement à ")
    assert stored(services, sample.visit, "Usage").value == 8.4


def test_an_out_of_scale_value_stays_red_and_is_not_written(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    scale = row(opened, "Satisfaction")
    put(scale.value, "7")
    QTest.keyClick(scale.value, Qt.Key.Key_Return)
    settle()
    assert "L’échelle va de 1 à 5" in scale.problem.text()
    assert scale.value.error
    assert scale.value.text() == "7"
    assert stored(services, sample.visit, "Satisfaction").status is None
    assert "Non enregistré" in opened.saved.text()
    opened.validate.click()
    assert "rouge" in opened.notice_text.text()
    scale.value.selectAll()
    put(scale.value, "4")
    opened.flush()
    settle()
    assert not scale.problem.text()
    assert stored(services, sample.visit, "Satisfaction").value == 4.0


def test_alt_n_marks_not_observed_and_takes_it_back(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    share = row(opened, "Signalétique")
    share.value.setFocus()
    QTest.keyClick(share.value, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    settle()
    line = stored(services, sample.visit, "Signalétique")
    assert (line.status, line.value) == (MeasurementStatus.NOT_OBSERVED, None)
    assert "Non observé" in share.unit.text()
    QTest.keyClick(share.value, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    settle()
    assert stored(services, sample.visit, "Signalétique").status is None
    QTest.keyClick(share.value, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    settle()
    line = stored(services, sample.visit, "Signalétique")
    assert line.status is MeasurementStatus.NOT_APPLICABLE


def test_alt_n_by_mistake_gives_back_what_it_replaced(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    scale = row(opened, "Satisfaction")
    scale.value.setFocus()
    QTest.keyClicks(scale.value, "3,5")
    QTest.keyClicks(scale.n, "12")
    settle()
    for _ in range(2):
        QTest.keyClick(scale.value, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
        settle()
    line = stored(services, sample.visit, "Satisfaction")
    assert (line.status, line.value, line.n) == (MeasurementStatus.OBSERVED, 3.5, 12)


def test_yes_and_no_are_typed_with_a_letter(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    put(row(opened, "Plan").value, "n")
    opened.flush()
    settle()
    assert stored(services, sample.visit, "Plan").value == 0.0
    assert row(opened, "Plan").value.text() in {"n", "non"}


def test_categories_fold_under_their_indicator(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    shown = len(opened.entry.measures.rows)
    row(opened, "Usage").fold.click()
    rest(opened)
    assert len(opened.entry.measures.rows) == shown + 2
    part = row(opened, "Usage", "Unité A")
    assert not part.value.isHidden()
    row(opened, "Usage").fold.click()
    rest(opened)
    assert part.value.isHidden()
    row(opened, "Usage").fold.click()
    rest(opened)
    put(part.value, "3")
    opened.flush()
    settle()
    lines = services.measures.lines(sample.visit)
    assert next(line for line in lines if line.category == "Unité A").value == 3.0


def test_what_is_being_typed_survives_a_change_made_elsewhere(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    notes = opened.entry.notes.notes.area
    put(notes, "Accueil par la directrice")
    action = services.follow_ups.list(visit_id=sample.previous)[0]
    opened.context.operations.run(lambda: services.follow_ups.mark_done(action.id, None))
    settle()
    assert notes.toPlainText() == "Accueil par la directrice"
    opened.flush()
    settle()
    assert services.visits.get(sample.visit).notes == "Accueil par la directrice"


def test_a_refused_field_keeps_its_text_and_says_why(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    end = opened.entry.identification.field("end_time")
    put(end.field, "12:00")
    opened.flush()
    settle()
    assert "avant l’heure de début" in end.problem
    assert opened.entry.identification.end.text() == "12:00"
    assert services.visits.get(sample.visit).end_time is None
    assert "Non enregistré" in opened.saved.text()
    opened.entry.identification.end.selectAll()
    put(end.field, "15:15")
    opened.flush()
    settle()
    assert not end.problem
    assert services.visits.get(sample.visit).end_time is not None


def test_a_date_that_is_none_is_not_written(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    day = opened.entry.identification.day
    day.setFocus()
    day.selectAll()
    QTest.keyClicks(day, "31/02/2021")
    opened.flush()
    settle()
    assert "n’est pas une date" in opened.entry.identification.field("date").problem
    assert services.visits.get(sample.visit).date.day == 9


def test_another_visit_is_shown_whole_after_committing_the_first(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    put(opened.entry.notes.notes.area, "Mots de juin")
    opened.flush()
    opened.show_place(Place("visit", sample.previous))
    settle()
    assert services.visits.get(sample.visit).notes == "Mots de juin"
    assert opened.entry.notes.notes.area.toPlainText().startswith("Premier passage")


def test_what_is_recorded_on_a_planned_visit_starts_it(
    screen: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    day = services.visits.get(sample.visit).date
    command = NewVisit(sample.experiment, sample.site, day, state=VisitState.PLANNED)
    planned = services.visits.create(command).value
    screen.show_place(Place("visit", planned.id))
    settle()
    assert screen.tabs.current == "preparation"
    assert not screen.preparation.start.isHidden()
    screen.tabs.set_current("entry")
    put(row(screen, "Usage").value, "6")
    screen.flush()
    settle()
    assert services.visits.get(planned.id).state is VisitState.DRAFT
    assert screen.header.pill.text() == "Brouillon"


def test_a_validated_visit_is_locked_until_amended_and_history_marks_it(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    fill_visit(services.notebook, sample)
    opened.refresh()
    settle()
    opened.validate.click()
    settle()
    assert opened.header.pill.text() == "Validée"
    field = row(opened, "Usage").value
    assert field.isReadOnly()
    assert opened.validate.text() == "Amender la visite"
    opened.validate.click()
    assert not field.isReadOnly()
    field.selectAll()
    put(field, "9")
    opened.flush()
    settle()
    assert stored(services, sample.visit, "Usage").value == 9.0
    opened.tabs.set_current("history")
    settle()
    assert opened.history.lines[0].entry.amendment
    assert "9" in opened.history.lines[0].entry.changes[0].new


def test_history_takes_a_change_back(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    put(opened.entry.identification.purpose, "Observation")
    opened.flush()
    settle()
    opened.tabs.set_current("history")
    settle()
    line = opened.history.lines[0]
    assert not line.undo.isHidden()
    line.undo.click()
    settle()
    assert services.visits.get(sample.visit).purpose == ""
    opened.tabs.set_current("entry")
    assert opened.entry.identification.purpose.text() == ""


def test_tabs_change_with_keys(opened: VisitScreen) -> None:
    QTest.keyClick(opened, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert opened.tabs.current == "actions"
    QTest.keyClick(opened, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert opened.tabs.current == "attachments"


def test_a_visit_that_is_gone_leads_back_to_the_list(
    screen: VisitScreen,
    services: "NotebookServices",
    sample: Sample,
    settle: Settle,
    places: list[Place],
) -> None:
    services.visits.delete(sample.visit)
    screen.show_place(Place("visit", sample.visit))
    settle()
    assert places == [Place("visits")]


def test_every_field_has_a_name_for_screen_readers(opened: VisitScreen) -> None:
    for widget in opened.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(opened):
            text = getattr(widget, "text", None)
            named = widget.accessibleName() or (callable(text) and text())
            assert named, widget


def test_a_measure_by_waves_says_which_and_its_wave_can_be_corrected(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    scale = row(opened, "Satisfaction")
    assert not scale.wave.isHidden()
    assert row(opened, "Usage").wave.isHidden()
    scale.wave.set_value(Wave.T1)
    scale.wave.committed.emit()
    settle()
    assert stored(services, sample.visit, "Satisfaction").status is None
    put(scale.value, "4")
    opened.flush()
    settle()
    assert stored(services, sample.visit, "Satisfaction").wave is Wave.T1
    scale.wave.set_value(Wave.T2)
    scale.wave.committed.emit()
    settle()
    line = stored(services, sample.visit, "Satisfaction")
    assert (line.wave, line.value) == (Wave.T2, 4.0)


def test_what_could_not_be_committed_stays_on_screen_and_is_said(
    opened: VisitScreen,
    services: "NotebookServices",
    sample: Sample,
    settle: Settle,
    qtbot: QtBot,
) -> None:
    services.visits.delete(sample.visit)
    notes = opened.entry.notes.notes
    put(notes.area, "Mots qui comptent")
    with qtbot.waitSignal(opened.context.operations.failed):
        opened.flush()
    settle()
    assert "n’existe plus" in notes.bound.problem
    assert notes.area.toPlainText() == "Mots qui comptent"
    assert "Non enregistré" in opened.saved.text()
    services.history.undo(services.history.of_visit(sample.visit)[0].hlc)
    opened.flush()
    settle()
    assert services.visits.get(sample.visit).notes == "Mots qui comptent"


def test_tab_goes_through_unfolded_categories_in_their_place(opened: VisitScreen) -> None:
    row(opened, "Usage").fold.click()
    rest(opened)
    row(opened, "Usage").comment.setFocus()
    QTest.keyClick(row(opened, "Usage").comment, Qt.Key.Key_Tab)
    assert row(opened, "Usage", "Unité A").value.hasFocus()
    row(opened, "Usage", "Unité B").comment.setFocus()
    QTest.keyClick(row(opened, "Usage", "Unité B").comment, Qt.Key.Key_Tab)
    assert row(opened, "Crises").value.hasFocus()


def test_tab_follows_the_identification_as_it_is_laid_out(opened: VisitScreen) -> None:
    card = opened.entry.identification
    card.start.setFocus()
    QTest.keyClick(card.start, Qt.Key.Key_Tab)
    assert card.end.hasFocus()
    card.purpose.setFocus()
    QTest.keyClick(card.purpose, Qt.Key.Key_Tab)
    assert row(opened, "Usage").fold.hasFocus()
    opened.window().resize(1072, 700)
    card.end.setFocus()
    QTest.keyClick(card.end, Qt.Key.Key_Tab)
    assert card.headcount.hasFocus()


def test_the_calendar_of_a_locked_date_changes_nothing(
    opened: VisitScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    fill_visit(services.notebook, sample)
    services.visits.validate(sample.visit)
    opened.refresh()
    settle()
    day = opened.entry.identification.day
    day.setText("08/06/2021")
    day.edited.emit()
    day.commit()
    opened.flush()
    settle()
    assert services.visits.get(sample.visit).date.day == 9
    assert day.text() == "09/06/2021"
