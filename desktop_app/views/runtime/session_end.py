"""The system ends the program (logging out, shutting down): what was just typed is saved.

A signal saves, interrupts a document or a copy being written, and closes the window: nobody is
left to be asked, and the system waits a few seconds only. Where the system asks first, as Windows
does and X11 with a session manager, the window stays: whoever logs out may still change their mind.
"""

import os
import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.certain import of_kind

NAMES = ("SIGTERM", "SIGHUP")


class SessionEnd(QObject):
    """Closes ``window`` at the signals that end a program; ``save()`` when the system asks.

    ``interrupt()`` stops long work, whose files are whole or not there.
    Lives as long as the window. A signal that someone chose to ignore (``nohup``) stays ignored.
    Main thread only.
    """

    def __init__(
        self, window: QWidget, save: Callable[[], object], interrupt: Callable[[], object]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._save = save
        self._interrupt = interrupt
        self._taken: list[signal.Signals] = []
        self._application().commitDataRequest.connect(self._asked)
        if os.name != "posix":
            return
        self._heard, self._said = socket.socketpair()
        for end in (self._heard, self._said):
            end.setblocking(False)
        for number in (signal.Signals[name] for name in NAMES):
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _noted)
                self._taken.append(number)
        # Qt's loop runs no Python: the signal's number, written here, wakes it.
        signal.set_wakeup_fd(self._said.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def remove(self) -> None:
        """Gives the signals back."""
        self._application().commitDataRequest.disconnect(self._asked)
        if os.name != "posix":
            return
        signal.set_wakeup_fd(-1)
        for number in self._taken:
            signal.signal(number, signal.SIG_DFL)
        self._taken.clear()
        self._notifier.setEnabled(False)
        self._heard.close()
        self._said.close()

    def _asked(self) -> None:
        self._save()

    def _hear(self) -> None:
        if set(self._heard.recv(64)) & set(self._taken):
            self._save()
            self._interrupt()
            self._window.close()

    @staticmethod
    def _application() -> QGuiApplication:
        return of_kind(QGuiApplication.instance(), QGuiApplication)


def _noted(_number: int, _frame: FrameType | None) -> None:
    """What is to be done is done in Qt's loop."""
