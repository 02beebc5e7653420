"""The window: a sidebar, one screen at a time, and the status bar.

It is painted empty, at once, and until then imports little (not even ``QtCore.Qt``, whose
enumerations take 9 ms to make); whoever made it then calls ``prepare`` and has ``notebooks`` open
one in a thread. Screens are made when first shown.
"""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.config.settings import Settings
from desktop_app.views.look.theme import dp
from desktop_app.views.navigation import Place, Trail
from desktop_app.views.widgets.sidebar import Sidebar
from desktop_app.views.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDropEvent,
        QPaintEvent,
        QResizeEvent,
    )

    from desktop_app.services.catalogue import NotebookServices
    from desktop_app.views.runtime.operations import Operations
    from desktop_app.views.screens.base import Screen, ScreenContext
    from desktop_app.views.widgets.notify import Notifier
    from desktop_app.views.window.commands import Commands
    from desktop_app.views.window.notebook_actions import NotebookActions
    from desktop_app.views.window.ports import Doors, Opened

TITLE = "Carnet d’impact"
COMPACT_BELOW = 900  # pixels at a text of 100 %
ILLUSTRATIVE = "Démonstration — données fictives"


class MainWindow(QMainWindow):
    """The program's only window. Its signals.

    - ``painted()``: once, just after the first painting;
    - ``arrived(Place)``: a place is shown (its data may still be on the way);
    - ``notebook_changed()``: one was opened or closed;
    - ``warmed()``: what the other screens need is loaded.
    """

    painted = Signal()
    arrived = Signal(object)
    notebook_changed = Signal()
    warmed = Signal()

    commands: "Commands"
    operations: "Operations"
    notify: "Notifier"
    notebooks: "NotebookActions"

    def __init__(self, settings: Settings, doors: "Doors") -> None:
        super().__init__()
        self.settings = settings
        self.doors = doors
        self.services: NotebookServices | None = None
        self.screens: dict[str, Screen] = {}
        self.trail = Trail()
        self._painted = False
        self._prepared = False
        self.setWindowTitle(TITLE)
        self.setAcceptDrops(True)
        self.sidebar = Sidebar()
        self.status = StatusBar()
        self.pages = QStackedWidget()
        self.waiting = QLabel()
        self._lay_out()
        self.sidebar.set_notebook_open(opened=False)
        self.sidebar.chosen.connect(lambda screen: self.go(Place(screen)))
        self.sidebar.menu_asked.connect(lambda: self.commands.open_menu(self))
        self._restore_geometry()

    def _lay_out(self) -> None:
        self.waiting.setProperty("role", "muted")
        self.pages.addWidget(self.waiting)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.sidebar)
        across.addWidget(self.pages, 1)
        central = QWidget()
        down = QVBoxLayout(central)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addLayout(across, 1)
        down.addWidget(self.status)
        self.setCentralWidget(central)

    def prepare(self) -> None:
        """What the first painting does without: threads, messages, keys, icons."""
        if self._prepared:
            return
        from PySide6.QtCore import Qt

        from desktop_app.views.runtime.operations import Operations
        from desktop_app.views.runtime.proposed_folders import look_for_folders
        from desktop_app.views.widgets.notify import Notifier
        from desktop_app.views.window.commands import Commands
        from desktop_app.views.window.notebook_actions import NotebookActions
        from desktop_app.views.window.parts import data_changed, show_late_actions, warm_up

        self.waiting.setTextFormat(Qt.TextFormat.PlainText)
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._prepared = True
        look_for_folders(self.settings)
        self.operations = Operations(self)
        self.notify = Notifier(self)
        self.notebooks = NotebookActions(self)
        self.commands = Commands(self)
        self._set_open(opened=False)
        self.operations.saved.connect(self.status.show_saved)
        self.operations.unsaved.connect(self.status.show_unsaved)
        self.operations.failed.connect(self.notify.show)
        self.operations.data_changed.connect(lambda changes: data_changed(self, changes))
        self.notebook_changed.connect(lambda: show_late_actions(self))
        self.notebook_changed.connect(lambda: warm_up(self))
        self.sidebar.set_icons()

    # A notebook

    def set_notebook(self, opened: "Opened") -> None:
        """Shows an opened notebook on its first page."""
        self.services = opened.services
        self.trail = Trail()
        self.setWindowTitle(f"{opened.path.name} — {TITLE}")
        self._set_open(opened=True)
        self.status.show_opened()
        self.status.show_banner(ILLUSTRATIVE if opened.illustrative else "")
        self.show_identity()
        self.go(Place("home"))
        self.notebook_changed.emit()

    def clear_notebook(self) -> None:
        """Disposes of the screens; ``notebooks`` closes the file."""
        self.dispose_screens()
        self.services = None
        self.setWindowTitle(TITLE)
        self._set_open(opened=False)
        self.sidebar.buttons["actions"].set_badge(0, "")
        self.status.show_closed()
        self.notebook_changed.emit()

    def dispose_screens(self) -> None:
        self.pages.setCurrentWidget(self.waiting)
        for screen in self.screens.values():
            screen.dispose()
            self.pages.removeWidget(screen)
            screen.deleteLater()
        self.screens.clear()

    def show_identity(self) -> None:
        """Author, device and last copy, after the settings or the notebook changed."""
        import datetime as dt

        self.status.show_author(self.settings.text("agent"), self.settings.text("device_label"))
        today = dt.date.today()  # noqa: DTZ011  (the laptop's own day)
        self.status.show_backup(self.notebooks.last_backup(), today)

    def _set_open(self, *, opened: bool) -> None:
        self.commands.set_notebook_open(opened=opened)
        self.sidebar.set_notebook_open(opened=opened)

    # Going about

    def context(self) -> "ScreenContext":
        """What screens are given. Without a notebook only the settings are shown: no service."""
        from desktop_app.views.screens.base import ScreenContext
        from desktop_app.views.window.setting_effects import setting_changed

        services = cast("NotebookServices", self.services)
        return ScreenContext(
            services,
            self.operations,
            self.settings,
            self.go,
            self.notify,
            lambda key: setting_changed(self, key),
        )

    def go(self, place: Place) -> None:
        """Shows a place, after committing what the current screen holds."""
        if not self._prepared or (self.services is None and place.screen != "settings"):
            return
        self.flush()
        self.trail.push(place if place.tab != "new" else Place(place.screen))
        self._show(place)

    def go_back(self) -> None:
        place = self.trail.back()
        if place is not None:
            self.flush()
            self._show(place)
        elif self.services is None:
            self.notebooks.welcome()

    def current_screen(self) -> "Screen | None":
        widget = self.pages.currentWidget()
        return next((screen for screen in self.screens.values() if screen is widget), None)

    @property
    def busy(self) -> bool:
        """Whether anything is read, written or made."""
        return self._prepared and self.operations.busy

    def flush(self) -> None:
        """Commits what is being typed on the current screen."""
        screen = self.current_screen()
        if screen is not None:
            screen.flush()

    def save(self) -> None:
        """Commits what is being typed, and waits until it is on the disk."""
        if self._prepared:
            self.flush()
            self.operations.flush()

    def interrupt(self) -> None:
        """Stops a document or a copy being written; its file is whole or not there."""
        if self._prepared:
            self.operations.drain()

    def show_page(self, page: QWidget) -> None:
        """Shows a page that is no place: the welcome."""
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    def wait(self, words: str) -> None:
        """Shows that something is on its way."""
        self.waiting.setText(words)
        self.pages.setCurrentWidget(self.waiting)

    def make(self, name: str) -> "Screen":
        """The screen of that name, made now if it never was."""
        screen = self.screens.get(name)
        if screen is None:
            from desktop_app.views.screens.registry import screen_class

            screen = self.screens[name] = screen_class(name)(self.context())
            self.pages.addWidget(screen)
        return screen

    def _show(self, place: Place) -> None:
        new = place.screen not in self.screens
        screen = self.make(place.screen)
        self.pages.setCurrentWidget(screen)
        if new:
            screen.setFocus()
        self.sidebar.set_current(place.screen)
        screen.show_place(place)
        screen.take_focus()
        self.arrived.emit(place)

    def paintEvent(self, event: "QPaintEvent") -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        if self.narrow != self.sidebar.compact:
            self.sidebar.set_compact(compact=self.narrow)

    @property
    def narrow(self) -> bool:
        """Whether the sidebar must do with its icons, for the size of the text."""
        return self.width() < dp(COMPACT_BELOW)

    def changeEvent(self, event: "QEvent") -> None:
        super().changeEvent(event)
        if not self._prepared:
            return
        from PySide6.QtCore import QEvent

        away = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        if away or (event.type() == QEvent.Type.WindowStateChange and self.isMinimized()):
            self.flush()

    def dragEnterEvent(self, event: "QDragEnterEvent") -> None:
        from desktop_app.views.window.parts import dropped

        if dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: "QDropEvent") -> None:
        from desktop_app.views.window.parts import dropped

        path = dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.notebooks.open(path)

    def closeEvent(self, event: "QCloseEvent") -> None:
        """Waits for the writes; asks before losing one that was refused (disk full)."""
        if self._prepared and not self.notebooks.release():
            event.ignore()
            return
        from desktop_app.views.window.parts import remember_geometry

        remember_geometry(self)
        if self._prepared:
            self.operations.close()
        event.accept()

    def _restore_geometry(self) -> None:
        self.setMinimumSize(640, 420)
        saved = self.settings.text("window_geometry")
        if not saved or not self._restore(saved):
            self.resize(1280, 720)

    def _restore(self, saved: str) -> bool:
        from PySide6.QtCore import QByteArray

        return self.restoreGeometry(QByteArray.fromBase64(saved.encode()))
