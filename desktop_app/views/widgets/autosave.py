"""Saving without a button: an edit is committed at most 1.5 s after the last keystroke."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

DELAY = 1500  # milliseconds; the promise made to the person is two seconds


class Autosave(QObject):
    """``touch()`` at each keystroke; ``save`` runs once they stop, or at ``flush()`` at once."""

    def __init__(self, parent: QObject, save: Callable[[], None], delay: int = DELAY) -> None:
        super().__init__(parent)
        self._save = save
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay)
        self._timer.timeout.connect(self._run)

    @property
    def pending(self) -> bool:
        return self._timer.isActive()

    def touch(self) -> None:
        self._timer.start()

    def flush(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._save()

    def _run(self) -> None:
        self._save()
