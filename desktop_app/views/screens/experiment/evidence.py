"""Every occasion behind one figure, counted or left out and why, each with the visit it is from."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.french import NBSP
from desktop_app.services.results.evidence_rows import EvidenceRow, EvidenceSheet
from desktop_app.services.results.evidence_words import evidence_caption
from desktop_app.services.results.figure_words import total_name
from desktop_app.services.results.rows import IndicatorResult
from desktop_app.services.results.words import actual_text, calculation_text
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.base import Place, ScreenContext
from desktop_app.views.tables.evidence_list import EvidenceTable
from desktop_app.views.tables.result_evidence import EvidenceTableModel, Reading
from desktop_app.views.widgets.buttons import primary, secondary
from desktop_app.views.widgets.text import muted, small, text

NO_VISIT = "Cette mesure n’a pas été prise en visite."


def open_visit(
    context: ScreenContext,
    owner: QWidget,
    reference: str,
    *,
    before: Callable[[], object] = lambda: None,
    missing: Callable[[str], object] | None = None,
) -> None:
    """Goes to the visit of that reference, ``before`` that closes what stands over the page.

    A measure taken outside a visit has none: that is said (``missing``, at the foot if not given).
    """
    if not reference:
        (missing or context.notify.show)(NO_VISIT)
        return
    visits = context.services.visits

    def go(visit_id: str) -> None:
        before()
        context.go(Place("visit", visit_id))

    context.operations.query(lambda: visits.find(reference).id, go, owner=owner, key="visit")


class EvidenceDialog(QDialog):
    """Entrée or a double click opens the visit."""

    def __init__(
        self, context: ScreenContext, result: IndicatorResult, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.shown = result
        indicator = result.indicator
        self.setWindowTitle(f"Preuves de {indicator.code}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        room = self.screen().availableGeometry()
        self.resize(min(dp(1060), room.width() - 60), min(dp(620), room.height() - 80))
        self.reading = Reading(result, context.services.results.thresholds().min_n_percentage)
        self.model = EvidenceTableModel(self.reading)
        self.table = EvidenceTable(self.model, in_words=self.reading.in_words)
        self.table.opened.connect(self.open_visit)
        self._count = muted("Lecture des mesures…")
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(20), dp(16), dp(20), dp(16))
        column.setSpacing(dp(8))
        column.addWidget(text(f"{indicator.code} — {indicator.label}", "h1"))
        column.addWidget(small(f"Calcul{NBSP}: {calculation_text(result)}."))
        column.addWidget(self.table, 1)
        column.addLayout(self._foot())
        results = context.services.results
        context.operations.query(
            lambda: results.evidence(indicator.id), self._show, owner=self, key="evidence"
        )

    def _foot(self) -> QHBoxLayout:
        self._visit = primary("Ouvrir la visite")
        self._visit.clicked.connect(lambda: self.open_visit(self.table.current_row))
        self._visit.setEnabled(False)
        close = secondary("Fermer")
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(close)
        foot.addWidget(self._visit)
        return foot

    def _show(self, sheet: EvidenceSheet) -> None:
        self.model.set_rows(sheet.rows)
        total = total_name(self.shown) if sheet.counted else ""
        figure = f" · {total}{NBSP}: {actual_text(self.shown)}" if total else ""
        self._count.setText(f"{evidence_caption(sheet)}{figure}")
        self._visit.setEnabled(bool(sheet.rows))
        self.table.select(0)
        self.table.setFocus()

    def open_visit(self, row: object) -> None:
        if isinstance(row, EvidenceRow):
            open_visit(
                self.context,
                self,
                row.visit_reference,
                before=self.accept,
                missing=self._count.setText,
            )
