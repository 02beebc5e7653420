"""The window part of ``--self-test``: every screen and dialog really made, painted, looked at.

What a frozen program lacks (a lazily imported module, a font, a plugin of Qt) shows here.
"""

import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_app.certain import known
from desktop_app.services.notebook.trial import Trial, require
from desktop_app.views.navigation import Place
from desktop_app.views.runtime.crash import pathless
from desktop_app.views.screens.registry import SCREENS
from desktop_app.views.self_test.dialogs import ASKED, Ask
from desktop_app.views.self_test.looks import fonts, french, front, icons, images, look, until

if TYPE_CHECKING:
    from desktop_app.services.visits.visit_rows import VisitRow
    from desktop_app.views.window.main_window import MainWindow

OFFSCREEN = "This plugin does not support"
"""What the offscreen platform says at each dialog."""
DIALOGS = ("search", "shortcuts", "about", "new_notebook", "new_visit")
TABS = {
    "visit": ("preparation", "entry", "actions", "attachments", "history"),
    "experiment": ("presentation", "framework", "results", "visits"),
    "documents": ("experiment", "workbook", "visit"),
}


class WindowTrial:
    """``open_()`` starts the program's own window on the notebook that holds ``visit``."""

    def __init__(self, trial: Trial, open_: "Callable[[], MainWindow]", visit: "VisitRow") -> None:
        self.first_paint_ms: int | None = None
        self._trial = trial
        self._open = open_
        self._visit = visit
        self._window: MainWindow | None = None
        self._faults: list[BaseException] = []
        self._said: list[str] = []

    def run(self, begun: float) -> None:
        """``begun``: the monotonic time from which the first painting is counted."""
        step = self._step
        ready = time.monotonic() - begun
        step("fonts", fonts)
        step("images", images)
        step("icons", icons)  # painting a window without them ends the program
        step("first paint", lambda: self._first_paint(time.monotonic() - ready), ("icons",))
        step("first screen", self._first_screen, ("first paint",))
        step("french", french, ("first screen",))
        for name in SCREENS:
            step(f"screen {name}", partial(self._screen, name), ("first screen",))
        for name in DIALOGS:
            step(f"dialog {name}", partial(self._command, name), ("first screen",))
        for name, ask in ASKED.items():
            step(f"dialog {name}", partial(self._ask, ask), ("first screen",))
        step("close", self._close, ("first paint",))

    def about(self) -> dict[str, object]:
        """What Qt is here, and what it complained of."""
        return {
            "qt": qVersion(),
            "platform": QGuiApplication.platformName(),
            "first_paint_ms": self.first_paint_ms,
            "qt_messages": self._said[:20],
        }

    @property
    def window(self) -> "MainWindow":
        return known(self._window)

    def _step(self, name: str, act: Callable[[], str | None], needs: tuple[str, ...] = ()) -> None:
        """A bug met on the way, in whatever thread, fails the step too."""

        def watched() -> str | None:
            self._faults.clear()
            detail = act()
            if self._faults:
                raise self._faults[0]
            return detail

        self._trial.run(name, watched, needs)

    def _listen(self) -> None:
        """Takes the program's place as the one who hears of bugs, and of Qt's complaints."""

        def say(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
            del context
            if kind != QtMsgType.QtDebugMsg and not message.startswith(OFFSCREEN):
                self._said.append(pathless(message)[:200])

        sys.excepthook = lambda _kind, error, _trace: self._faults.append(error)
        threading.excepthook = lambda told: self._faults.extend(
            [told.exc_value] if told.exc_value else []
        )
        qInstallMessageHandler(say)

    def _first_paint(self, begun: float) -> str:
        window = self._window = self._open()
        painted: list[float] = []
        window.painted.connect(lambda: painted.append(time.monotonic()))
        window.painted.connect(self._listen)
        self._listen()
        until(lambda: painted, "la fenêtre n’a pas été peinte")
        self.first_paint_ms = round((painted[0] - begun) * 1000)
        return QGuiApplication.platformName()

    def _first_screen(self) -> str:
        warmed: list[bool] = []
        self.window.warmed.connect(lambda: warmed.append(True))
        self._arrive("home")
        until(lambda: warmed or self._faults, "les autres écrans n’ont pas été chargés")
        return self.window.windowTitle()

    def _arrive(self, screen: str) -> None:
        window = self.window

        def there() -> bool:
            shown = window.screens.get(screen)
            return shown is not None and window.current_screen() is shown

        until(lambda: there() or self._faults, f"l’écran {screen} n’est pas venu")
        self._rest()

    def _rest(self) -> None:
        operations = self.window.operations
        until(lambda: not operations.busy or self._faults, "les lectures ne finissent pas")
        QApplication.processEvents()
        until(lambda: not operations.busy or self._faults, "les lectures ne finissent pas")

    def _screen(self, name: str) -> str:
        record = {"visit": self._visit.id, "experiment": self._visit.experiment_id}.get(name)
        seen = []
        for tab in TABS.get(name, (None,)):
            self.window.go(Place(name, record, tab))
            self._arrive(name)
            seen.append(look(self.window.screens[name]))
        return f"{min(seen)} couleurs"

    def _command(self, name: str) -> str:
        return self._dialog(self.window.commands.actions[name].trigger)

    def _ask(self, ask: Ask) -> str:
        return self._dialog(lambda: ask(self.window, self._visit))

    def _dialog(self, ask: Callable[[], object]) -> str:
        """Opens one as its command does, looks at it, leaves it."""
        ask()
        until(lambda: front() is not None or self._faults, "le dialogue n’est pas venu")
        dialog = front()
        if dialog is None:
            return ""
        try:
            self._rest()
            until(lambda: getattr(dialog, "ready", True) or self._faults, "le dialogue reste vide")
            return f"{dialog.windowTitle()}\u00a0: {look(dialog)} couleurs"
        finally:
            dialog.reject()
            until(lambda: front() is None, "le dialogue ne se ferme pas")

    def _close(self) -> None:
        window = self.window
        window.close()
        until(lambda: not window.isVisible(), "la fenêtre ne se ferme pas")
        require(window.services is None, "le carnet est resté ouvert")
