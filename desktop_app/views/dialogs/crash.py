"""What the person sees when the program has a bug: a report they can copy."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import primary, secondary
from desktop_app.views.widgets.text import small, text


class CrashDialog(QDialog):
    def __init__(self, report: str, log: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Erreur du programme")
        self.finished.connect(self.deleteLater)
        self.report = report
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(22), dp(20), dp(22), dp(18))
        column.setSpacing(dp(12))
        column.addWidget(text("Le programme a rencontré une erreur", "h2"))
        column.addWidget(
            text(
                "Ce qui était enregistré l’est toujours. Vous pouvez continuer\u202f; si l’erreur "
                "revient, fermez et rouvrez le carnet, et transmettez ce rapport. "
                "Il ne contient ni texte saisi, ni nom de fichier, ni nom de personne."
            )
        )
        shown = QPlainTextEdit(report)
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName("Rapport d’erreur")
        shown.setMinimumHeight(dp(180))
        column.addWidget(shown, 1)
        if log is not None:
            column.addWidget(small(f"Aussi écrit dans {log}"))
        row = QHBoxLayout()
        row.addStretch(1)
        copy = secondary("Copier le rapport")
        copy.clicked.connect(self.copy)
        row.addWidget(copy)
        close = primary("Continuer")
        close.clicked.connect(self.accept)
        row.addWidget(close)
        column.addLayout(row)
        self.resize(dp(620), min(dp(440), 620))

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
