"""The system ends the program (logging out, shutting down): it closes as a person would close it.

Without this, what was typed in the last second or so would be lost. On Windows the system tells
the window itself: there is nothing to do.
"""

import os
import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QWidget

NAMES = ("SIGTERM", "SIGHUP")


class SessionEnd(QObject):
    """Closes ``window`` at the signals that end a program; lives as long as it.

    A signal that someone chose to ignore (``nohup``) stays ignored. Main thread only.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._taken: list[signal.Signals] = []
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
        if os.name != "posix":
            return
        signal.set_wakeup_fd(-1)
        for number in self._taken:
            signal.signal(number, signal.SIG_DFL)
        self._taken.clear()
        self._notifier.setEnabled(False)
        self._heard.close()
        self._said.close()

    def _hear(self) -> None:
        if set(self._heard.recv(64)) & set(self._taken):
            self._window.close()


def _noted(_number: int, _frame: FrameType | None) -> None:
    """What is to be done is done in Qt's loop."""
