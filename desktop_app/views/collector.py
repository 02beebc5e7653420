"""Python's cyclic garbage, collected in the interface's thread: in slices, and whole at rest.

Left alone, Python collects in whichever thread allocates. While a document of a large notebook is
made, each full pass then holds every thread for half a second, and it may destroy a widget
outside the interface's thread, which Qt forbids.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL = 50
"""Milliseconds: what a thread allocates meanwhile takes a few to look over."""

YOUNG = 2_000
"""New objects worth a pass over them."""

RESTS = 600
"""Quiet intervals, half a minute, before everything is looked over: that takes 50 ms and more."""


class Collector(QObject):
    """Takes over from Python until ``stop``."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
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
        if gc.get_count()[0] > YOUNG:
            self._due, self._quiet = True, 0
            gc.collect(0)
            return
        self._quiet += 1
        if self._due and self._quiet >= RESTS:
            self._due = False
            gc.collect()
