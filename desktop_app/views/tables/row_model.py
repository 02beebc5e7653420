"""A table of frozen rows: columns said as data, one role for the row, one with native values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from desktop_app.services.collation import folded
from desktop_app.views.widgets.text import tip

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
SORT_ROLE = int(Qt.ItemDataRole.UserRole) + 2
SUBLINE_ROLE = int(Qt.ItemDataRole.UserRole) + 3
TONE_ROLE = int(Qt.ItemDataRole.UserRole) + 4
BOLD_ROLE = int(Qt.ItemDataRole.UserRole) + 5
HEADING_ROLE = int(Qt.ItemDataRole.UserRole) + 6
PAINTED_ROLE = int(Qt.ItemDataRole.UserRole) + 7

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """``sort`` gives the native value to sort by (the text when None).

    ``subline`` is a muted second line; ``tone`` makes the cell a pill of that tone; ``bold`` and
    ``right`` are looks; ``help`` is the heading's tool tip and ``said`` the cell's, when its text
    does not say all. A missing native value (None) sorts last whatever the order.
    """

    title: str
    text: Callable[[R], str]
    sort: Callable[[R], object] | None = None
    subline: Callable[[R], str] | None = None
    tone: Callable[[R], str] | None = None
    right: bool = False
    bold: bool = False
    help: str = ""
    said: Callable[[R], str] | None = None


class Painted(NamedTuple):
    """All that painting a cell asks, in one answer: a screenful has a hundred cells.

    A tuple made in C, as a frozen class would take three times as long to make.
    """

    text: str
    subline: str = ""
    tone: str = ""
    bold: bool = False
    right: bool = False
    heading: bool = False


class RowModel(QAbstractTableModel, Generic[R]):
    """Dumb on purpose: ``set_rows`` is its only way in."""

    def __init__(self, columns: Sequence[Column[R]], identity: Callable[[R], str]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._identity = identity
        self._given: tuple[R, ...] = ()
        self._rows: tuple[R, ...] = ()
        self._sorted_by = (-1, Qt.SortOrder.AscendingOrder)

    def set_rows(self, rows: Sequence[R]) -> None:
        """Same records in the same order: the cells are refreshed and the selection stays."""
        self._given = tuple(rows)
        fresh = self._in_order(self._given)
        same = [self._identity(r) for r in fresh] == [self._identity(r) for r in self._rows]
        if same and fresh:
            self._rows = fresh
            last = self.index(len(fresh) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    @property
    def rows(self) -> tuple[R, ...]:
        return self._rows

    def position(self, record_id: str) -> int:
        """The row's place in the model; -1 when it is not there."""
        return next((i for i, row in enumerate(self._rows) if self._identity(row) == record_id), -1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By native values; a column under 0 gives back the order of ``set_rows``."""
        if (column, order) == self._sorted_by:
            return
        self.layoutAboutToBeChanged.emit()
        self._sorted_by = (column, order)
        before = self.persistentIndexList()
        ids = [self._identity(self._rows[index.row()]) for index in before]
        self._rows = self._in_order(self._given)
        places = {self._identity(row): place for place, row in enumerate(self._rows)}
        pairs = zip(before, ids, strict=True)
        after = [self.index(places[identity], index.column()) for index, identity in pairs]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _in_order(self, rows: tuple[R, ...]) -> tuple[R, ...]:
        """Missing values come last both ways; equal ones keep the given order."""
        place, order = self._sorted_by
        if not 0 <= place < len(self.columns):
            return rows
        column = self.columns[place]
        keyed = [(_READERS[SORT_ROLE](column, row), row) for row in rows]
        known: list[tuple[Any, R]] = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=lambda pair: pair[0], reverse=order == Qt.SortOrder.DescendingOrder)
        return (*(row for _, row in known), *(row for value, row in keyed if value is None))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        return header_cell(self.columns, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == ROW_ROLE:
            return row
        return cell(column, row, role)


def header_cell(
    columns: Sequence[Column[Any]], section: int, orientation: Qt.Orientation, role: int
) -> object:
    if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(columns):
        return None
    if role == Qt.ItemDataRole.DisplayRole:
        return columns[section].title
    if role == Qt.ItemDataRole.TextAlignmentRole:
        return _RIGHT if columns[section].right else _LEFT
    if role == Qt.ItemDataRole.ToolTipRole:
        return columns[section].help or None
    return None


def cell(column: Column[R], row: R, role: int) -> object:
    """What a column shows of a row under one Qt role."""
    reader = _READERS.get(role)
    return None if reader is None else reader(column, row)


def _said(column: Column[Any], row: object) -> str:
    if column.said is not None:
        return column.said(row)
    subline = column.subline(row) if column.subline else ""
    return ", ".join(part for part in (column.text(row), subline) if part)


def _painted(column: Column[Any], row: object) -> Painted:
    return Painted(
        column.text(row),
        column.subline(row) if column.subline else "",
        column.tone(row) if column.tone else "",
        column.bold,
        column.right,
    )


_READERS: dict[int, Callable[[Column[Any], Any], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda column, row: column.text(row),
    Qt.ItemDataRole.ToolTipRole: lambda column, row: tip(_said(column, row)),
    Qt.ItemDataRole.AccessibleTextRole: _said,
    Qt.ItemDataRole.TextAlignmentRole: lambda column, _row: _RIGHT if column.right else _LEFT,
    SORT_ROLE: lambda column, row: column.sort(row) if column.sort else folded(column.text(row)),
    SUBLINE_ROLE: lambda column, row: column.subline(row) if column.subline else "",
    TONE_ROLE: lambda column, row: column.tone(row) if column.tone else "",
    BOLD_ROLE: lambda column, _row: column.bold,
    PAINTED_ROLE: _painted,
}
