"""Work off the user interface's thread: writes in order, reads, and long jobs.

Writes go through one thread, strictly in the order asked; then every screen hears what changed
and who started it. A UserError is shown as a sentence; any other exception is a bug and goes to
``sys.excepthook`` on the interface's thread, where the crash dialog is.
"""

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop_app.errors import UserError
from desktop_app.services.changes import Outcome

T = TypeVar("T")
UNDO_DEPTH = 100
REST = 2000
"""Milliseconds with nothing under way before what nobody waits for is done."""


class Step(Protocol):
    """What a long job yields (exports/progress.py)."""

    @property
    def done(self) -> int: ...
    @property
    def total(self) -> int: ...
    @property
    def label(self) -> str: ...


class Operations(QObject):
    """Writes, reads and jobs. Its signals, all on the interface's thread.

    - ``data_changed(changes, initiator)``: a write was committed;
    - ``saved(datetime)``: the local time of that commit;
    - ``failed(str)``: a sentence for the person, when no callback took it;
    - ``unsaved(str)``: what a page holds that is not in the notebook; '' when there is nothing;
    - ``write_failed(str)``: a write was refused or broke, whether a callback took it or not;
    - ``idle()``: nothing is running or waiting any more.
    """

    data_changed = Signal(object, object)
    saved = Signal(object)
    failed = Signal(str)
    write_failed = Signal(str)
    unsaved = Signal(str)
    idle = Signal()
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, "carnet-write")
        self._readers = ThreadPoolExecutor(2, "carnet-read")
        self._workers = ThreadPoolExecutor(1, "carnet-job")
        self._writes: set[Future[Any]] = set()
        self._underway: set[Future[Any]] = set()
        self._running = 0
        self._latest: dict[tuple[int, str], int] = {}
        self._count = 0
        self._jobs: list[Any] = []
        self._undoable: list[str] = []
        self._later: Callable[[], object] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._do_later)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return self._running > 0

    @property
    def job_title(self) -> str:
        """What the long job under way is called; '' when there is none."""
        return next((str(panel.accessibleName()) for panel in self._jobs if isValid(panel)), "")

    def run(
        self,
        call: Callable[[], Outcome[T]],
        *,
        initiator: object = None,
        done: Callable[[T], object] | None = None,
        failed: Callable[[str], object] | None = None,
        undoable: bool = True,
    ) -> None:
        """Writes. ``done(value)`` then ``data_changed``; ``failed(sentence)`` on UserError.

        Callbacks are dropped if ``initiator`` is a widget that is gone by then.
        """

        def finish(future: Future[Outcome[T]]) -> None:
            self._writes.discard(future)
            error = future.exception()
            if error is not None:
                self.write_failed.emit(str(error) if isinstance(error, UserError) else "")
                self._fail(error, failed if _alive(initiator) else None)
                return
            outcome = future.result()
            if undoable and outcome.hlc:
                self._undoable = [*self._undoable[-UNDO_DEPTH + 1 :], outcome.hlc]
            self.saved.emit(dt.datetime.now().astimezone())
            if done is not None and _alive(initiator):
                done(outcome.value)
            self.data_changed.emit(outcome.changes, initiator)

        future = self._submit(self._writer, call, finish)
        self._writes.add(future)

    def query(
        self,
        call: Callable[[], T],
        done: Callable[[T], object],
        *,
        owner: QWidget,
        key: str = "",
        failed: Callable[[str], object] | None = None,
    ) -> None:
        """Reads, then ``done(result)``.

        A newer query of the same owner and key replaces this one; nothing is delivered once the
        owner is gone.
        """
        self._count += 1
        slot, turn = (id(owner), key), self._count
        self._latest[slot] = turn

        def read() -> T | None:
            return call() if self._latest.get(slot) == turn else None

        def finish(future: Future[T | None]) -> None:
            if self._latest.get(slot) != turn:
                return
            del self._latest[slot]
            if not isValid(owner):
                return
            error = future.exception()
            if error is not None:
                self._fail(error, failed)
                return
            done(future.result())  # type: ignore[arg-type]  # read by this turn: a T

        self._submit(self._readers, read, finish)

    def job(
        self,
        title: str,
        call: Callable[[], Iterator[Step]],
        *,
        done: Callable[[], object] | None = None,
        failed: Callable[[str], object] | None = None,
        parent: QWidget,
    ) -> None:
        """Long work, with a progress panel over ``parent``'s window and a way to cancel.

        The iterator is closed when cancelled, so that a half-written file is removed; then
        neither ``done`` nor ``failed`` is called.
        """
        from desktop_app.views.widgets.progress_panel import ProgressPanel

        panel = ProgressPanel(title, parent.window())
        self._jobs.append(panel)

        def work() -> bool:
            steps = call()
            for step in steps:
                if panel.cancelled.is_set():
                    close = getattr(steps, "close", None)
                    if close is not None:
                        close()
                    return False
                panel.report(step.done, step.total, step.label)
            return True

        def finish(future: Future[bool]) -> None:
            self._jobs.remove(panel)
            if isValid(panel):
                panel.close_panel()
            error = future.exception()
            if error is not None:
                self._fail(error, failed)
            elif future.result() and done is not None:
                done()

        self._submit(self._workers, work, finish)

    def later(self, call: Callable[[], object]) -> None:
        """Once all has been at rest for a while, at the latest before the notebook closes.

        For what nobody waits for; what was asked before and is not done yet is dropped.
        """
        self._later = call
        if not self.busy:
            self._rest.start()

    def take_undoable(self) -> str:
        """The clock of the last write of this session not yet undone; '' when there is none."""
        return self._undoable.pop() if self._undoable else ""

    def flush(self) -> None:
        """Waits until every write asked so far is committed and announced."""
        while self._writes:
            wait(list(self._writes))
            QCoreApplication.sendPostedEvents(self, 0)

    def drain(self) -> None:
        """Before a notebook closes: commits what is pending, stops jobs, waits for the reads.

        Reads are answered to nobody; those not begun are dropped.
        """
        self.flush()
        for panel in self._jobs:
            panel.cancelled.set()
        self._do_later()
        self._latest.clear()
        # A future is done a moment before its answer is posted: until it is delivered, look again.
        while self._underway:
            wait(list(self._underway))
            QCoreApplication.sendPostedEvents(self, 0)

    def close(self) -> None:
        """Drains, and ends the threads."""
        self.drain()
        for pool in (self._writer, self._readers, self._workers):
            pool.shutdown(wait=True, cancel_futures=True)
        QCoreApplication.sendPostedEvents(self, 0)

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        call: Callable[[], Any],
        finish: Callable[[Future[Any]], None],
    ) -> Future[Any]:
        self._running += 1
        self._rest.stop()
        future: Future[Any] = pool.submit(call)
        self._underway.add(future)
        future.add_done_callback(lambda ended: self._arrived.emit((finish, ended)))
        return future

    @Slot(object)
    def _deliver(self, arrival: tuple[Callable[[Future[Any]], None], Future[Any]]) -> None:
        finish, future = arrival
        self._running -= 1
        self._underway.discard(future)
        if not future.cancelled():
            finish(future)
        if not self._running:
            if self._later is not None:
                self._rest.start()
            self.idle.emit()

    def _do_later(self) -> None:
        call, self._later = self._later, None
        if call is None:
            return

        def finish(future: Future[object]) -> None:
            if (error := future.exception()) is not None:
                self._fail(error, None)

        self._submit(self._writer, call, finish)

    def _fail(self, error: BaseException, failed: Callable[[str], object] | None) -> None:
        if not isinstance(error, UserError):
            sys.excepthook(type(error), error, error.__traceback__)
        elif failed is not None:
            failed(str(error))
        else:
            self.failed.emit(str(error))


def _alive(initiator: object) -> bool:
    return not isinstance(initiator, QObject) or isValid(initiator)
