"""What the program is, its version, and what it is made with."""

import platform

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app import __version__
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import secondary
from desktop_app.views.widgets.text import muted, small, text


class AboutDialog(QDialog):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("À propos")
        self.finished.connect(self.deleteLater)
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(24), dp(22), dp(24), dp(18))
        column.setSpacing(dp(10))
        column.addWidget(text("Carnet d’impact", "h1"))
        column.addWidget(muted(f"Version {__version__}"))
        column.addWidget(
            text(
                "Suivre des expérimentations d’entreprises sociales et mesurer ce qu’elles "
                "changent. Fonctionne sans réseau\u202f; rien ne quitte cet ordinateur."
            )
        )
        column.addWidget(
            small(
                f"Licence EUPL-1.2. Écrit avec Python {platform.python_version()}, "
                f"Qt {qVersion()} (LGPL), SQLite, la police Source Sans Pro (OFL) "
                "et les icônes Phosphor (MIT)."
            )
        )
        row = QHBoxLayout()
        row.addStretch(1)
        close = secondary("Fermer")
        close.clicked.connect(self.accept)
        row.addWidget(close)
        column.addLayout(row)
        self.setMinimumWidth(dp(440))
