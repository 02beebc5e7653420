"""« Résultats »: each indicator between its T0 and its target, and what the chosen one rests on."""

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.services.results.evidence_rows import EvidenceSheet
from desktop_app.services.results.rows import (
    IndicatorResult,
    Movement,
    ResultSheet,
    Thresholds,
    TrajectoryPoint,
)
from desktop_app.services.visits.visit_rows import FindingRow
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.experiment.detail import DetailPanel
from desktop_app.views.screens.experiment.evidence import EvidenceDialog, open_visit
from desktop_app.views.screens.experiment.findings import FindingsCard
from desktop_app.views.tables.result_table import ResultTableModel
from desktop_app.views.tables.result_text import thresholds_text
from desktop_app.views.tables.result_view import ResultView, page_of
from desktop_app.views.widgets.card_grid import framed
from desktop_app.views.widgets.empty_state import EmptyState

MARGIN = 12
"""Above and under the chosen row when the page moves to show it, in pixels at a text of 100 %."""


class ResultsPanel(QWidget):
    """Signal ``framework_asked()``: there is no indicator yet."""

    framework_asked = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context
        self.thresholds = Thresholds()
        self.sheet: ResultSheet | None = None
        self.current: IndicatorResult | None = None
        self._arriving = False
        self._moved = False
        self._kept: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dp(14))
        self._empty = EmptyState(
            "target",
            "Aucun indicateur",
            "Les résultats se lisent par objectif et par indicateur. Commencez par le cadre "
            "d’évaluation.",
            "Écrire le cadre d’évaluation",
            self.framework_asked.emit,
        )
        self._empty.hide()
        column.addWidget(self._empty)
        self._full = QWidget()
        column.addWidget(self._full)
        column.addStretch(1)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dp(14))
        self.model = ResultTableModel(thresholds_text(self.thresholds))
        self.detail = DetailPanel()
        self.detail.evidence_asked.connect(self.show_evidence)
        self.detail.visit_asked.connect(lambda reference: open_visit(self.context, self, reference))
        self.table = ResultView(self.model, self.detail)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _row: self.show_evidence())
        self.table.resized.connect(self._stay)
        column.addWidget(framed(self.table))
        self.findings = FindingsCard(self.context)
        column.addWidget(self.findings)

    def show_sheet(
        self, sheet: ResultSheet, findings: tuple[FindingRow, ...], thresholds: Thresholds
    ) -> None:
        """Keeps the chosen indicator when it is still there."""
        kept = self.current.indicator.id if self.current else ""
        self.sheet = sheet
        empty = sheet.experiment.indicator_count == 0
        self._empty.setVisible(empty)
        self._full.setVisible(not empty)
        self.current = None
        self.thresholds = thresholds
        self.model.explain(thresholds_text(self.thresholds))
        self.model.set_sheet(sheet)
        self.findings.show_findings(sheet, findings)
        position = self.model.position(kept) if kept else -1
        self._arriving = True
        self.table.select(position if position >= 0 else self.model.first_row())
        self._arriving = False

    def select_indicator(self, indicator_id: str) -> None:
        self.table.select(self.model.position(indicator_id))

    def select_movement(self, movement: Movement) -> None:
        """The first indicator that moves so, from the top; nothing when none does."""
        position = self.model.first_of(movement)
        if position >= 0:
            self.table.select(position)
            self.table.setFocus()
            QTimer.singleShot(0, self, self._reveal)

    def show_evidence(self) -> None:
        """Every occasion behind the chosen indicator's figure."""
        if self.current is not None:
            EvidenceDialog(self.context, self.current, self.window()).open()

    def _choose(self, row: object) -> None:
        if not isinstance(row, IndicatorResult):
            return
        self._moved = not self._arriving
        self._kept = self._top() if self._moved else None
        self.current = row
        self.detail.show_result(row, self.thresholds.min_n_percentage)
        self.table.open_under(row.indicator.id)
        self._stay()
        results, indicator = self.context.services.results, row.indicator.id
        self.context.operations.query(
            lambda: results.detail(indicator),
            lambda read: self._show_read(row, read),
            owner=self,
            key="detail",
        )

    def _show_read(
        self,
        row: IndicatorResult,
        read: tuple[tuple[TrajectoryPoint, ...], EvidenceSheet],
    ) -> None:
        if self.current is row:
            self.detail.show_read(*read)
            if self._moved:
                QTimer.singleShot(0, self, self._reveal)

    # The page around the table

    def _top(self) -> int | None:
        """Where the chosen row stands in what is seen of the page."""
        page = page_of(self)
        if page is None or not self.table.isVisible():
            return None
        at = self.table.mapTo(page.viewport(), QPoint(0, self.table.opened_area().top()))
        return at.y()

    def _stay(self) -> None:
        """What closed above moved the chosen row: the page follows, and shows what opened."""
        page = page_of(self)
        if page is None or self._kept is None:
            return
        bar = page.verticalScrollBar()
        top = self._top()
        if top is not None:
            bar.setValue(bar.value() + top - self._kept)
        QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        """The chosen row and what is open under it; its top when that is higher than the page."""
        page, top = page_of(self), self._top()
        self._kept = None
        if page is None or top is None:
            return
        seen, height = page.viewport().height(), self.table.opened_area().height()
        bottom = top + height + dp(MARGIN)
        move = max(0, bottom - seen)
        if top - move < dp(MARGIN):
            move = top - dp(MARGIN)
        bar = page.verticalScrollBar()
        bar.setValue(bar.value() + move)
