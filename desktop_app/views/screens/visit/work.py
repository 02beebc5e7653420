"""What the tabs of one visit share: the visit, its services, its pending edits, its undo."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.services.changes import Outcome
from desktop_app.services.visits.visit_rows import VisitRow
from desktop_app.services.vocabulary import VisitState
from desktop_app.views.dialogs.undo import run_with_undo
from desktop_app.views.runtime.operations import Operations
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.visit.edit_queue import EditQueue
from desktop_app.views.widgets.privacy_notice import Surroundings

if TYPE_CHECKING:
    from desktop_app.services.catalogue import NotebookServices


class VisitWork(QObject):
    """``audience`` is whom the visit's experiment is for, as its form says it.

    Signal: ``editable_changed(bool)`` when the fields unlock or lock.
    """

    editable_changed = Signal(bool)

    def __init__(self, context: ScreenContext, page: QWidget) -> None:
        super().__init__(page)
        self.context = context
        self.page = page
        self.queue = EditQueue(context.operations, page)
        self._visit: VisitRow | None = None
        self._amending = False
        self.audience = ""

    @property
    def services(self) -> "NotebookServices":
        return self.context.services

    @property
    def operations(self) -> Operations:
        return self.context.operations

    @property
    def visit(self) -> VisitRow:
        """Raises LookupError before a visit is loaded (a bug of the caller)."""
        if self._visit is None:
            raise LookupError("no visit is loaded")
        return self._visit

    @property
    def visit_id(self) -> str:
        return self._visit.id if self._visit else ""

    @property
    def editable(self) -> bool:
        """A validated visit is locked until « Amender la visite »."""
        return self._visit is not None and (
            self._visit.state is not VisitState.VALIDATED or self._amending
        )

    @property
    def amending(self) -> bool:
        return self._amending

    def set_visit(self, visit: VisitRow) -> None:
        before = self.editable
        if visit.id != self.visit_id or visit.state is not VisitState.VALIDATED:
            self._amending = False
        self._visit = visit
        if self.editable != before:
            self.editable_changed.emit(self.editable)

    def amend(self, *, on: bool) -> None:
        """Unlocks the fields of a validated visit, or locks them again."""
        self._amending = on
        self.editable_changed.emit(self.editable)

    def key(self, field: str) -> str:
        return f"{self.visit_id}.{field}"

    def around(self) -> Surroundings:
        """What a text of this visit may name, and whom it is about."""
        visit = self._visit
        if visit is None:
            return Surroundings()
        return Surroundings((visit.site_name, visit.commune, visit.enterprise), self.audience)

    @property
    def refused(self) -> bool:
        """Something of this visit is not in the notebook, and its field says why."""
        return self.queue.refused(self.visit_id)

    def start_if_planned(self) -> None:
        """What is recorded on a planned visit starts it."""
        if self._visit is not None and self._visit.state is VisitState.PLANNED:
            visit_id, visits = self._visit.id, self.services.visits
            self._visit = replace(self._visit, state=VisitState.DRAFT)
            self.operations.run(lambda: visits.start(visit_id), initiator=self.page)

    def write(
        self,
        call: Callable[[], Outcome[Any]],
        *,
        undo_text: str = "",
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Writes at once, after the pending edits.

        ``undo_text`` offers to take it back; then a refusal is said at the foot of the window.
        """
        self.queue.flush()
        if undo_text:
            run_with_undo(self.context, call, undo_text, initiator=self.page)
        else:
            self.operations.run(call, initiator=self.page, failed=failed)

    def undo(self, hlc: str) -> None:
        """Takes one transaction back."""
        self.queue.flush()
        history = self.services.history
        self.operations.run(lambda: history.undo(hlc), initiator=self.page, undoable=False)
