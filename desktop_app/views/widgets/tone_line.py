"""A label whose parts have each their tone: « 1 en recul · 4 en progrès · 1 atteinte »."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.views.look.theme import current_tokens, dp

SEPARATOR = " · "
MOST_FONTS = 12
MOST_WIDTHS = 4000
_LOOKS = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange)


@dataclass(frozen=True, slots=True)
class Part:
    """Some words, in a colour of the tokens."""

    text: str
    tone: str = "ink"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words on one line, at ``x`` pixels."""

    part: Part
    x: float
    line: int


@dataclass(frozen=True, slots=True)
class _Laid:
    pieces: tuple[_Piece, ...]
    lines: int


class _Metrics:
    """Widths in the two weights, of a font."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.strong = QFont(font)
        self.strong.setWeight(QFont.Weight.DemiBold)
        self._plain, self._bold = QFontMetricsF(self.font), QFontMetricsF(self.strong)
        self.height = ceil(max(self._plain.height(), self._bold.height()))
        self.ascent = self._plain.ascent()
        self._known: dict[tuple[str, bool], float] = {}

    def width(self, text: str, *, bold: bool = False) -> float:
        found = self._known.get((text, bold))
        if found is None:
            if len(self._known) > MOST_WIDTHS:
                self._known.clear()
            metrics = self._bold if bold else self._plain
            found = self._known[text, bold] = metrics.horizontalAdvance(text)
        return found


_MEASURED: dict[str, _Metrics] = {}


def _metrics(key: str, font: QFont) -> _Metrics:
    """One for all the lines of a font: words come again from one to the other."""
    if key not in _MEASURED:
        if len(_MEASURED) >= MOST_FONTS:
            _MEASURED.clear()
        _MEASURED[key] = _Metrics(QFont(font))
    return _MEASURED[key]


class ToneLine(QLabel):
    """Goes on the next line rather than cut a word, between two parts if it can.

    ``trailing`` stands at the right; ``shorter`` is what may stand in its place where it saves a
    line. ``text()`` is all the words: who cannot see it hears the whole.

    Layouts ask its height some thirty times: it is reckoned once a width, and not at all where one
    line is enough.
    """

    def __init__(self, role: str = "small", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self._parts: tuple[Part, ...] = ()
        self._trailing = ""
        self._shorter = ""
        self._metrics: _Metrics | None = None
        self._known: dict[int, _Laid] = {}
        self._natural = 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_parts(self, parts: Sequence[Part], trailing: str = "", shorter: str = "") -> None:
        """Parts without words are left out."""
        shown = tuple(part for part in parts if part.text)
        if (shown, trailing, shorter) == (self._parts, self._trailing, self._shorter):
            return
        self._parts, self._trailing, self._shorter = shown, trailing, shorter
        self._forget()
        words = [part.text for part in shown]
        self.setText(SEPARATOR.join([*words, trailing] if trailing else words))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        height = self._measures().height
        return height if width >= self._natural else self._lay_out(width).lines * height

    def sizeHint(self) -> QSize:
        height = self._measures().height
        return QSize(self._natural, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(dp(60), self._measures().height)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _LOOKS:
            self._metrics = None
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours, metrics = current_tokens(), self._measures()
        painter = QPainter(self)
        for piece in self._lay_out(self.width()).pieces:
            painter.setFont(metrics.strong if piece.part.bold else metrics.font)
            painter.setPen(QColor(colours[piece.part.tone]))
            baseline = piece.line * metrics.height + metrics.ascent
            painter.drawText(QPointF(piece.x, baseline), piece.part.text)
        painter.end()

    def _measures(self) -> _Metrics:
        if self._metrics is None:
            self.ensurePolished()
            font = self.font()
            self._metrics = _metrics(font.key(), font)
            self._forget()
        return self._metrics

    def _forget(self) -> None:
        """Other words, or another font: the width of it all on one line is reckoned again."""
        self._known.clear()
        if self._metrics is None:
            return
        words = sum(self._metrics.width(part.text, bold=part.bold) for part in self._parts)
        words += self._metrics.width(SEPARATOR) * max(len(self._parts) - 1, 0)
        if self._trailing:
            words += self._metrics.width(self._trailing) + dp(12)
        self._natural = ceil(words)

    def _lay_out(self, width: int) -> _Laid:
        """Layouts ask for the same widths again and again: each is worked out once."""
        found = self._known.get(width)
        if found is None:
            found = self._known[width] = _lay_out(
                self._parts, (self._trailing, self._shorter), width, self._measures()
            )
        return found


def _lay_out(
    parts: Sequence[Part], trailing: tuple[str, str], width: float, metrics: _Metrics
) -> _Laid:
    pieces: list[_Piece] = []
    x, line = 0.0, 0
    point = Part(SEPARATOR, "muted")
    for part in parts:
        wide = metrics.width(part.text, bold=part.bold)
        if x and x + metrics.width(SEPARATOR) + wide <= width:
            pieces.append(_Piece(point, x, line))
            x += metrics.width(SEPARATOR)
        elif x:
            x, line = 0.0, line + 1
        if wide <= width:
            pieces.append(_Piece(part, x, line))
            x += wide
        else:
            x, line = _word_by_word(part, line, width, metrics, pieces)
    _end_with(trailing, x, line, width, metrics, pieces)
    return _Laid(tuple(pieces), (pieces[-1].line if pieces else 0) + 1)


def _word_by_word(
    part: Part, line: int, width: float, metrics: _Metrics, pieces: list[_Piece]
) -> tuple[float, int]:
    """A part too long for a line; where it ends."""
    x, space = 0.0, metrics.width(" ", bold=part.bold)
    for word in part.text.split(" "):
        wide = metrics.width(word, bold=part.bold)
        if x and x + space + wide > width:
            x, line = 0.0, line + 1
        x += space if x else 0.0
        pieces.append(_Piece(Part(word, part.tone, part.bold), x, line))
        x += wide
    return x, line


def _end_with(
    trailing: tuple[str, str],
    x: float,
    line: int,
    width: float,
    metrics: _Metrics,
    pieces: list[_Piece],
) -> None:
    """At the right of the last line, which ends at ``x``, else at the left of the next."""
    whole, shorter = (Part(text, "muted") for text in trailing)
    if not whole.text:
        return
    for words in (whole, shorter):
        wide = metrics.width(words.text)
        if words.text and x and x + dp(12) + wide <= width:
            pieces.append(_Piece(words, width - wide, line))
            return
    _word_by_word(whole, line + 1 if x else line, width, metrics, pieces)


def line(text: str, role: str = "small", tone: str = "muted") -> ToneLine:
    """Plain words that wrap, as ``text.text`` makes them, but measured once for each width."""
    made = ToneLine(role)
    made.set_parts([Part(text, tone)])
    return made
