"""Paints a cell of frozen rows: a line, a muted line under it, or a pill.

A screenful is a hundred cells, painted again at each step of a scroll: what they share (fonts,
their heights, colours, texts already laid out) is made once, for the look in force.
"""

from typing import Any

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QPainter,
    QStaticText,
    QTransform,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from desktop_app.views.look.theme import current_scale, current_tokens, dp, small_font
from desktop_app.views.tables.row_model import PAINTED_ROLE, Index, Painted

PADDING = 10
LAID_OUT = 4_000
"""Texts kept laid out: a few screenfuls of each of a long list's columns."""

_GROUNDS = {"accent": "accent_soft"}
_SELECTED = QStyle.StateFlag.State_Selected


class Letters:
    """A font, its height, and the texts already cut and laid out in it."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self.height = self.metrics.height()
        self._laid_out: dict[tuple[str, int], tuple[QStaticText, float]] = {}

    def laid_out(self, text: str, width: int) -> tuple[QStaticText, float]:
        """The text cut to ``width`` pixels, and how wide that is."""
        found = self._laid_out.get((text, width))
        if found is None:
            if len(self._laid_out) >= LAID_OUT:
                self._laid_out.clear()
            cut = self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            made = QStaticText(cut)
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.prepare(QTransform(), self.font)
            found = self._laid_out[text, width] = (made, made.size().width())
        return found


class Look:
    """What the cells of a table share, for one font under one palette and size of the text."""

    def __init__(self, font: QFont) -> None:
        self.font = QFont(font)
        self.stamp = _stamp()
        self.base = Letters(self.font)
        self.bold = Letters(bold_font(self.font))
        self.small = Letters(small_font(self.font))
        self.pill = Letters(bold_font(small_font(self.font)))
        self.padding = dp(PADDING)
        self.gap = dp(1)
        self.bar = dp(3)
        self.row_height = lines_height(self.base.height, self.small.height)
        colours = current_tokens()
        self.colours = {name: QColor(colour) for name, colour in colours.items()}

    def holds(self, font: QFont) -> bool:
        return self.stamp == _stamp() and self.font == font

    def pill_size(self, text: str) -> QSize:
        metrics = self.pill.metrics
        return QSize(metrics.horizontalAdvance(text) + dp(20), self.pill.height + dp(4))


def _stamp() -> tuple[int, float]:
    return QGuiApplication.palette().cacheKey(), current_scale()


def bold_font(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _paint_pill(painter: QPainter, look: Look, area: QRectF, text: str, tone: str) -> None:
    """A pill at the left of ``area``, centred in its height, cut to its width."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size = look.pill_size(text)
    width = min(float(size.width()), area.width())
    box = QRectF(area.left(), area.center().y() - size.height() / 2, width, size.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colours[_GROUNDS.get(tone, f"{tone}_bg")])
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setFont(look.pill.font)
    painter.setPen(look.colours["muted" if tone == "neutral" else tone])
    painter.drawText(box.adjusted(0, -1, 0, -1), Qt.AlignmentFlag.AlignCenter, text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


class RowDelegate(QStyledItemDelegate):
    """``option`` is a QStyleOptionViewItem, whose fields PySide's own types leave out.

    A subclass may paint cells its own way in ``paint_cell``.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look: Look | None = None
        self._cell = Painted("")

    def look(self, font: QFont) -> Look:
        """What the cells share; made again when the theme or the size of the text has changed."""
        look = self._look
        if look is None or not look.holds(font):
            look = self._look = Look(font)
        return look

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        look = self._look or self.look(option.font)  # the view has it looked at before it paints
        cell = self._cell = index.data(PAINTED_ROLE)
        rect = option.rect
        painter.save()
        painter.setFont(look.font)
        self._paint_ground(painter, look, rect, index, selected=_SELECTED in option.state)
        left, width = rect.left() + look.padding, rect.width() - 2 * look.padding
        area = QRectF(left, rect.top(), width, rect.height())
        if cell.heading:
            _paint_heading(painter, look, area, cell)
        else:
            self.paint_cell(painter, area, index)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, look: Look, rect: QRect, index: Index, *, selected: bool
    ) -> None:
        """Selected rows also carry a bar at the left: never the colour alone."""
        colours = look.colours
        if self._cell.heading:
            painter.fillRect(rect, colours["background"])
        if selected:
            painter.fillRect(rect, colours["accent_soft"])
            if index.column() == 0:
                bar = (rect.left(), rect.top(), look.bar, rect.height())
                painter.fillRect(*bar, colours["accent"])
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours["line"])

    def paint_cell(self, painter: QPainter, area: QRectF, index: Index) -> None:
        """Paints what ``index`` shows in ``area``, between the paddings."""
        del index  # asked once, before its ground was painted
        look, cell = self._look or self.look(painter.font()), self._cell
        if cell.tone and cell.text:
            _paint_pill(painter, look, area, cell.text, cell.tone)
            return
        letters = look.bold if cell.bold else look.base
        small = look.small
        total = letters.height + (small.height + look.gap if cell.subline else 0)
        top = area.center().y() - total / 2
        if cell.text:
            painter.setPen(look.colours["ink"])
            _paint_line(painter, area, top, cell.text, letters, right=cell.right)
        if cell.subline:
            painter.setPen(look.colours["muted"])
            below = top + letters.height + look.gap
            _paint_line(painter, area, below, cell.subline, small, right=cell.right)

    def sizeHint(self, option: Any, index: Index) -> QSize:
        look = self.look(option.font)
        cell = index.data(PAINTED_ROLE)
        if cell.heading:
            return QSize(0, heading_height(look.font))
        if cell.tone:
            width = look.pill_size(cell.text).width()
        else:
            letters = look.bold if cell.bold else look.base
            width = letters.metrics.horizontalAdvance(cell.text)
        if cell.subline:
            width = max(width, look.small.metrics.horizontalAdvance(cell.subline))
        return QSize(width + 2 * look.padding + 2, look.row_height)


def row_height(font: QFont) -> int:
    """Two lines and their air."""
    return lines_height(QFontMetrics(font).height(), QFontMetrics(small_font(font)).height())


def lines_height(*lines: int) -> int:
    return sum(lines) + dp(16)


def heading_height(font: QFont) -> int:
    return QFontMetrics(font).height() + dp(18)


def _paint_heading(painter: QPainter, look: Look, area: QRectF, cell: Painted) -> None:
    pill = look.pill_size(cell.subline).width()
    letters = look.bold
    room = int(area.width()) - pill - look.padding
    painter.setPen(look.colours["ink"])
    top = area.center().y() - letters.height / 2
    width = _paint_line(painter, area, top, cell.text, letters, room=room)
    left = area.left() + width + dp(8)
    _paint_pill(painter, look, QRectF(left, area.top(), pill, area.height()), cell.subline, "info")


def _paint_line(
    painter: QPainter,
    area: QRectF,
    top: float,
    text: str,
    letters: Letters,
    *,
    right: bool = False,
    room: int | None = None,
) -> float:
    """One line in the pen's colour, cut to the area's width (or ``room``). Gives its width."""
    static, width = letters.laid_out(text, int(area.width()) + 1 if room is None else room)
    painter.setFont(letters.font)
    left = area.right() - width if right else area.left()
    painter.drawStaticText(QPointF(left, top), static)
    return width
