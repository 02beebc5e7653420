"""One visit in a short list: when, for which experiment, in which state."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.french import date
from desktop_app.services.visits.visit_rows import VisitListRow
from desktop_app.services.vocabulary import label
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.home.rows import RowButton
from desktop_app.views.tables.experiment_visits import gathered_text
from desktop_app.views.widgets.elided import ElidedLabel
from desktop_app.views.widgets.pill import state_pill


class VisitButton(RowButton):
    def __init__(self, row: VisitListRow, parent: QWidget | None = None) -> None:
        title = f"{date(row.date)} · {row.enterprise}"
        super().__init__(f"{title}, {gathered_text(row)}, {label(row.state)}", parent)
        self.row = row
        column = QVBoxLayout()
        column.setSpacing(dp(1))
        column.addWidget(ElidedLabel(title, "strong"))
        column.addWidget(ElidedLabel(gathered_text(row), "small"))
        self.columns.addLayout(column, 1)
        self.columns.addWidget(state_pill(row.state), 0, Qt.AlignmentFlag.AlignVCenter)
