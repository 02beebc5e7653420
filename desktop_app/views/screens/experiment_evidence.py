"""The observations behind one figure, each with the visit it comes from."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.french import plural
from desktop_app.services.document_rows import MeasurementRow
from desktop_app.services.result_rows import IndicatorResult
from desktop_app.views.screens.base import Place, ScreenContext
from desktop_app.views.tables.result_evidence import EvidenceTableModel
from desktop_app.views.tables.row_view import RowView
from desktop_app.views.theme import dp
from desktop_app.views.widgets.buttons import primary, secondary
from desktop_app.views.widgets.text import muted, text

SITE, COMMENT = 1, 6


class EvidenceDialog(QDialog):
    """Entrée or a double click opens the visit."""

    def __init__(
        self, context: ScreenContext, result: IndicatorResult, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        indicator = result.indicator
        self.setWindowTitle(f"Observations de {indicator.code}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        room = self.screen().availableGeometry()
        self.resize(min(dp(900), room.width() - 60), min(dp(560), room.height() - 80))
        self.model = EvidenceTableModel()
        self.table = RowView(
            self.model, "Observations", stretch=SITE, least=160, optional=(COMMENT,)
        )
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.table.opened.connect(self.open_visit)
        self._count = muted("Lecture des observations…")
        self._visit = primary("Ouvrir la visite")
        self._visit.clicked.connect(lambda: self.open_visit(self.table.current_row))
        self._visit.setEnabled(False)
        close = secondary("Fermer")
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(close)
        foot.addWidget(self._visit)
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(20), dp(16), dp(20), dp(16))
        column.setSpacing(dp(10))
        column.addWidget(text(f"{indicator.code} — {indicator.label}", "h1"))
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        results = context.services.results
        context.operations.query(
            lambda: results.evidence(indicator.id), self._show, owner=self, key="evidence"
        )

    def _show(self, rows: tuple[MeasurementRow, ...]) -> None:
        self.model.set_rows(rows)
        self._count.setText(plural(len(rows), "observation"))
        self._visit.setEnabled(bool(rows))
        self.table.select(0)
        self.table.setFocus()

    def open_visit(self, row: object) -> None:
        """A measure taken outside a visit has none to open."""
        if not isinstance(row, MeasurementRow):
            return
        if not row.visit_reference:
            self._count.setText("Cette mesure n’a pas été prise en visite.")
            return
        visits = self.context.services.visits
        self.context.operations.query(
            lambda: visits.find(row.visit_reference).id, self._go, owner=self, key="visit"
        )

    def _go(self, visit_id: str) -> None:
        self.accept()
        self.context.go(Place("visit", visit_id))
