"""« Mesures à recueillir »: one row an indicator, its categories folded under it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop_app.french import NBSP
from desktop_app.services.visit_rows import MeasureLine
from desktop_app.views.icons import icon
from desktop_app.views.screens.visit_tabs.measure_row import MeasureRow
from desktop_app.views.screens.visit_tabs.work import VisitWork
from desktop_app.views.tables import measure_entry
from desktop_app.views.theme import dp
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.elided import ElidedLabel
from desktop_app.views.widgets.pill import Pill
from desktop_app.views.widgets.text import heading, muted, rule, text

HINT = "Entrée : suivante · Alt N : non observé".replace(" :", f"{NBSP}:")
HEADINGS = ("", "Indicateur", "Dernière\nvaleur", "Aujourd’hui", "n", "Commentaire")
_RIGHT_FROM, _RIGHT_TO = 2, 4


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
        hint = ElidedLabel(HINT, "small")
        hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        head.addWidget(hint, 3)
        self.body.addLayout(head)
        self._work = work
        self._rows: list[MeasureRow] = []
        self._open: set[str] = set()
        self._empty = muted(
            "Aucun indicateur pour cette expérimentation. Ajoutez-les dans son cadre d’évaluation."
        )
        self.body.addWidget(self._empty)
        self._holder = QWidget()
        self.body.addWidget(self._holder)
        self._grid: QGridLayout | None = None

    @property
    def rows(self) -> tuple[MeasureRow, ...]:
        return tuple(self._rows)

    def load(self, lines: tuple[MeasureLine, ...]) -> None:
        shown = [(row.line.indicator_id, row.line.category) for row in self._rows]
        same_visit = not self._rows or self._rows[0].key.startswith(f"{self._work.visit_id}.")
        if not same_visit or shown != [(line.indicator_id, line.category) for line in lines]:
            self._build(lines)
        for row, line in zip(self._rows, lines, strict=True):
            row.load(line)
        self._count()

    def focus_first(self) -> None:
        """The first value still to be typed, else the first."""
        shown = [row for row in self._rows if not row.value.isHidden() and row.value.isEnabled()]
        waiting = [row for row in shown if row.line.status is None]
        for row in (waiting or shown)[:1]:
            row.value.setFocus()

    def _build(self, lines: tuple[MeasureLine, ...]) -> None:
        self._open = {
            line.indicator_id for line in lines if line.category and line.measurement_id is not None
        }
        old = self._holder
        self._holder = QWidget()
        self.body.replaceWidget(old, self._holder)
        for row in self._rows:
            row.setParent(None)
            row.deleteLater()
        old.hide()
        old.deleteLater()
        self._empty.setVisible(not lines)
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(dp(10))
        self._grid.setVerticalSpacing(dp(7))
        self._head()
        self._rows = [MeasureRow(self._work, line, self._holder) for line in lines]
        with_categories = {line.indicator_id for line in lines if line.category}
        for position, row in enumerate(self._rows):
            self._place(row, 2 + 3 * position)
            if not row.line.category and row.line.indicator_id in with_categories:
                row.fold.show()
            row.moved.connect(self._move)
            row.changed.connect(self._count)
            row.folded.connect(self._toggle)
        self._fold()

    def _head(self) -> None:
        assert self._grid is not None  # noqa: S101  (called by _build)
        for column, words in enumerate(HEADINGS):
            title = text(words, "field", wrap=False)
            right = _RIGHT_FROM <= column <= _RIGHT_TO
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            title.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(title, 0, column)
        self._grid.addWidget(rule(), 1, 0, 1, len(HEADINGS))
        self._grid.setColumnStretch(1, 5)
        self._grid.setColumnStretch(5, 6)

    def _place(self, row: MeasureRow, at: int) -> None:
        assert self._grid is not None  # noqa: S101  (called by _build)
        for column, widget in enumerate(row.widgets):
            self._grid.addWidget(widget, at, column)
        self._grid.addWidget(row.problem, at + 1, 1, 1, len(HEADINGS) - 1)
        self._grid.addWidget(row.line_below, at + 2, 0, 1, len(HEADINGS))

    def _toggle(self) -> None:
        row = self.sender()
        if isinstance(row, MeasureRow):
            self._open ^= {row.line.indicator_id}
            self._fold()

    def _fold(self) -> None:
        for row in self._rows:
            opened = row.line.indicator_id in self._open
            if row.line.category:
                for widget in (*row.widgets, row.line_below):
                    widget.setVisible(opened)
                row.problem.setVisible(opened and bool(row.problem.text()))
            else:
                row.fold.setIcon(icon("caret-down" if opened else "caret-right", "muted"))

    def _move(self, row: MeasureRow, field: str, step: int) -> None:
        """To the same column of the next row that shows and takes the focus."""
        place = self._rows.index(row) + step
        while 0 <= place < len(self._rows):
            target = self._rows[place].fields[field]
            if target.isEnabled() and not target.isHidden():
                target.setFocus()
                target.selectAll()
                return
            place += step

    def _count(self) -> None:
        lines = tuple(row.line for row in self._rows)
        self.counter.set(measure_entry.progress_text(lines) if lines else "", "info")
