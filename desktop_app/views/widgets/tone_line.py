"""A label whose parts have each their tone: « 1 en recul · 4 en progrès · 1 atteinte »."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.french import NBSP
from desktop_app.views.theme import current_tokens, dp

SEPARATOR = " · "
LINE = "\u2028"
SHORT = 24
"""Characters up to which a part is not broken over two lines."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some words, in a colour of the tokens."""

    text: str
    tone: str = "ink"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Laid:
    """The lines, the trailing words and where they start (their baseline), the height of it all."""

    lines: QTextLayout
    trailing: str
    trailing_at: QPointF
    height: float


class ToneLine(QLabel):
    """Goes on the next line rather than cut a word. ``trailing`` stands at the right.

    ``text()`` is all its words. ``shorter``: what may stand in place of ``trailing`` where it saves
    a line; who cannot see it hears the whole.
    """

    def __init__(self, role: str = "small", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self._parts: tuple[Part, ...] = ()
        self._trailing = ""
        self._shorter = ""
        self.setWordWrap(True)  # the layouts then ask for the height at the width they give
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_parts(self, parts: Sequence[Part], trailing: str = "", shorter: str = "") -> None:
        """Parts without words are left out."""
        shown = tuple(part for part in parts if part.text)
        if (shown, trailing) == (self._parts, self._trailing) and self.text():
            return
        self._parts, self._trailing, self._shorter = shown, trailing, shorter
        words = [part.text for part in shown]
        self.setText(SEPARATOR.join([*words, trailing] if trailing else words))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return ceil(self._lay_out(width).height)

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        metrics = QFontMetricsF(self._strong())
        wide = metrics.horizontalAdvance(self.text()) + dp(12)
        return QSize(ceil(wide), ceil(metrics.height()))

    def minimumSizeHint(self) -> QSize:
        self.ensurePolished()
        return QSize(dp(60), round(QFontMetricsF(self.font()).height()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        laid = self._lay_out(self.width())
        painter = QPainter(self)
        laid.lines.draw(painter, QPointF(0, 0))
        painter.setFont(self.font())
        painter.setPen(QColor(current_tokens()["muted"]))
        painter.drawText(laid.trailing_at, laid.trailing)
        painter.end()

    def _strong(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _lay_out(self, width: int) -> "_Laid":
        self.ensurePolished()
        broken = self._breaks(width)
        lines = QTextLayout(self._written(broken), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        lines.setTextOption(option)
        lines.setFormats(self._formats(broken))
        lines.beginLayout()
        top, last = 0.0, 0.0
        while self._parts and (line := lines.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, top))
            top += line.height()
            last = line.naturalTextWidth()
        lines.endLayout()
        return self._with_trailing(lines, top, last, width)

    def _with_trailing(self, lines: QTextLayout, top: float, last: float, width: int) -> "_Laid":
        """Beside the last line, which ends at ``last``, else under it, at ``top``."""
        metrics = QFontMetricsF(self.font())
        if not self._trailing:
            return _Laid(lines, "", QPointF(), max(top, metrics.height()))
        room = width - last - dp(12) if self._parts else -1
        for words in filter(None, (self._trailing, self._shorter)):
            wide = metrics.horizontalAdvance(words)
            if wide <= room:
                first = top - metrics.height()
                return _Laid(lines, words, QPointF(width - wide, first + metrics.ascent()), top)
        baseline = QPointF(0, top + metrics.ascent())
        return _Laid(lines, self._trailing, baseline, top + metrics.height())

    def _breaks(self, width: int) -> list[bool]:
        """Whether each part begins a line: then no point is left hanging before it."""
        plain, strong = QFontMetricsF(self.font()), QFontMetricsF(self._strong())
        point = plain.horizontalAdvance(SEPARATOR)
        made: list[bool] = []
        left = 0.0
        for part in self._parts:
            wide = (strong if part.bold else plain).horizontalAdvance(_unbroken(part.text))
            begins = left > 0 and left + point + wide > width
            made.append(begins)
            left = wide if begins or not left else left + point + wide
        return made

    def _written(self, broken: list[bool]) -> str:
        words = ""
        for part, begins in zip(self._parts, broken, strict=True):
            words += _between(words, begins=begins) + _unbroken(part.text)
        return words

    def _formats(self, broken: list[bool]) -> list[QTextLayout.FormatRange]:
        colours = current_tokens()
        rest = QTextCharFormat()
        rest.setForeground(QColor(colours["muted"]))
        made: list[QTextLayout.FormatRange] = []
        start = 0
        for part, begins in zip(self._parts, broken, strict=True):
            between = len(_between("x" * start, begins=begins))
            made.append(_range(start, between, rest))
            start += between
            look = QTextCharFormat()
            look.setForeground(QColor(colours[part.tone]))
            if part.bold:
                look.setFontWeight(QFont.Weight.DemiBold)
            made.append(_range(start, len(part.text), look))
            start += len(part.text)
        return made


def _between(before: str, *, begins: bool) -> str:
    if not before:
        return ""
    return LINE if begins else SEPARATOR


def _unbroken(text: str) -> str:
    return text.replace(" ", NBSP) if len(text) <= SHORT else text


def _range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made: Any = QTextLayout.FormatRange()  # its fields are missing from the stubs
    made.start, made.length, made.format = start, length, look
    found: QTextLayout.FormatRange = made
    return found
