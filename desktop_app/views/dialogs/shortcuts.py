"""F1: every key, by group; the arrows and the pages scroll."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from desktop_app.views.keyboard import COMMANDS, OTHER_KEYS
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import secondary
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.keys import key_names
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
        page.setAccessibleName("Raccourcis clavier")
        page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column.addWidget(page)
        for group in dict.fromkeys(command.group for command in COMMANDS):
            keys = [(each.text.rstrip("…"), each.keys) for each in COMMANDS if each.group == group]
            page.body.addWidget(_card(group, keys))
        for title, others in OTHER_KEYS:
            page.body.addWidget(_card(title, others))
        close = secondary("Fermer")
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        room = self.screen().availableGeometry()
        self.resize(min(dp(600), room.width() - 40), min(dp(680), room.height() - 60))
        page.setFocus()


def _card(title: str, keys: Sequence[tuple[str, str]]) -> Card:
    card = Card(title)
    grid = QGridLayout()
    grid.setHorizontalSpacing(dp(24))
    grid.setVerticalSpacing(dp(7))
    grid.setColumnStretch(0, 1)
    for line, (name, combination) in enumerate(keys):
        grid.addWidget(text(name), line, 0)
        pills = QVBoxLayout()
        pills.setSpacing(dp(3))
        for each in combination.split(", "):
            pills.addWidget(Pill(key_names(each)), 0, Qt.AlignmentFlag.AlignRight)
        grid.addLayout(pills, line, 1)
    card.body.addLayout(grid)
    return card
