"""Paints a search result: its kind, its title, and the words around what matched."""

import re
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.views.dialogs.search_lines import KINDS, Line
from desktop_app.views.look.theme import current_tokens, dp

LINE = Qt.ItemDataRole.UserRole

_MARK = re.compile("\u0002(.*?)\u0003", re.DOTALL)


def pieces(excerpt: str) -> list[tuple[str, bool]]:
    """The excerpt in order: (text, whether it matched), on one line."""
    parts: list[tuple[str, bool]] = []
    at = 0
    for found in _MARK.finditer(excerpt):
        parts.append((excerpt[at : found.start()], False))
        parts.append((found[1], True))
        at = found.end()
    parts.append((excerpt[at:], False))
    return [(re.sub(r"[\s\u0002\u0003]+", " ", text), hit) for text, hit in parts if text]


class SearchDelegate(QStyledItemDelegate):
    """Reads the ``LINE`` role of the model: a ``Line``."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del index
        fields: Any = option  # they are missing from the stubs
        return QSize(fields.rect.width(), dp(52))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line = index.data(LINE)
        if not isinstance(line, Line):
            return
        colours = current_tokens()
        fields: Any = option
        painter.save()
        area = fields.rect.adjusted(dp(2), dp(2), -dp(2), -dp(2))
        if fields.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours["accent_soft"]))
            painter.drawRoundedRect(area, 6, 6)
        inner = area.adjusted(dp(10), dp(3), -dp(10), -dp(3))
        half = inner.height() // 2
        title = QFont(fields.font)
        title.setWeight(QFont.Weight.DemiBold)
        kind = KINDS.get(line.kind, line.kind)
        small = QFont(fields.font)
        small.setPixelSize(dp(13))
        kind_width = QFontMetrics(small).horizontalAdvance(kind) + dp(8)
        top = QRect(inner.left(), inner.top(), inner.width() - kind_width - dp(8), half)
        side = Qt.AlignmentFlag.AlignVCenter
        _paint_pieces(painter, top, title, line.title, colours["ink"])
        painter.setFont(small)
        painter.setPen(QColor(colours["muted"]))
        right = QRect(inner.right() - kind_width, inner.top(), kind_width, half)
        painter.drawText(right, side | Qt.AlignmentFlag.AlignRight, kind)
        below = QRect(inner.left(), inner.top() + half, inner.width(), half)
        _paint_pieces(painter, below, small, line.excerpt, colours["muted"])
        painter.restore()


def _paint_pieces(painter: QPainter, area: QRect, font: QFont, marked: str, colour: str) -> None:
    """What matched stands out by weight and colour; what is too long ends with « … »."""
    strong = QFont(font)
    strong.setWeight(QFont.Weight.Bold)
    accent = current_tokens()["accent_text"]
    left = area.left()
    for text, matched in pieces(marked):
        painter.setFont(strong if matched else font)
        painter.setPen(QColor(accent if matched else colour))
        metrics = QFontMetrics(painter.font())
        room = area.right() - left
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        place = QRect(left, area.top(), room + 1, area.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
        left += metrics.horizontalAdvance(text)
        if shown != text or left >= area.right():
            return
