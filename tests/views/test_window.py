"""The real window on real notebooks: starting, going about, keys, leaving, refusals."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot
from window_driver import Start, calm, page, press

from desktop_app.config.settings import Settings
from desktop_app.services.visits.visit_rows import EditVisit, NewFollowUp
from desktop_app.views.dialogs.search_palette import SearchPalette
from desktop_app.views.dialogs.shortcuts import ShortcutsDialog
from desktop_app.views.keyboard import COMMANDS
from desktop_app.views.navigation import Place
from desktop_app.views.screens.registry import SCREENS, screen_class
from desktop_app.views.screens.settings.screen import SettingsScreen
from desktop_app.views.screens.welcome.screen import WelcomeScreen


def test_with_nothing_to_open_it_welcomes(start: Start) -> None:
    window = start()
    assert isinstance(page(window), WelcomeScreen)
    assert window.sidebar.buttons["settings"].isEnabled()
    assert not window.sidebar.buttons["visits"].isEnabled()
    assert not window.commands.actions["new_visit"].isEnabled()


def test_it_opens_a_notebook_on_its_first_page(start: Start, demo: Path) -> None:
    window = start(demo)
    assert window.trail.current == Place("home")
    assert window.windowTitle().startswith("val-doise.carnet")
    assert window.status.banner.text() == "Démonstration — données fictives"
    assert window.sidebar.buttons["home"].isChecked()
    assert "en retard" in window.sidebar.buttons["actions"].accessibleName()


def test_it_opens_the_last_notebook_again(start: Start, demo: Path, settings: Settings) -> None:
    start(demo).close()
    assert settings.text("last_notebook") == str(demo)
    assert start().windowTitle().startswith("val-doise.carnet")


@pytest.mark.parametrize(
    ("keys", "screen"),
    [
        ("Ctrl+2", "visits"),
        ("Ctrl+3", "experiments"),
        ("Ctrl+4", "sites"),
        ("Ctrl+5", "actions"),
        ("Ctrl+6", "documents"),
        ("Ctrl+7", "settings"),
    ],
)
def test_each_place_has_its_key(
    start: Start, demo: Path, qtbot: QtBot, keys: str, screen: str
) -> None:
    window = start(demo)
    with qtbot.waitSignal(window.arrived):
        press(window, keys)
    calm(qtbot, window)
    assert window.trail.current == Place(screen)
    assert window.sidebar.buttons[screen].isChecked()
    press(window, "Alt+Left")
    calm(qtbot, window)
    assert window.trail.current == Place("home")


def test_every_registered_screen_exists() -> None:
    for name in SCREENS:
        assert screen_class(name).__name__.endswith("Screen")


def test_every_command_has_one_key_of_its_own() -> None:
    keys = [command.keys for command in COMMANDS]
    assert all(keys)
    assert len(set(keys)) == len(keys)


def test_a_record_s_page_lights_its_list(start: Start, demo: Path, qtbot: QtBot) -> None:
    window = start(demo)
    assert window.services is not None
    visit = window.services.overview.get().upcoming[0]
    window.go(Place("visit", visit.visit_id))
    calm(qtbot, window)
    assert window.sidebar.buttons["visits"].isChecked()


def test_searching_goes_there_by_the_keyboard(start: Start, demo: Path, qtbot: QtBot) -> None:
    window = start(demo)
    press(window, "Ctrl+K")
    palette = window.findChild(SearchPalette)
    assert palette is not None
    assert palette.model.rowCount() == 7
    QTest.keyClicks(palette.field, "andibo")
    qtbot.waitUntil(lambda: any(line.hit for line in palette.model.lines))
    row = next(at for at, line in enumerate(palette.model.lines) if line.kind == "experiment")
    for _ in range(row):
        QTest.keyClick(palette, Qt.Key.Key_Down)
    with qtbot.waitSignal(window.arrived):
        QTest.keyClick(palette, Qt.Key.Key_Return)
    calm(qtbot, window)
    assert window.trail.current is not None
    assert window.trail.current.screen == "experiment"


def test_searching_an_indicator_goes_to_its_experiment(
    start: Start, demo: Path, qtbot: QtBot
) -> None:
    window = start(demo)
    press(window, "Ctrl+K")
    palette = window.findChild(SearchPalette)
    QTest.keyClicks(palette.field, "reemploi mobilier")
    qtbot.waitUntil(lambda: any(line.kind == "indicator" for line in palette.model.lines))
    row = next(at for at, line in enumerate(palette.model.lines) if line.kind == "indicator")
    for _ in range(row):
        QTest.keyClick(palette, Qt.Key.Key_Down)
    with qtbot.waitSignal(window.arrived):
        QTest.keyClick(palette, Qt.Key.Key_Return)
    calm(qtbot, window)
    assert window.trail.current is not None
    assert window.trail.current.screen == "experiment"


def test_a_search_with_no_result_says_what_to_do(start: Start, demo: Path, qtbot: QtBot) -> None:
    window = start(demo)
    press(window, "Ctrl+K")
    palette = window.findChild(SearchPalette)
    QTest.keyClicks(palette.field, "zzzzqq")
    qtbot.waitUntil(lambda: palette.foot.text().startswith("Aucun"))
    QTest.keyClick(palette, Qt.Key.Key_Escape)


def test_ctrl_z_undoes_the_last_write(start: Start, demo: Path, qtbot: QtBot) -> None:
    window = start(demo)
    services = window.services
    assert services is not None
    press(window, "Ctrl+Z")
    assert window.notify.message == "Il n’y a rien à annuler dans cette séance."
    visit = services.visits.get(services.overview.get().upcoming[0].visit_id)
    window.operations.run(
        lambda: services.visits.edit(EditVisit(visit.id, {"notes": "Une note de trop"}))
    )
    calm(qtbot, window)
    press(window, "Ctrl+Z")
    calm(qtbot, window)
    assert services.visits.get(visit.id).notes == visit.notes
    assert window.notify.message == "La dernière modification est annulée."


def test_a_late_action_shows_at_once_in_the_sidebar(start: Start, demo: Path, qtbot: QtBot) -> None:
    window = start(demo)
    services = window.services
    assert services is not None
    experiment = services.experiments.list()[0].id
    before = window.sidebar.buttons["actions"].accessibleName()
    window.operations.run(
        lambda: services.follow_ups.add(
            NewFollowUp("Relancer", due_date=dt.date(2021, 1, 4), experiment_id=experiment)
        )
    )
    calm(qtbot, window)
    assert window.sidebar.buttons["actions"].accessibleName() != before
    assert window.status.saving.text().startswith("Enregistré à ")


def test_the_settings_can_be_changed_with_no_notebook(start: Start, qtbot: QtBot) -> None:
    window = start()
    press(window, "Ctrl+7")
    assert isinstance(page(window), SettingsScreen)
    press(window, "Ctrl+2")
    assert isinstance(page(window), SettingsScreen)


def test_the_menu_holds_every_command(start: Start, qtbot: QtBot) -> None:
    window = start()
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    shown = dict(action.text().split("\u2003\t") for action in menu.actions() if action.text())
    assert set(shown) == {command.text for command in COMMANDS if command.in_menu}
    assert shown["Nouveau carnet…"] == "Ctrl+Maj+N"
    assert shown["Page précédente"] == "Alt+←"
    menu.close()


def test_f1_lists_the_keys(start: Start) -> None:
    window = start()
    press(window, "F1")
    dialog = window.findChild(ShortcutsDialog)
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"Nouvelle visite", "Ctrl+N", "Rechercher partout"} <= texts


def test_changing_the_text_size_makes_the_screens_again(
    start: Start, demo: Path, settings: Settings, qtbot: QtBot, themed: QApplication
) -> None:
    window = start(demo)
    window.go(Place("settings"))
    screen = page(window)
    assert isinstance(screen, SettingsScreen)
    try:
        screen.store("text_scale", 200)
        qtbot.waitUntil(lambda: page(window) is not screen and bool(window.screens))
        calm(qtbot, window)
        assert isinstance(page(window), SettingsScreen)
        assert themed.font().pixelSize() == 30
        assert window.sidebar.compact
    finally:
        settings.set("text_scale", 100)
        from desktop_app.views.window.setting_effects import restyle

        restyle(window)


def test_a_change_of_author_signs_what_comes_next(
    start: Start, demo: Path, settings: Settings, qtbot: QtBot
) -> None:
    window = start(demo)
    services = window.services
    assert services is not None
    window.go(Place("settings"))
    screen = page(window)
    assert isinstance(screen, SettingsScreen)
    screen.store("agent", "Direction Autonomie")
    assert "Direction Autonomie" in window.status.author.text()
    visit = services.overview.get().upcoming[0].visit_id
    window.operations.run(lambda: services.visits.edit(EditVisit(visit, {"notes": "Vu"})))
    calm(qtbot, window)
    assert services.history.of_visit(visit)[0].author == "Direction Autonomie"
