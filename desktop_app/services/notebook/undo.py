"""The inverse of one transaction, while what it wrote is still what the notebook holds.

The test is on values, not on clocks: once a newer change is itself undone, the older one can be
undone too, so that several steps go back one after the other.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Date, DateTime, Table, Time
from sqlalchemy.orm import Session

from desktop_app.errors import UserError
from desktop_app.models.base import Base, Record
from desktop_app.models.enums import JournalOp, VisitState
from desktop_app.models.notebook import JournalEntry, Notebook
from desktop_app.models.visit import Visit
from desktop_app.services.base import gone
from desktop_app.services.notebook.rules import check_still_uncrossed
from desktop_app.services.visits.visit_checks import check_still_holds
from desktop_app.store.journal import encode
from desktop_app.store.queries import journal_reads
from desktop_app.store.unit_of_work import UnitOfWork

MOST_RECORDS = 2000
NEVER_UNDONE = frozenset({"device"})
_UNKNOWN = "Ce changement n’est pas dans l’historique de ce carnet\u00a0: il n’y a rien à annuler."
_TOO_LARGE = (
    "Ce changement a touché trop d’éléments à la fois pour être annulé d’ici. Reprenez une "
    "sauvegarde faite avant lui."
)
_ON_TOP = (
    "Ce changement ne peut plus être annulé\u00a0: d’autres modifications ont été faites depuis "
    "sur les mêmes informations. Corrigez-les directement."
)


@dataclass(slots=True)
class _Change:
    """What one transaction did to one record, all its journal rows taken together."""

    hlc: str
    entity: str
    record_id: str
    inserted: bool = False
    fields: dict[str, list[object]] = field(default_factory=dict)


def invert(uow: UnitOfWork, hlc: str) -> None:
    """Insert → tombstone, delete → restored, update → the old values.

    Raises UserError when there is nothing to undo, or when something came on top.
    """
    if journal_reads.larger_than(uow.session, [hlc], MOST_RECORDS):
        raise UserError(_TOO_LARGE)
    changes = _changes(journal_reads.entries_at(uow.session, [hlc]))
    if not changes:
        raise UserError(_UNKNOWN)
    if covered(uow.session, [hlc]):
        raise UserError(_ON_TOP)
    models = record_classes()
    for change in changes:
        record = uow.session.get_one(models[change.entity], change.record_id)
        if change.inserted:
            uow.delete(record)
        else:
            _set_back(record, change.fields)
    uow.session.flush()
    _check_visits(uow.session, changes, models)
    for change in changes:
        if change.entity == Notebook.__tablename__:
            check_still_uncrossed(uow.session.get_one(Notebook, change.record_id))


def covered(session: Session, clocks: Collection[str]) -> set[str]:
    """The transactions that can no longer be undone: something stands on what they wrote."""
    large = journal_reads.larger_than(session, clocks, MOST_RECORDS)
    entries = journal_reads.entries_at(session, set(clocks) - large)
    begun = {entry.hlc for entry in entries if _begins(entry)}
    changes = _changes(entries)
    models = record_classes()
    written: dict[str, set[str]] = {}
    for change in changes:
        written.setdefault(change.hlc, set()).add(change.record_id)
    stuck = {
        change.hlc
        for change in changes
        if not _still_stands(session, change, models)
        or _carries_more(session, change, written[change.hlc])
    }
    return stuck | begun | (set(clocks) - written.keys())


def record_classes() -> dict[str, type[Record]]:
    """Entity (table name) → its mapped class."""
    return {
        mapper.local_table.name: mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Record) and isinstance(mapper.local_table, Table)
    }


def _changes(entries: Iterable[JournalEntry]) -> list[_Change]:
    """By transaction and record; ``entries`` come the last written first."""
    found: dict[tuple[str, str], _Change] = {}
    for entry in entries:
        if entry.entity in NEVER_UNDONE or _begins(entry):
            continue
        change = found.setdefault(
            (entry.hlc, entry.record_id), _Change(entry.hlc, entry.entity, entry.record_id)
        )
        change.inserted |= entry.op == JournalOp.INSERT
        for name, (old, new) in entry.changes.items():
            latest = change.fields[name][1] if name in change.fields else new
            change.fields[name] = [old, latest]
    return list(found.values())


def _begins(entry: JournalEntry) -> bool:
    """Whether it made the notebook itself. Its rules can be taken back, never the notebook."""
    return entry.entity == Notebook.__tablename__ and entry.op == JournalOp.INSERT


def _still_stands(session: Session, change: _Change, models: Mapping[str, type[Record]]) -> bool:
    """Whether the record still holds what the transaction wrote."""
    record = session.get(models[change.entity], change.record_id)
    if record is None:
        raise UserError(gone(change.entity))
    names = _columns(type(record)).keys() - {"id"} if change.inserted else change.fields.keys()
    return all(
        encode(getattr(record, name)) == change.fields.get(name, [None, None])[1] for name in names
    )


def _carries_more(session: Session, change: _Change, own: Collection[str]) -> bool:
    """Whether a visit's creation bears live records, or its validation any later change."""
    if change.entity != Visit.__tablename__:
        return False
    if change.inserted:
        return any(
            child not in own for child in journal_reads.live_children(session, change.record_id)
        )
    if change.fields.get("state", [None, None])[1] != VisitState.VALIDATED:
        return False
    family = journal_reads.ids_of_visit(session, change.record_id)
    return any(entry.hlc > change.hlc for entry in journal_reads.entries_of(session, family))


def _set_back(record: Record, fields: Mapping[str, list[object]]) -> None:
    columns = _columns(type(record))
    for name, (old, _new) in fields.items():
        setattr(record, name, _decoded(columns[name], old))


def _columns(model: type[Record]) -> dict[str, object]:
    """Field → column type."""
    table = Base.metadata.tables[str(getattr(model, "__tablename__", ""))]
    return {column.key: column.type for column in table.columns}


def _decoded(kind: object, value: Any) -> object:
    """A journalled value as its column takes it."""
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return dt.datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return dt.date.fromisoformat(value)
    if isinstance(kind, Time):
        return dt.time.fromisoformat(value)
    return value


def _check_visits(
    session: Session, changes: Iterable[_Change], models: Mapping[str, type[Record]]
) -> None:
    """What is restored needs its visit alive, and a validated visit is not emptied by undoing."""
    for change in changes:
        record = session.get_one(models[change.entity], change.record_id)
        visit_id = getattr(record, "visit_id", None)
        holder = record if visit_id is None else session.get_one(Visit, visit_id)
        if isinstance(holder, Visit):
            check_still_holds(session, holder)
        if record.deleted or visit_id is None:
            continue
        if session.get_one(Visit, visit_id).deleted:
            raise UserError(
                "La visite de cet élément a été supprimée. Annulez d’abord sa suppression."
            )
