"""A table whose rows stand under headings: an objective, then its indicators."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from desktop_app.views.tables.row_model import (
    HEADING_ROLE,
    PAINTED_ROLE,
    ROW_ROLE,
    SUBLINE_ROLE,
    TONE_ROLE,
    Column,
    Index,
    Painted,
    cell,
    header_cell,
)
from desktop_app.views.widgets.text import tip

H = TypeVar("H")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Group(Generic[H, R]):
    """``text`` is the heading's sentence, ``pill`` the word beside it."""

    heading: H
    text: str
    pill: str
    rows: tuple[R, ...]


class GroupedModel(QAbstractTableModel, Generic[H, R]):
    """``headings_selectable``: whether a heading can be chosen (to be edited)."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        identity: Callable[[H | R], str],
        *,
        headings_selectable: bool = False,
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._identity = identity
        self._selectable = headings_selectable
        self._rows: tuple[Group[H, R] | R, ...] = ()

    def set_groups(self, groups: Sequence[Group[H, R]]) -> None:
        rows: list[Group[H, R] | R] = []
        for group in groups:
            rows.append(group)
            rows.extend(group.rows)
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @property
    def records(self) -> tuple[H | R, ...]:
        """Headings and rows, top to bottom."""
        return tuple(row.heading if isinstance(row, Group) else row for row in self._rows)

    def is_heading(self, position: int) -> bool:
        return 0 <= position < len(self._rows) and isinstance(self._rows[position], Group)

    def position(self, record_id: str) -> int:
        """The record's place; -1 when it is not there."""
        places = (i for i, row in enumerate(self.records) if self._identity(row) == record_id)
        return next(places, -1)

    def first_row(self) -> int:
        """The first row that is no heading; -1 when there is none."""
        return next((i for i, row in enumerate(self._rows) if not isinstance(row, Group)), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._rows[index.row()], Group) and not self._selectable:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        return header_cell(self.columns, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if isinstance(row, Group):
            return self._heading(row, index.column(), role)
        if role == ROW_ROLE:
            return row
        return cell(self.columns[index.column()], row, role)

    def _heading(self, group: Group[H, R], column: int, role: int) -> object:
        if role == ROW_ROLE:
            return group.heading
        if role == HEADING_ROLE:
            return True
        if role == PAINTED_ROLE:
            text, pill = (group.text, group.pill) if column == 0 else ("", "")
            return Painted(text, pill, "info", heading=True)
        if column != 0:
            return None
        texts: dict[int, str] = {
            Qt.ItemDataRole.DisplayRole: group.text,
            Qt.ItemDataRole.ToolTipRole: tip(group.text),
            Qt.ItemDataRole.AccessibleTextRole: f"{group.text}, {group.pill}",
            SUBLINE_ROLE: group.pill,
            TONE_ROLE: "info",
        }
        return texts.get(role)
