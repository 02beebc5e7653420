"""The heading of the results table: over the bars, where T0 and the target stand."""

from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop_app.exports.charts_bullet import rate_position
from desktop_app.french import NNBSP
from desktop_app.views.look.theme import current_tokens, dp, small_font
from desktop_app.views.tables.result_table import BAR
from desktop_app.views.tables.row_delegate import PADDING, bold_font

START, GOAL = f"T0 · 0{NNBSP}%", f"cible · 100{NNBSP}%"


class ResultHeader(QHeaderView):
    """``rate_room``: what the rates take at the right of the bars, in pixels."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.rate_room = 0
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(dp(24))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def initStyleOptionForIndex(self, option: Any, section: int) -> None:
        super().initStyleOptionForIndex(option, section)
        if section == BAR:
            option.text = ""

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        super().paintSection(painter, rect, section)
        painter.restore()
        if section != BAR:
            return
        painter.save()
        font = bold_font(small_font(self.font()))
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(current_tokens()["muted"]))
        left, room = rect.left() + dp(PADDING), rect.width() - 2 * dp(PADDING) - self.rate_room
        line = metrics.height()
        top = rect.center().y() - line
        title = str(self.model().headerData(BAR, Qt.Orientation.Horizontal))
        painter.drawText(QRectF(left, top, rect.width() - dp(PADDING), line), title)
        for rate, words in ((0.0, START), (1.0, GOAL)):
            width = metrics.horizontalAdvance(words) + 1
            at = left + rate_position(rate) * room - width / 2
            at = min(max(at, rect.left() + 2), rect.right() - width - 2)
            painter.drawText(QRectF(at, top + line, width, line), words)
        painter.restore()

    def sizeHint(self) -> QSize:
        """Two lines."""
        hint = super().sizeHint()
        lines = 2 * QFontMetricsF(bold_font(small_font(self.font()))).height()
        return QSize(hint.width(), max(hint.height(), round(lines) + dp(8)))
