"""F1: every key, by group."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from desktop_app.views.commands import COMMANDS, OTHER_KEYS, native
from desktop_app.views.theme import dp
from desktop_app.views.widgets.buttons import secondary
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.pill import Pill
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.text import text


class ShortcutsDialog(QDialog):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Raccourcis clavier")
        self.finished.connect(self.deleteLater)
        column = QVBoxLayout(self)
        page = ScrollPage()
        column.addWidget(page)
        for group in dict.fromkeys(command.group for command in COMMANDS):
            keys = [(each.text.rstrip("…"), each.keys) for each in COMMANDS if each.group == group]
            page.body.addWidget(_card(group, keys))
        page.body.addWidget(_card("Dans les pages", OTHER_KEYS))
        close = secondary("Fermer")
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(dp(560), min(dp(680), 680))


def _card(title: str, keys: Sequence[tuple[str, str]]) -> Card:
    card = Card(title)
    grid = QGridLayout()
    grid.setHorizontalSpacing(dp(24))
    grid.setVerticalSpacing(dp(7))
    grid.setColumnStretch(0, 1)
    for line, (name, combination) in enumerate(keys):
        grid.addWidget(text(name), line, 0)
        grid.addWidget(Pill(native(combination)), line, 1, Qt.AlignmentFlag.AlignRight)
    card.body.addLayout(grid)
    return card
