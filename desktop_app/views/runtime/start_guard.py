"""Where Qt would end the program (no screen, a library of the system missing), a sentence instead.

Costs nothing on a good start: a function is handed to Qt, which calls it before it aborts.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

FATAL = "QtFatalMsg"


@contextmanager
def no_abort(last_words: Callable[[str], object]) -> Iterator[None]:
    """Around the making of the QApplication. ``last_words(sentence)`` then ends the process."""
    complaints: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        del context
        if kind.name != FATAL:
            complaints.append(message)
            return
        from desktop_app.system.system_check import abort_problem

        try:
            last_words(abort_problem(complaints))
        finally:
            os._exit(1)

    former = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(former)
