"""The inverse of one transaction, when nothing came on top of it."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Date, DateTime, Table, Time, inspect
from sqlalchemy.orm import Session

from desktop_app.errors import UserError
from desktop_app.models.base import Base, Record
from desktop_app.models.enums import JournalOp, VisitState
from desktop_app.models.notebook import JournalEntry
from desktop_app.models.visit import Visit
from desktop_app.services.base import gone
from desktop_app.store.queries import journal_reads
from desktop_app.store.unit_of_work import UnitOfWork

NEVER_UNDONE = frozenset({"device", "notebook"})
_UNKNOWN = "Ce changement n’est pas dans l’historique de ce carnet : il n’y a rien à annuler."
_ON_TOP = (
    "Ce changement ne peut plus être annulé : d’autres modifications ont été faites depuis sur les "
    "mêmes informations. Corrigez-les directement."
)


def invert(uow: UnitOfWork, hlc: str) -> None:
    """Insert → tombstone, delete → restored, update → the old values.

    Raises UserError when there is nothing to undo, or when something came on top.
    """
    entries = _undoable(journal_reads.entries_at(uow.session, [hlc]))
    if not entries:
        raise UserError(_UNKNOWN)
    if covered(uow.session, [hlc]):
        raise UserError(_ON_TOP)
    models = record_classes()
    for entry in entries:
        record = uow.session.get(models[entry.entity], entry.record_id)
        if record is None:
            raise UserError(gone(entry.entity))
        if entry.op == JournalOp.INSERT:
            uow.delete(record)
        else:
            _set_back(record, entry.changes)
    uow.session.flush()
    _check_family(uow.session, entries, models)


def covered(session: Session, clocks: Collection[str]) -> set[str]:
    """The transactions of which a later one wrote the same fields, or that it builds upon."""
    entries = _undoable(journal_reads.entries_at(session, clocks))
    families = {
        entry.record_id: journal_reads.ids_of_visit(session, entry.record_id)
        for entry in entries
        if _binds_children(entry)
    }
    watched = {entry.record_id for entry in entries}.union(*families.values())
    last = _last_written(journal_reads.entries_of(session, sorted(watched)))
    found = {entry.hlc for entry in entries if _is_covered(entry, families, last)}
    return found | (set(clocks) - {entry.hlc for entry in entries})


def record_classes() -> dict[str, type[Record]]:
    """Entity (table name) → its mapped class."""
    return {
        mapper.local_table.name: mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Record) and isinstance(mapper.local_table, Table)
    }


def _undoable(entries: Iterable[JournalEntry]) -> list[JournalEntry]:
    return [entry for entry in entries if entry.entity not in NEVER_UNDONE]


def _last_written(entries: Iterable[JournalEntry]) -> dict[tuple[str, str], str]:
    """(record, field) → the clock of its last change; field '' stands for the whole record."""
    last: dict[tuple[str, str], str] = {}
    for entry in entries:
        for field in ("", *entry.changes):
            place = (entry.record_id, field)
            last[place] = max(entry.hlc, last.get(place, ""))
    return last


def _is_covered(
    entry: JournalEntry,
    families: Mapping[str, Collection[str]],
    last: Mapping[tuple[str, str], str],
) -> bool:
    if _binds_children(entry):
        family = families[entry.record_id]
        return any(last.get((member, ""), "") > entry.hlc for member in family)
    fields = [""] if entry.op == JournalOp.INSERT else list(entry.changes)
    return any(last.get((entry.record_id, field), "") > entry.hlc for field in fields)


def _binds_children(entry: JournalEntry) -> bool:
    """Creating or validating a visit: what was recorded on it since stands on that."""
    if entry.entity != Visit.__tablename__:
        return False
    change = entry.changes.get("state")
    validates = change is not None and change[1] == VisitState.VALIDATED
    return entry.op == JournalOp.INSERT or validates


def _set_back(record: Record, changes: Mapping[str, list[object]]) -> None:
    columns = inspect(type(record)).local_table.columns
    for field, (old, _new) in changes.items():
        setattr(record, field, _decoded(columns[field].type, old))


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


def _check_family(
    session: Session, entries: Iterable[JournalEntry], models: Mapping[str, type[Record]]
) -> None:
    """What is restored needs its parents alive: a measure without its visit would be lost."""
    for entry in entries:
        record = session.get_one(models[entry.entity], entry.record_id)
        visit_id = getattr(record, "visit_id", None)
        if record.deleted or visit_id is None:
            continue
        visit = session.get(Visit, visit_id)
        if visit is None or visit.deleted:
            raise UserError(
                "La visite de cet élément a été supprimée. Annulez d’abord sa suppression."
            )
