"""Notebooks in the real window: opened, refused, made, copied, left."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from window_driver import Start, calm, page, press

from desktop_app.config.settings import Settings
from desktop_app.exports.progress import Progress
from desktop_app.services.catalogue import build_services
from desktop_app.services.notebook.notebooks import open_notebook
from desktop_app.store.device import device_of
from desktop_app.views.dialogs.new_notebook import NewNotebookDialog, file_name
from desktop_app.views.navigation import Place
from desktop_app.views.screens.settings.screen import SettingsScreen
from desktop_app.views.screens.welcome.screen import WelcomeScreen


def test_a_last_notebook_that_is_gone_is_no_error(
    start: Start, settings: Settings, tmp_path: Path
) -> None:
    settings.remember_notebook(tmp_path / "absent.carnet")
    window = start()
    welcome = page(window)
    assert isinstance(welcome, WelcomeScreen)
    assert welcome.error == ""


def test_a_recent_notebook_of_an_impossible_name_is_no_error(
    start: Start, settings: Settings, tmp_path: Path
) -> None:
    settings.remember_notebook(tmp_path / "there.carnet")
    settings.remember_notebook(tmp_path / f"{'é' * 200}.carnet")
    welcome = page(start())
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


def test_a_refused_notebook_leads_back_to_the_one_being_worked_on(
    start: Start, demo: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = start(demo)
    other = tmp_path / "faux.carnet"
    other.write_bytes(b"%PDF-1.7 not a notebook")
    with qtbot.waitSignal(window.arrived):
        window.notebooks.open(other)
    calm(qtbot, window)
    assert window.notebooks.path == demo
    assert "faux.carnet" in window.notify.message


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
    dialog.folder_field.set_value(str(tmp_path / ("absent" * 60)))
    dialog.create_button.click()
    assert "n’existe pas" in dialog.refusal.text()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Val d’Oise 2021", "Val d’Oise 2021.carnet"),
        ("a/b\\c:d*e", "a b c d e.carnet"),
        ("...", "Carnet.carnet"),
        ("x" * 300, "x" * 80 + ".carnet"),
        ("😀" * 100, "😀" * 40 + ".carnet"),
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


def test_closing_while_a_document_is_written_asks_first(
    start: Start, demo: Path, qtbot: QtBot
) -> None:
    window = start(demo)
    go_on = threading.Event()
    asked: list[str] = []

    def work() -> Iterator[Progress]:
        yield Progress(0, 2, "Première page")
        go_on.wait(10)
        yield Progress(1, 2, "Seconde page")

    def answer(choice: str) -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        next(button for button in box.buttons() if button.text() == choice).click()

    window.operations.job("Synthèse en PDF", work, parent=window)
    QTimer.singleShot(0, lambda: answer("Attendre la fin"))
    assert not window.close()
    assert window.isVisible()
    assert "Synthèse en PDF" in asked[0]
    go_on.set()
    calm(qtbot, window)
    assert window.close()
    assert len(asked) == 1
