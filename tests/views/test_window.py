"""The real window on real notebooks: starting, going about, keys, leaving, refusals."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.app import device_of, open_window
from desktop_app.config.settings import Settings
from desktop_app.services.catalogue import build_services
from desktop_app.services.notebooks import open_notebook
from desktop_app.services.visit_rows import EditVisit, NewFollowUp
from desktop_app.views.commands import COMMANDS
from desktop_app.views.dialogs.new_notebook import NewNotebookDialog, file_name
from desktop_app.views.dialogs.search_palette import SearchPalette
from desktop_app.views.dialogs.shortcuts import ShortcutsDialog
from desktop_app.views.main_window import MainWindow
from desktop_app.views.navigation import Place
from desktop_app.views.screens.registry import SCREENS, screen_class
from desktop_app.views.screens.settings import SettingsScreen
from desktop_app.views.screens.welcome import WelcomeScreen

Start = Callable[..., MainWindow]


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    from desktop_app.services.demo import write_demo

    path = tmp_path_factory.mktemp("demo") / "demo.carnet"
    write_demo(path)
    return path.read_bytes()


@pytest.fixture
def demo(tmp_path: Path, demonstration: bytes) -> Path:
    path = tmp_path / "val-doise.carnet"
    path.write_bytes(demonstration)
    return path


@pytest.fixture
def start(settings: Settings, qtbot: QtBot) -> Iterator[Start]:
    """Opens the window, and waits until what it shows has arrived."""
    made: list[MainWindow] = []

    def begin(path: Path | None = None) -> MainWindow:
        window = open_window(settings, path)
        made.append(window)
        with qtbot.waitSignal(window.painted):
            pass
        calm(qtbot, window)
        return window

    yield begin
    for window in made:
        window.close()
        window.deleteLater()


def calm(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.operations.busy)


def press(window: MainWindow, keys: str) -> None:
    """Triggers a command by its key, as the shortcut map would."""
    QTest.keySequence(window, keys)


def page(window: MainWindow) -> object:
    return window.pages.currentWidget()


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


def test_a_last_notebook_that_is_gone_is_no_error(
    start: Start, settings: Settings, tmp_path: Path
) -> None:
    settings.remember_notebook(tmp_path / "absent.carnet")
    window = start()
    welcome = page(window)
    assert isinstance(welcome, WelcomeScreen)
    assert welcome.error == ""


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 not a notebook", b"SQLite format 3\x00" * 9])
def test_what_is_no_notebook_gets_a_sentence(start: Start, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "faux.carnet"
    path.write_bytes(content)
    welcome = page(start(path))
    assert isinstance(welcome, WelcomeScreen)
    assert welcome.error.endswith(".")
    assert "Traceback" not in welcome.error


def test_a_second_window_on_a_notebook_gets_a_sentence(start: Start, demo: Path) -> None:
    start(demo)
    welcome = page(start(demo))
    assert isinstance(welcome, WelcomeScreen)
    assert "déjà" in welcome.error


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


def test_leaving_a_notebook_welcomes_and_forgets_it(
    start: Start, demo: Path, settings: Settings, qtbot: QtBot
) -> None:
    window = start(demo)
    press(window, "Ctrl+W")
    assert isinstance(page(window), WelcomeScreen)
    assert window.screens == {}
    assert settings.text("last_notebook") == ""
    assert str(demo) in settings.items("recent_notebooks")
    assert window.status.saving.text() == "Aucun carnet ouvert"
    open_notebook(demo, device_of(settings)).close()


def test_leaving_while_a_page_is_read_is_no_crash(
    start: Start, demo: Path, settings: Settings
) -> None:
    window = start(demo)
    for screen in ("visits", "experiments", "sites", "actions", "documents", "home"):
        window.go(Place(screen))
    window.notebooks.leave()
    assert isinstance(page(window), WelcomeScreen)
    open_notebook(demo, device_of(settings)).close()


def test_leaving_the_window_commits_what_is_typed(start: Start, settings: Settings) -> None:
    window = start()
    window.go(Place("settings"))
    screen = page(window)
    assert isinstance(screen, SettingsScreen)
    field = screen.fields["organisation"]
    QTest.keyClicks(field, "X")
    assert not settings.text("organisation").startswith("X")
    window.showMinimized()
    assert "X" in settings.text("organisation")


def test_the_settings_can_be_changed_with_no_notebook(start: Start, qtbot: QtBot) -> None:
    window = start()
    press(window, "Ctrl+7")
    assert isinstance(page(window), SettingsScreen)
    press(window, "Ctrl+2")
    assert isinstance(page(window), SettingsScreen)


def test_a_new_notebook_is_made_where_asked(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    window = start()
    press(window, "Ctrl+Shift+N")
    dialog = window.findChild(NewNotebookDialog)
    dialog.create_button.click()
    assert "titre" in dialog.refusal.text()
    QTest.keyClicks(dialog.title_field, "Essai 2021")
    with qtbot.waitSignal(window.notebook_changed):
        QTest.keyClick(dialog.title_field, Qt.Key.Key_Return)
    calm(qtbot, window)
    assert (tmp_path / "Essai 2021.carnet").exists()
    assert window.trail.current == Place("home")
    assert window.status.banner.text() == ""


def test_a_new_notebook_never_replaces_a_file(window: object, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "Essai.carnet").write_bytes(b"precious")
    dialog = NewNotebookDialog(tmp_path)
    qtbot.addWidget(dialog)
    dialog.title_field.set_value("Essai")
    with qtbot.assertNotEmitted(dialog.asked):
        dialog.create_button.click()
    assert "existe déjà" in dialog.refusal.text()
    dialog.folder_field.set_value(str(tmp_path / "absent"))
    dialog.create_button.click()
    assert "n’existe pas" in dialog.refusal.text()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Val d’Oise 2021", "Val d’Oise 2021.carnet"),
        ("a/b\\c:d*e", "a b c d e.carnet"),
        ("...", "Carnet.carnet"),
        ("x" * 300, "x" * 80 + ".carnet"),
    ],
)
def test_a_file_name_is_good_on_every_system(title: str, name: str) -> None:
    assert file_name(title) == name


def test_the_demonstration_is_one_click_away(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    window = start()
    welcome = page(window)
    assert isinstance(welcome, WelcomeScreen)
    with qtbot.waitSignal(window.notebook_changed, timeout=30_000):
        welcome.demonstration_asked.emit()
    calm(qtbot, window)
    assert (tmp_path / "Démonstration.carnet").exists()
    assert window.status.banner.text()


def test_a_notebook_dropped_on_the_window_opens(start: Start, demo: Path, qtbot: QtBot) -> None:
    window = start()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(demo))])
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), actions, data, buttons, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(window.notebook_changed):
        QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), actions, data, buttons, none))
    calm(qtbot, window)
    assert window.trail.current == Place("home")


def test_something_else_dropped_is_refused(start: Start, tmp_path: Path) -> None:
    window = start()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "photo.jpg"))])
    enter = QDragEnterEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.ignore()
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


def test_a_copy_is_whole_and_remembered(
    start: Start, demo: Path, tmp_path: Path, settings: Settings, qtbot: QtBot
) -> None:
    window = start(demo)
    assert window.status.backup.text() == "Jamais sauvegardé"
    press(window, "Ctrl+Shift+S")
    dialog = window.findChild(QFileDialog)
    target = tmp_path / "copie.carnet"
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    calm(qtbot, window)
    assert window.status.backup.text().startswith("Dernière sauvegarde\u00a0: aujourd’hui")
    copy = open_notebook(target, device_of(settings), read_only=True)
    assert len(build_services(copy, settings).experiments.list()) == 6
    copy.close()


def test_a_copy_restored_is_opened(start: Start, demo: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window = start()
    with qtbot.waitSignal(window.notebook_changed, timeout=30_000):
        window.notebooks.restore(demo, tmp_path / "restauré.carnet")
    calm(qtbot, window)
    assert window.windowTitle().startswith("restauré.carnet")


def test_checking_says_the_notebook_is_sound(start: Start, demo: Path, qtbot: QtBot) -> None:
    window = start(demo)
    press(window, "Ctrl+Shift+V")
    calm(qtbot, window)
    assert window.notify.message.startswith("Le carnet est intact")


def test_the_menu_holds_every_command(start: Start, qtbot: QtBot) -> None:
    window = start()
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    shown = {action.text() for action in menu.actions() if action.text()}
    assert shown == {command.text for command in COMMANDS if command.in_menu}
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
        settings.reset("text_scale")
        from desktop_app.views.setting_effects import restyle

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


def test_a_write_refused_while_closing_keeps_the_window(
    start: Start, demo: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app.errors import UserError

    window = start(demo)
    asked: list[str] = []

    def stay(sentence: str) -> bool:
        asked.append(sentence)
        return len(asked) > 1

    monkeypatch.setattr(window.notebooks, "_leave_anyway", stay)

    def refuse() -> object:
        raise UserError("Le disque est plein.")

    window.operations.run(refuse)  # type: ignore[arg-type]
    assert not window.close()
    assert asked == ["Le disque est plein."]
    assert window.services is not None
    assert window.status.saving.text() == "Modification non enregistrée"
