"""The occasions of a figure: the few lines under it, and the whole list of the dialog."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop_app.services.results.evidence_rows import EvidenceSheet
from desktop_app.views.look.theme import current_tokens, dp, small_font
from desktop_app.views.tables.line_block import Measures
from desktop_app.views.tables.result_evidence import (
    ANSWER,
    COMMENT,
    PARTS,
    SITE,
    WHY,
    EvidenceTableModel,
    Line,
    Reading,
    line_columns,
    said_line,
    short_list,
)
from desktop_app.views.tables.result_text import Lines, Words
from desktop_app.views.tables.row_delegate import bold_font
from desktop_app.views.tables.row_model import (
    PAINTED_ROLE,
    ROW_ROLE,
    Column,
    Index,
    cell,
    header_cell,
)
from desktop_app.views.tables.wrapped_view import WrappedDelegate, WrappedView

EDGE = 5
"""At each side of a cell, in pixels at a text of 100 %."""
APART = 174
"""The most that why a line is left out takes, before it wraps."""


class LineModel(QAbstractTableModel):
    """Its columns follow what is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()
        self.columns: tuple[Column[Line], ...] = ()
        self.reading: Reading | None = None

    def show_lines(self, sheet: EvidenceSheet | None, reading: Reading) -> None:
        self.beginResetModel()
        self.reading = reading
        self.lines = () if sheet is None else short_list(sheet, reading)
        self.columns = line_columns(reading, self.lines) if self.lines else ()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        return header_cell(self.columns, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == ROW_ROLE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole and self.reading is not None:
            return said_line(line, self.reading)
        return cell(self.columns[index.column()], line, role)


class LineDelegate(WrappedDelegate):
    """Why a line is left out stands in orange where the others say what they bring."""

    edge = EDGE

    def lines(self, index: Index) -> Lines:
        line = index.data(ROW_ROLE)
        if not isinstance(line, Line):
            return ()
        last = index.column() == index.model().columnCount() - 1
        apart = line.row is not None and not line.row.counted
        colour = "warn" if apart and last else "muted" if apart or line.row is None else "ink"
        if line.total:
            colour = "ink"
        return (Words(str(index.data() or ""), colour, small=True, bold=line.total),)

    def paint_over(self, painter: QPainter, rect: QRect, index: Index, fonts: Measures) -> None:
        line = index.data(ROW_ROLE)
        if isinstance(line, Line) and line.total:
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, fonts.colour("muted"))


def _colour(token: str) -> QColor:
    return QColor(current_tokens()[token])


class PlainHeader(QHeaderView):
    """Names of columns on the ground of the page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(dp(16))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model, across = self.model(), Qt.Orientation.Horizontal
        side = model.headerData(section, across, Qt.ItemDataRole.TextAlignmentRole)
        painter.save()
        painter.fillRect(rect, _colour("surface"))
        painter.setFont(bold_font(small_font(self.font())))
        painter.setPen(_colour("muted"))
        area = rect.adjusted(dp(EDGE), 0, -dp(EDGE), 0)
        painter.drawText(area, int(side), str(model.headerData(section, across)))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, _colour("line"))
        painter.restore()

    def sectionSizeFromContents(self, section: int) -> QSize:
        title = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        metrics = QFontMetricsF(bold_font(small_font(self.font())))
        return QSize(round(metrics.horizontalAdvance(title)) + 2 * dp(EDGE) + 2, 0)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.fontMetrics().height() + dp(2))


class EvidenceList(WrappedView):
    """Signal ``opened(Line)`` on Entrée or a double click."""

    def __init__(self) -> None:
        self.list = LineModel()
        super().__init__(self.list, "Preuves", stretch=0, least=110, whole=True)
        self.setItemDelegate(LineDelegate(self))
        self.setHorizontalHeader(PlainHeader(self))
        self.horizontalHeader().show()

    def show_sheet(self, sheet: EvidenceSheet | None, reading: Reading) -> None:
        """Nothing while it is being read."""
        self.list.show_lines(sheet, reading)
        titles = [column.title for column in self.list.columns]
        self.stretch = titles.index(SITE) if titles else 0
        self.caps = {len(titles) - 1: APART} if titles else {}
        self.adjust()

    def span(self, row: int) -> int:
        return 1 if self.list.lines[row].row is not None else self.stretch + 1


class EvidenceDelegate(WrappedDelegate):
    """Comments and answers in full; what is left out says why in orange."""

    edge = 8
    air = 6

    def lines(self, index: Index) -> Lines:
        cell = index.data(PAINTED_ROLE)
        if cell.tone:
            return (Words(cell.text, "good" if cell.tone == "good" else "warn", bold=True),)
        first = Words(cell.text, bold=cell.bold)
        return (first, Words(cell.subline, "muted", small=True)) if cell.subline else (first,)


class EvidenceTable(WrappedView):
    """Every occasion. Signals: as RowView, of EvidenceRow."""

    def __init__(self, model: EvidenceTableModel, *, in_words: bool) -> None:
        titles = [column.title for column in model.columns]
        caps = {titles.index(WHY): 150}
        optional: tuple[int, ...] = ()
        if in_words:
            stretch, least = titles.index(ANSWER), 180
            caps[titles.index(SITE)] = 180
        else:
            stretch, least = titles.index(SITE), 130
            comment, parts = titles.index(COMMENT), titles.index(PARTS)
            optional = (comment, parts)
            caps |= {comment: 260, parts: 200}
        super().__init__(
            model, "Preuves", stretch=stretch, least=least, caps=caps, optional=optional
        )
        self.setItemDelegate(EvidenceDelegate(self))
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.adjust()
