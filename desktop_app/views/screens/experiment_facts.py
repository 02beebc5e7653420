"""What is known of a record, name beside words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QSizePolicy

from desktop_app.views.theme import dp
from desktop_app.views.widgets.text import muted, text

Facts = Sequence[tuple[str, str]]


class FactsForm(QFormLayout):
    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(dp(14))
        self.setVerticalSpacing(dp(6))
        self.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)

    def show_facts(self, facts: Facts) -> None:
        """Replaces the rows; those without words are left out."""
        while self.rowCount():
            self.removeRow(0)
        for name, value in facts:
            if not value:
                continue
            caption = muted(name)
            caption.setAlignment(Qt.AlignmentFlag.AlignTop)
            caption.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            self.addRow(caption, text(value))
