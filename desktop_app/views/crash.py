"""The crash boundary: what nobody handled becomes a report, a log entry and a dialog.

A report holds kinds of errors, and places in the program's own files. It never holds the error's
message, a value or a path of this laptop: those may carry what someone typed, or their name.
"""

import datetime as dt
import sys
import threading
import traceback
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

_KNOWN_ROOTS = ("desktop_app", "site-packages", "lib")


def report_of(error: BaseException) -> str:
    """The error and its causes, without messages."""
    lines: list[str] = []
    current: BaseException | None = error
    while current is not None and len(lines) < 200:
        lines.append(type(current).__name__)
        lines.extend(
            f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        )
        current = current.__cause__ or current.__context__
        if current is not None:
            lines.append("après")
    return "\n".join(lines)


def full_report(error: BaseException, moment: dt.datetime) -> str:
    """What the dialog shows: the program, the machine's kind, the error."""
    import platform

    from desktop_app import __version__

    head = (
        f"Carnet d’impact {__version__} · {moment:%Y-%m-%d %H:%M:%S}\n"
        f"Python {platform.python_version()} · {platform.system()} {platform.machine()}\n"
    )
    return f"{head}{report_of(error)}\n"


def _place(filename: str) -> str:
    """A file's path from a folder of the program on: nothing of the person's own folders."""
    parts = Path(filename).parts
    for root in _KNOWN_ROOTS:
        if root in parts:
            at = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[at:])
    return Path(filename).name


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
        """Qt's own warnings: logged by category, with the text, where paths are left out."""
        del context
        if kind == QtMsgType.QtDebugMsg or message.startswith("This plugin does not support"):
            return
        words = " ".join("…" if "/" in word or "\\" in word else word for word in message.split())
        moment = dt.datetime.now().astimezone()
        self._log(f"{moment:%Y-%m-%d %H:%M:%S} Qt {kind.name}: {words[:300]}")
