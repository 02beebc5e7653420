"""No Save button to forget: each field's change is committed on its own, shortly after the keys."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop_app.services.changes import Outcome
from desktop_app.views.runtime.operations import Operations

AFTER = 1200
"""Milliseconds after the last keystroke."""
LONGEST = 8.0
"""Seconds after which a text typed without a pause is committed all the same."""
HELD = 10.0
"""Seconds a text that seems to name a person waits at the most for it to be taken back."""


@dataclass(frozen=True, slots=True)
class Edit:
    """``call`` commits the value as it was typed; ``failed`` shows the sentence beside it.

    Once ``owner`` is gone (another visit is shown), ``Operations.failed`` says it. ``typed`` is
    what the field shows again if the notebook refuses it. ``waits`` is true while the person may
    be about to take it back: it is asked at each commit but ``flush``, for ``HELD`` seconds.
    """

    owner: QObject
    call: Callable[[], Outcome[Any]]
    failed: Callable[[str], None]
    saved: Callable[[], None]
    typed: object = None
    waits: Callable[[], bool] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a field shows and the notebook does not hold, and why."""

    typed: object
    sentence: str


class EditQueue(QObject):
    """Edits by key (one a field): the last one stands for those before it.

    An edit that could not be committed is kept and tried again at the next flush: what was typed
    stays on screen and is never replaced by what the notebook holds. What could not be read is
    kept as well, to be shown again, for as long as the page lives.

    Signals: ``changed`` when ``unsaved`` or ``refused`` may have changed.
    """

    changed = Signal()

    def __init__(self, operations: Operations, initiator: QWidget) -> None:
        super().__init__(initiator)
        self._operations = operations
        self._initiator = initiator
        self._staged: dict[str, Edit] = {}
        self._flying: dict[str, int] = {}
        self._failed: dict[str, Edit] = {}
        self._unreadable: dict[str, Draft] = {}
        self._sentences: dict[str, str] = {}
        self._held: dict[str, float] = {}
        self._leaving: set[str] = set()
        self._since = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER)
        self._timer.timeout.connect(self._commit)

    def stage(self, key: str, edit: Edit, *, soon: bool = False) -> None:
        """Commits ``edit`` after a pause in typing, or at once when ``soon`` (a choice made)."""
        now = time.monotonic()
        if not self._staged:
            self._since = now
        self._forget(key)
        self._staged[key] = edit
        if soon or now - self._since > LONGEST:
            self._commit()
        else:
            self._timer.start()
        self.changed.emit()

    def refuse(self, key: str, typed: object, sentence: str) -> None:
        """What is typed cannot be written (a value out of its scale): it stays on screen only."""
        self._forget(key)
        self._unreadable[key] = Draft(typed, sentence)
        self.changed.emit()

    def discard(self, key: str) -> None:
        """What was typed is taken back: there is nothing to commit."""
        self._forget(key)
        self.changed.emit()

    def draft(self, key: str) -> Draft | None:
        """What its field shows again when it is made anew: refused, failed or not yet committed."""
        edit = self._failed.get(key) or self._staged.get(key)
        if edit is not None:
            return Draft(edit.typed, self._sentences.get(key, ""))
        return self._unreadable.get(key)

    def busy(self, key: str) -> bool:
        """True while the notebook does not yet hold what the field shows."""
        return any(
            key in keys for keys in (self._staged, self._flying, self._failed, self._unreadable)
        )

    def flying(self, key: str) -> bool:
        """True while a commit of this field is on its way: what it will leave is not known yet."""
        return key in self._flying

    @property
    def unsaved(self) -> bool:
        return bool(self._staged or self._flying)

    def refused(self, visit_id: str) -> bool:
        """Something of that visit is not in the notebook, and its field says why."""
        return any(key.startswith(f"{visit_id}.") for key in (*self._failed, *self._unreadable))

    def flush(self) -> None:
        """Hands every edit to the writer now, those that failed before included.

        The person may be leaving: what fails from now on is also said by ``Operations.failed``.
        """
        self._staged = {**self._failed, **self._staged}
        self._failed = {}
        self._commit(everything=True)
        self._leaving = set(self._flying)

    def _commit(self, *, everything: bool = False) -> None:
        self._timer.stop()
        staged, self._staged = self._staged, {}
        if not everything:
            self._staged = {key: edit for key, edit in staged.items() if self._waits(key, edit)}
            if self._staged:
                self._since = time.monotonic()
                self._timer.start()
        for key, edit in staged.items():
            if key in self._staged:
                continue
            self._held.pop(key, None)
            self._flying[key] = self._flying.get(key, 0) + 1
            self._operations.run(
                edit.call,
                initiator=self._initiator,
                done=partial(self._landed, key, edit),
                failed=partial(self._crashed, key, edit),
            )

    def _waits(self, key: str, edit: Edit) -> bool:
        if edit.waits is None or not isValid(edit.owner) or not edit.waits():
            return False
        now = time.monotonic()
        return now - self._held.setdefault(key, now) < HELD

    def _forget(self, key: str) -> None:
        for kept in (self._staged, self._failed, self._unreadable, self._sentences):
            kept.pop(key, None)

    def _landed(self, key: str, edit: Edit, _value: object) -> None:
        self._arrived(key)
        if isValid(edit.owner):
            edit.saved()
        self.changed.emit()

    def _crashed(self, key: str, edit: Edit, sentence: str) -> None:
        leaving = key in self._leaving
        self._arrived(key)
        if key not in self._staged and key not in self._flying:
            self._failed[key] = edit
            self._sentences[key] = sentence
            if isValid(edit.owner):
                edit.failed(sentence)
            if leaving or not isValid(edit.owner):
                self._operations.failed.emit(sentence)
        self.changed.emit()

    def _arrived(self, key: str) -> None:
        left = self._flying.get(key, 1) - 1
        if left:
            self._flying[key] = left
        else:
            self._flying.pop(key, None)
            self._leaving.discard(key)
