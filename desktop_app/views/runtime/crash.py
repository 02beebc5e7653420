"""The crash boundary: what nobody handled becomes a report, a log entry and a dialog."""

import datetime as dt
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

from desktop_app.system.report import full_report

_PATH = re.compile(r"\S*[/\\\"].*", re.DOTALL)


def pathless(message: str) -> str:
    """What Qt complains of, without the paths: names of people stand in them."""
    return _PATH.sub("…", message)


class CrashGuard(QObject):
    """Owns the three hooks while installed.

    ``log(text)`` says where it wrote; ``show(report, log)`` runs on the interface's thread.

    One dialog at a time: an error that repeats itself is logged, not shown again.
    """

    _caught = Signal(object)

    def __init__(
        self,
        log: Callable[[str], Path | None],
        show: Callable[[str, Path | None, Callable[[], None]], None],
    ) -> None:
        super().__init__()
        self._log = log
        self._show = show
        self._showing = False
        self._former = (sys.excepthook, threading.excepthook)
        self._caught.connect(self._handle, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread
        qInstallMessageHandler(self._on_message)

    def remove(self) -> None:
        sys.excepthook, threading.excepthook = self._former
        qInstallMessageHandler(None)

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            from PySide6.QtCore import QCoreApplication

            QCoreApplication.quit()
            return
        if error.__traceback__ is None:
            error = error.with_traceback(trace)
        self._caught.emit(error)

    def _on_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._caught.emit(arguments.exc_value)

    def _handle(self, error: BaseException) -> None:
        moment = dt.datetime.now().astimezone()
        report = full_report(error, moment)
        log = self._log(report)
        if not self._showing:
            self._showing = True
            self._show(report, log, self._shown)

    def _shown(self) -> None:
        self._showing = False

    def _on_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        """Qt's own warnings: logged by category, with their text up to a path or a name.

        A path has spaces as often as not: nothing tells where it ends.
        """
        del context
        if kind == QtMsgType.QtDebugMsg or message.startswith("This plugin does not support"):
            return
        moment = dt.datetime.now().astimezone()
        self._log(f"{moment:%Y-%m-%d %H:%M:%S} Qt {kind.name}: {pathless(message)[:300]}")
