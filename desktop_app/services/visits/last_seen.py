"""What was last seen of each measure at a site, before a visit: drafts too.

In the one order of occasions (day, start time, order of entry), under the present definition
alone. Of a whole audience it is the last occasion's: its total, else its parts joined.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop_app.models.enums import Aggregation, ValueType
from desktop_app.models.framework import Indicator
from desktop_app.models.visit import Visit
from desktop_app.services.results.calculation import Calculation, calculation_of
from desktop_app.services.results.definitions import definitions
from desktop_app.services.results.gathering import cell_of, grouped
from desktop_app.services.results.occasions import Cell, Occasion
from desktop_app.store.glance import Reader, lent
from desktop_app.store.queries import measures as queries
from desktop_app.store.queries import results as result_queries


@dataclass(frozen=True, slots=True)
class LastSeen:
    """The latest observation of an indicator and category; a qualitative one has no value."""

    date: dt.date
    value: float | None
    n: int | None


Seen = dict[tuple[str, str], LastSeen]
"""By indicator and category of its definition; '' is the whole audience."""

Order = tuple[dt.date, dt.time, str]


def last_seen(session: Session, visit: Visit, indicators: Sequence[Indicator]) -> Seen:
    """At the visit's site, strictly before it."""
    reader = lent(session)
    since = _series_starts(reader, indicators)
    days = _days(reader, visit, indicators, since)
    now = _order(reader, visit)
    found: Seen = {}
    cells = _cells(reader, visit, days)
    for indicator in indicators:
        worded = _calculation(indicator) is Calculation.NONE
        kept = [c for c in cells.get(indicator.id, ()) if worded or c.value is not None]
        before = [
            occasion
            for occasion in grouped(kept)
            if occasion.order < now and occasion.version >= since[indicator.id]
        ]
        for category in ("", *indicator.categories):
            last = _last(before, category)
            if last is not None:
                found[indicator.id, category] = _seen(last, _calculation(indicator))
    return found


def visit_order(visit: Visit, entry: str) -> Order:
    """As an occasion's order: a visit without start time comes first of its day."""
    return visit.date, visit.start_time or dt.time.min, entry


def _order(reader: Reader, visit: Visit) -> Order:
    return visit_order(visit, result_queries.entries(reader, [visit.id]).get(visit.id) or "")


def _calculation(indicator: Indicator) -> Calculation:
    return calculation_of(ValueType(indicator.value_type), Aggregation(indicator.aggregation))


def _series_starts(reader: Reader, indicators: Sequence[Indicator]) -> dict[str, int]:
    """Indicator → the first version of its present definition's series."""
    changed = [indicator.id for indicator in indicators if indicator.version > 1]
    known = definitions(reader, changed) if changed else {}
    return {
        indicator.id: known[indicator.id].starts[-1] if indicator.id in known else 1
        for indicator in indicators
    }


def _days(
    reader: Reader, visit: Visit, indicators: Sequence[Indicator], since: dict[str, int]
) -> set[tuple[str, str]]:
    """(indicator, day) that hold what may be the last; the visit's own day too."""
    today = visit.date.isoformat()
    found = {(indicator.id, today) for indicator in indicators}
    for worded in (False, True):
        some = {
            indicator.id: since[indicator.id]
            for indicator in indicators
            if (_calculation(indicator) is Calculation.NONE) is worded
        }
        if some:
            found |= set(queries.last_days(reader, visit.site_id, visit.date, some, worded=worded))
    return found


def _cells(reader: Reader, visit: Visit, days: set[tuple[str, str]]) -> dict[str, list[Cell]]:
    """By indicator, all that was observed on those days."""
    wanted = [
        measurement
        for measurement, indicator, day in queries.observed_on(
            reader, visit.site_id, {day for _, day in days}, visit.id
        )
        if (indicator, day) in days
    ]
    found: dict[str, list[Cell]] = defaultdict(list)
    for indicator, *columns in result_queries.cells_by_id(reader, wanted):
        found[indicator].append(cell_of(columns))
    return found


def _last(occasions: Sequence[Occasion], category: str) -> Occasion | None:
    """The last that has the category; of one visit, what is not of the initial wave."""
    some = [o.of_category(category) for o in occasions] if category else occasions
    held = [occasion for occasion in some if occasion is not None]
    return max(held, key=lambda o: (o.order, o.key, not o.initial), default=None)


def _seen(occasion: Occasion, calculation: Calculation) -> LastSeen:
    if calculation is Calculation.NONE:
        return LastSeen(occasion.date, None, None)
    found = occasion.audience(calculation)
    return LastSeen(occasion.date, found.value, found.n)
