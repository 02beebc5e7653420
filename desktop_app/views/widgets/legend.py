"""What the colours of the segmented bars mean, in words."""

from math import ceil

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.exports.charts_tally import legend_square
from desktop_app.french import NBSP
from desktop_app.services.results.rows import WORST_FIRST
from desktop_app.services.vocabulary import label
from desktop_app.views.charts.scene_view import paint_scene
from desktop_app.views.look.theme import current_scale, current_tokens, dp, small_font
from desktop_app.views.widgets.text import text

SQUARE = 11
GAP = 6
BETWEEN = 14
"""Pixels at a text of 100 %: a square, from it to its word, from a word to the next square."""


class TallyLegend(QWidget):
    """« ■ en recul  ■ inchangée  ■ en progrès  ■ atteinte  □ sans donnée », on a line or more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = [label(movement) for movement in WORST_FIRST]
        self._known: list[float] = []
        self._height = 0
        order = f"Couleurs des barres, dans l’ordre{NBSP}: {', '.join(self._words)}."
        self.setAccessibleName(order)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return (self._places(width)[-1][1] + 1) * self._line()

    def sizeHint(self) -> QSize:
        between = dp(BETWEEN) * (len(self._words) - 1)
        return QSize(ceil(sum(self._widths())) + between + 1, self._line())

    def minimumSizeHint(self) -> QSize:
        return QSize(ceil(max(self._widths())), self._line())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._known.clear()
            self._height = 0
            self.updateGeometry()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        font = small_font(self.font())
        metrics = QFontMetricsF(font)
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(QColor(current_tokens()["muted"]))
        for movement, words, (left, row) in zip(
            WORST_FIRST, self._words, self._places(self.width()), strict=True
        ):
            middle = (row + 0.5) * self._line()
            square = legend_square(movement, SQUARE)
            paint_scene(painter, square, left, middle - dp(SQUARE) / 2, current_scale())
            at = middle + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(round(left + dp(SQUARE + GAP)), round(at), words)
        painter.end()

    def _line(self) -> int:
        if not self._height:
            self._height = ceil(QFontMetricsF(small_font(self.font())).height()) + dp(2)
        return self._height

    def _widths(self) -> list[float]:
        if not self._known:
            metrics = QFontMetricsF(small_font(self.font()))
            square = dp(SQUARE + GAP) + 1
            self._known = [square + metrics.horizontalAdvance(words) for words in self._words]
        return self._known

    def _places(self, width: int) -> list[tuple[float, int]]:
        """Left edge and line of each word."""
        made: list[tuple[float, int]] = []
        left, row, between = 0.0, 0, dp(BETWEEN)
        for wide in self._widths():
            if left and left + wide > width:
                left, row = 0.0, row + 1
            made.append((left, row))
            left += wide + between
        return made


class LegendLine(QWidget):
    """A title and its caption, and at the right the legend, which goes under them if need be."""

    def __init__(self, title: str, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = QHBoxLayout()
        words.setSpacing(dp(10))
        self._title = text(title, "h2", wrap=False)
        self._title.setParent(self)  # before it is shown: else it would be a window of its own
        self._title.setVisible(bool(title))
        self._caption = text(caption, "small", wrap=False)
        words.addWidget(self._title)
        words.addWidget(self._caption)
        words.addStretch(1)
        self._legend = TallyLegend()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(dp(6))
        self._row.addLayout(words, 1)
        self._row.addWidget(self._legend, 0, Qt.AlignmentFlag.AlignVCenter)

    def minimumSizeHint(self) -> QSize:
        """Of the words alone: the legend may go under them, and on several lines."""
        return QSize(self._words_width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = self._words_width() + dp(20) + self._legend.sizeHint().width()
        directions = QBoxLayout.Direction
        self._row.setDirection(
            directions.TopToBottom if needed > self.width() else directions.LeftToRight
        )

    def _words_width(self) -> int:
        shown = [label for label in (self._title, self._caption) if not label.isHidden()]
        return sum(label.sizeHint().width() for label in shown) + dp(10)
