"""Who changed what, when: the journal in words; and its inverse, undo."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from desktop_app import french
from desktop_app.models.enums import JournalOp, ValueType, VisitState
from desktop_app.models.notebook import JournalEntry
from desktop_app.models.visit import Visit
from desktop_app.services.base import Service, outcome
from desktop_app.services.changes import Outcome
from desktop_app.services.home.rows import HistoryChange, HistoryEntry
from desktop_app.services.notebook import field_labels, undo
from desktop_app.services.notebook.history_names import names_for, title, value_types
from desktop_app.store.clock import hlc_time
from desktop_app.store.queries import journal_reads

_LONGEST = 400


class HistoryService(Service):
    def of_visit(self, visit_id: str) -> tuple[HistoryEntry, ...]:
        """The visit and all that was recorded on it, the latest first.

        What was written while it was validated is flagged as an amendment, for good.
        """
        with self.notebook.read() as session:
            ids = journal_reads.ids_of_visit(session, visit_id)
            return _history(session, journal_reads.entries_of(session, ids))

    def of_record(self, entity: str, record_id: str) -> tuple[HistoryEntry, ...]:
        """One record of any kind (« experiment », « indicator »…), the latest first."""
        with self.notebook.read() as session:
            entries = journal_reads.entries_of(session, [record_id])
            return _history(session, [entry for entry in entries if entry.entity == entity])

    def undo(self, hlc: str) -> Outcome[None]:
        """Takes back the whole transaction of that clock; undoing an undo does it again.

        Raises UserError when something newer came on top.
        """
        with self.notebook.write() as uow:
            undo.invert(uow, hlc)
            return outcome(uow, None)


def _history(session: Session, entries: Sequence[JournalEntry]) -> tuple[HistoryEntry, ...]:
    amendments = _amendments(entries)
    names = names_for(session, entries)
    covered = undo.covered(session, {entry.hlc for entry in entries})
    kinds = value_types(session, entries)
    rows = (
        HistoryEntry(
            hlc=entry.hlc,
            at=hlc_time(entry.hlc),
            author=entry.author,
            entity=entry.entity,
            record_id=entry.record_id,
            title=title(session, entry),
            changes=_changes(entry, names, kinds.get(entry.record_id)),
            amendment=entry.hlc in amendments,
            undoable=entry.hlc not in covered,
        )
        for entry in entries
    )
    return tuple(row for row, entry in zip(rows, entries, strict=True) if _says(row, entry))


def _says(row: HistoryEntry, entry: JournalEntry) -> bool:
    """A measure whose date only followed its visit's is said by the visit's own line."""
    return bool(row.changes) or entry.op != JournalOp.UPDATE or "deleted" in entry.changes


def _amendments(entries: Sequence[JournalEntry]) -> set[str]:
    """The clocks of what was written while the visit was validated; ``entries`` latest first."""
    states = {
        entry.hlc: change[1]
        for entry in entries
        if entry.entity == Visit.__tablename__ and (change := entry.changes.get("state"))
    }
    found: set[str] = set()
    validated = False
    for clock in sorted({entry.hlc for entry in entries}):
        if clock in states:
            validated = states[clock] == VisitState.VALIDATED
        elif validated:
            found.add(clock)
    return found


def _changes(
    entry: JournalEntry, names: field_labels.Names, kind: ValueType | None
) -> tuple[HistoryChange, ...]:
    """``kind`` is the indicator's, for a measurement: 52 is « 52 % » or a plain number."""

    def words(field: str, value: object) -> str:
        if kind is not None and field == "value" and isinstance(value, int | float):
            return french.measured(
                value,
                percentage=kind is ValueType.PERCENTAGE,
                yes_no=kind is ValueType.YES_NO,
            )
        return _short(field_labels.value_text(entry.entity, field, value, names))

    found = [
        HistoryChange(
            field=field_labels.field_label(entry.entity, field),
            old=words(field, old),
            new=words(field, new),
        )
        for field, (old, new) in entry.changes.items()
        if not field_labels.hidden(entry.entity, field)
    ]
    if entry.op == JournalOp.INSERT:
        return tuple(change for change in found if change.new != field_labels.NOTHING)
    return tuple(found)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
