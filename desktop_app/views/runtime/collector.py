"""Python's cyclic garbage, collected in the interface's thread: in slices, and whole at rest.

Left alone, Python collects in whichever thread allocates. While a document of a large notebook is
made, each full pass then holds every thread for half a second, and it may destroy a widget
outside the interface's thread, which Qt forbids.
"""

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

INTERVAL = 50
"""Milliseconds: what a thread allocates meanwhile takes a few to look over."""

YOUNG = 2_000
"""New objects worth a pass over them."""

ACTING = 0.005
"""Seconds of this thread's CPU in an interval: someone scrolls, types or looks around."""

RESTS = 600
"""Quiet intervals, half a minute, before everything is looked over: that takes 50 ms and more."""


class Collector(QObject):
    """Takes over from Python until ``stop``.

    Quiet is when nothing is ``busy``, next to nothing is made, and this thread has little to do.
    """

    def __init__(self, parent: QObject, busy: Callable[[], bool] = lambda: False) -> None:
        super().__init__(parent)
        self._busy = busy
        self._cpu = time.thread_time()
        self._quiet = 0
        self._due = False
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(INTERVAL)

    def settle(self) -> None:
        """What is loaded by now stays: it will not be looked over again."""
        gc.freeze()

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()

    def _look(self) -> None:
        before, self._cpu = self._cpu, time.thread_time()
        if gc.get_count()[0] > YOUNG:
            self._due, self._quiet = True, 0
            gc.collect(0)
            self._cpu = time.thread_time()
        elif self._cpu - before > ACTING or self._busy():
            self._quiet = 0
        else:
            self._quiet += 1
        if self._due and self._quiet >= RESTS:
            self._due = False
            gc.collect()
