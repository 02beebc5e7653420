"""F1: every key, by group."""

from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from desktop_app.views.commands import COMMANDS, OTHER_KEYS, native
from desktop_app.views.theme import dp
from desktop_app.views.widgets.buttons import secondary
from desktop_app.views.widgets.pill import Pill
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.text import heading, text


class ShortcutsDialog(QDialog):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Raccourcis clavier")
        self.finished.connect(self.deleteLater)
        column = QVBoxLayout(self)
        page = ScrollPage()
        column.addWidget(page)
        grid = QGridLayout()
        grid.setHorizontalSpacing(dp(24))
        grid.setVerticalSpacing(dp(6))
        grid.setColumnStretch(0, 1)
        page.body.addLayout(grid)
        page.body.addStretch(1)
        line = 0
        groups = [*dict.fromkeys(command.group for command in COMMANDS), "Dans les pages"]
        for group in groups:
            grid.addWidget(heading(group), line, 0, 1, 2)
            keys = [(c.text.rstrip("…"), c.keys) for c in COMMANDS if c.group == group]
            for name, combination in keys or OTHER_KEYS:
                line += 1
                grid.addWidget(text(name), line, 0)
                grid.addWidget(Pill(native(combination), "neutral"), line, 1)
            line += 1
        close = secondary("Fermer")
        close.clicked.connect(self.accept)
        column.addWidget(close)
        self.resize(dp(560), min(dp(680), 680))
