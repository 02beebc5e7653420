"""The logo of the notebook's documents: seen as on paper, chosen, removed."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.services.notebook.rules import Origin
from desktop_app.views.look.theme import current_tokens, dp
from desktop_app.views.widgets.buttons import link, secondary
from desktop_app.views.widgets.text import small

HEIGHT = 56  # pixels at a text of 100 %
WIDTH = 170
WORDS = {
    Origin.POLICY: "",
    Origin.NOTEBOOK: "Gardé dans le carnet.",
    Origin.COMPUTER: "Celui des réglages de ce poste\u00a0: le carnet n’a pas le sien.",
}


class LogoField(QWidget):
    """Signals ``chosen()`` and ``removed()``: asked for by the person."""

    chosen = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dp(4))
        row = QHBoxLayout()
        row.setSpacing(dp(10))
        self.picture = LogoPicture()
        self.choose = secondary("Choisir une image…")
        self.choose.clicked.connect(self.chosen)
        self.remove = link("Retirer")
        self.remove.setAccessibleName("Retirer le logo")
        self.remove.clicked.connect(self.removed)
        row.addWidget(self.picture)
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        row.addStretch(1)
        column.addLayout(row)
        self.words = small("")
        self.words.hide()
        column.addWidget(self.words)
        self._editable = True

    def show_logo(self, content: bytes, origin: Origin) -> None:
        """``content``: a PNG, b"" when there is none."""
        self.picture.show_image(content)
        words = WORDS.get(origin, "") if content else ""
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.choose.setText("Changer d’image…" if content else "Choisir une image…")
        self._settle()

    def set_editable(self, *, editable: bool) -> None:
        self._editable = editable
        self._settle()

    def _settle(self) -> None:
        self.choose.setVisible(self._editable)
        self.remove.setVisible(self._editable and not self.picture.empty)


class LogoPicture(QWidget):
    """On white, whatever the theme: documents are of paper."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_image(b"")

    @property
    def empty(self) -> bool:
        return self._pixmap.isNull()

    def show_image(self, content: bytes) -> None:
        self._pixmap = QPixmap()
        if content:
            self._pixmap.loadFromData(content)
        self.setVisible(not self.empty)
        self.setAccessibleName("Aucun logo" if self.empty else "Logo des documents")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(dp(WIDTH), dp(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        painter.setPen(QPen(QColor(current_tokens()["line"]), 1))
        painter.setBrush(QColor("white"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), dp(5), dp(5))
        edge = dp(8)
        room = self.rect().adjusted(edge, edge, -edge, -edge)
        size = self._pixmap.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(QRectF(room).center())
        painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))
        painter.end()
