"""« Actions »: what this visit promised, by whom, before when."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout

from desktop_app import french
from desktop_app.services.visits.visit_rows import EditFollowUp, FollowUpRow, NewFollowUp
from desktop_app.views.dialogs.follow_up import FollowUpDialog
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.visit.briefing import clear, due_pill
from desktop_app.views.screens.visit.bundle import VisitBundle
from desktop_app.views.screens.visit.columns import chain_tabs
from desktop_app.views.screens.visit.work import VisitWork
from desktop_app.views.widgets.buttons import quiet, secondary
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.instant_key import bind_key
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.text import muted, rule, small, text

TOOLTIP = "Espace : fait · Entrée : modifier · Suppr : supprimer".replace(" :", f"{french.NBSP}:")


class ActionLine(QFrame):
    """Signals: ``edited``, ``removed`` (the action's id), ``ticked(id, done)``."""

    edited = Signal(str)
    removed = Signal(str)
    ticked = Signal(str, bool)

    def __init__(self, row: FollowUpRow, *, editable: bool) -> None:
        super().__init__()
        self.row = row
        self._editable = editable
        line = QHBoxLayout(self)
        line.setContentsMargins(0, dp(8), 0, dp(8))
        line.setSpacing(dp(10))
        self.done = QCheckBox()
        self.done.setChecked(row.done_date is not None)
        self.done.setAccessibleName(f"Fait{french.NBSP}: {row.what}")
        self.done.setToolTip(TOOLTIP)
        self.done.setEnabled(editable)
        self.done.toggled.connect(lambda on: self.ticked.emit(row.id, on))
        line.addWidget(self.done, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text(row.what, "muted" if row.done_date else "strong"))
        words.addWidget(small(_details(row)))
        line.addLayout(words, 1)
        line.addWidget(due_pill(row), 0, Qt.AlignmentFlag.AlignVCenter)
        change = quiet("pencil-simple", f"Modifier l’action {row.what}")
        remove = quiet("trash", f"Supprimer l’action {row.what}")
        change.clicked.connect(lambda: self.edited.emit(row.id))
        remove.clicked.connect(lambda: self.removed.emit(row.id))
        for button in (change, remove):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            button.setVisible(editable)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._editable and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.edited.emit(self.row.id)
        elif self._editable and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(self.row.id)
        else:
            super().keyPressEvent(event)


class ActionsTab(ScrollPage):
    def __init__(self, work: VisitWork) -> None:
        super().__init__(margins=False)
        self._work = work
        self._rows: tuple[FollowUpRow, ...] = ()
        self._loaded = ("", False)
        self.add = secondary("Ajouter une action")
        bind_key(self.add, "Ctrl+Return")
        self.add.clicked.connect(self._add)
        card = Card("Actions promises pendant cette visite", trailing=self.add)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        card.body.addLayout(self._list)
        self.body.addWidget(card)
        self.body.addStretch(1)
        work.editable_changed.connect(self._show)

    @property
    def lines(self) -> tuple[ActionLine, ...]:
        return tuple(
            widget
            for position in range(self._list.count())
            if isinstance(widget := self._list.itemAt(position).widget(), ActionLine)
        )

    def load(self, bundle: VisitBundle) -> None:
        loaded = (bundle.visit.id, self._work.editable)
        if (bundle.follow_ups, loaded) == (self._rows, self._loaded) and self._list.count():
            return
        self._rows = bundle.follow_ups
        self._show()

    def _show(self) -> None:
        self._loaded = (self._work.visit_id, self._work.editable)
        focused = next((line.row.id for line in self.lines if line.done.hasFocus()), "")
        clear(self._list)
        self.add.setVisible(self._work.editable)
        if not self._rows:
            self._list.addWidget(
                muted("Aucune action promise. Ce qui est convenu sur place se note ici.")
            )
        for row in self._rows:
            line = ActionLine(row, editable=self._work.editable)
            line.edited.connect(self._edit)
            line.removed.connect(self._remove)
            line.ticked.connect(self._tick)
            self._list.addWidget(line)
            self._list.addWidget(rule())
            if row.id == focused:
                line.done.setFocus()
        chain_tabs(self.add, self.lines)

    def _add(self) -> None:
        dialog = FollowUpDialog(self.window(), around=self._work.around)
        dialog.due.today = self._work.visit.date
        dialog.accepted.connect(lambda: self._write(dialog, None))
        dialog.open()

    def _edit(self, action_id: str) -> None:
        row = next(row for row in self._rows if row.id == action_id)
        dialog = FollowUpDialog(self.window(), row, self._work.around)
        dialog.due.today = self._work.visit.date
        dialog.accepted.connect(lambda: self._write(dialog, row))
        dialog.open()

    def _write(self, dialog: FollowUpDialog, row: FollowUpRow | None) -> None:
        values, actions = dialog.values(), self._work.services.follow_ups
        dialog.deleteLater()
        if row is not None:
            command = EditFollowUp(row.id, values)
            self._work.write(lambda: actions.edit(command))
            return
        self._work.start_if_planned()
        new = NewFollowUp(visit_id=self._work.visit_id, **values)  # type: ignore[arg-type]
        self._work.write(lambda: actions.add(new))

    def _remove(self, action_id: str) -> None:
        actions = self._work.services.follow_ups
        self._work.write(lambda: actions.delete(action_id), undo_text="Action supprimée.")

    def _tick(self, action_id: str, done: bool) -> None:  # noqa: FBT001  (a Qt slot)
        actions = self._work.services.follow_ups
        day = self._work.services.notebook.today() if done else None
        self._work.write(lambda: actions.mark_done(action_id, day))


def _details(row: FollowUpRow) -> str:
    parts = [row.who] if row.who else []
    if row.done_date is not None:
        parts.append(f"faite le {french.date(row.done_date)}")
    elif row.due_date is not None:
        parts.append(f"avant le {french.date(row.due_date)}")
    return " · ".join(parts) or "sans responsable"
