"""The crash boundary: a report that can be sent, and nothing personal in it."""

import datetime as dt
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from desktop_app.system.log import LOG_NAME, append_log
from desktop_app.system.report import full_report, place, report_of
from desktop_app.views.dialogs.crash import CrashDialog
from desktop_app.views.runtime.crash import CrashGuard

SECRET = "Madame Untel, 12 rue des Lilas"  # noqa: S105  (what must not leak)
Shown = list[tuple[str, Path | None, Callable[[], None]]]


def failure() -> BaseException:
    def inner() -> None:
        raise ValueError(SECRET)

    try:
        try:
            inner()
        except ValueError as cause:
            raise KeyError(SECRET) from cause
    except KeyError as error:
        return error
    raise AssertionError


@pytest.fixture
def shown() -> Shown:
    return []


@pytest.fixture
def guard(tmp_path: Path, shown: Shown) -> Iterator[CrashGuard]:
    made = CrashGuard(
        partial(append_log, tmp_path / "log"),
        lambda report, log, closed: shown.append((report, log, closed)),
    )
    yield made
    made.remove()
    made.deleteLater()


def test_a_report_holds_places_and_kinds_only() -> None:
    report = full_report(failure(), dt.datetime(2021, 6, 9, 14, 32, tzinfo=dt.UTC))
    assert "KeyError" in report
    assert "ValueError" in report
    assert "inner" in report
    assert SECRET not in report
    assert str(Path.home()) not in report
    assert "2021-06-09 14:32:00" in report


def test_a_place_starts_at_the_program_s_folder() -> None:
    found = place("/home/untel/apps/carnet/desktop_app/views/runtime/crash.py")
    assert found == "desktop_app/views/runtime/crash.py"
    assert place("/home/untel/script.py") == "script.py"


def test_an_exception_nobody_handled_is_logged_and_shown_once(
    guard: CrashGuard, shown: Shown, qtbot: QtBot
) -> None:
    guard.install()
    error = failure()
    with capture_exceptions():
        guard.install()
        sys.excepthook(type(error), error, error.__traceback__)
        sys.excepthook(type(error), error, error.__traceback__)
        qtbot.waitUntil(lambda: bool(shown))
    report, log, closed = shown[0]
    assert SECRET not in report
    assert log is not None
    qtbot.waitUntil(lambda: log.read_text(encoding="utf-8").count("après") == 2)
    assert len(shown) == 1
    closed()
    sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(shown) == 2)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_exception_in_a_thread_is_shown_too(
    guard: CrashGuard, shown: Shown, qtbot: QtBot
) -> None:
    guard.install()
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(shown))
    assert "ZeroDivisionError" in shown[0][0]


def test_qt_s_warnings_go_to_the_log_without_paths(guard: CrashGuard, tmp_path: Path) -> None:
    for words in (
        "QPixmap: cannot load /home/untel/Madame Untel/photo 2.jpg",
        "QFile::rename: C:\\Users\\Madame Untel\\a.pdf",
        'QFont: no family "Untel" here',
        "QTimer: started from another thread",
    ):
        guard._on_message(QtMsgType.QtWarningMsg, None, words)
    guard._on_message(QtMsgType.QtDebugMsg, None, "noise")
    log = (tmp_path / "log" / LOG_NAME).read_text(encoding="utf-8")
    for kept in ("QPixmap: cannot load …\n", "QFile::rename: …\n", "QFont: no family …\n"):
        assert kept in log
    assert "QTimer: started from another thread\n" in log
    assert "ntel" not in log
    assert "photo" not in log
    assert "noise" not in log


def test_removing_the_guard_gives_the_hooks_back(tmp_path: Path, shown: Shown) -> None:
    before = (sys.excepthook, threading.excepthook)
    guard = CrashGuard(partial(append_log, tmp_path), lambda *seen: shown.append(seen))
    guard.install()
    assert sys.excepthook != before[0]
    guard.remove()
    assert (sys.excepthook, threading.excepthook) == before
    guard.deleteLater()


def test_the_dialog_copies_its_report(window: QWidget, tmp_path: Path) -> None:
    dialog = CrashDialog("KeyError\n", tmp_path / "x.log", window)
    dialog.open()
    dialog.copy()
    assert QGuiApplication.clipboard().text() == "KeyError\n"
    dialog.accept()


def test_report_of_an_error_without_trace_is_its_kind() -> None:
    assert report_of(RuntimeError(SECRET)) == "RuntimeError"
