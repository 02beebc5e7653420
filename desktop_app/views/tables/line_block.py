"""Lines of words in a cell: how wide and high they are, and how they are painted.

Words wrap rather than be cut; only ``wrapped`` with ``most`` ends with « … ».
"""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption

from desktop_app.views.look.icons import icon
from desktop_app.views.look.theme import dp
from desktop_app.views.tables.result_text import Lines, Words
from desktop_app.views.tables.row_delegate import Letters, Look

SEPARATOR = " · "
REMEMBERED = 20_000
"""Widths; more than a long list has words."""
MARK = 17
"""The sign of a reserve and its air, in pixels at a text of 100 %."""


class Measures:
    """What the cells of a table are measured and painted with, for one look.

    Widths are remembered: a table is measured each time its place changes.
    """

    def __init__(self, look: Look) -> None:
        self.look = look
        self._letters = {
            (False, False): look.base,
            (False, True): look.bold,
            (True, False): look.small,
            (True, True): look.pill,
        }
        self._pills: dict[str, QSize] = {}
        self._advances: dict[tuple[str, bool, bool], float] = {}

    def letters(self, words: Words) -> Letters:
        return self._letters[words.small, words.bold]

    def colour(self, token: str) -> QColor:
        return self.look.colours[token]

    def advance(self, text: str, words: Words) -> float:
        """The width of ``text`` in the font of ``words``."""
        key = (text, words.small, words.bold)
        found = self._advances.get(key)
        if found is None:
            if len(self._advances) > REMEMBERED:
                self._advances.clear()
            found = self.letters(words).metrics.horizontalAdvance(text)
            self._advances[key] = found
        return found

    def pill(self, text: str) -> QSize:
        """The size of a pill with that word."""
        found = self._pills.get(text)
        if found is None:
            found = self._pills[text] = self.look.pill_size(text)
        return found

    def height(self, words: Words) -> float:
        return self.letters(words).height


def wrapped(text: str, words: Words, fonts: Measures, width: float, most: int = 0) -> list[str]:
    """The text in lines of ``width`` pixels, at most ``most`` of them, the last one cut.

    In the font of ``words``. Between the parts that « · » separates rather than inside one.
    """
    if fonts.advance(text, words) <= width:
        return [text]
    if SEPARATOR in text and not most:
        return _by_parts(text, words, fonts, width)
    letters = fonts.letters(words)
    starts = _starts(text, letters.font, width)
    lines = [text[a:b].strip(" ") for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    if most and len(lines) > most:
        rest = text[starts[most - 1] :]
        cut = letters.metrics.elidedText(rest, Qt.TextElideMode.ElideRight, int(width))
        return [*lines[: most - 1], cut]
    return lines


def _by_parts(text: str, words: Words, fonts: Measures, width: float) -> list[str]:
    lines: list[str] = []
    for part in text.split(SEPARATOR):
        longer = f"{lines[-1]}{SEPARATOR}{part}" if lines else part
        if lines and fonts.advance(longer, words) <= width:
            lines[-1] = longer
        else:
            lines += wrapped(part, words, fonts, width)
    return lines


def _starts(text: str, font: QFont, width: float) -> list[int]:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        starts.append(line.textStart())
    layout.endLayout()
    return starts


def natural_width(lines: Lines, fonts: Measures) -> float:
    """On one line each."""
    return max((_advance(words, words.text, fonts) for words in lines), default=0.0)


def least_width(lines: Lines, fonts: Measures) -> float:
    """So that no word is broken."""
    return max(
        (_advance(words, part, fonts) for words in lines for part in words.text.split(" ")),
        default=0.0,
    )


def _advance(words: Words, text: str, fonts: Measures) -> float:
    return fonts.advance(text, words) + 1 + (dp(MARK) if words.mark else 0)


def block_height(lines: Lines, fonts: Measures, width: float) -> float:
    return sum(len(rows) * fonts.height(words) for words, rows in _laid(lines, fonts, width))


def _laid(lines: Lines, fonts: Measures, width: float) -> Iterable[tuple[Words, list[str]]]:
    for words in lines:
        inset = dp(MARK) if words.mark else 0
        yield words, wrapped(words.text, words, fonts, width - inset)


def paint_block(
    painter: QPainter, area: QRectF, lines: Lines, fonts: Measures, *, right: bool = False
) -> None:
    """Centred in the height of ``area``."""
    top = area.center().y() - block_height(lines, fonts, area.width()) / 2
    for words, rows in _laid(lines, fonts, area.width()):
        height = fonts.height(words)
        painter.setFont(fonts.letters(words).font)
        painter.setPen(fonts.colour(words.colour))
        left = area.left()
        if words.mark:
            paint_mark(painter, left, top + height / 2, words.colour)
            left += dp(MARK)
        for row in rows:
            x = area.right() - fonts.advance(row, words) if right else left
            painter.drawText(QPointF(x, top + fonts.letters(words).metrics.ascent()), row)
            top += height


def paint_mark(painter: QPainter, left: float, middle: float, colour: str) -> None:
    side = dp(14)
    place = QRect(round(left), round(middle - side / 2), side, side)
    icon("warning", colour).paint(painter, place)


def paint_pill(painter: QPainter, area: QRectF, text: str, tone: str, fonts: Measures) -> None:
    """A word on its rounded ground, at the left of ``area``, centred in its height."""
    size = fonts.pill(text)
    top = area.center().y() - size.height() / 2
    box = QRectF(area.left(), top, min(float(size.width()), area.width()), size.height())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fonts.colour(f"{tone}_bg"))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setFont(fonts.look.pill.font)
    painter.setPen(fonts.colour("muted" if tone == "neutral" else tone))
    painter.drawText(box.adjusted(0, -1, 0, -1), Qt.AlignmentFlag.AlignCenter, text)


def paint_ground(
    painter: QPainter,
    rect: QRect,
    fonts: Measures,
    *,
    first: bool,
    selected: bool,
    heading: bool = False,
) -> None:
    """The chosen row also carries a bar at the left: never the colour alone."""
    if heading or selected:
        painter.fillRect(rect, fonts.colour("accent_soft" if selected else "background"))
    if first and selected:
        bar = (rect.left(), rect.top(), fonts.look.bar, rect.height())
        painter.fillRect(*bar, fonts.colour("accent"))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, fonts.colour("line"))
