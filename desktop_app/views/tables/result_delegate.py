"""Paints the results table: lines of words, bars on one scale, quotes, objectives' headings."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QWidget

from desktop_app.exports.charts_bullet import has_bar, indicator_bullet
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.rows import Answer, IndicatorResult, ObjectiveResult
from desktop_app.services.results.words import state_text
from desktop_app.services.vocabulary import label
from desktop_app.views.charts.scene_view import paint_scene
from desktop_app.views.look.theme import current_scale, dp
from desktop_app.views.tables import result_text
from desktop_app.views.tables.line_block import (
    Measures,
    block_height,
    natural_width,
    paint_block,
    paint_ground,
    paint_pill,
    wrapped,
)
from desktop_app.views.tables.result_table import (
    ACTUAL,
    BAR,
    BASELINE,
    CODE,
    LABEL,
    STATE,
    TARGET,
    latest,
    origin,
    quote,
)
from desktop_app.views.tables.result_text import Lines, Words
from desktop_app.views.tables.row_delegate import PADDING, RowDelegate
from desktop_app.views.tables.row_model import HEADING_ROLE, ROW_ROLE, SUBLINE_ROLE, Index
from desktop_app.views.widgets.pill import STATE_TONES

BAR_HEIGHT = 18
QUOTE = 215
"""The least width of a quote; QUOTE_LINES of it are shown."""
QUOTE_LINES = 3
SAID, SOURCE = Words(""), Words("", "muted", small=True)
AIR = 6
"""Above and under the words of a row, in pixels at a text of 100 %."""

_RIGHT = {BASELINE, ACTUAL, TARGET}
_LINES: dict[int, Callable[[IndicatorResult], Lines]] = {
    CODE: lambda row: (Words(row.indicator.code, bold=True),),
    BASELINE: result_text.baseline_lines,
    ACTUAL: result_text.actual_lines,
    TARGET: result_text.target_lines,
    BAR: lambda row: (result_text.rate_line(row),),
    STATE: result_text.state_lines,
}
_KEYS = {BASELINE: result_text.BASELINE, TARGET: result_text.TARGET, BAR: result_text.BAR}


class ResultDelegate(RowDelegate):
    """What the view tells it of the place it has.

    ``hidden``: the columns there is no room for; ``rate_room``: that of the rates beside the bars,
    in pixels; ``heights``: of each row's words, without what opens under them.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hidden: frozenset[int] = frozenset()
        self.rate_room = 0
        self.heights: dict[int, int] = {}
        self._measures: Measures | None = None
        self._lines: dict[tuple[str, int], Lines] = {}

    def fonts(self, base: QFont) -> Measures:
        look = self.look(base)
        if self._measures is None or self._measures.look is not look:
            self._measures = Measures(look)
        return self._measures

    # What stands in a cell

    def lines(self, row: IndicatorResult, column: int) -> Lines:
        """Under the pill for the column « État »; beside the bar for « Trajectoire »."""
        key = (row.indicator.id, column)
        if key not in self._lines:
            self._lines[key] = self._read(row, column)
        return self._lines[key]

    def forget(self) -> None:
        """The results, or the columns shown, are others."""
        self._lines.clear()

    def _read(self, row: IndicatorResult, column: int) -> Lines:
        if column == LABEL:
            hidden = {_KEYS[each] for each in self.hidden if each in _KEYS}
            return result_text.label_lines(row, hidden)
        return _LINES[column](row)

    def row_height(self, row: IndicatorResult, widths: dict[int, int], base: QFont) -> int:
        """So that every word of it is seen. ``widths`` are of the columns shown."""
        fonts = self.fonts(base)
        heights = [0.0]
        for column, width in widths.items():
            room = width - 2 * dp(PADDING)
            if told(row) and column > LABEL:
                continue
            height = 0.0 if column == BAR else block_height(self.lines(row, column), fonts, room)
            if column == STATE:
                height += fonts.pill(" ").height() + (dp(3) if height else 0)
            heights.append(height)
        if told(row):
            room = sum(width for column, width in widths.items() if column > LABEL)
            room -= 2 * dp(PADDING)
            heights += [height for *_, height in self._quotes(row, room, fonts)]
        return round(max(heights)) + 2 * dp(AIR)

    def heading_height(self, row: ObjectiveResult, text: str, width: int, base: QFont) -> int:
        fonts = self.fonts(base)
        first, second = self._heading(row, text, width - 2 * dp(PADDING), fonts)
        height = block_height(first, fonts, width - 2 * dp(PADDING))
        if second:
            height += fonts.pill(" ").height() + dp(3)
        return round(max(height, fonts.pill(" ").height())) + 2 * dp(AIR)

    # Painting

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """What opens under a row is no part of its cells."""
        row, column = index.data(ROW_ROLE), index.column()
        rect = option.rect
        height = self.heights.get(index.row(), rect.height())
        rect = QRect(rect.left(), rect.top(), rect.width(), height)
        painter.save()
        selected = QStyle.StateFlag.State_Selected in option.state
        fonts = self.fonts(option.font)
        first, heading = column == CODE, isinstance(row, ObjectiveResult)
        paint_ground(painter, rect, fonts, first=first, selected=selected, heading=heading)
        area = QRectF(rect).adjusted(fonts.look.padding, 0, -fonts.look.padding, 0)
        if isinstance(row, ObjectiveResult):
            self._paint_objective(painter, area, row, index, fonts)
        elif isinstance(row, IndicatorResult):
            self._paint_result(painter, area, row, column, fonts)
        painter.restore()

    def _paint_result(
        self, painter: QPainter, area: QRectF, row: IndicatorResult, column: int, fonts: Measures
    ) -> None:
        if column > LABEL and told(row):
            self._paint_quotes(painter, area, row, fonts)
        elif column == BAR:
            self._paint_bar(painter, area, row, fonts)
        elif column == STATE:
            self._paint_state(painter, area, row, fonts)
        else:
            lines = self.lines(row, column)
            paint_block(painter, area, lines, fonts, right=column in _RIGHT)

    def _paint_bar(
        self, painter: QPainter, area: QRectF, row: IndicatorResult, fonts: Measures
    ) -> None:
        if not has_bar(row):
            return
        unit = current_scale()
        room = area.width() - self.rate_room
        scene = indicator_bullet(row, width=room / unit, height=BAR_HEIGHT)
        paint_scene(painter, scene, area.left(), area.center().y() - BAR_HEIGHT * unit / 2, unit)
        paint_block(painter, area, self.lines(row, BAR), fonts, right=True)

    def _paint_state(
        self, painter: QPainter, area: QRectF, row: IndicatorResult, fonts: Measures
    ) -> None:
        lines = self.lines(row, STATE)
        under = block_height(lines, fonts, area.width())
        pill = fonts.pill(" ").height()
        gap = dp(3) if under else 0
        top = area.center().y() - (pill + gap + under) / 2
        place = QRectF(area.left(), top, area.width(), pill)
        word = self.state_word(row, area.width(), fonts)
        paint_pill(painter, place, word, STATE_TONES[row.state], fonts)
        paint_block(
            painter, QRectF(area.left(), top + pill + gap, area.width(), under), lines, fonts
        )

    def state_word(self, row: IndicatorResult, room: float, fonts: Measures) -> str:
        """With the share of the way when there is room: it also stands beside the bar."""
        whole = state_text(row)
        fits = fonts.pill(whole).width() <= room
        return whole if fits else label(row.state)

    # Quotes

    def _quotes(
        self, row: IndicatorResult, width: float, fonts: Measures
    ) -> list[tuple[Answer, list[str], list[str], float]]:
        """The last answers, side by side as many as fit: words, origin, height."""
        count = max(1, min(len(row.answers), 3, int(width // dp(QUOTE))))
        room = width / count - dp(2 * PADDING + 3)
        found = []
        for answer in latest(row, count):
            words = wrapped(quote(answer), SAID, fonts, room, QUOTE_LINES)
            source = wrapped(origin(answer), SOURCE, fonts, room, 2)
            height = len(words) * fonts.height(SAID) + len(source) * fonts.height(SOURCE)
            found.append((answer, words, source, height))
        return found

    def _paint_quotes(
        self, painter: QPainter, area: QRectF, row: IndicatorResult, fonts: Measures
    ) -> None:
        quotes = self._quotes(row, area.width(), fonts)
        left = area.left()
        for _, words, source, height in quotes:
            top = area.center().y() - height / 2
            painter.fillRect(QRectF(left, top, dp(3), height), fonts.colour("accent"))
            x = left + dp(PADDING + 3)
            for kind, texts in ((SAID, words), (SOURCE, source)):
                painter.setFont(fonts.letters(kind).font)
                painter.setPen(fonts.colour(kind.colour))
                for text in texts:
                    base = top + fonts.letters(kind).metrics.ascent()
                    painter.drawText(QPointF(x, base), text)
                    top += fonts.height(kind)
            left += area.width() / len(quotes)

    # Headings

    def _heading(
        self, row: ObjectiveResult, text: str, width: float, fonts: Measures
    ) -> tuple[Lines, bool]:
        """Its sentence, and whether the pill and the tally go under it."""
        lines = (Words(text, bold=True),)
        tally = (Words(result_text.objective_tally(row), small=True),)
        pill = fonts.pill(result_text.objective_pill(row.objective)).width()
        beside = pill + natural_width(tally, fonts) + 3 * dp(PADDING)
        return lines, natural_width(lines, fonts) + beside > width

    def _paint_objective(
        self,
        painter: QPainter,
        area: QRectF,
        row: ObjectiveResult,
        index: Index,
        fonts: Measures,
    ) -> None:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        word = str(index.data(SUBLINE_ROLE) or "")
        lines, second = self._heading(row, text, area.width(), fonts)
        pill = fonts.pill(word)
        head, foot, left = area, area, area.left() + natural_width(lines, fonts) + dp(PADDING)
        if second:
            height = block_height(lines, fonts, area.width())
            top = area.center().y() - (height + dp(3) + pill.height()) / 2
            head = QRectF(area.left(), top, area.width(), height)
            foot = QRectF(area.left(), head.bottom() + dp(3), area.width(), pill.height())
            left = area.left()
        paint_block(painter, head, lines, fonts)
        place = QRectF(left, foot.top(), pill.width(), foot.height())
        paint_pill(painter, place, word, "info", fonts)
        tally = (Words(result_text.objective_tally(row), "muted", small=True),)
        beside = foot.adjusted(left + pill.width() + dp(PADDING) - foot.left(), 0, 0, 0)
        paint_block(painter, beside, tally, fonts, right=not second)

    def sizeHint(self, option: Any, index: Index) -> QSize:
        """Rows are sized by the view (result_view.py); this is what a cell would like."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, IndicatorResult) or index.data(HEADING_ROLE):
            return super().sizeHint(option, index)
        width = natural_width(self.lines(row, index.column()), self.fonts(option.font))
        return QSize(round(width) + 2 * dp(PADDING), self.heights.get(index.row(), 0))


def told(row: IndicatorResult) -> bool:
    """Whether what people wrote stands in the row instead of figures."""
    return row.indicator.calculation is Calculation.NONE and bool(row.answers)
