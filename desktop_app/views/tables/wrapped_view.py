"""A table whose words wrap rather than be cut, at any width: rows as high as they need."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QWidget

from desktop_app.views.look.theme import dp
from desktop_app.views.tables.line_block import (
    Measures,
    block_height,
    least_width,
    natural_width,
    paint_block,
    paint_ground,
)
from desktop_app.views.tables.result_text import Lines, Words
from desktop_app.views.tables.row_delegate import RowDelegate
from desktop_app.views.tables.row_model import Index
from desktop_app.views.tables.row_view import RowView

AT_ONCE = 40
"""Rows measured in one go: more would hold the window."""


class WrappedDelegate(RowDelegate):
    """Override ``lines``. ``edge`` and ``air``: at the sides and above the words, at 100 %."""

    edge = 6
    air = 2

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._measures: Measures | None = None

    def fonts(self, base: QFont) -> Measures:
        look = self.look(base)
        if self._measures is None or self._measures.look is not look:
            self._measures = Measures(look)
        return self._measures

    def lines(self, index: Index) -> Lines:
        return (Words(str(index.data() or "")),)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        fonts, rect = self.fonts(option.font), option.rect
        painter.save()
        selected = QStyle.StateFlag.State_Selected in option.state
        paint_ground(painter, rect, fonts, first=index.column() == 0, selected=selected)
        self.paint_over(painter, rect, index, fonts)
        area = QRectF(rect).adjusted(dp(self.edge), 0, -dp(self.edge), 0)
        side = index.data(Qt.ItemDataRole.TextAlignmentRole)
        right = bool(side & Qt.AlignmentFlag.AlignRight)
        paint_block(painter, area, self.lines(index), fonts, right=right)
        painter.restore()

    def paint_over(self, painter: QPainter, rect: QRect, index: Index, fonts: Measures) -> None:
        """Override to paint on the ground, under the words."""


class WrappedView(RowView):
    """``stretch`` takes what the others leave, at least ``least``; ``caps`` wrap before they do.

    These go down to two thirds of their width.
    ``optional`` columns are hidden, the first named first, when words would have to be broken.
    Override ``span`` for rows whose first cell goes over others.
    """

    def __init__(
        self,
        model: QAbstractItemModel,
        name: str,
        *,
        stretch: int,
        least: int,
        caps: Mapping[int, int] | None = None,
        optional: Sequence[int] = (),
        whole: bool = False,
    ) -> None:
        self.stretch = stretch
        self.caps = dict(caps or {})
        self._narrowest = least
        self._dropped = tuple(optional)
        self._shown: dict[int, int] = {}
        self._sized = 0
        super().__init__(model, name, stretch=stretch, whole=whole)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(dp(10))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def span(self, row: int) -> int:
        """How many columns the first cell of a row goes over."""
        del row
        return 1

    def adjust(self) -> None:
        """The first rows at once, those of a long list a few at a time."""
        delegate, model = self.itemDelegate(), self.model()
        if not isinstance(delegate, WrappedDelegate) or not model.columnCount():
            self.updateGeometry()
            return
        self.clearSpans()
        cells = [self._cells(delegate, row) for row in range(min(model.rowCount(), AT_ONCE))]
        fonts = delegate.fonts(self.font())
        self._shown = self._widths(cells, fonts, 2 * dp(delegate.edge) + 2)
        for column in range(model.columnCount()):
            self.setColumnHidden(column, column not in self._shown)
            if column in self._shown:
                self.setColumnWidth(column, self._shown[column])
        for row, lines in enumerate(cells):
            self._size_row(delegate, row, lines)
        self._sized = len(cells)
        self.updateGeometry()
        if self._sized < model.rowCount():
            QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        delegate, last = self.itemDelegate(), self.model().rowCount()
        if not isinstance(delegate, WrappedDelegate):
            return
        for row in range(self._sized, min(self._sized + AT_ONCE, last)):
            self._size_row(delegate, row, self._cells(delegate, row))
            self._sized = row + 1
        if self._sized < last:
            QTimer.singleShot(0, self, self._go_on)

    def _cells(self, delegate: WrappedDelegate, row: int) -> list[Lines]:
        model = self.model()
        return [delegate.lines(model.index(row, each)) for each in range(model.columnCount())]

    def _size_row(self, delegate: WrappedDelegate, row: int, cells: Sequence[Lines]) -> None:
        fonts, span, widths = delegate.fonts(self.font()), self.span(row), self._shown
        if span > 1:
            self.setSpan(row, 0, 1, span)
        first = sum(width for column, width in widths.items() if column < span)
        edge = 2 * dp(delegate.edge)
        heights = [
            block_height(cells[column], fonts, (width if column else first) - edge)
            for column, width in widths.items()
        ]
        self.setRowHeight(row, round(max(heights, default=0)) + 2 * dp(delegate.air))

    def _widths(
        self, cells: Sequence[Sequence[Lines]], fonts: Measures, edge: int
    ) -> dict[int, int]:
        """All they need; else the capped ones wrap; else some columns go."""
        room, header = self.viewport().width(), self.horizontalHeader()
        best: dict[int, int] = {}
        least: dict[int, int] = {}
        for column in range(self.model().columnCount()):
            shown = [row[column] for at, row in enumerate(cells) if column or self.span(at) == 1]
            title = header.sectionSizeFromContents(column).width()
            natural = max((natural_width(lines, fonts) for lines in shown), default=0.0)
            narrow = max((least_width(lines, fonts) for lines in shown), default=0.0)
            best[column] = max(round(natural) + edge, title)
            wraps = column in self.caps or column == self.stretch
            least[column] = max(round(narrow) + edge, title) if wraps else best[column]
            if column in self.caps:
                cap = max(dp(self.caps[column]), least[column])
                least[column] = max(least[column], min(best[column], cap * 2 // 3))
                best[column] = min(best[column], cap)
        least[self.stretch] = min(max(least[self.stretch], dp(self._narrowest)), room // 2)
        for column in self._dropped:
            if sum(least.values()) > room:
                del best[column], least[column]
        return _fitted(best, least, room, self.stretch)

    def whole_height(self) -> int:
        rows = self.verticalHeader().length() if self.model().rowCount() else 0
        header = self.horizontalHeader()
        head = header.sizeHint().height() if self.model().columnCount() else 0
        return head + rows + 2 * self.frameWidth()


def _fitted(
    best: Mapping[int, int], least: Mapping[int, int], room: int, stretch: int
) -> dict[int, int]:
    """Each its least, then towards its best in shares of what is left; the rest to ``stretch``."""
    widths = dict(least)
    left = room - sum(widths.values())
    if left < 0:  # no width is enough: words are broken
        return {column: width * room // sum(widths.values()) for column, width in widths.items()}
    wanted = {column: max(0, best[column] - widths[column]) for column in widths}
    total = sum(wanted.values())
    for column, more in wanted.items():
        widths[column] += more if total <= left else more * left // total
    widths[stretch] += room - sum(widths.values())
    return widths
