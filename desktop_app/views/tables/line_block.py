"""Lines of words in a cell: how wide and high they are, and how they are painted.

Words wrap rather than be cut; only ``wrapped`` with ``most`` ends with « … ».
"""

from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from desktop_app.views.icons import icon
from desktop_app.views.tables.result_text import Lines, Words
from desktop_app.views.tables.row_delegate import bold_font, pill_size
from desktop_app.views.theme import current_tokens, dp, small_font

SEPARATOR = " · "
REMEMBERED = 20_000
"""Widths; more than a long list has words."""
MARK = 17
"""The sign of a reserve and its air, in pixels at a text of 100 %."""


class Fonts:
    """The four fonts of a table and their metrics, made once a size of the text.

    Widths are remembered: a table is measured each time its place changes.
    """

    def __init__(self, base: QFont) -> None:
        self.base = QFont(base)
        made = {
            (small, bold): bold_font(font) if bold else QFont(font)
            for small, font in ((False, base), (True, small_font(base)))
            for bold in (False, True)
        }
        self._fonts = {key: (font, QFontMetricsF(font)) for key, font in made.items()}
        self.heights = {key: metrics.height() for key, (_, metrics) in self._fonts.items()}
        self._pills: dict[str, QSize] = {}
        self._advances: dict[tuple[str, bool, bool], float] = {}

    def of(self, words: Words) -> tuple[QFont, QFontMetricsF]:
        return self._fonts[words.small, words.bold]

    def advance(self, text: str, words: Words) -> float:
        """The width of ``text`` in the font of ``words``."""
        key = (text, words.small, words.bold)
        found = self._advances.get(key)
        if found is None:
            if len(self._advances) > REMEMBERED:
                self._advances.clear()
            _, metrics = self._fonts[words.small, words.bold]
            found = self._advances[key] = metrics.horizontalAdvance(text)
        return found

    def pill(self, text: str) -> QSize:
        """The size of a pill with that word."""
        found = self._pills.get(text)
        if found is None:
            found = self._pills[text] = pill_size(text, self.base)
        return found

    def height(self, words: Words) -> float:
        return self.heights[words.small, words.bold]


def wrapped(text: str, words: Words, fonts: Fonts, width: float, most: int = 0) -> list[str]:
    """The text in lines of ``width`` pixels, at most ``most`` of them, the last one cut.

    In the font of ``words``. Between the parts that « · » separates rather than inside one.
    """
    if fonts.advance(text, words) <= width:
        return [text]
    if SEPARATOR in text and not most:
        return _by_parts(text, words, fonts, width)
    font, metrics = fonts.of(words)
    starts = _starts(text, font, width)
    lines = [text[a:b].strip(" ") for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    if most and len(lines) > most:
        rest = text[starts[most - 1] :]
        cut = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
        return [*lines[: most - 1], cut]
    return lines


def _by_parts(text: str, words: Words, fonts: Fonts, width: float) -> list[str]:
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


def natural_width(lines: Lines, fonts: Fonts) -> float:
    """On one line each."""
    return max((_advance(words, words.text, fonts) for words in lines), default=0.0)


def least_width(lines: Lines, fonts: Fonts) -> float:
    """So that no word is broken."""
    return max(
        (_advance(words, part, fonts) for words in lines for part in words.text.split(" ")),
        default=0.0,
    )


def _advance(words: Words, text: str, fonts: Fonts) -> float:
    return fonts.advance(text, words) + 1 + (dp(MARK) if words.mark else 0)


def block_height(lines: Lines, fonts: Fonts, width: float) -> float:
    return sum(len(rows) * fonts.height(words) for words, rows in _laid(lines, fonts, width))


def _laid(lines: Lines, fonts: Fonts, width: float) -> Iterable[tuple[Words, list[str]]]:
    for words in lines:
        inset = dp(MARK) if words.mark else 0
        yield words, wrapped(words.text, words, fonts, width - inset)


def paint_block(
    painter: QPainter, area: QRectF, lines: Lines, fonts: Fonts, *, right: bool = False
) -> None:
    """Centred in the height of ``area``."""
    colours = current_tokens()
    top = area.center().y() - block_height(lines, fonts, area.width()) / 2
    for words, rows in _laid(lines, fonts, area.width()):
        font, _ = fonts.of(words)
        height = fonts.height(words)
        painter.setFont(font)
        painter.setPen(QColor(colours[words.colour]))
        left = area.left()
        if words.mark:
            paint_mark(painter, left, top + height / 2, words.colour)
            left += dp(MARK)
        for row in rows:
            x = area.right() - fonts.advance(row, words) if right else left
            painter.drawText(QRectF(x, top, area.right() - x + 1, height), row)
            top += height


def paint_mark(painter: QPainter, left: float, middle: float, colour: str) -> None:
    side = dp(14)
    place = QRect(round(left), round(middle - side / 2), side, side)
    icon("warning", colour).paint(painter, place)
