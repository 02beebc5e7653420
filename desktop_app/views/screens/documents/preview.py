"""The document as it will be: the PDF's pages, or what the workbook holds."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFormLayout, QFrame, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.french import number
from desktop_app.services.documents.rows import WorkbookCounts
from desktop_app.views.look.theme import current_tokens, dp
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.empty_state import EmptyState
from desktop_app.views.widgets.pdf_pages import PdfPages
from desktop_app.views.widgets.text import muted, strong

SHEETS = (
    ("Lisez-moi", "périmètre, date, règles de lecture"),
    ("Synthèse", "une ligne par expérimentation"),
    ("Indicateurs", "indicators"),
    ("Mesures", "measurements"),
    ("Réponses", "ce qui a été écrit aux indicateurs qualitatifs"),
    ("Visites", "visits"),
    ("Constats", "findings"),
    ("Actions", "follow_ups"),
    ("Sites", "sites"),
    ("Croisements", "constats par polarité, indicateurs par mouvement"),
    ("Dictionnaire", "règles des chiffres, sens de chaque colonne"),
    ("Listes", "mots employés"),
    ("Contrôle", "totaux comparés au carnet"),
)


class PreviewPane(QFrame):
    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("previewPane")
        self._stack = QStackedWidget()
        self.pages = PdfPages(context.operations.query)
        self.message = EmptyState("file-pdf", "Aperçu", "")
        self._workbook = QWidget()
        self._lay_out_workbook()
        self.pages.setFrameShape(QFrame.Shape.NoFrame)
        self._tint()
        for page in (self.message, self.pages, self._workbook):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(2), dp(6), dp(2), dp(6))
        column.addWidget(self._stack)

    def _tint(self) -> None:
        """White pages stand out on a darker ground, as on a desk."""
        colour = QColor(current_tokens()["track"])
        if self.pages.palette().color(QPalette.ColorRole.Window) != colour:
            tinted = QPalette(self.pages.palette())
            tinted.setColor(QPalette.ColorRole.Window, colour)
            self.pages.setPalette(tinted)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "pages"):
            self._tint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current_tokens()["track"]))
        painter.drawRoundedRect(self.rect(), 8, 8)
        painter.end()

    def _lay_out_workbook(self) -> None:
        column = QVBoxLayout(self._workbook)
        column.setContentsMargins(dp(24), dp(24), dp(24), dp(24))
        card = Card("Ce que contient le classeur")
        self._sheets = QFormLayout()
        self._sheets.setHorizontalSpacing(dp(20))
        self._sheets.setVerticalSpacing(dp(7))
        card.body.addLayout(self._sheets)
        column.addWidget(card)
        column.addStretch(1)

    def say(self, title: str, sentence: str = "") -> None:
        """Nothing to show yet, and why."""
        self.pages.close_file()
        self.message.set_text(title, sentence)
        self._stack.setCurrentWidget(self.message)

    def show_pdf(self, path: Path) -> int:
        """Shows a PDF, which may be removed at once; returns its count of pages."""
        self.pages.open(path)
        self._stack.setCurrentWidget(self.pages)
        return self.pages.page_count

    def show_workbook(self, counts: WorkbookCounts) -> None:
        self.pages.close_file()
        while self._sheets.rowCount():
            self._sheets.removeRow(0)
        for name, what in SHEETS:
            count = getattr(counts, what, None)
            words = what if count is None else f"{number(count, 0)} lignes"
            if count is not None and count < 2:
                words = f"{number(count, 0)} ligne"
            self._sheets.addRow(strong(name), muted(words))
        self._stack.setCurrentWidget(self._workbook)

    @property
    def shows_pages(self) -> bool:
        return self._stack.currentWidget() is self.pages
