"""What the ticks of the bullet bars mean."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.views.theme import current_tokens, dp, small_font

ENTRIES = (("muted", 1.5, "référence T0"), ("ink", 2.5, "cible"))


class TickLegend(QWidget):
    """« | référence T0   | cible », painted with the bars' own ticks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Trait gris : référence T0. Trait noir : cible.")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        font = QFontMetrics(small_font(self.font()))
        width = sum(font.horizontalAdvance(text) + dp(24) for _, _, text in ENTRIES) - dp(12)
        return QSize(width + dp(4), font.height() + dp(4))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self.updateGeometry()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = current_tokens()
        painter = QPainter(self)
        painter.setFont(small_font(self.font()))
        left = 0.0
        for colour, width, text in ENTRIES:
            tick = QRectF(left + dp(4), dp(3), width, self.height() - dp(6))
            painter.fillRect(tick, QColor(colours[colour]))
            left += dp(12)
            painter.setPen(QColor(colours["muted"]))
            room = QRectF(left, 0, self.width(), self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
            left += painter.fontMetrics().horizontalAdvance(text) + dp(12)
        painter.end()
