"""A field of the visit under its label: loads it, stages what is typed, says what went wrong."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from desktop_app.services.visits.visit_rows import EditVisit, VisitRow
from desktop_app.views.look.theme import repolish
from desktop_app.views.screens.visit.edit_queue import Edit
from desktop_app.views.screens.visit.work import VisitWork
from desktop_app.views.widgets.fields import Choice, NumberField, TextLine, labelled
from desktop_app.views.widgets.text import text
from desktop_app.views.widgets.text_area import TextArea

Field = TextLine | TextArea | Choice


class BoundField(QWidget):
    """``required`` is the sentence said when the field is left empty; ``hint`` its tool tip's.

    ``problem_label`` shows why it is refused: under the field, unless laid out elsewhere.
    ``waits`` may hold a commit back for a while (see EditQueue). Signal ``saved``: what is stored
    changed.
    """

    saved = Signal()

    def __init__(
        self,
        work: VisitWork,
        name: str,
        label: str,
        field: Field,
        *,
        required: str = "",
        hint: str = "",
    ) -> None:
        super().__init__()
        self._work = work
        self.name = name
        self.field = field
        self._required = required
        self._hint = hint
        self._stored: object = None
        self.waits: Callable[[], bool] | None = None
        self._visit_id = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(labelled(label, field) if label else field)
        self.problem_label = text("", "error")
        self.problem_label.hide()
        column.addWidget(self.problem_label)
        column.addStretch(1)
        field.edited.connect(self._on_edited)
        field.committed.connect(self._on_committed)
        field.installEventFilter(self)
        work.editable_changed.connect(self._lock)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The tool tip says why it is refused, else the whole of a text too long for the place."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip(), self.field)
            return True
        return super().eventFilter(watched, event)

    def tip(self) -> str:
        if self.problem:
            return self.problem
        said = self._typed()
        if isinstance(self.field, Choice):
            said = self.field.currentText()
        words = said if isinstance(said, str) and not isinstance(self.field, TextArea) else ""
        return "\n".join(part for part in (words, self._hint) if part)

    @property
    def problem(self) -> str:
        return self.problem_label.text()

    def load(self, visit: VisitRow) -> None:
        """Shows the stored value, unless the person is ahead of it."""
        same = visit.id == self._visit_id
        self._visit_id = visit.id
        self._stored = getattr(visit, self.name)
        self._lock(self._work.editable)
        if same and self._work.queue.busy(self._key):
            return
        self.say("")
        if not same or self._value() != self._stored:
            self.field.set_value(self._stored)  # type: ignore[arg-type]  # the field's own kind
        draft = None if same else self._work.queue.draft(self._key)
        if draft is not None:
            self._show_typed(draft.typed)
            self.say(draft.sentence)
        self.saved.emit()

    @property
    def stored(self) -> str:
        return self._stored if isinstance(self._stored, str) else ""

    def say(self, sentence: str) -> None:
        """The sentence under the field; '' when all is well."""
        self.problem_label.setText(sentence)
        self.problem_label.setVisible(bool(sentence))
        if not isinstance(self.field, Choice):
            self.field.set_error(sentence)

    @property
    def _key(self) -> str:
        return f"{self._visit_id}.{self.name}"

    def _typed(self) -> object:
        """What is on screen, readable or not."""
        if isinstance(self.field, Choice):
            return self.field.value()
        return self.field.toPlainText() if isinstance(self.field, TextArea) else self.field.text()

    def _show_typed(self, typed: object) -> None:
        if isinstance(self.field, Choice):
            self.field.set_value(typed)
        elif isinstance(self.field, TextArea):
            self.field.set_value(str(typed))
        else:
            self.field.setText(str(typed))

    def _value(self) -> object:
        value = self.field.value()
        whole = isinstance(self.field, NumberField) and self.field.whole
        return int(value) if whole and isinstance(value, float) else value

    def _on_edited(self) -> None:
        self._stage(soon=isinstance(self.field, Choice))

    def _on_committed(self) -> None:
        self._stage(soon=True)

    def _stage(self, *, soon: bool) -> None:
        if not self._work.editable:  # the calendar of a locked date still opens
            self.load(self._work.visit)
            return
        sentence = self._refusal()
        if sentence:
            self._work.queue.refuse(self._key, self._typed(), sentence)
            if soon:
                self.say(sentence)
            return
        value = self._value()
        self.say("")
        if value == self._stored and not self._work.queue.flying(self._key):
            self._work.queue.discard(self._key)
            return

        visit_id = self._visit_id

        def saved() -> None:
            if visit_id == self._visit_id:
                self._stored = value
                self.saved.emit()

        def failed(sentence: str) -> None:
            if visit_id == self._visit_id:
                self.say(sentence)
            else:
                self._work.context.notify.show(sentence)

        visits, command = self._work.services.visits, EditVisit(visit_id, {self.name: value})
        edit = Edit(self, lambda: visits.edit(command), failed, saved, self._typed(), self.waits)
        self._work.queue.stage(self._key, edit, soon=soon)

    def _refusal(self) -> str:
        """Why what is typed cannot be read, else ''.

        A text always can: what the service once refused (a full disk) must be tried again.
        """
        field = self.field
        if isinstance(field, TextArea | Choice):
            return ""
        if field.text().strip() and field.value() is None:
            field.check()
            sentence = field.error
            field.set_error("")
            return sentence
        return self._required if not field.text().strip() else ""

    def _lock(self, editable: bool) -> None:  # noqa: FBT001  (a Qt slot)
        if isinstance(self.field, Choice):
            self.field.setEnabled(editable)
            return
        changed = self.field.isReadOnly() is editable
        self.field.setReadOnly(not editable)
        if changed and isinstance(self.field, TextArea):
            self.field.setProperty("locked", not editable)
            repolish(self.field)
