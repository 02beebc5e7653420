"""« Mesures à recueillir »: one row an indicator, its categories folded under it."""

from itertools import pairwise
from time import monotonic

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop_app.french import NBSP
from desktop_app.services.visits.visit_rows import MeasureLine
from desktop_app.services.vocabulary import ValueType
from desktop_app.views.look.icons import icon
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.visit.measure_row import MeasureRow, measure_key
from desktop_app.views.screens.visit.work import VisitWork
from desktop_app.views.tables import measure_entry
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.elided import ElidedLabel
from desktop_app.views.widgets.pill import Pill
from desktop_app.views.widgets.text import heading, muted, rule, text

HINTS = tuple(
    words.replace(" :", f"{NBSP}:")
    for words in (
        "Entrée : suivante · Alt N : non observé · Alt F : fiabilité",
        "Alt N : non observé · Alt F : fiabilité",
        "",
    )
)
"""The longest that has room is shown; all the keys are under F1."""
HEADINGS = ("", "Indicateur", "Dernière\nvaleur", "Aujourd’hui", "n", "Commentaire")
_RIGHT_FROM, _RIGHT_TO = 2, 4
AT_ONCE = 0.005
"""Seconds of rows made before the window is let to breathe."""
LINES = 6
"""Grid rows a measure takes: its fields, its answer or comment, three sentences, a rule."""
Cell = tuple[str, str]
"""An indicator's id and a category."""


class MeasuresCard(Card):
    def __init__(self, work: VisitWork) -> None:
        super().__init__()
        self.setAccessibleName("Mesures à recueillir")
        head = QHBoxLayout()
        head.setSpacing(dp(12))
        head.addWidget(heading("Mesures à recueillir"))
        self.counter = Pill("", "info", self)
        head.addWidget(self.counter)
        head.addStretch(1)
        self._hint = ElidedLabel("", "small")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        head.addWidget(self._hint, 3)
        self._heading_row = head
        self.body.addLayout(head)
        self._work = work
        self._lines: tuple[MeasureLine, ...] = ()
        self._made: dict[Cell, MeasureRow] = {}
        self._spare: list[MeasureRow] = []
        self._places: dict[MeasureRow, int] = {}
        self._open: set[str] = set()
        self._visit_id = ""
        self._narrow = False
        self._before: QWidget | None = None
        self._unfinished = False
        self._focus_due = False
        self._focus_from: QWidget | None = None
        self._titles: list[QWidget] = []
        self._empty = muted(
            "Aucun indicateur pour cette expérimentation. Ajoutez-les dans son cadre d’évaluation."
        )
        self.body.addWidget(self._empty)
        self._holder = QWidget()
        self.body.addWidget(self._holder)
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(dp(10))
        self._grid.setVerticalSpacing(dp(7))
        self._head()

    @property
    def rows(self) -> tuple[MeasureRow, ...]:
        """The rows made so far, from top to bottom: folded categories wait to be unfolded."""
        made = (self._made.get(cell(line)) for line in self._lines)
        return tuple(row for row in made if row is not None)

    def follow(self, field: QWidget) -> None:
        """Tab comes to the first row from ``field``."""
        self._before = field

    @property
    def complete(self) -> bool:
        """False while rows are still to be made."""
        return not self._unfinished

    def load(self, lines: tuple[MeasureLine, ...]) -> None:
        shown = [cell(line) for line in self._lines]
        if self._visit_id != self._work.visit_id or shown != [cell(line) for line in lines]:
            self._visit_id = self._work.visit_id
            self._build(lines)
        self._lines = lines
        for line in lines:
            if row := self._made.get(cell(line)):
                row.load(line)
        for indicator_id in dict.fromkeys(line.indicator_id for line in lines if line.category):
            self._weigh(indicator_id)
        self._count()

    def focus_first(self) -> None:
        """The first value still to be typed, else the first; once the rows are all there.

        By then the person may have gone elsewhere: the focus is left to them.
        """
        focused = self.window().focusWidget()
        if self._focus_due and focused is not self._focus_from:
            self._focus_due = False
            return
        self._focus_due, self._focus_from = self._unfinished, focused
        if self._unfinished:
            return
        shown = [row for row in self.rows if row.entry.isVisibleTo(self._holder)]
        waiting = [row for row in shown if row.line.status is None]
        for row in (waiting or shown)[:1]:
            row.entry.setFocus()

    def _build(self, lines: tuple[MeasureLine, ...]) -> None:
        """The rows made for another visit serve again: making them is what takes time."""
        self._open = {line.indicator_id for line in lines if line.category and self._holds(line)}
        self._spare = [*self._made.values(), *self._spare]
        self._made = {}
        self._lines = lines
        self._empty.setVisible(not lines)
        self._holder.setVisible(bool(lines))
        self._fold()
        for row in self._spare:
            for widget in row.everything:
                widget.hide()

    def _holds(self, line: MeasureLine) -> bool:
        """Recorded, or typed without being accepted."""
        key = measure_key(self._work.visit_id, line)
        return line.measurement_id is not None or self._work.queue.draft(key) is not None

    def _make(self, position: int) -> MeasureRow:
        line = self._lines[position]
        worded = line.value_type is ValueType.QUALITATIVE
        spare = next((row for row in self._spare if row.worded is worded), None)
        if spare is not None:
            self._spare.remove(spare)
            row = spare
            row.aim(line)
        else:
            row = MeasureRow(self._work, line, self._holder)
            row.moved.connect(self._move)
            row.changed.connect(self._count)
            row.weighed.connect(lambda row=row: self._weigh(row.line.indicator_id))
            row.folded.connect(self._toggle)
            row.waved.connect(self._share_wave)
        self._made[cell(line)] = row
        at = 2 + LINES * position
        if self._places.get(row) != at:
            self._places[row] = at
            self._place(row, at)
        row.fold.setVisible(
            not line.category
            and any(
                other.category and other.indicator_id == line.indicator_id for other in self._lines
            )
        )
        row.whole = self._made.get((line.indicator_id, "")) if line.category else None
        return row

    def _head(self) -> None:
        for column, words in enumerate(HEADINGS):
            title = text(words, "field", wrap=False)
            right = _RIGHT_FROM <= column <= _RIGHT_TO
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            title.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(title, 0, column)
            self._titles.append(title)
        self._grid.addWidget(rule(), 1, 0, 1, len(HEADINGS))
        self._fit_columns()

    def _place(self, row: MeasureRow, at: int) -> None:
        for column, widget in enumerate(row.widgets):
            self._grid.addWidget(widget, at, column)
        self._place_comment(row, at)
        for under, widget in enumerate(row.below, start=2):
            self._grid.addWidget(widget, at + under, 1, 1, len(HEADINGS) - 1)
        self._grid.addWidget(row.line_below, at + LINES - 1, 0, 1, len(HEADINGS))

    def _place_comment(self, row: MeasureRow, at: int) -> None:
        """Beside the values, or under them when the room is short; an answer always under."""
        if row.answer is not None:
            self._grid.addWidget(row.answer, at + 1, 1, 1, len(HEADINGS) - 1)
            return
        self._grid.removeWidget(row.comment)
        if self._narrow:
            self._grid.addWidget(row.comment, at + 1, 1, 1, len(HEADINGS) - 2)
        else:
            self._grid.addWidget(row.comment, at, len(HEADINGS) - 1)

    def minimumSizeHint(self) -> QSize:
        """No minimal width: the comments go under the values rather than overflow."""
        return QSize(0, super().minimumSizeHint().height())

    def _say_keys(self) -> None:
        self._heading_row.activate()
        metrics, room = self._hint.fontMetrics(), self._hint.width()
        fitting = (words for words in HINTS if metrics.horizontalAdvance(words) <= room)
        self._hint.setText(next(fitting, ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_keys()
        narrow = event.size().width() < dp(580)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for position, line in enumerate(self._lines):
            if row := self._made.get(cell(line)):
                self._place_comment(row, 2 + LINES * position)
        self._fit_columns()

    def _fit_columns(self) -> None:
        self._grid.setColumnStretch(1, 5)
        self._grid.setColumnStretch(5, 0 if self._narrow else 6)
        self._titles[-1].setVisible(not self._narrow)

    def _chain(self) -> None:
        """Tab goes through the rows from top to bottom, however late they were made."""
        stops: list[QWidget] = [
            field
            for row in self.rows
            for field in (row.wave, row.fold, row.value, row.n, row.comment)
        ]
        if self._before is not None:
            stops.insert(0, self._before)
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)

    def _toggle(self) -> None:
        row = self.sender()
        if isinstance(row, MeasureRow):
            self._open ^= {row.line.indicator_id}
            self._fold()

    def _share_wave(self) -> None:
        """The categories of an indicator are of the same wave as the whole."""
        whole = self.sender()
        for row in self.rows:
            if row.whole is whole:
                row.recorded_again()

    def _fold(self) -> None:
        """Shows what is unfolded; rows take time to make: after a while, the next turn goes on."""
        made = self._unfinished = False
        late = monotonic() + AT_ONCE
        for position, line in enumerate(self._lines):
            opened = line.indicator_id in self._open
            row = self._made.get(cell(line))
            if row is None:
                if line.category and not opened:
                    continue
                if made and monotonic() > late:
                    self._unfinished = True
                    QTimer.singleShot(0, self, self._fold)
                    break
                row = self._make(position)
                made = True
            shown = opened or not line.category
            for widget in (*row.widgets, row.line_below):
                widget.setVisible(shown)
            row.words.show_if(shown=shown)
            if not shown:
                row.privacy.hide()
            if not line.category:
                row.fold.setIcon(icon("caret-down" if opened else "caret-right", "muted"))
        if made:
            self._chain()
        if self._focus_due:
            self.focus_first()

    def _move(self, row: MeasureRow, field: str, step: int) -> None:
        """To the same column of the next row that shows and takes the focus."""
        rows = self.rows
        place = rows.index(row) + step
        while 0 <= place < len(rows):
            row = rows[place]
            target = row.entry if row.worded else row.fields[field]
            if target.isEnabled() and target.isVisibleTo(self._holder):
                target.setFocus()
                target.selectAll()
                return
            place += step

    def _weigh(self, indicator_id: str) -> None:
        """Whether the parts of an indicator agree with its whole, as they are typed."""
        lines = [line for line in self._lines if line.indicator_id == indicator_id]
        whole = self._made.get((indicator_id, ""))
        if whole is None or len(lines) < 2:
            return
        rows = {cell(line): self._made.get(cell(line)) for line in lines if line.category}
        parts = [row.now if (row := rows[cell(line)]) else line for line in lines if line.category]
        whole.words.say_parts(measure_entry.parts_remark(whole.now, parts))

    def _count(self) -> None:
        made = (self._made.get(cell(line)) for line in self._lines)
        lines = tuple(
            row.line if row else line for row, line in zip(made, self._lines, strict=True)
        )
        self.counter.set(measure_entry.progress_text(lines) if lines else "", "info")
        self._say_keys()


def cell(line: MeasureLine) -> Cell:
    return line.indicator_id, line.category
