"""« Résultats »: each indicator between its T0 and its target, and what the chosen one rests on."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.exports.charts import Scene, category_bars, indicator_trajectory
from desktop_app.french import plural
from desktop_app.services.result_rows import (
    IndicatorResult,
    ResultSheet,
    Thresholds,
    TrajectoryPoint,
)
from desktop_app.services.visit_rows import FindingRow
from desktop_app.services.vocabulary import ValueType
from desktop_app.views.charts.scene_view import SceneView
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.screens.experiment_evidence import EvidenceDialog
from desktop_app.views.screens.experiment_findings import FindingsCard
from desktop_app.views.screens.experiment_grid import framed, share
from desktop_app.views.tables.result_delegate import ResultDelegate
from desktop_app.views.tables.result_table import BAR, BASELINE, LABEL, ResultTableModel
from desktop_app.views.tables.result_text import thresholds_text
from desktop_app.views.tables.row_view import RowView
from desktop_app.views.theme import dp
from desktop_app.views.widgets.buttons import link
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.empty_state import EmptyState
from desktop_app.views.widgets.text import muted, small

WIDE = 860
ROW = 34
"""Height of a category's row, in pixels at a text of 100 %."""
UNIT = 1.6


class ResultsPanel(QWidget):
    """Signal ``framework_asked()``: there is no indicator yet."""

    framework_asked = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context
        self.thresholds = Thresholds()
        self.sheet: ResultSheet | None = None
        self.current: IndicatorResult | None = None
        self._points: tuple[TrajectoryPoint, ...] = ()
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
        self.table = RowView(
            self.model,
            "Résultats par indicateur",
            stretch=LABEL,
            optional=(BAR, BASELINE),
            whole=True,
        )
        self.table.setItemDelegate(ResultDelegate(self.table))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _row: self.show_evidence())
        frame = framed(self.table)
        column.addWidget(frame)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(dp(14))
        share(self._row, self._evolution(), 38)
        share(self._row, self._by_category(), 30)
        self.findings = FindingsCard(self.context)
        share(self._row, self.findings, 30)
        column.addLayout(self._row)

    def _evolution(self) -> Card:
        self.evidence_link = link("Voir les observations")
        self.evidence_link.setShortcut(QKeySequence("Alt+O"))
        self.evidence_link.setToolTip("Les mesures derrière ce chiffre (Alt+O)")
        self.evidence_link.clicked.connect(self.show_evidence)
        self.evolution = Card("Évolution")
        self.chart = SceneView(self._trajectory, height=190, unit=UNIT)
        self.evolution.body.addWidget(self.chart)
        self._basis = small("")
        foot = QHBoxLayout()
        foot.addWidget(self._basis, 1)
        foot.addWidget(self.evidence_link)
        self.evolution.body.addLayout(foot)
        self.evolution.body.addStretch(1)
        return self.evolution

    def _by_category(self) -> Card:
        self.categories = Card("Par public")
        self.bars = SceneView(self._bars, height=ROW, unit=UNIT)
        self.categories.body.addWidget(self.bars)
        self._masked = muted("")
        self.categories.body.addWidget(self._masked)
        self.categories.body.addStretch(1)
        return self.categories

    def show_sheet(self, sheet: ResultSheet, findings: tuple[FindingRow, ...]) -> None:
        """Keeps the chosen indicator when it is still there."""
        kept = self.current.indicator.id if self.current else ""
        self.sheet = sheet
        empty = sheet.experiment.indicator_count == 0
        self._empty.setVisible(empty)
        self._full.setVisible(not empty)
        self.current = None
        self.thresholds = self.context.services.results.thresholds()
        self.model.explain(thresholds_text(self.thresholds))
        self.model.set_sheet(sheet)
        self.table.adjust()
        self.findings.show_findings(sheet, findings)
        position = self.model.position(kept) if kept else -1
        self.table.select(position if position >= 0 else self.model.first_row())

    def select_indicator(self, indicator_id: str) -> None:
        self.table.select(self.model.position(indicator_id))

    def _choose(self, row: object) -> None:
        if not isinstance(row, IndicatorResult):
            return
        self.current = row
        self._points = ()
        self.evolution.set_title(f"{row.indicator.code} — évolution")
        self._basis.setText(_basis_text(row))
        self._show_categories(row)
        self.chart.redraw()
        results = self.context.services.results
        self.context.operations.query(
            lambda: results.trajectory(row.indicator.id),
            lambda points: self._show_points(row, points),
            owner=self,
            key="trajectory",
        )

    def _show_points(self, row: IndicatorResult, points: tuple[TrajectoryPoint, ...]) -> None:
        if self.current is row:
            self._points = points
            self.chart.redraw()

    def _show_categories(self, row: IndicatorResult) -> None:
        count = len(row.by_category)
        title = (
            "Par public"
            if not row.indicator.disaggregation
            else (f"Par {row.indicator.disaggregation.lower()}")
        )
        self.categories.set_title(title)
        self.bars.setVisible(count > 0)
        self.bars.set_height(ROW * max(count, 1))
        words = ""
        if not count:
            words = (
                "Pas encore de mesure par public."
                if row.indicator.categories
                else "Cet indicateur n’est pas ventilé."
            )
        elif any(category.masked for category in row.by_category):
            words = f"Effectifs inférieurs à {self.thresholds.mask_below} masqués"
        self._masked.setText(words)
        self._masked.setVisible(bool(words))

    def _trajectory(self, width: float, height: float) -> Scene:
        if self.current is None:
            return Scene(width, height)
        return indicator_trajectory(self.current, self._points, width=width, height=height)

    def _bars(self, width: float, _height: float) -> Scene:
        if self.current is None:
            return Scene(width, ROW / UNIT)
        return category_bars(
            self.current.by_category,
            percentage=self.current.indicator.value_type is ValueType.PERCENTAGE,
            title=self.current.indicator.label,
            width=width,
            row_height=ROW / UNIT,
        )

    def show_evidence(self) -> None:
        """The observations behind the chosen indicator's figure."""
        if self.current is not None:
            EvidenceDialog(self.context, self.current, self.window()).open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= dp(WIDE)
        self._row.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )


def _basis_text(row: IndicatorResult) -> str:
    """« 12 mesures, 3 sites, 1 non observée »: what the figure rests on."""
    parts = [plural(row.measurement_count, "mesure"), plural(row.site_count, "site")]
    if row.not_observed_count:
        parts.append(plural(row.not_observed_count, "non observée", "non observées"))
    return " · ".join(parts)
