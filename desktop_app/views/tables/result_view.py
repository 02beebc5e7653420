"""The results table on the page: as high as its rows, and what is known of one opens under it.

It never scrolls inside the page: at any width its columns fit, some of them as words under the
indicator's name when there is no room.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QScrollArea, QWidget

from desktop_app.services.results.rows import IndicatorResult, ObjectiveResult
from desktop_app.services.results.words import state_text
from desktop_app.services.vocabulary import label
from desktop_app.views.look.theme import dp
from desktop_app.views.tables.line_block import least_width, natural_width
from desktop_app.views.tables.result_delegate import ResultDelegate, told
from desktop_app.views.tables.result_header import ResultHeader
from desktop_app.views.tables.result_table import (
    ACTUAL,
    BAR,
    BASELINE,
    CODE,
    LABEL,
    STATE,
    TARGET,
    ResultTableModel,
)
from desktop_app.views.tables.row_delegate import PADDING
from desktop_app.views.tables.row_view import RowView

LEAST = {LABEL: 160, BASELINE: 64, ACTUAL: 96, TARGET: 48, BAR: 170, STATE: 110}
MOST = {BASELINE: 190, ACTUAL: 230, TARGET: 120, BAR: 290, STATE: 250}
"""Widths of the columns, in pixels at a text of 100 %; the label takes the rest."""
WORDED = 172
"""Of the states, before the label is as wide as it would like."""
PREFERRED = 225
"""Of the label, before the bars are made longer than their least."""
DROPPED = (frozenset[int](), frozenset({BAR}), frozenset({BAR, BASELINE, TARGET}))
"""The columns hidden, the less the better."""


class UnderRow(QFrame):
    """What opens under a row. ``set_bare``: whether the table has no column for the bars."""

    def set_bare(self, bare: bool) -> None:  # noqa: FBT001  (a Qt-like setter)
        """Override to show what the table leaves out."""
        del bare


class ResultView(RowView):
    """Signal ``resized()``: what is open grew or shrank.

    ``detail`` shows under the row ``open_under`` names; it is made a child of this table.
    """

    resized = Signal()
    _delegate: ResultDelegate | None = None

    def __init__(self, model: ResultTableModel, detail: UnderRow) -> None:
        super().__init__(model, "Résultats par indicateur", stretch=LABEL, whole=True)
        self.rows = model
        self._header = ResultHeader(self)
        self.setHorizontalHeader(self._header)
        self._header.show()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._opened = ""
        self._tall = -1
        self._sized: tuple[object, ...] = ()
        self._detail = detail
        detail.setParent(self.viewport())
        detail.hide()
        detail.installEventFilter(self)
        self._delegate = ResultDelegate(self)
        self.setItemDelegate(self._delegate)
        self.adjust()

    # Widths and heights

    def adjust(self) -> None:
        """Sizes columns, rows and what is open for the width at hand and the size of the text."""
        delegate = self._delegate
        if delegate is None:
            return
        sized = (self.rows.columns, self.viewport().width(), self.font().pixelSize())
        if sized != self._sized:
            self._sized = sized
            delegate.forget()
            self._size_columns(delegate)
            self._size_rows(delegate)
            self.viewport().update()
        self._place_detail(delegate)
        self.updateGeometry()

    def _size_columns(self, delegate: ResultDelegate) -> None:
        width = self.viewport().width()
        for hidden in DROPPED:
            if hidden != delegate.hidden:
                delegate.hidden = hidden
                delegate.forget()
            least, most = self._needs(delegate)
            if sum(least.values()) <= width:
                break
        widths = _shared(width, least, most)
        delegate.rate_room = self._header.rate_room = self._rate_room(delegate)
        for column in range(self.rows.columnCount()):
            self.setColumnHidden(column, column in delegate.hidden)
            if column in widths:
                self.setColumnWidth(column, widths[column])

    def _needs(self, delegate: ResultDelegate) -> tuple[dict[int, int], dict[int, int]]:
        """The least and the best width of each column shown."""
        fonts = delegate.fonts(self.font())
        results = [row for row in self.rows.records if isinstance(row, IndicatorResult)]
        least: dict[int, int] = {}
        most: dict[int, int] = {}
        for column in range(self.rows.columnCount()):
            if column in delegate.hidden:
                continue
            lines = [delegate.lines(row, column) for row in results if not told(row)]
            edge = 2 * dp(PADDING) + 2
            narrow = max((least_width(each, fonts) for each in lines), default=0.0)
            wide = max((natural_width(each, fonts) for each in lines), default=0.0)
            if column == STATE:
                short = [fonts.pill(label(r.state)).width() for r in results]
                full = [fonts.pill(state_text(r)).width() for r in results]
                narrow, wide = max([narrow, *short]), max([wide, *full])
            if column == BAR:
                narrow, wide = dp(LEAST[BAR]), dp(MOST[BAR])
            if column == LABEL:
                wide = 0.0
            title = self._header.sectionSizeFromContents(column).width() if column != BAR else 0
            floor = max(dp(LEAST.get(column, 0)), title)
            if column == CODE:
                narrow = wide
            least[column] = max(round(narrow) + edge, floor)
            ceiling = dp(MOST[column]) if column in MOST else round(wide) + edge
            most[column] = max(least[column], min(round(wide) + edge, ceiling))
        return least, most

    def _rate_room(self, delegate: ResultDelegate) -> int:
        fonts = delegate.fonts(self.font())
        rates = [
            natural_width(delegate.lines(row, BAR), fonts)
            for row in self.rows.records
            if isinstance(row, IndicatorResult)
        ]
        return round(max([*rates, dp(36)])) + dp(PADDING)

    def _size_rows(self, delegate: ResultDelegate) -> None:
        widths = {
            column: self.columnWidth(column)
            for column in range(self.rows.columnCount())
            if not self.isColumnHidden(column)
        }
        delegate.heights.clear()
        self.clearSpans()
        first = min(column for column in widths if column > LABEL)
        for position, row in enumerate(self.rows.records):
            if isinstance(row, ObjectiveResult):
                text = str(self.rows.index(position, 0).data())
                whole = sum(widths.values())
                height = delegate.heading_height(row, text, whole, self.font())
                self.setSpan(position, 0, 1, self.rows.columnCount())
            else:
                height = delegate.row_height(row, widths, self.font())
                delegate.heights[position] = height
                if told(row):
                    self.setSpan(position, first, 1, STATE - first + 1)
            self.setRowHeight(position, height)
        self._tall = -1

    # What is open

    def open_under(self, identity: str) -> None:
        """Shows the detail under that indicator; nowhere when it is not there."""
        self._opened = identity
        self.adjust()

    @property
    def opened_at(self) -> int:
        return self.rows.position(self._opened) if self._opened else -1

    def _place_detail(self, delegate: ResultDelegate) -> None:
        """Gives its row the height of both; the one it was under before has its own again."""
        position = self.opened_at
        if self._tall not in {position, -1}:
            self.setRowHeight(self._tall, delegate.heights[self._tall])
        self._tall = -1
        height = delegate.heights.get(position, -1)
        if height < 0:
            self._detail.hide()
            return
        width = self.viewport().width()
        self._detail.set_bare(BAR in delegate.hidden)
        tall = self._detail.heightForWidth(width)
        self.setRowHeight(position, height + tall)
        self._tall = position
        top = self.rowViewportPosition(position) + height
        self._detail.setGeometry(QRect(0, top, width, tall))
        self._detail.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is open grew: the rows under it move."""
        if watched is self._detail and event.type() == QEvent.Type.LayoutRequest:
            position = self.opened_at
            tall = self._detail.heightForWidth(self.viewport().width())
            if position >= 0 and tall != self._detail.height() and self._delegate is not None:
                self._place_detail(self._delegate)
                self.updateGeometry()
                self.resized.emit()
        return super().eventFilter(watched, event)

    # On the page

    def whole_height(self) -> int:
        rows = self.verticalHeader().length()
        return self._header.sizeHint().height() + rows + 2 * self.frameWidth()

    def opened_area(self) -> QRect:
        """The chosen row with what is open under it, in this table's own coordinates."""
        position = self.currentIndex().row()
        top = self.viewport().mapTo(self, QPoint(0, self.rowViewportPosition(position))).y()
        return QRect(0, top, self.width(), self.rowHeight(position))

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """The place one works at: the page brings the chosen row into view, not the table."""
        if query != Qt.InputMethodQuery.ImCursorRectangle or not self.currentIndex().isValid():
            return super().inputMethodQuery(query)
        area = self.opened_area()
        heights = self._delegate.heights if self._delegate is not None else {}
        area.setHeight(heights.get(self.currentIndex().row(), area.height()))
        return area

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down move the page: the table has nothing of its own to scroll."""
        page = page_of(self)
        if page is not None and event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            bar = page.verticalScrollBar()
            step = bar.pageStep() if event.key() == Qt.Key.Key_PageDown else -bar.pageStep()
            bar.setValue(bar.value() + step)
            return
        super().keyPressEvent(event)


def page_of(widget: QWidget) -> QScrollArea | None:
    """The page that scrolls around a widget."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def _shared(width: int, least: dict[int, int], most: dict[int, int]) -> dict[int, int]:
    """Each its least, then what is left: words first, the label, longer bars, the label again."""
    widths = dict(least)
    left = width - sum(widths.values())

    def give(column: int, upto: int) -> None:
        nonlocal left
        if column in widths and left > 0:
            more = min(left, max(0, upto - widths[column]))
            widths[column] += more
            left -= more

    def share(columns: Sequence[int]) -> None:
        wanted = {c: max(0, most[c] - widths[c]) for c in columns if c in widths}
        whole, room = sum(wanted.values()), max(left, 0)
        for column, more in wanted.items():
            give(column, widths[column] + (more if whole <= room else more * room // whole))

    share((BASELINE, ACTUAL, TARGET))
    give(STATE, min(dp(WORDED), most[STATE]))
    give(LABEL, dp(PREFERRED))
    give(STATE, most[STATE])
    give(BAR, most.get(BAR, 0))
    widths[LABEL] = max(widths[LABEL] + left, dp(60))
    return widths
