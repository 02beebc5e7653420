"""Paints a cell of frozen rows: a line, a muted line under it, or a pill."""

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from desktop_app.views.tables.row_model import (
    BOLD_ROLE,
    HEADING_ROLE,
    SUBLINE_ROLE,
    TONE_ROLE,
    Index,
)
from desktop_app.views.theme import current_tokens, dp, small_font

PADDING = 10
_GROUNDS = {"accent": "accent_soft"}


def bold_font(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def pill_size(text: str, font: QFont) -> QSize:
    metrics = QFontMetrics(bold_font(small_font(font)))
    return QSize(metrics.horizontalAdvance(text) + dp(20), metrics.height() + dp(4))


def paint_pill(painter: QPainter, area: QRectF, text: str, tone: str) -> None:
    """A pill at the left of ``area``, centred in its height, cut to its width."""
    colours = current_tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size = pill_size(text, painter.font())
    width = min(float(size.width()), area.width())
    box = QRectF(area.left(), area.center().y() - size.height() / 2, width, size.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours[_GROUNDS.get(tone, f"{tone}_bg")]))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setFont(bold_font(small_font(painter.font())))
    painter.setPen(QColor(colours["muted" if tone == "neutral" else tone]))
    painter.drawText(box.adjusted(0, -1, 0, -1), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class RowDelegate(QStyledItemDelegate):
    """``option`` is a QStyleOptionViewItem, whose fields PySide's own types leave out."""

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        painter.save()
        painter.setFont(option.font)
        self.paint_ground(painter, option, index)
        area = QRectF(option.rect).adjusted(dp(PADDING), 0, -dp(PADDING), 0)
        if index.data(HEADING_ROLE):
            self._paint_heading(painter, area, index)
        else:
            self.paint_cell(painter, area, index)
        painter.restore()

    def paint_ground(self, painter: QPainter, option: Any, index: Index) -> None:
        """Selected rows also carry a bar at the left: never the colour alone."""
        colours = current_tokens()
        rect = option.rect
        if index.data(HEADING_ROLE):
            painter.fillRect(rect, QColor(colours["background"]))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours["accent_soft"]))
            if index.column() == 0:
                painter.fillRect(
                    rect.left(), rect.top(), dp(3), rect.height(), QColor(colours["accent"])
                )
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(colours["line"]))

    def paint_cell(self, painter: QPainter, area: QRectF, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        tone = str(index.data(TONE_ROLE) or "")
        if tone and text:
            paint_pill(painter, area, text, tone)
            return
        right = index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
        flags = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        subline = str(index.data(SUBLINE_ROLE) or "")
        colours = current_tokens()
        font = bold_font(painter.font()) if index.data(BOLD_ROLE) else QFont(painter.font())
        small = small_font(painter.font())
        line = QFontMetrics(font).height()
        total = line + (QFontMetrics(small).height() + dp(1) if subline else 0)
        top = area.center().y() - total / 2
        first = QRectF(area.left(), top, area.width(), line)
        _line(painter, first, text, font, colours["ink"], flags)
        if subline:
            second = QRectF(area.left(), top + line + dp(1), area.width(), total - line)
            _line(painter, second, subline, small, colours["muted"], flags)

    def _paint_heading(self, painter: QPainter, area: QRectF, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        word = str(index.data(SUBLINE_ROLE) or "")
        base = QFont(painter.font())
        pill = pill_size(word, base).width()
        painter.setFont(bold_font(base))
        painter.setPen(QColor(current_tokens()["ink"]))
        room = int(area.width()) - pill - dp(PADDING)
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), cut)
        left = area.left() + painter.fontMetrics().horizontalAdvance(cut) + dp(8)
        painter.setFont(base)
        paint_pill(painter, QRectF(left, area.top(), pill, area.height()), word, "info")

    def sizeHint(self, option: Any, index: Index) -> QSize:
        if index.data(HEADING_ROLE):
            return QSize(0, heading_height(option.font))
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        subline = str(index.data(SUBLINE_ROLE) or "")
        if index.data(TONE_ROLE):
            width = pill_size(text, option.font).width()
        else:
            font = bold_font(option.font) if index.data(BOLD_ROLE) else option.font
            width = QFontMetrics(font).horizontalAdvance(text)
        small = QFontMetrics(small_font(option.font))
        width = max(width, small.horizontalAdvance(subline) if subline else 0)
        return QSize(width + 2 * dp(PADDING) + 2, row_height(option.font))


def row_height(font: QFont) -> int:
    """Two lines and their air."""
    lines = QFontMetrics(font).height() + QFontMetrics(small_font(font)).height()
    return lines + dp(16)


def heading_height(font: QFont) -> int:
    return QFontMetrics(font).height() + dp(18)


def _line(
    painter: QPainter, area: QRectF, text: str, font: QFont, colour: str, flags: Qt.AlignmentFlag
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    width = int(area.width()) + 1
    cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
    painter.drawText(area, int(flags | Qt.AlignmentFlag.AlignVCenter), cut)
