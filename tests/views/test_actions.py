"""What was promised: grouped, done with Espace, taken back, traced to its visit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from screen_sample import (
    DAY,
    Sample,
    come_back,
    dated_services,
    dialog_of,
    fill,
    mount,
    rest,
    type_in,
)

from desktop_app.config.settings import Settings
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.visits.visit_rows import FollowUpRow
from desktop_app.views.dialogs.action_form import ActionDialog
from desktop_app.views.navigation import Place
from desktop_app.views.screens.actions.screen import ActionsScreen
from desktop_app.views.screens.base import ScreenContext


@pytest.fixture
def services(tmp_path: Path, settings: Settings) -> Iterator[NotebookServices]:
    with dated_services(tmp_path, settings) as made:
        yield made


@pytest.fixture
def sample(services: NotebookServices) -> Sample:
    return fill(services)


@pytest.fixture
def screen(context: ScreenContext, window: QWidget, sample: Sample) -> Iterator[ActionsScreen]:
    made = ActionsScreen(context)
    mount(window, made)
    made.show_place(Place("actions", tab="late"))
    rest(made)
    yield made
    made.dispose()


def titles(screen: ActionsScreen) -> list[str]:
    return [str(screen.model.index(row, 0).data()) for row in range(screen.model.rowCount())]


def found(services: NotebookServices, record_id: str) -> FollowUpRow:
    return next(row for row in services.follow_ups.list() if row.id == record_id)


def test_groups(screen: ActionsScreen) -> None:
    assert [screen.tabs.tabText(index) for index in range(4)] == [
        "En retard (1)",
        "À venir (2)",
        "Faites (0)",
        "Toutes (3)",
    ]
    assert titles(screen) == ["Relancer la mission locale sur les conventions"]
    screen.tabs.set_current("coming")
    assert titles(screen) == [
        "Former l’équipe de nuit au nouvel outil",
        "Valider le questionnaire T1",
    ]
    screen.tabs.set_current("done")
    assert titles(screen) == []
    type_in(screen.text, "questionnaire")
    rest(screen)
    screen.tabs.set_current("all")
    assert titles(screen) == ["Valider le questionnaire T1"]


def test_space_marks_done_and_the_toast_takes_it_back(
    screen: ActionsScreen,
    sample: Sample,
    services: NotebookServices,
    window: QWidget,
) -> None:
    screen.table.setFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_Space)
    rest(screen)
    assert found(services, sample.follow_ups["late"]).done_date == DAY
    assert titles(screen) == []
    undo = next(
        button
        for button in window.findChildren(QPushButton)
        if button.text() == "Annuler" and button.isVisible()
    )
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    rest(screen)
    assert found(services, sample.follow_ups["late"]).done_date is None
    assert len(titles(screen)) == 1


def test_space_opens_again_what_was_done(
    screen: ActionsScreen, sample: Sample, services: NotebookServices
) -> None:
    services.follow_ups.mark_done(sample.follow_ups["far"], DAY)
    screen.show_place(Place("actions", sample.follow_ups["far"]))
    rest(screen)
    assert screen.current is not None
    assert screen.current.id == sample.follow_ups["far"]
    assert screen.toolbar.buttons["Marquer faite"].text() == "Rouvrir"
    screen.table.setFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_Space)
    rest(screen)
    assert found(services, sample.follow_ups["far"]).done_date is None


def test_an_action_is_written_edited_and_deleted(
    screen: ActionsScreen, sample: Sample, services: NotebookServices, window: QWidget
) -> None:
    screen.add()
    dialog = dialog_of(window, ActionDialog)
    dialog.submit()
    assert "à faire" in dialog.form.boxes["what"].note
    type_in(dialog.form.boxes["what"].editor.widget, "Envoyer le devis")
    type_in(dialog.form.boxes["due_date"].editor.widget, "31/2/21")
    dialog.submit()
    assert "n’est pas une date" in dialog.form.boxes["due_date"].note
    type_in(dialog.form.boxes["due_date"].editor.widget, "15-6")
    dialog.submit()
    rest(screen)
    assert screen.tabs.current == "coming"
    assert screen.current is not None
    assert (screen.current.what, screen.current.days_left) == ("Envoyer le devis", 6)
    come_back(window)
    screen.table.setFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_Return)
    edition = dialog_of(window, ActionDialog)
    type_in(edition.form.boxes["done_date"].editor.widget, "9/6")
    edition.submit()
    rest(screen)
    assert "Envoyer le devis" not in titles(screen)
    screen.tabs.set_current("done")
    come_back(window)
    screen.table.setFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_Delete)
    rest(screen)
    assert len(services.follow_ups.list()) == 3


def test_an_action_leads_to_its_visit(
    screen: ActionsScreen, sample: Sample, places: list[Place]
) -> None:
    screen.table.setFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert places == [Place("visit", sample.visits["last"], "actions")]
    screen.show_place(Place("actions", sample.follow_ups["soon"]))
    rest(screen)
    assert not screen.toolbar.buttons["Voir la visite"].isEnabled()
