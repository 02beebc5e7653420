"""The visits as a windowed table: it holds the pages read so far and asks for the next one."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal

from desktop_app import french
from desktop_app.services.visits.visit_rows import VisitListRow, VisitPage
from desktop_app.services.vocabulary import label
from desktop_app.views.tables.row_model import ROW_ROLE, Column, Index, cell
from desktop_app.views.widgets.pill import STATE_TONES

Cursor = tuple[object, ...]

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _count(value: int) -> str:
    return french.number(value, 0) if value else ""


def _day(row: VisitListRow) -> str:
    return french.time(row.start_time) if row.start_time else ""


COLUMNS: tuple[Column[VisitListRow], ...] = (
    Column("Date", lambda row: french.date(row.date), subline=_day, bold=True),
    Column("Référence", lambda row: row.reference),
    Column("Expérimentation", lambda row: row.enterprise, subline=lambda row: row.experiment_title),
    Column("Site", lambda row: row.site_name, subline=lambda row: row.commune),
    Column("État", lambda row: label(row.state), tone=lambda row: STATE_TONES[row.state]),
    Column("Mesures", lambda row: _count(row.measurement_count), right=True),
    Column("Constats", lambda row: _count(row.finding_count), right=True),
    Column("Actions", lambda row: _count(row.open_follow_up_count), right=True),
    Column("Auteur", lambda row: row.author),
)
SORTS = ("date", "reference", "experiment", "site", "state", "", "", "", "")
"""The key ``VisitService.page`` sorts each column by; '' where a column does not sort."""

EXPERIMENT = 2
OPTIONAL = (8, 5, 6, 1, 7)
"""Columns hidden when the room is short, the first named first."""

TOOLTIPS = {
    5: "Mesures relevées pendant la visite",
    6: "Constats et verbatims",
    7: "Actions promises encore ouvertes",
}


class VisitListModel(QAbstractTableModel):
    """Dumb: ``reset`` empties it, ``append`` adds a page; ``wanted(cursor)`` asks for the next.

    Signals: ``wanted`` when the view nears the end and a page remains; at most one at a time.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[VisitListRow] = []
        self._cursor: Cursor | None = None
        self._waiting = False

    def replace(self, page: VisitPage) -> None:
        """The first visits, read again. In the same order, cells change and the place is kept.

        What was read beyond them is let go: it would be out of date.
        """
        count = len(page.rows)
        known = [row.id for row in self._rows[:count]]
        if known and known == [row.id for row in page.rows]:
            if count < len(self._rows):
                self.beginRemoveRows(QModelIndex(), count, len(self._rows) - 1)
                del self._rows[count:]
                self.endRemoveRows()
            self._rows = list(page.rows)
            self._cursor = page.cursor
            self._waiting = False
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self._rows = list(page.rows)
        self._cursor = page.cursor
        self._waiting = False
        self.endResetModel()

    def append(self, page: VisitPage) -> None:
        first = len(self._rows)
        if page.rows:
            self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
            self._rows.extend(page.rows)
            self.endInsertRows()
        self._cursor = page.cursor
        self._waiting = False

    def give_up(self) -> None:
        """The page asked for did not come: the next scroll asks again."""
        self._waiting = False

    @property
    def rows(self) -> tuple[VisitListRow, ...]:
        return tuple(self._rows)

    @property
    def complete(self) -> bool:
        return self._cursor is None

    def row_at(self, position: int) -> VisitListRow | None:
        return self._rows[position] if 0 <= position < len(self._rows) else None

    def position(self, visit_id: str) -> int:
        """The visit's place among the pages read; -1 when it is not there."""
        return next((i for i, row in enumerate(self._rows) if row.id == visit_id), -1)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._cursor is not None and not self._waiting

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._waiting = True
            self.wanted.emit(self._cursor)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return COLUMNS[section].title
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if COLUMNS[section].right else _LEFT
            case Qt.ItemDataRole.ToolTipRole:
                return TOOLTIPS.get(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        return row if role == ROW_ROLE else cell(COLUMNS[index.column()], row, role)
