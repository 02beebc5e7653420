"""Reads of the journal: by record, by visit with its children, by transaction."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from desktop_app.models.notebook import JournalEntry
from desktop_app.models.visit import Attachment, Finding, FollowUp, Measurement

CHILDREN = (Measurement, Finding, FollowUp, Attachment)


def ids_of_visit(session: Session, visit_id: str) -> list[str]:
    """The visit and all that was ever recorded on it, tombstones included."""
    children: list[Select[str]] = [
        select(model.id).where(model.visit_id == visit_id) for model in CHILDREN
    ]
    return [visit_id, *session.scalars(union_all(*children))]


def entries_of(session: Session, record_ids: Sequence[str]) -> list[JournalEntry]:
    """The latest first; within a transaction, in the order it was written."""
    found: list[JournalEntry] = []
    for chunk in _chunks(record_ids):
        query = select(JournalEntry).where(JournalEntry.record_id.in_(chunk))
        found += session.scalars(query)
    found.sort(key=lambda entry: entry.seq)
    found.sort(key=lambda entry: entry.hlc, reverse=True)
    return found


def entries_at(session: Session, clocks: Collection[str]) -> list[JournalEntry]:
    """What transactions wrote; within each, the last written first (the order to invert it)."""
    found: list[JournalEntry] = []
    for chunk in _chunks(sorted(clocks)):
        query = select(JournalEntry).where(JournalEntry.hlc.in_(chunk))
        found += session.scalars(query.order_by(JournalEntry.hlc, JournalEntry.seq.desc()))
    return found


def larger_than(session: Session, clocks: Collection[str], most: int) -> set[str]:
    """The transactions that wrote more records than ``most``, counted no further than that."""
    found: set[str] = set()
    for hlc in clocks:
        first = select(JournalEntry.seq).where(JournalEntry.hlc == hlc).limit(most + 1).subquery()
        if (session.scalar(select(func.count()).select_from(first)) or 0) > most:
            found.add(hlc)
    return found


def _chunks(ids: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


def live_children(session: Session, visit_id: str) -> Sequence[str]:
    """What is recorded on a visit, tombstones apart."""
    children: list[Select[str]] = [
        select(model.id).where(model.visit_id == visit_id, model.deleted.is_(False))
        for model in CHILDREN
    ]
    return session.scalars(union_all(*children)).all()
