"""The journal: every change written in the transaction that makes it, by one hook.

A row holds ``changes`` = ``{field: [old, new]}``. An insert lists the fields that have a value;
``id`` is ``record_id``. Dates and times are ISO text, date-times ISO in UTC without offset.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, event, func, insert, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.attributes import History

from desktop_app.models.base import Base, Record
from desktop_app.models.enums import JournalOp
from desktop_app.models.notebook import JournalEntry
from desktop_app.store.tables import JOURNAL, ORDER

Changes = dict[str, list[object]]

_PLAIN = (str, float, int, bool)


def encode(value: object) -> object:
    """A column's value as the journal's JSON holds it."""
    if isinstance(value, dt.datetime):
        utc = value.astimezone(dt.UTC) if value.tzinfo else value
        return utc.replace(tzinfo=None).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    return value


def _insert_changes(values: Mapping[str, Any]) -> Changes:
    return {
        field: [None, value if type(value) in _PLAIN else encode(value)]
        for field, value in values.items()
        if value is not None and field != "id"
    }


def table_of(entity: type[Base]) -> Table:
    return Base.metadata.tables[entity.__tablename__]


class Journal:
    """Writes the journal rows of one transaction; all share its ``hlc``."""

    def __init__(self, session: Session, *, device: str, author: str, hlc: str) -> None:
        self.touched: dict[str, set[str]] = {}
        self._session = session
        self._device = device
        self._author = author
        self._hlc = hlc
        self._next_seq: int | None = None
        self._updates: list[tuple[str, str, JournalOp, Changes]] = []
        event.listen(session, "before_flush", self._before_flush)
        event.listen(session, "after_flush", self._after_flush)
        event.listen(session, "do_orm_execute", _refuse_bulk)

    def _before_flush(self, session: Session, _context: object, _instances: object) -> None:
        """Notes updates while the old values are still known."""
        if session.deleted:
            raise RuntimeError("Records are never deleted: use UnitOfWork.delete (a tombstone).")
        for changed in session.dirty:
            if isinstance(changed, JournalEntry):
                raise RuntimeError("The journal is append-only.")  # noqa: TRY004
            if isinstance(changed, Record) and session.is_modified(changed):
                self._note_update(session, changed)

    def _note_update(self, session: Session, record: Record) -> None:
        state = inspect(record)
        table: Table = state.mapper.local_table
        histories: dict[str, History] = {
            column.key: state.attrs[column.key].history for column in table.columns
        }
        changed = {field: history for field, history in histories.items() if history.added}
        unknown = [table.c[field] for field, history in changed.items() if not history.deleted]
        old: dict[str, object] = {}
        if unknown:  # set without having been loaded: ask the table
            row = session.connection().execute(select(*unknown).where(table.c.id == record.id))
            old = dict(row.mappings().one())
        changes: Changes = {}
        for field, history in changed.items():
            before = encode(next(iter(history.deleted or ()), old.get(field)))
            after = encode(next(iter(history.added or ())))
            if before != after:
                changes[field] = [before, after]
        if changes:
            deleted = changes.get("deleted") == [False, True]
            op = JournalOp.DELETE if deleted else JournalOp.UPDATE
            self._updates.append((table.name, record.id, op, changes))

    def _after_flush(self, session: Session, _context: object) -> None:
        """Notes inserts, once their defaults are filled, and writes all the rows."""
        rows = []
        for added in session.new:
            if isinstance(added, JournalEntry):
                raise RuntimeError("Only this hook writes the journal.")  # noqa: TRY004
            if isinstance(added, Record):
                table: Table = inspect(added).mapper.local_table
                loaded = inspect(added).dict
                values = {column.key: loaded.get(column.key) for column in table.columns}
                rows.append((table.name, added.id, JournalOp.INSERT, _insert_changes(values)))
        rows.sort(key=lambda row: ORDER[row[0]])
        rows += self._updates
        self._updates = []
        self.write(session.connection(), rows)

    def write(
        self, connection: Connection, rows: Iterable[tuple[str, str, JournalOp, Changes]]
    ) -> None:
        """``rows`` are (entity, record id, op, changes), parents before children."""
        if self._next_seq is None:
            last = select(func.max(JOURNAL.c.seq)).where(JOURNAL.c.device == self._device)
            self._next_seq = (connection.execute(last).scalar() or 0) + 1
        entries = []
        for seq, (entity, record_id, op, changes) in enumerate(rows, self._next_seq):
            self.touched.setdefault(entity, set()).add(record_id)
            entries.append(
                {
                    "device": self._device,
                    "seq": seq,
                    "hlc": self._hlc,
                    "author": self._author,
                    "entity": entity,
                    "record_id": record_id,
                    "op": op,
                    "changes": changes,
                }
            )
        if entries:
            connection.execute(insert(JOURNAL), entries)
            self._next_seq += len(entries)

    def bulk_insert(self, entity: type[Base], rows: list[dict[str, Any]]) -> list[str]:
        """Core insert of many rows of one table and of their journal rows; gives the ids."""
        table = table_of(entity)
        full = [_with_defaults(table, row) for row in rows]
        if not full:
            return []
        self._session.flush()
        connection = self._session.connection()
        connection.execute(insert(table), full)
        self.write(
            connection,
            [(table.name, row["id"], JournalOp.INSERT, _insert_changes(row)) for row in full],
        )
        return [row["id"] for row in full]


def _with_defaults(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """``row`` with every column, absent ones at their model default."""
    unknown = row.keys() - table.columns.keys()
    if unknown:
        raise ValueError(f"{table.name} has no column {', '.join(sorted(unknown))}")
    full: dict[str, Any] = {}
    for column in table.columns:
        default: Any = column.default
        if column.key in row:
            full[column.key] = row[column.key]
        elif default is None:
            full[column.key] = None
        else:
            full[column.key] = default.arg(None) if default.is_callable else default.arg
    return full


def _refuse_bulk(state: ORMExecuteState) -> None:
    """Statements that write would pass beside the hook."""
    if state.is_insert or state.is_update or state.is_delete:
        raise RuntimeError("Write through objects or bulk_insert: the journal must see it.")
