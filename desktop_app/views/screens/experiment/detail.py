"""What is known of the chosen indicator, under its row: its way, its publics, its evidence."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.exports.charts import Scene, category_bars, has_bar, indicator_trajectory
from desktop_app.exports.charts_bullet import labelled_bullet
from desktop_app.french import NBSP
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.evidence_rows import EvidenceSheet
from desktop_app.services.results.evidence_words import evidence_caption
from desktop_app.services.results.figure_words import (
    FROM_ZERO,
    HOLLOW,
    ONE_SCALE,
    breakdown_base,
    breakdown_title,
    trajectory_caption,
)
from desktop_app.services.results.rows import IndicatorResult, TrajectoryPoint
from desktop_app.services.results.words import (
    interval_reason,
)
from desktop_app.services.vocabulary import ValueType
from desktop_app.views.charts.scene_view import SceneView
from desktop_app.views.look.theme import current_tokens, dp
from desktop_app.views.screens.experiment.findings import QuoteButton, answer_quote
from desktop_app.views.screens.experiment.notes import NoteRow, notes
from desktop_app.views.tables.evidence_list import EvidenceList
from desktop_app.views.tables.result_evidence import Reading
from desktop_app.views.tables.result_table import latest
from desktop_app.views.tables.result_view import UnderRow
from desktop_app.views.widgets.buttons import link
from desktop_app.views.widgets.text import small, strong

WIDE, MEDIUM = 860, 560
"""From these widths on, in pixels at a text of 100 %: three columns, two, one."""
WAY = 36
CHART = 200
ROW = 42
"""Heights of the way from T0 to the target, of the trajectory and of a category's bar, at 100 %."""
UNIT = 1.6
HEARD = 6
"""Answers in full under the row."""


_STACKED = ((0, 0, 1), (1, 0, 1), (2, 0, 1))
_PLACES: dict[tuple[int, int], tuple[tuple[tuple[int, int, int], ...], tuple[int, int, int]]] = {
    (3, 3): (((0, 0, 1), (0, 1, 1), (0, 2, 1)), (31, 22, 47)),
    (3, 2): (((0, 0, 1), (0, 1, 1), (1, 0, 2)), (60, 40, 0)),
    (3, 1): (_STACKED, (1, 0, 0)),
    (2, 3): (((0, 0, 1), (0, 1, 1)), (60, 40, 0)),
    (2, 2): (((0, 0, 1), (0, 1, 1)), (50, 50, 0)),
    (2, 1): (_STACKED[:2], (1, 0, 0)),
}
"""By how many sections show in how many columns: row, column and span of each, and the shares."""


class Section(QWidget):
    """A title, a caption after it, and what it heads (``body``)."""

    def __init__(self, title: str, trailing: QWidget | None = None) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(dp(3))
        head = QHBoxLayout()
        head.setSpacing(dp(8))
        self.title = strong("")
        head.addWidget(self.title, 1)
        self.title.setMinimumHeight(link("").sizeHint().height())
        if trailing is not None:
            head.addWidget(trailing, 0, Qt.AlignmentFlag.AlignVCenter)
        self.caption = small("")
        self.body.addLayout(head)
        self.body.addWidget(self.caption)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        self.title.setText(title)
        self.setAccessibleName(title)

    def set_caption(self, words: str) -> None:
        self.caption.setText(words)
        self.caption.setVisible(bool(words))


class DetailPanel(UnderRow):
    """Signals: ``evidence_asked()`` for the whole list, ``visit_asked(reference)``."""

    evidence_asked = Signal()
    visit_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Détail de l’indicateur")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # it hides the row under it
        self.current: IndicatorResult | None = None
        self.least = 0
        self._points: tuple[TrajectoryPoint, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(14), dp(10), dp(14), dp(12))
        column.setSpacing(dp(10))
        self.way = SceneView(self._way, height=WAY, unit=UNIT)
        column.addWidget(self.way)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(dp(26))
        self._grid.setVerticalSpacing(dp(14))
        column.addLayout(self._grid)
        self._rows: list[NoteRow] = []
        self._notes = QVBoxLayout()
        self._notes.setSpacing(dp(3))
        column.addLayout(self._notes)
        self._sections = (self._evolution(), self._breakdown(), self._evidence(), self._answers())
        for section in self._sections:
            section.setParent(self)
        self._placed = -1

    # Its parts

    def _evolution(self) -> Section:
        self.evolution = Section("Trajectoire")
        self.chart = SceneView(self._trajectory, height=CHART, unit=UNIT)
        self.evolution.body.addWidget(self.chart)
        self.evolution.body.addStretch(1)
        return self.evolution

    def _breakdown(self) -> Section:
        self.breakdown = Section("Par public")
        self.bars = SceneView(self._bars, height=ROW, unit=UNIT)
        self.breakdown.body.addWidget(self.bars)
        self._scale = small("")
        self.breakdown.body.addWidget(self._scale)
        self._interval = small("")
        self.breakdown.body.addWidget(self._interval)
        self.breakdown.body.addStretch(1)
        return self.breakdown

    def _evidence(self) -> Section:
        self.all_link = link("Tout voir")
        self.all_link.setShortcut(QKeySequence("Alt+O"))
        self.all_link.setToolTip("Toutes les mesures derrière ce chiffre (Alt+O)")
        self.all_link.clicked.connect(self.evidence_asked)
        self.evidence = Section("Preuves", self.all_link)
        self.list = EvidenceList()
        self.list.opened.connect(self._open_line)
        self.evidence.body.addWidget(self.list)
        self.evidence.body.addStretch(1)
        return self.evidence

    def _answers(self) -> Section:
        self.answers = Section("Réponses")
        self._quotes = QVBoxLayout()
        self._quotes.setSpacing(dp(4))
        self.answers.body.addLayout(self._quotes)
        self.answers.body.addStretch(1)
        return self.answers

    # What it shows

    def show_result(self, result: IndicatorResult, least: int) -> None:
        """What is known at once; the points and the evidence come after (``show_read``)."""
        self.current, self.least, self._points = result, least, ()
        self.setAccessibleName(f"{result.indicator.code}, détail")
        self.evolution.set_caption(trajectory_caption(result))
        self.list.show_sheet(None, Reading(result, least))
        self.evidence.set_title("Preuves")
        self.evidence.set_caption("Lecture des mesures…")
        self._show_breakdown(result)
        self._show_answers(result)
        self._show_notes(result)
        self._placed = -1
        self.chart.redraw()
        self.way.redraw()
        self.updateGeometry()

    def show_read(self, points: tuple[TrajectoryPoint, ...], sheet: EvidenceSheet) -> None:
        if self.current is None:
            return
        self._points = points
        partly = any(point.sites < self.current.sites for point in points)
        caption = trajectory_caption(self.current)
        self.evolution.set_caption(f"{caption}\u202f; {HOLLOW}" if partly else caption)
        self.evidence.set_title(f"Preuves{NBSP}: {evidence_caption(sheet)}")
        self.evidence.set_caption("" if sheet.rows else "Rien n’a encore été mesuré.")
        self.list.show_sheet(sheet, Reading(self.current, self.least))
        self.list.setVisible(bool(sheet.rows))
        self.chart.redraw()
        self.updateGeometry()

    def _show_breakdown(self, result: IndicatorResult) -> None:
        count = len(result.by_category)
        self.breakdown.set_title(breakdown_title(result.indicator))
        measured = any(category.actual is not None for category in result.by_category)
        ways = any(category.rate is not None for category in result.by_category)
        words = breakdown_base(result)
        if not count:
            words = "Cet indicateur n’est pas ventilé."
        elif not measured:
            words = "Pas encore de mesure par public."
        self.breakdown.set_caption(words)
        self.bars.setVisible(measured)
        self.bars.set_height(ROW * max(count, 1))
        self._scale.setText(ONE_SCALE if ways else FROM_ZERO)
        self._scale.setVisible(measured)
        reason = interval_reason(result) if result.actual is not None else ""
        self._interval.setText(reason)
        self._interval.setVisible(bool(reason))

    def _show_answers(self, result: IndicatorResult) -> None:
        _clear(self._quotes)
        for answer in latest(result, HEARD):
            quote = QuoteButton(*answer_quote(answer))
            reference = answer.visit_reference
            quote.clicked.connect(lambda _=False, at=reference: self.visit_asked.emit(at))
            self._quotes.addWidget(quote)
        left = len(result.answers) - HEARD
        more = f" ({left} autres{NBSP}: Tout voir)" if left > 0 else ""
        self.answers.set_caption(
            f"Les plus récentes, en entier{more}." if result.answers else "Rien n’a été écrit."
        )

    def _show_notes(self, result: IndicatorResult) -> None:
        told = list(notes(result))
        while len(self._rows) < len(told):
            self._rows.append(NoteRow())
            self._notes.addWidget(self._rows[-1])
        for row, note in zip(self._rows, told, strict=False):
            row.show_note(note)
        for row in self._rows[len(told) :]:
            row.hide()

    def _open_line(self, line: object) -> None:
        row = getattr(line, "row", None)
        if row is None:
            self.evidence_asked.emit()
        else:
            self.visit_asked.emit(row.visit_reference)

    def set_bare(self, bare: bool) -> None:  # noqa: FBT001  (a Qt-like setter)
        """The bar stands here when the table is too narrow for it."""
        self.way.setVisible(bare and self.current is not None and has_bar(self.current))

    # Its drawings

    def _way(self, width: float, height: float) -> Scene:
        if self.current is None:
            return Scene(width, height)
        return labelled_bullet(self.current, width=width)

    def _trajectory(self, width: float, height: float) -> Scene:
        if self.current is None:
            return Scene(width, height)
        return indicator_trajectory(
            self.current, self._points, least=self.least, width=width, height=height
        )

    def _bars(self, width: float, _height: float) -> Scene:
        if self.current is None:
            return Scene(width, ROW / UNIT)
        kind = self.current.indicator.value_type
        return category_bars(
            self.current.by_category,
            percentage=kind is ValueType.PERCENTAGE,
            yes_no=kind is ValueType.YES_NO,
            decimals=self.current.decimals,
            least=self.least,
            title=f"{self.current.indicator.label}, {self.breakdown.title.text().lower()}",
            width=width,
            row_height=ROW / UNIT,
            stacked=True,
        )

    # Its place

    def heightForWidth(self, width: int) -> int:
        self._place(width)
        layout = self.layout()
        return 0 if layout is None else max(layout.totalHeightForWidth(width), 1)

    def _place(self, width: int) -> None:
        """Side by side when there is room; what has nothing to show is left out."""
        columns = 3 if width >= dp(WIDE) else 2 if width >= dp(MEDIUM) else 1
        if columns == self._placed or self.current is None:
            return
        self._placed = columns
        in_words = self.current.indicator.calculation is Calculation.NONE
        for section in self._sections:
            self._grid.removeWidget(section)
        shown: tuple[Section, ...] = (self.evolution, self.breakdown, self.evidence)
        if in_words:
            shown = (self.answers, self.evidence)
        for section in self._sections:
            section.setVisible(section in shown)
        places, shares = _PLACES[len(shown), columns]
        for section, (row, column, span) in zip(shown, places, strict=True):
            self._grid.addWidget(section, row, column, 1, span)
        for number, stretch in enumerate(shares):
            self._grid.setColumnStretch(number, stretch)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Not a click on the row above."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = current_tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours["surface"]))
        painter.fillRect(0, 0, dp(3), self.height(), QColor(colours["accent"]))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(colours["line"]))
        painter.end()


def _clear(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
