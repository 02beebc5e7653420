"""Where the focus is on arriving, what Enter does, and how keys are named."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from window_driver import Start, calm

from desktop_app.views.dialogs.directory_form import DirectoryFormDialog
from desktop_app.views.dialogs.shortcuts import ShortcutsDialog
from desktop_app.views.dialogs.site_form import SiteDialog
from desktop_app.views.keyboard import OTHER_KEYS
from desktop_app.views.navigation import Place
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.experiments.card import ExperimentCard
from desktop_app.views.widgets.buttons import primary, quiet
from desktop_app.views.widgets.fields import Choice, DateField, NumberField
from desktop_app.views.widgets.keys import key_names
from desktop_app.views.widgets.tabs import PageTabs


def activated(window: QWidget) -> None:
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_that_has_the_focus(window: QWidget, key: Qt.Key) -> None:
    pressed: list[str] = []
    column = QVBoxLayout(window)
    for name in ("Un", "Deux"):
        button = primary(name)
        button.clicked.connect(lambda _=False, name=name: pressed.append(name))
        column.addWidget(button)
        last = button
    activated(window)
    last.setFocus()
    QTest.keyClick(last, key)
    QTest.keyClick(last, key, Qt.KeyboardModifier.ControlModifier)
    assert pressed[0] == "Deux"
    assert len(pressed) == (2 if key is Qt.Key.Key_Space else 1)


def test_keys_have_their_french_names(window: QWidget) -> None:
    assert key_names("Ctrl+Shift+N") == "Ctrl+Maj+N"
    assert key_names("Alt+Left, Del") == "Alt+←, Suppr"
    assert quiet("x", "Fermer", "Ctrl+Return").toolTip() == "Fermer (Ctrl+Entrée)"
    button = primary("Enregistrer", "Ctrl+Shift+Return")
    assert button.toolTip() == "Enregistrer (Ctrl+Maj+Entrée)"


def test_every_page_starts_on_something_useful(start: Start, demo: Path, qtbot: QtBot) -> None:
    window = start(demo)
    activated(window)
    for screen in ("home", "experiments", "sites", "actions", "documents", "settings"):
        window.go(Place(screen))
        calm(qtbot, window)
        page = window.screens[screen]

        def settled(page: QWidget = page) -> bool:
            focused = QApplication.focusWidget()
            return focused is not None and focused is not page and page.isAncestorOf(focused)

        qtbot.waitUntil(settled)
    window.go(Place("experiments"))
    calm(qtbot, window)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), ExperimentCard))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    calm(qtbot, window)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), PageTabs))
    window.go_back()
    calm(qtbot, window)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), ExperimentCard))


def test_a_form_starts_on_its_first_field_and_says_a_refusal_once(
    context: ScreenContext, window: QWidget
) -> None:
    activated(window)
    dialog = SiteDialog(context, None, window)
    activated(dialog)
    boxes = dialog.form.boxes
    assert dialog.focusWidget() is boxes["name"].editor.widget
    boxes["name"].editor.write("IME Les Sources")
    boxes["siret"].editor.write("123")
    dialog.submit()
    siret = boxes["siret"].editor.widget
    assert dialog.focusWidget() is siret
    assert siret.property("error") is True
    assert boxes["siret"].note == dialog.problem
    assert dialog._banner.isHidden()
    dialog.done(0)


def test_an_enterprise_s_siret_is_refused_beside_it(
    context: ScreenContext, window: QWidget
) -> None:
    dialog = DirectoryFormDialog(context, "enterprise", None, window)
    dialog.form.boxes["name"].editor.write("Andibo")
    dialog.form.boxes["siret"].editor.write("00000095000013")
    dialog.submit()
    assert "SIRET" in dialog.form.boxes["siret"].note
    dialog.done(0)


def test_figures_are_written_the_french_way_on_leaving_the_field(window: QWidget) -> None:
    number, day = NumberField(), DateField()
    column = QVBoxLayout(window)
    column.addWidget(number)
    column.addWidget(day)
    activated(window)
    number.setFocus()
    QTest.keyClicks(number, "3.80")
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert number.text() == "3.80"
    day.setFocus()
    assert (number.text(), number.pending) == ("3,80", False)
    QTest.keyClicks(day, "9/6/21")
    number.setFocus()
    assert day.text() == "09/06/2021"


def test_a_short_list_shows_all_its_choices(window: QWidget) -> None:
    choice = Choice([(n, f"Choix numéro {n}, assez long pour une case étroite") for n in range(3)])
    column = QVBoxLayout(window)
    choice.setFixedWidth(90)
    column.addWidget(choice)
    activated(window)
    choice.showPopup()
    view = choice.view()
    assert view.verticalScrollBar().maximum() == 0
    assert view.width() > view.sizeHintForColumn(0)
    choice.hidePopup()


def test_the_list_of_keys_scrolls_by_the_keyboard(window: QWidget) -> None:
    activated(window)
    dialog = ShortcutsDialog(window)
    activated(dialog)
    page = dialog.focusWidget()
    assert isinstance(page, QScrollArea)
    QTest.keyClick(page, Qt.Key.Key_PageDown)
    assert page.verticalScrollBar().value() > 0
    groups = {title for title, _ in OTHER_KEYS}
    assert {"Dans une visite", "Dans les actions"} <= groups
    dialog.done(0)


def test_digits_work_on_a_french_keyboard_without_maj(
    start: Start, demo: Path, qtbot: QtBot
) -> None:
    window = start(demo)
    activated(window)
    for key, screen in ((Qt.Key.Key_Eacute, "visits"), (Qt.Key.Key_ParenLeft, "actions")):
        with qtbot.waitSignal(window.arrived):
            QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.trail.current == Place(screen)
        calm(qtbot, window)


def test_the_foot_of_the_window_says_what_is_not_saved(start: Start, demo: Path) -> None:
    window = start(demo)
    saving = window.status.saving
    window.operations.unsaved.emit("Modification en cours…")
    assert (saving.text(), saving.property("tone")) == ("Modification en cours…", "warn")
    window.status.show_saved(dt.datetime(2021, 6, 9, 14, 30))  # noqa: DTZ001  (local)
    assert saving.text() == "Modification en cours…"
    window.operations.unsaved.emit("")
    assert (saving.text(), saving.property("tone")) == ("Enregistré à 14:30:00", "")
