"""Which visits and measurements count within a perimeter: conditions for other queries.

In plain SQL (glance.py): the first screen shows results.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_app.models.enums import VisitState
from desktop_app.store.glance import Reader, Where

# The partial index's own words: SQLite recognises no others.
VALUED = "measurement.value IS NOT NULL"
LIVE = "NOT measurement.deleted"

# Measurements of the initial wave are what progress is measured from: they are no progress.
SINCE = "(measurement.wave IS NULL OR measurement.wave <> 't0')"
INITIAL = "measurement.wave = 't0'"


@dataclass(frozen=True, slots=True)
class Perimeter:
    """None = no restriction. Planned visits never count; drafts do if ``drafts``."""

    experiment_ids: tuple[str, ...] | None = None
    site_id: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    drafts: bool = True

    @property
    def left_out(self) -> tuple[VisitState, ...]:
        return (VisitState.PLANNED,) if self.drafts else (VisitState.PLANNED, VisitState.DRAFT)


def counted_visits(perimeter: Perimeter) -> Where:
    """Conditions on ``visit`` for those that count.

    Unary plus: nearly all are of these states, so their index would only give a worse order.
    """
    states = [state for state in VisitState if state not in perimeter.left_out]
    found = Where(f"NOT visit.deleted AND +visit.state IN {_listed(states)}")
    if perimeter.experiment_ids is not None:
        found = found.also(
            "visit.experiment_id IN (SELECT value FROM json_each(:experiments))",
            experiments=perimeter.experiment_ids,
        )
    return _within(found, "visit", perimeter)


@dataclass(frozen=True, slots=True)
class Counted(Where):
    """``reference``: with the initial wave whenever it was taken.

    It is what progress is measured from, not what happened in a period.
    """

    reference: Where | None = None


def with_reference(where: Where) -> Where:
    return (where.reference or where) if isinstance(where, Counted) else where


def counted_measurements(reader: Reader, perimeter: Perimeter) -> Counted:
    """Conditions on ``measurement`` for those that count (the indicators are the caller's).

    Those of visits left out are looked for only when there are some.
    """
    plain = _counted(reader, perimeter)
    if perimeter.since is None:
        return Counted(plain.sql, plain.parameters)
    whole = _counted(reader, replace(perimeter, since=None))
    reference = whole.also(f"(measurement.date >= :since OR {INITIAL})", since=perimeter.since)
    return Counted(plain.sql, plain.parameters, reference)


def _counted(reader: Reader, perimeter: Perimeter) -> Where:
    found = _within(Where(LIVE), "measurement", perimeter)
    visits = f"SELECT visit.id FROM visit WHERE visit.state IN {_listed(perimeter.left_out)}"
    measured = f"SELECT 1 FROM measurement WHERE measurement.visit_id = visit.id AND {LIVE}"
    if reader.scalar(f"{visits} AND EXISTS ({measured}) LIMIT 1") is None:
        return found
    return found.also(f"(measurement.visit_id IS NULL OR measurement.visit_id NOT IN ({visits}))")


def _within(found: Where, table: str, perimeter: Perimeter) -> Where:
    if perimeter.site_id is not None:
        found = found.also(f"{table}.site_id = :site", site=perimeter.site_id)
    if perimeter.since is not None:
        found = found.also(f"{table}.date >= :since", since=perimeter.since)
    if perimeter.until is not None:
        found = found.also(f"{table}.date <= :until", until=perimeter.until)
    return found


def _listed(states: Sequence[VisitState]) -> str:
    return f"({', '.join(repr(state.value) for state in states)})"
