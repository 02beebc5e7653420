"""One measure to collect: its last value, and three fields that are typed through at speed."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.visit_rows import MeasureLine, RecordMeasure
from desktop_app.services.vocabulary import Frequency, MeasurementStatus, ValueType, Wave, label
from desktop_app.views.screens.visit_tabs.edit_queue import Edit
from desktop_app.views.screens.visit_tabs.work import VisitWork
from desktop_app.views.tables import measure_entry
from desktop_app.views.tables.measure_entry import Refusal, Typed
from desktop_app.views.theme import dp
from desktop_app.views.widgets.buttons import quiet
from desktop_app.views.widgets.fields import Choice, TextLine
from desktop_app.views.widgets.text import rule, small, strong, text

PATIENCE = 700
"""Milliseconds before a half-typed value is called wrong."""

WAVES: tuple[tuple[object, str], ...] = (
    (None, "T?"),
    *((wave, label(wave)) for wave in Wave),
)
_MARKS = {MeasurementStatus.NOT_OBSERVED: "—", MeasurementStatus.NOT_APPLICABLE: "s. o."}
_UP, _DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class CellField(TextLine):
    """Signals: ``moved(step)`` on Enter, Up and Down; ``marked(status)`` on Alt+N and Alt+S."""

    moved = Signal(int)
    marked = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() == Qt.Key.Key_N:
            self.marked.emit(MeasurementStatus.NOT_OBSERVED)
        elif alt and event.key() == Qt.Key.Key_S:
            self.marked.emit(MeasurementStatus.NOT_APPLICABLE)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif event.key() in _ENTER or event.key() == _DOWN:
            self.commit()
            self.moved.emit(1)
        elif event.key() == _UP:
            self.commit()
            self.moved.emit(-1)
        else:
            super().keyPressEvent(event)


class MeasureRow(QObject):
    """The widgets of one line; the card lays them out.

    Signals: ``moved(row, field, step)`` to go up or down a column; ``changed`` when what is
    recorded changed; ``folded`` when the arrow of the categories was used; ``waved`` when
    another wave was chosen.
    """

    moved = Signal(object, str, int)
    changed = Signal()
    folded = Signal()
    waved = Signal()

    def __init__(self, work: VisitWork, line: MeasureLine, parent: QWidget) -> None:
        super().__init__(parent)
        self._work = work
        self._visit_id = work.visit_id
        self.line = line
        self._status = line.status
        self.whole: MeasureRow | None = None
        """The row of the whole audience, for a category: they share the wave."""
        self.wave = Choice(WAVES)
        self.code = strong(line.indicator_code if not line.category else "")
        self.fold = quiet("caret-right", f"Ventilation par {line.disaggregation}")
        self.name = text(line.category or line.label)
        self.unit = small("")
        self.label = self._label()
        self.last = text("", "muted", wrap=False)
        self.value = CellField(parent=parent)
        self.n = CellField("n", parent=parent)
        self.comment = CellField("Commentaire", parent=parent)
        self.problem = text("", "error")
        self.problem.setParent(parent)
        self.problem.hide()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._say)
        self._refusal: Refusal | None = None
        self.line_below: QWidget = rule(parent)
        self._dress()
        self.load(line)

    @property
    def key(self) -> str:
        return f"{self._visit_id}.measure.{self.line.indicator_id}.{self.line.category}"

    @property
    def fields(self) -> dict[str, CellField]:
        return {"value": self.value, "n": self.n, "comment": self.comment}

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        return (self.code, self.label, self.last, self.value, self.n, self.comment)

    def load(self, line: MeasureLine) -> None:
        """Shows what is recorded, unless the person is ahead of it."""
        self.last.setText(measure_entry.read_back(line, line.last_value))
        self.last.setToolTip(measure_entry.reference_text(line))
        self._lock(self._work.editable)
        if self._work.queue.busy(self.key):
            return
        self._refusal = None
        self._say()
        self.line = line
        self._status = line.status
        if line.status is not None:  # else a wave chosen first waits for its value
            self.wave.set_value(line.wave)
        typed = (
            (self.value, measure_entry.shown_value(line, line.value)),
            (self.n, "" if line.n is None else str(line.n)),
            (self.comment, line.comment),
        )
        for field, words in typed:
            if field.value() != words:
                field.set_value(words)
        self._show_status()

    def mark(self, status: MeasurementStatus) -> None:
        """Alt+N, Alt+S: sets the mark, or takes it off when it is already there."""
        if not self._work.editable:
            return
        self._status = None if self._status is status else status
        self.value.set_value("")
        self.n.set_value("")
        self._show_status()
        self._stage(soon=True)

    def _label(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(dp(16) if self.line.category else 0, 0, 0, 0)
        row.setSpacing(dp(2))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.unit)
        row.addLayout(words, 1)
        row.addWidget(self.wave, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignVCenter)
        if not self._by_wave:
            self.wave.hide()
        self.fold.hide()
        self.fold.clicked.connect(self.folded)
        return holder

    def _dress(self) -> None:
        line = self.line
        title = f"{line.indicator_code} {line.label} {line.category}".strip()
        unit = measure_entry.unit_text(line)
        self.value.setAccessibleName(f"{title}, aujourd’hui, {unit}")
        self.n.setAccessibleName(f"{title}, effectif observé")
        self.comment.setAccessibleName(f"{title}, commentaire")
        self.last.setAccessibleName(f"{title}, dernière valeur")
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.value.setAlignment(right)
        self.n.setAlignment(right)
        self.last.setAlignment(right)
        self.value.setFixedWidth(dp(84))
        self.n.setFixedWidth(dp(54))
        if line.definition:
            self.name.setToolTip(line.definition)
        if line.value_type is ValueType.YES_NO:
            self.value.setPlaceholderText("o / n")
        for name, field in self.fields.items():
            field.edited.connect(self._typed)
            field.committed.connect(self._ended)
            field.marked.connect(self.mark)
            field.moved.connect(lambda step, name=name: self.moved.emit(self, name, step))
        self.wave.setAccessibleName(f"{title}, vague")
        self.wave.setToolTip("Vague de la mesure")
        self.wave.setMinimumContentsLength(2)
        self.wave.setFixedWidth(dp(76))
        self.wave.committed.connect(self._wave_chosen)
        self._work.editable_changed.connect(self._lock)

    @property
    def _by_wave(self) -> bool:
        return self.line.frequency is Frequency.WAVE and not self.line.category

    def _chosen_wave(self) -> Wave | None:
        if self.whole is not None and self.line.frequency is Frequency.WAVE:
            return self.whole.chosen_wave
        return self.chosen_wave

    @property
    def chosen_wave(self) -> Wave | None:
        value = self.wave.value()
        return value if isinstance(value, Wave) else None

    def recorded_again(self) -> None:
        """The wave changed: what is recorded is written with it."""
        if self.line.status is not None:
            self._stage(soon=True)

    def _wave_chosen(self) -> None:
        self.recorded_again()
        self.waved.emit()

    def _typed(self) -> None:
        if self.sender() is self.value and self.value.value():
            self._status = MeasurementStatus.OBSERVED
            self._show_status()
        self._stage(soon=False)

    def _ended(self) -> None:
        self._stage(soon=True)

    def _stage(self, *, soon: bool) -> None:
        read = measure_entry.read(self.line, self._visit_id, self._as_typed())
        if isinstance(read, Refusal):
            self._work.queue.refuse(self.key)
            self._refusal = read
            if soon:
                self._say()
            else:
                self._patience.start()
            return
        self._refusal = None
        self._say()
        same = measure_entry.says_the_same(self.line, read)
        if same and not self._work.queue.flying(self.key):
            self._work.queue.discard(self.key)
            return
        self._commit(read, soon=soon)

    def _commit(self, command: RecordMeasure, *, soon: bool) -> None:
        measures = self._work.services.measures

        def saved() -> None:
            self.line = measure_entry.after(self.line, command)
            self.changed.emit()

        def failed(sentence: str) -> None:
            self._refusal = Refusal("value", sentence)
            self._say()

        self._work.start_if_planned()
        self._work.queue.stage(
            self.key, Edit(self, lambda: measures.record(command), failed, saved), soon=soon
        )
        self._status = command.status
        self._show_status()

    def _as_typed(self) -> Typed:
        marked = self._status if self._status in _MARKS else None
        return Typed(
            self.value.value(),
            self.n.value(),
            self.comment.value(),
            marked,
            self._chosen_wave() or (self.line.wave if not self._by_wave else None),
        )

    def _say(self) -> None:
        self._patience.stop()
        sentence = self._refusal.sentence if self._refusal else ""
        for name, field in self.fields.items():
            wrong = self._refusal is not None and self._refusal.field == name
            field.set_error(sentence if wrong else "")
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence) and not self.value.isHidden())

    def _show_status(self) -> None:
        """The mark in the fields, and its words beside the unit."""
        mark = _MARKS.get(self._status) if self._status else None
        yes_no = self.line.value_type is ValueType.YES_NO
        self.value.setPlaceholderText(mark or ("o / n" if yes_no else ""))
        words = [measure_entry.unit_text(self.line)] if not self.line.category else []
        if self.line.retired:
            words.append("indicateur supprimé depuis")
        if self._status in _MARKS:
            words.append(label(self._status))
        self.unit.setText(" · ".join(word for word in words if word))
        self.unit.setVisible(bool(self.unit.text()))
        self.comment.setPlaceholderText(label(self._status) if mark else "Commentaire")

    def _lock(self, editable: bool) -> None:  # noqa: FBT001  (a Qt slot)
        qualitative = self.line.value_type is ValueType.QUALITATIVE
        for field in self.fields.values():
            field.setReadOnly(not editable)
        self.value.setEnabled(not qualitative)
        self.wave.setEnabled(editable)
