"""One measure to collect: its last value, and three fields that are typed through at speed."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.visits.visit_rows import MeasureLine, RecordMeasure
from desktop_app.services.vocabulary import (
    Frequency,
    MeasurementStatus,
    Reliability,
    ValueType,
    Wave,
    label,
)
from desktop_app.views.look.theme import dp, repolish
from desktop_app.views.screens.visit.edit_queue import Draft, Edit
from desktop_app.views.screens.visit.measure_field import (
    AnswerArea,
    CellField,
    Field,
    answer_box,
)
from desktop_app.views.screens.visit.measure_words import RowWords
from desktop_app.views.screens.visit.work import VisitWork
from desktop_app.views.tables import measure_entry
from desktop_app.views.tables.measure_entry import Refusal, Typed
from desktop_app.views.widgets.buttons import quiet
from desktop_app.views.widgets.fields import Choice
from desktop_app.views.widgets.privacy_notice import PrivacyNotice
from desktop_app.views.widgets.text import rule, small, strong, text, tip

WAVES: tuple[tuple[object, str], ...] = (
    (None, "T?"),
    *((wave, label(wave)) for wave in Wave),
)
ANSWER = "Ce qui a été dit ou observé, sans nommer personne"
_MARKS = {MeasurementStatus.NOT_OBSERVED: "—", MeasurementStatus.NOT_APPLICABLE: "s. o."}


def measure_key(visit_id: str, line: MeasureLine) -> str:
    return f"{visit_id}.measure.{line.indicator_id}.{line.category}"


class MeasureRow(QObject):
    """The widgets of one line; the card lays them out, and aims them at another line later.

    That of a qualitative indicator has one field, its answer, in place of the three others; it is
    aimed at such lines only. ``now`` is the line with what is typed and can be recorded.

    Signals: ``moved(row, field, step)`` to go up or down a column; ``changed`` when what is
    recorded changed; ``weighed`` when ``now`` did; ``folded`` when the arrow of the categories was
    used; ``waved`` when another wave was chosen.
    """

    moved = Signal(object, str, int)
    changed = Signal()
    weighed = Signal()
    folded = Signal()
    waved = Signal()

    def __init__(self, work: VisitWork, line: MeasureLine, parent: QWidget) -> None:
        super().__init__(parent)
        self._work = work
        self._visit_id = ""
        self.line = self.now = line
        self.worded = line.value_type is ValueType.QUALITATIVE
        self._status: MeasurementStatus | None = None
        self._reliability: Reliability | None = None
        self.whole: MeasureRow | None = None
        """The row of the whole audience, for a category: they share the wave."""
        self.wave = Choice(WAVES)
        self.code = strong("")
        self.fold = quiet("caret-right", "Ventilation")
        self.name = text("")
        self.unit = small("")
        self.label = self._label()
        self.last = text("", "muted", wrap=False)
        self.value = CellField()
        self.n = CellField("n")
        self.comment: Field = AnswerArea(ANSWER) if self.worded else CellField("Commentaire")
        self.fields: dict[str, Field] = {"value": self.value, "n": self.n, "comment": self.comment}
        self.entry: Field = self.comment if self.worded else self.value
        """Where one starts typing."""
        self.answer = answer_box(self.comment, parent) if self.worded else None
        if self.worded:
            self.fields = {"comment": self.comment}
            for unused in (self.value, self.n):
                unused.setParent(parent)
                unused.hide()
        self.words = RowWords(
            self.fields,
            lambda: measure_entry.remark(self.now),
            lambda: not self.code.isHidden(),
            parent,
        )
        self.problem, self.remark = self.words.problem, self.words.remark
        self.privacy = PrivacyNotice(
            self.comment,
            self._rewrite,
            around=work.around,
            stored=lambda: self.line.comment,
            parent=parent,
        )
        self.line_below: QWidget = rule(parent)
        self._fit()
        self._connect()
        self.aim(line)

    @property
    def key(self) -> str:
        return measure_key(self._visit_id, self.line)

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """From left to right; the answer's box, last, stands under the others."""
        left = (self.code, self.label, self.last)
        if self.answer is not None:
            return (*left, self.answer)
        return (*left, self.value, self.n, self.comment)

    @property
    def below(self) -> tuple[QWidget, ...]:
        """What is said under the row, each in its time, from top to bottom."""
        return (self.problem, self.remark, self.privacy)

    @property
    def everything(self) -> tuple[QWidget, ...]:
        return (*self.widgets, *self.below, self.line_below)

    def aim(self, line: MeasureLine) -> None:
        """Shows a line of the visit at hand; what was typed there and not written comes back."""
        self._visit_id = self._work.visit_id
        self.words.forget()
        self._replaced = ("", "")
        self.line = self.now = line
        self.privacy.forget()
        self.wave.set_value(None)
        self._reliability = None
        self._name(line)
        self._show(line)
        draft = self._work.queue.draft(self.key)
        if draft is not None:
            self._restore(draft)

    def load(self, line: MeasureLine) -> None:
        """Shows what is recorded, unless the person is ahead of it."""
        if self._work.queue.busy(self.key):
            self._show_last(line)
            self._lock(self._work.editable)
        else:
            self._show(line)

    def mark(self, status: MeasurementStatus) -> None:
        """Alt+N, Alt+S: sets the mark, or takes it off and gives back what it replaced."""
        if not self._work.editable:
            return
        if self._status is status:
            self._status, (value, n) = None, self._replaced
        else:
            if self._status in {None, MeasurementStatus.OBSERVED}:
                self._replaced = (self.value.value(), self.n.value())
            self._status, value, n = status, "", ""
        self.value.set_value(value)
        self.n.set_value(n)
        self._show_status()
        self._stage(soon=True)

    def rate(self, reliability: Reliability | None) -> None:
        """Written with the value; a reliability chosen first waits for it."""
        self._reliability = reliability
        self._show_status()
        if self.line.status is not None or self.value.value():
            self._stage(soon=True)

    # Building

    def _label(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setSpacing(dp(2))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.unit)
        row.addLayout(words, 1)
        row.addWidget(self.wave, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignVCenter)
        self._label_row = row
        self.fold.hide()
        return holder

    def _fit(self) -> None:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for widget in (self.value, self.n, self.last):
            widget.setAlignment(right)
        self.value.setFixedWidth(dp(84))
        self.n.setFixedWidth(dp(54))
        self.wave.setToolTip("Vague de la mesure")
        self.wave.setMinimumContentsLength(2)
        self.wave.setFixedWidth(dp(76))

    def _connect(self) -> None:
        for name, field in self.fields.items():
            field.edited.connect(self._typed)
            field.committed.connect(self._ended)
            field.marked.connect(self.mark)
            field.rated.connect(self.rate)
            column = "value" if self.worded else name
            field.moved.connect(lambda step, column=column: self.moved.emit(self, column, step))
        for counted in (self.value, self.n):
            counted.focused.connect(self.words.say_remark)
        self.comment.edited.connect(self.privacy.check_soon)
        self.fold.clicked.connect(self.folded)
        self.wave.committed.connect(self._wave_chosen)
        self._work.editable_changed.connect(self._lock)

    def _name(self, line: MeasureLine) -> None:
        title = f"{line.indicator_code} {line.label} {line.part}".strip()
        unit = measure_entry.unit_text(line)
        self.code.setText(line.indicator_code if not line.category else "")
        self.name.setText(line.part or line.label)
        self.name.setToolTip(tip(line.definition))
        self._label_row.setContentsMargins(dp(16) if line.category else 0, 0, 0, 0)
        self.fold.setAccessibleName(f"Ventilation par {line.disaggregation}")
        self.fold.setToolTip(tip(self.fold.accessibleName()))
        self.wave.setVisible(self._by_wave)
        self.value.setAccessibleName(f"{title}, aujourd’hui, {unit}")
        self.n.setAccessibleName(f"{title}, effectif observé")
        self.comment.setAccessibleName(f"{title}, {'réponse' if self.worded else 'commentaire'}")
        self.last.setAccessibleName(f"{title}, dernière valeur")
        self.wave.setAccessibleName(f"{title}, vague")

    # Showing

    def _show(self, line: MeasureLine) -> None:
        self._show_last(line)
        self.line = self.now = line
        self.words.accept()
        self._status = line.status
        if line.status is not None:  # else what was chosen first waits for its value
            self.wave.set_value(line.wave)
            self._reliability = line.reliability
        n = "" if line.n is None else str(line.n)
        self._fill(measure_entry.shown_value(line, line.value), n, line.comment)
        self._lock(self._work.editable)
        self._show_status()

    def _show_last(self, line: MeasureLine) -> None:
        self.last.setText(measure_entry.last_text(line))
        self.last.setToolTip(tip(measure_entry.reference_text(line)))

    def _fill(self, value: str, n: str, comment: str) -> None:
        for name, shown in (("value", value), ("n", n), ("comment", comment)):
            field = self.fields.get(name)
            if field is not None and field.value() != shown.strip():
                field.set_value(shown)

    def _restore(self, draft: Draft) -> None:
        typed = draft.typed
        if not isinstance(typed, Typed):
            return
        self._status, self._reliability = typed.status, typed.reliability
        if self._by_wave:
            self.wave.set_value(typed.wave)
        self._fill(typed.value, typed.n, typed.comment)
        self._show_status()
        if draft.sentence:
            read = measure_entry.read(self.line, self._visit_id, typed)
            refused = Refusal(self._main, draft.sentence)
            self.words.refuse(read if isinstance(read, Refusal) else refused, soon=True)

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
        if self._reliability in {Reliability.LOW, Reliability.MEDIUM}:
            words.append(f"fiabilité {label(self._reliability).lower()}")  # good goes unsaid
        self.unit.setText(" · ".join(word for word in words if word))
        self.unit.setVisible(bool(self.unit.text()))
        blank = ANSWER if self.worded else "Commentaire"
        self.comment.setPlaceholderText(label(self._status) if mark else blank)
        for field in self.fields.values():
            field.reliability = self._reliability

    def _lock(self, editable: bool) -> None:  # noqa: FBT001  (a Qt slot)
        for field in self.fields.values():
            field.setReadOnly(not editable)
        if self.worded and bool(self.comment.property("locked")) is editable:
            self.comment.setProperty("locked", not editable)
            repolish(self.comment)
        self.wave.setEnabled(editable)
        self.privacy.set_active(active=editable)
        if self.line.comment:
            self.privacy.check()
        elif not self.comment.value():
            self.privacy.hide()

    # Typing

    @property
    def _main(self) -> str:
        """The field that a refusal of the notebook is said of."""
        return "comment" if self.worded else "value"

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

    def _rewrite(self, words: str) -> None:
        self.comment.set_value(words)
        self._stage(soon=True)

    def _stage(self, *, soon: bool) -> None:
        typed = self._as_typed()
        read = measure_entry.read(self.line, self._visit_id, typed)
        if isinstance(read, Refusal):
            self._work.queue.refuse(self.key, typed, read.sentence)
            self.words.refuse(read, soon=soon)
            return
        self.now = measure_entry.after(self.line, read)
        self.words.accept()
        self.weighed.emit()
        same = measure_entry.says_the_same(self.line, read)
        if same and not self._work.queue.flying(self.key):
            self._work.queue.discard(self.key)
            return
        self._commit(read, typed, soon=soon)

    def _commit(self, command: RecordMeasure, typed: Typed, *, soon: bool) -> None:
        measures, key = self._work.services.measures, self.key

        def saved() -> None:
            if self.key == key:
                self.line = measure_entry.after(self.line, command)
                self.privacy.check()
                self.changed.emit()

        def failed(sentence: str) -> None:
            if self.key == key:
                self.words.refuse(Refusal(self._main, sentence), soon=True)

        self._work.start_if_planned()
        edit = Edit(
            self, lambda: measures.record(command), failed, saved, typed, self.privacy.waits
        )
        self._work.queue.stage(key, edit, soon=soon)
        self._status = command.status
        self._show_status()

    def _as_typed(self) -> Typed:
        return Typed(
            self.value.value(),
            self.n.value(),
            self.comment.value(),
            self._status if self._status in _MARKS else None,
            self._chosen_wave() or (self.line.wave if not self._by_wave else None),
            self._reliability,
        )
