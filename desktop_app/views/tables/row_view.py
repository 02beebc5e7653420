"""A table of rows that takes the width it is given and, if asked, the height it needs."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from desktop_app.views.look.theme import dp
from desktop_app.views.tables.grouped_model import GroupedModel
from desktop_app.views.tables.row_delegate import RowDelegate, heading_height, row_height
from desktop_app.views.tables.row_model import ROW_ROLE, TONE_ROLE, Index

NARROWEST = 96
"""Of a column whose words may be cut, in pixels at a text of 100 %."""

LOOKED_AT = 60
"""Rows whose words size the columns: a long list must not be measured whole."""


class RowView(QTableView):
    """Signals: ``opened(row)`` on Entrée or a double click; ``chosen(row or None)`` on moving.

    ``stretch`` takes what the other columns leave; ``optional`` columns are hidden, the first
    named first, when the others would be cut; then the table scrolls sideways. ``whole``: as high
    as all its rows.
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(
        self,
        model: QAbstractItemModel,
        name: str,
        *,
        stretch: int,
        least: int = 220,
        optional: Sequence[int] = (),
        whole: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._stretch = stretch
        self._least = least
        self._optional = tuple(optional)
        self._whole = whole
        self._tight = False
        self._most = 0
        self.setAccessibleName(name)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setResizeContentsPrecision(LOOKED_AT)
        self.horizontalHeader().setMinimumSectionSize(dp(24))
        self.setModel(model)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._choose)
        for signal in (model.modelReset, model.dataChanged, model.layoutChanged):
            signal.connect(self._later)
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.adjust)
        self.adjust()

    def row_at(self, index: Index) -> object:
        return index.data(ROW_ROLE) if index.isValid() else None

    @property
    def current_row(self) -> object:
        return self.row_at(self.currentIndex())

    def select(self, position: int) -> None:
        """Makes the row at ``position`` of the shown model current; nothing when out of it."""
        if 0 <= position < self.model().rowCount():
            self.setCurrentIndex(self.model().index(position, self._stretch))

    def adjust(self) -> None:
        """Sizes rows and columns for the width at hand and the size of the text."""
        self._span_headings()
        header = self.horizontalHeader()
        widths = {
            column: max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
            for column in range(self.model().columnCount())
            if column != self._stretch
        }
        half = self.viewport().width() // 2
        least = max(min(dp(self._least), half), header.sectionSizeHint(self._stretch))
        room = self.viewport().width() - least
        hidden: set[int] = set()

        def taken() -> int:
            return sum(width for column, width in widths.items() if column not in hidden)

        for column in self._optional:
            if taken() <= room:
                break
            hidden.add(column)
        for column in widths:
            self.setColumnHidden(column, column in hidden)
        tight = taken() > room
        if tight:
            third = self.viewport().width() // 3
            least = max(min(least, third), header.sectionSizeHint(self._stretch))
            room = self.viewport().width() - least
            self._narrow(widths, hidden, taken() - room)
            tight = taken() > room
        for column, width in widths.items():
            if column not in hidden:
                self.setColumnWidth(column, width)
        mode = QHeaderView.ResizeMode.Interactive if tight else QHeaderView.ResizeMode.Stretch
        header.setSectionResizeMode(self._stretch, mode)
        if tight:
            self.setColumnWidth(self._stretch, least)
        self._tight = tight
        if self._whole:
            self.updateGeometry()

    def _narrow(self, widths: dict[int, int], hidden: set[int], excess: int) -> None:
        """Cuts the words of the longest columns, never a heading or a pill, rather than scroll."""
        header, model = self.horizontalHeader(), self.model()
        looked_at = range(min(model.rowCount(), LOOKED_AT))
        for column in sorted(widths.keys() - hidden, key=lambda each: -widths[each]):
            if any(model.index(row, column).data(TONE_ROLE) for row in looked_at):
                continue
            floor = max(dp(NARROWEST), header.sectionSizeHint(column))
            cut = min(excess, max(0, widths[column] - floor))
            widths[column] -= cut
            excess -= cut

    def _span_headings(self) -> None:
        """Sets the rows' height; a heading takes the whole width."""
        self.verticalHeader().setDefaultSectionSize(row_height(self.font()))
        model = self.model()
        if not isinstance(model, GroupedModel):
            return
        for row in range(model.rowCount()):
            heading = model.is_heading(row)
            if heading:
                self.setRowHeight(row, heading_height(self.font()))
            wanted = model.columnCount() if heading else 1
            if self.columnSpan(row, 0) != wanted:
                self.setSpan(row, 0, 1, wanted)

    def whole_height(self) -> int:
        rows = sum(self.rowHeight(row) for row in range(self.model().rowCount()))
        bar = self.horizontalScrollBar().sizeHint().height() if self._tight else 0
        total = self.horizontalHeader().sizeHint().height() + rows + bar + 2 * self.frameWidth()
        return min(total, self._most) if self._most else total

    def set_most(self, height: int) -> None:
        """Scrolls inside rather than be higher than ``height`` pixels."""
        if height != self._most:
            self._most = height
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self.whole_height()) if self._whole else hint

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), self.whole_height()) if self._whole else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        """All in one call from Qt: between two, a thread at work could take the interpreter."""
        delegate = self.itemDelegate()
        if isinstance(delegate, RowDelegate):
            delegate.look(self.font())
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.adjust()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_timer"):
            self._later()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _later(self) -> None:
        self._timer.start(0)

    def _open(self, index: Index) -> None:
        row = self.row_at(index)
        if row is not None:
            self.opened.emit(row)

    def _choose(self, current: Index) -> None:
        self.chosen.emit(self.row_at(current))
