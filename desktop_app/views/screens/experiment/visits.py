"""« Visites »: those of one experiment, the latest first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.french import plural
from desktop_app.services.visits.visit_rows import VisitListRow, VisitPage
from desktop_app.views.screens.base import Place, ScreenContext
from desktop_app.views.tables.experiment_visits import OPTIONAL, SITE, VisitTableModel
from desktop_app.views.tables.row_view import RowView
from desktop_app.views.widgets.buttons import link
from desktop_app.views.widgets.card_grid import framed
from desktop_app.views.widgets.text import muted


class VisitsPanel(QWidget):
    """Signal ``all_asked()``: the page was not enough."""

    all_asked = Signal()

    def __init__(self, context: ScreenContext, name: str) -> None:
        super().__init__()
        self.context = context
        self.model = VisitTableModel()
        self.table = RowView(
            self.model, name, stretch=SITE, least=180, optional=OPTIONAL, whole=True
        )
        self.table.opened.connect(self._open)
        self._card = framed(self.table)
        self._empty = muted("Aucune visite n’est encore enregistrée.")
        self._more = link("Voir toutes les visites")
        self._more.clicked.connect(self.all_asked)
        foot = QHBoxLayout()
        foot.addWidget(self._empty)
        foot.addWidget(self._more)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        column.addLayout(foot)
        column.addStretch(1)

    def show_page(self, page: VisitPage) -> None:
        self.model.set_rows(page.rows)
        self.table.adjust()
        self._card.setVisible(bool(page.rows))
        self._empty.setVisible(not page.rows or page.cursor is not None)
        if page.rows:
            self._empty.setText(f"Les {plural(len(page.rows), 'visite')} les plus récentes.")
        else:
            self._empty.setText("Aucune visite n’est encore enregistrée.")
        self._more.setVisible(page.cursor is not None)

    def _open(self, row: object) -> None:
        if isinstance(row, VisitListRow):
            self.context.go(Place("visit", row.id))
