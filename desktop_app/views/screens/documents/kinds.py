"""The documents that can be made, one to choose."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desktop_app.views.look.theme import current_tokens, dp
from desktop_app.views.screens.documents.build import Kind
from desktop_app.views.screens.home.rows import RowButton
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.elided import ElidedLabel
from desktop_app.views.widgets.pill import Pill

ENTRIES = (
    (Kind.EXPERIMENT, "Synthèse d’expérimentation", "résultats, constats, viabilité", "PDF"),
    (Kind.WORKBOOK, "Classeur pour direction métier", "indicateurs, mesures, visites", "Excel"),
    (Kind.VISIT, "Compte rendu de visite", "une visite, ses mesures, ses actions", "PDF"),
)


class KindsCard(Card):
    """Signal ``chosen(Kind)``: by the person. Arrows go from one to the other."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Document", parent=parent)
        self.body.setSpacing(dp(2))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[Kind, KindButton] = {}
        for kind, title, text, form in ENTRIES:
            button = KindButton(title, text, form)
            button.clicked.connect(lambda _=False, kind=kind: self.chosen.emit(kind))
            self._group.addButton(button)
            self.buttons[kind] = button
            self.body.addWidget(button)
        self.buttons[Kind.EXPERIMENT].setChecked(True)

    @property
    def kind(self) -> Kind:
        return next(kind for kind, button in self.buttons.items() if button.isChecked())

    def set_kind(self, kind: Kind) -> None:
        self.buttons[kind].setChecked(True)


class KindButton(RowButton):
    """The arrows choose, as in any exclusive group of buttons."""

    def __init__(self, title: str, text: str, form: str, parent: QWidget | None = None) -> None:
        super().__init__(f"{title}, {form}\u00a0: {text}", parent)
        self.setCheckable(True)
        self.columns.setContentsMargins(dp(10), dp(8), dp(10), dp(8))
        words = QVBoxLayout()
        words.setSpacing(dp(1))
        words.addWidget(ElidedLabel(title, "strong"))
        words.addWidget(ElidedLabel(text, "small"))
        self.columns.addLayout(words, 1)
        pill = Pill(form, "good" if form == "Excel" else "info")
        self.columns.addWidget(pill, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(QColor(colours["accent_soft" if self.isChecked() else "neutral_bg"]))
            painter.drawRoundedRect(area, 7, 7)
        if self.isChecked():
            painter.setBrush(QColor(colours["accent"]))
            painter.drawRoundedRect(QRectF(1, dp(8), dp(3), self.height() - dp(16)), 1, 1)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours["focus"]), 2))
            painter.drawRoundedRect(area, 7, 7)
        painter.end()
