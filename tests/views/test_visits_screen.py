"""The list of visits: found, sorted, created, deleted, remembered."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from visit_fixtures import Settle, place, sample
from visit_notebook import DAY, LAST, Sample, fill_visit

from desktop_app.services.visits.visit_rows import NewFinding, NewFollowUp, NewVisit, VisitFilter
from desktop_app.services.vocabulary import VisitState
from desktop_app.views.dialogs.new_visit import NewVisitDialog
from desktop_app.views.navigation import Place
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.visits.filters import SEARCH_DELAY, from_settings, to_settings
from desktop_app.views.screens.visits.screen import PAGE, VisitsScreen

if TYPE_CHECKING:
    from desktop_app.services.catalogue import NotebookServices

__all__ = ["sample"]  # a fixture, used by name


@pytest.fixture
def screen(context: ScreenContext, window: QWidget) -> Iterator[VisitsScreen]:
    made = VisitsScreen(context)
    place(made, window)
    yield made
    made.dispose()


@pytest.fixture
def opened(screen: VisitsScreen, sample: Sample, settle: Settle) -> VisitsScreen:
    screen.show_place(Place("visits"))
    settle()
    return screen


def days(screen: VisitsScreen) -> list[dt.date]:
    return [row.date for row in screen.model.rows]


def test_the_latest_comes_first_and_the_total_is_said(opened: VisitsScreen) -> None:
    assert days(opened) == [DAY, LAST]
    assert opened.total.text() == "2 visites"


def test_an_empty_notebook_offers_a_first_visit(screen: VisitsScreen, settle: Settle) -> None:
    screen.show_place(Place("visits"))
    settle()
    buttons = [b for b in screen.findChildren(QPushButton) if b.isVisible()]
    assert [b.text() for b in buttons].count("Nouvelle visite") == 2
    assert not screen.filters.isVisible()


def test_searching_as_one_types(
    opened: VisitsScreen,
    services: "NotebookServices",
    sample: Sample,
    qtbot: QtBot,
    settle: Settle,
) -> None:
    fill_visit(services.notebook, sample)
    QTest.keyClick(opened, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert opened.filters.search.hasFocus()
    with qtbot.waitSignal(opened.filters.changed, timeout=SEARCH_DELAY * 10):
        QTest.keyClicks(opened.filters.search, "pictogrammes")
    settle()
    assert days(opened) == [DAY]
    with qtbot.waitSignal(opened.filters.changed, timeout=SEARCH_DELAY * 10):
        QTest.keyClicks(opened.filters.search, "zzz")
    settle()
    assert days(opened) == []
    clear = next(
        button
        for button in opened.findChildren(QPushButton)
        if button.text() == "Effacer les filtres" and button is not opened.filters.clear_button
    )
    assert clear.isVisible()
    clear.click()
    settle()
    assert days(opened) == [DAY, LAST]


def test_filters_narrow_by_list_and_period(
    opened: VisitsScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    services.visits.create(
        NewVisit(sample.other_experiment, sample.other_site, DAY, state=VisitState.PLANNED)
    )
    opened.filters.state.set_value(VisitState.PLANNED)
    opened.filters.state.committed.emit()
    settle()
    assert [row.enterprise for row in opened.model.rows] == ["Duo for a job"]
    opened.filters.clear()
    settle()
    opened.filters.until.set_value(LAST)
    opened.filters.until.committed.emit()
    settle()
    assert days(opened) == [LAST]


def test_a_period_backwards_is_refused(opened: VisitsScreen, settle: Settle) -> None:
    opened.filters.since.set_value(DAY)
    opened.filters.until.set_value(LAST)
    opened.filters.until.committed.emit()
    settle()
    assert "avant son début" in opened.filters.until.error
    assert days(opened) == [DAY, LAST]


def test_headers_sort_and_the_choice_follows(opened: VisitsScreen, settle: Settle) -> None:
    opened.table.horizontalHeader().sectionClicked.emit(0)
    settle()
    assert days(opened) == [LAST, DAY]
    assert opened.order.currentText() == "Les plus anciennes d’abord"


def test_enter_opens_and_the_keyboard_gets_there_from_the_search(
    opened: VisitsScreen, sample: Sample, places: list[Place]
) -> None:
    opened.filters.search.setFocus()
    QTest.keyClick(opened.filters.search, Qt.Key.Key_Return)
    assert opened.table.hasFocus()
    QTest.keyClick(opened.table, Qt.Key.Key_Down)
    QTest.keyClick(opened.table, Qt.Key.Key_Return)
    assert places == [Place("visit", sample.previous)]


def test_a_deleted_visit_comes_back_with_undo(
    opened: VisitsScreen, services: "NotebookServices", sample: Sample, settle: Settle
) -> None:
    for what in ("Devis", "Plan"):
        services.follow_ups.add(NewFollowUp(what, visit_id=sample.visit))
    opened.table.setFocus()
    QTest.keyClick(opened.table, Qt.Key.Key_Delete)
    settle()
    assert days(opened) == [LAST]
    assert opened.context.notify.message.endswith("supprimée, avec 2 actions encore ouvertes.")
    undo = next(
        button
        for button in opened.window().findChildren(QPushButton)
        if button.text() == "Annuler" and button.isVisible()
    )
    undo.click()
    settle()
    assert days(opened) == [DAY, LAST]
    assert services.visits.count() == 2


def test_a_new_visit_is_created_from_the_keyboard(
    opened: VisitsScreen,
    services: "NotebookServices",
    sample: Sample,
    places: list[Place],
    settle: Settle,
) -> None:
    opened.show_place(Place("visits", tab="new"))
    settle()
    dialog = opened.window().findChild(NewVisitDialog)
    assert dialog is not None
    dialog.experiment.set_value(sample.other_experiment)
    dialog.experiment.committed.emit()
    assert dialog.site.currentText() == "Mission locale, Argenteuil"
    assert "(autre site)" in dialog.site.itemText(1)
    dialog.day.selectAll()
    QTest.keyClicks(dialog.day, "31/2/2021")
    dialog.submit()
    assert "n’est pas une date" in dialog.problem.text()
    dialog.day.selectAll()
    QTest.keyClicks(dialog.day, "9/6/21")
    QTest.keyClicks(dialog.time, "9h30")
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    visit = services.visits.get(places[-1].record_id or "")
    assert (visit.date, visit.start_time) == (DAY, dt.time(9, 30))
    assert (visit.state, visit.enterprise) == (VisitState.DRAFT, "Duo for a job")
    assert places[-1].tab == "entry"


def test_a_date_to_come_suggests_a_planned_visit(
    opened: VisitsScreen, settle: Settle, places: list[Place]
) -> None:
    opened.ask_new()
    settle()
    dialog = opened.window().findChild(NewVisitDialog)
    assert dialog is not None
    dialog.day.selectAll()
    QTest.keyClicks(dialog.day, "9/6/2090")
    dialog.day.commit()
    assert dialog.state.value() is VisitState.PLANNED
    dialog.submit()
    settle()
    assert places[-1].tab == "preparation"


def test_filter_and_sort_are_remembered(
    opened: VisitsScreen, context: ScreenContext, sample: Sample, settle: Settle, window: QWidget
) -> None:
    opened.filters.experiment.set_value(sample.other_experiment)
    opened.filters.experiment.committed.emit()
    opened.table.horizontalHeader().sectionClicked.emit(3)
    settle()
    opened.flush()
    again = VisitsScreen(context)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(again)
    again.show_place(Place("visits"))
    settle()
    assert again.filters.filter() == VisitFilter(experiment_id=sample.other_experiment)
    assert again.order.currentText() == "Par site"
    again.dispose()


@pytest.mark.parametrize(
    "wanted",
    [
        VisitFilter(),
        VisitFilter(experiment_id="e", site_id="s", state=VisitState.DRAFT, since=LAST, until=DAY),
    ],
)
def test_a_filter_survives_the_settings_file(wanted: VisitFilter) -> None:
    assert from_settings(to_settings(wanted)) == wanted


def test_a_damaged_filter_counts_as_none() -> None:
    assert from_settings({"state": "lost", "since": "yesterday", "site_id": 3}) == VisitFilter()


def test_a_low_window_folds_the_filters(opened: VisitsScreen) -> None:
    opened.window().resize(900, 380)
    assert not opened.filters.state.isVisible()
    opened.filters.unfold.click()
    assert opened.filters.state.isVisible()
    opened.window().resize(1232, 834)
    assert opened.filters.state.isVisible()
    assert not opened.filters.unfold.isVisible()


def test_a_long_list_reads_page_after_page_and_counts_itself(
    opened: VisitsScreen,
    services: "NotebookServices",
    sample: Sample,
    settle: Settle,
    qtbot: QtBot,
) -> None:
    for number in range(PAGE + 20):
        day = LAST + dt.timedelta(days=number % 28)
        services.visits.create(NewVisit(sample.experiment, sample.site, day))
    opened.refresh()
    settle()
    assert opened.model.rowCount() == PAGE
    assert opened.total.text() == "Plus de 200 visites"
    qtbot.waitUntil(lambda: opened.total.text() == "222 visites")
    opened.table.scrollToBottom()
    settle()
    assert opened.model.rowCount() == PAGE + 22
    assert days(opened) == sorted(days(opened), reverse=True)
    last = opened.model.rows[-1]
    services.findings.add(NewFinding(last.id, "Calme"))
    opened.table.scrollToBottom()
    place = opened.table.verticalScrollBar().value()
    opened.refresh()
    settle()
    assert opened.model.rows[-1].finding_count == last.finding_count + 1
    assert opened.table.verticalScrollBar().value() == place
