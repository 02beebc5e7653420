"""Drives the program's real window as a person does: keys, clicks, and waits on what shows.

Works under pytest or alone, on any Qt platform; nothing sleeps: the event loop turns until what is
expected is there.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QPoint,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)

from desktop_app.app import open_window
from desktop_app.config.settings import Settings
from desktop_app.services.catalogue import NotebookServices
from desktop_app.views.window.main_window import MainWindow

PATIENCE = 40.0  # seconds
STEPS = 150  # presses of Tab before a field is called out of reach


class Stuck(AssertionError):  # noqa: N818  (what a person would say)
    """What was expected did not come: says what, and what was there instead."""


def wait_until(condition: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Turns the event loop until ``condition()`` holds. Raises Stuck after ``patience`` seconds."""
    late = time.monotonic() + patience
    while not condition():
        if time.monotonic() > late:
            raise Stuck(f"{what}: waited {patience:.0f} s")
        turn()


def turn(milliseconds: int = 5) -> None:
    """Lets the window do what it has to, as when nobody touches anything."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Person:
    """Someone in front of the window. Every method does one thing and waits for its effect."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    # Waiting and looking

    def settle(self) -> None:
        """Until nothing is being read, written or laid out."""
        wait_until(lambda: not self.window.operations.busy, "the window to rest")
        turn()
        wait_until(lambda: not self.window.operations.busy, "the window to rest")
        self.come_forward()

    def come_forward(self) -> None:
        """Offscreen there is no window manager: what is left in front is not made active again."""
        if QApplication.activeWindow() is None:
            self.top.activateWindow()
            wait_until(lambda: QApplication.activeWindow() is self.top, "the window to be active")

    @property
    def top(self) -> QWidget:
        """The dialog in front, else the window."""
        return QApplication.activeModalWidget() or self.window

    @property
    def focus(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.top

    def see(self, words: str, where: QWidget | None = None) -> None:
        """Waits until these words show somewhere in front."""
        wait_until(lambda: words in visible_text(where or self.top), f"« {words} » to show")

    def await_dialog(self, title: str) -> QWidget:
        """Waits for the dialog whose window title starts so, and for its focus."""

        def there() -> bool:
            front = QApplication.activeModalWidget()
            return front is not None and front.windowTitle().startswith(title)

        wait_until(there, f"the dialog « {title} »")
        front = self.top
        wait_until(lambda: QApplication.activeWindow() is front, f"« {title} » to be active")
        return front

    def dialog_closed(self, dialog: QWidget) -> None:
        wait_until(lambda: QApplication.activeModalWidget() is not dialog, "the dialog to close")
        self.settle()

    def arrive(self, screen: str) -> None:
        """Waits until that screen is the one shown and read."""
        shown = self.window.screens
        wait_until(
            lambda: screen in shown and self.window.current_screen() is shown[screen],
            f"the screen {screen}",
        )
        self.settle()

    # Keys

    def press(self, keys: str, times: int = 1) -> None:
        """Presses « Ctrl+N », « Tab », « Return »… on whatever has the focus."""
        combination = QKeySequence(keys)[0]
        for _ in range(times):
            QTest.keyClick(self.focus, combination.key(), combination.keyboardModifiers())

    def type(self, words: str) -> None:
        """Types on whatever has the focus, one key at a time, accents and guillemets included.

        Nobody types in what they cannot see: a field left out of view is Stuck.
        """
        field = self.focus
        wait_until(lambda: in_view(field), f"« {name_of(field)} » to be in view", 2)
        for letter in words:
            key = ord(letter.upper()) if letter.isascii() else Qt.Key.Key_unknown
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self.focus, event)

    def replace(self, words: str) -> None:
        """Types over what the focused field holds."""
        self.press("Ctrl+A")
        self.type(words)

    def tab_to(self, name: str, *, back: bool = False) -> QWidget:
        """Presses Tab until the field or button of that name has the focus."""
        met: list[str] = []
        for _ in range(STEPS):
            if name_of(self.focus).startswith(name):
                return self.focus
            met.append(name_of(self.focus) or type(self.focus).__name__)
            self.press("Shift+Tab" if back else "Tab")
        raise Stuck(f"Tab never reached « {name} », but: {' | '.join(dict.fromkeys(met))}")

    def fill(self, name: str, words: str) -> None:
        """Goes to a field with Tab and types over it."""
        self.tab_to(name)
        self.replace(words)

    def choose(self, name: str, words: str) -> None:
        """Goes to a list with Tab, then down to the first choice with these words."""
        box = self.tab_to(name)
        if not isinstance(box, QComboBox):
            raise Stuck(f"« {name} » is no list")
        self.press("Home")
        for _ in range(box.count()):
            if words in box.currentText():
                return
            self.press("Down")
        choices = " | ".join(box.itemText(index) for index in range(box.count()))
        raise Stuck(f"« {words} » is not in « {name} »: {choices}")

    # The mouse

    def click(self, name: str, *, within: QWidget | None = None) -> None:
        """Clicks the first button or card of that name that can be seen."""
        target = find(within or self.top, name)
        centre = QPoint(target.width() // 2, target.height() // 2)
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=centre)

    # File dialogs

    @contextmanager
    def answering(self, path: Path) -> Iterator[None]:
        """Pastes ``path`` in the file dialog that what follows opens, and accepts.

        A dialog that refuses it is closed, so that nothing waits for ever in its own event loop.
        """
        tries: list[str] = []
        look = QTimer()
        look.setInterval(20)

        def answer() -> None:
            front = QApplication.activeModalWidget()
            if not isinstance(front, QFileDialog):
                return
            tries.append(front.windowTitle())
            if len(tries) > 1:
                front.reject()
                return
            name = front.findChild(QLineEdit, "fileNameEdit")
            name.setText(str(path))
            QTest.keyClick(name, Qt.Key.Key_Return)

        look.timeout.connect(answer)
        look.start()
        try:
            yield
            wait_until(lambda: tries, "a file dialog")
            wait_until(lambda: not _asking_file(), "the file dialog to close")
            if len(tries) > 1:
                raise Stuck(f"« {tries[0]} » refused {path}")
        finally:
            look.stop()


Start = Callable[..., AbstractContextManager[Person]]
"""``with start(notebook?) as person:`` (a fixture of the flows)."""
Read = Callable[[Path], AbstractContextManager[NotebookServices]]
"""``with read(path) as services:`` reads a notebook beside the window."""


@contextmanager
def program(settings: Settings, notebook: Path | None = None) -> Iterator[Person]:
    """The program with its window shown and its first screen read; closed at the end.

    Raises Stuck if it asked something that nobody answered.
    """
    window = open_window(settings, notebook)
    person = Person(window)
    asked: list[str] = []
    watch = _dismissing(asked)
    try:
        wait_until(lambda: getattr(window, "operations", None) is not None, "the first painting")
        person.come_forward()
        wait_until(lambda: window.pages.currentWidget() is not window.waiting, "the first screen")
        person.settle()
        yield person
    finally:
        for dialog in window.findChildren(QDialog):
            dialog.close()
        window.close()
        watch.stop()
        window.deleteLater()
        turn()
    if asked:
        raise Stuck(f"the program asked, and nobody answered: {asked}")


def _dismissing(asked: list[str]) -> QTimer:
    """Answers « leave it » to a question left in front: its event loop would never end."""
    seen: list[QMessageBox] = []
    watch = QTimer()
    watch.setInterval(1000)

    def look() -> None:
        front = QApplication.activeModalWidget()
        if not isinstance(front, QMessageBox):
            seen.clear()
            return
        seen.append(front)
        if len(seen) > 1:
            seen.clear()
            asked.append(front.text())
            leave = QMessageBox.ButtonRole.DestructiveRole
            buttons = [b for b in front.buttons() if front.buttonRole(b) == leave]
            buttons[0].click() if buttons else front.reject()

    watch.timeout.connect(look)
    watch.start()
    return watch


def quieten() -> None:
    """For commands: passes Qt's messages on, but what the offscreen platform keeps repeating."""

    def hear(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if not message.startswith("This plugin does not support"):
            sys.stderr.write(f"{message}\n")

    qInstallMessageHandler(hear)


def pictured(window: QWidget, path: Path) -> None:
    """Saves the window as it shows, the dialog in front drawn over it."""
    turn()
    picture = window.grab()
    front = QApplication.activeModalWidget()
    if front is not None:
        shown = front.grab()
        painter = QPainter(picture)
        painter.fillRect(picture.rect(), QColor(0, 0, 0, 70))
        left = (window.width() - front.width()) // 2
        top = max(0, (window.height() - front.height()) // 2)
        painter.drawPixmap(left, top, shown)
        painter.end()
    if not picture.save(str(path)):
        raise OSError(f"cannot write {path}")


def _asking_file() -> bool:
    return isinstance(QApplication.activeModalWidget(), QFileDialog)


def name_of(widget: QWidget) -> str:
    """What a screen reader would say of it."""
    return widget.accessibleName() or words_on(widget)


def in_view(widget: QWidget) -> bool:
    """Whether a line of it at least can be seen, whole."""
    seen = widget.visibleRegion().boundingRect().height()
    return seen >= min(widget.height(), widget.fontMetrics().height())


def words_on(widget: QWidget) -> str:
    match widget:
        case QPlainTextEdit():
            return widget.toPlainText()
        case QComboBox():
            return widget.currentText()
        case QAbstractButton() | QLabel() | QLineEdit():
            return widget.text()
    return ""


def find(root: QWidget, name: str) -> QWidget:
    """The first visible, enabled widget whose name starts so."""
    for widget in root.findChildren(QWidget):
        usable = widget.isVisible() and widget.isEnabled() and not isinstance(widget, QLabel)
        if usable and name_of(widget).startswith(name):
            return widget
    raise Stuck(f"« {name} » is not in « {root.windowTitle()} »")


def visible_text(root: QWidget) -> str:
    """All that can be read under ``root``, one line a widget, in no order of reading."""
    lines = [root.windowTitle()]
    for widget in root.findChildren(QWidget):
        if widget.isVisible():
            lines += [widget.accessibleName(), words_on(widget)]
    return "\n".join(line for line in lines if line)
