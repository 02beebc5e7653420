"""What results are made of, in few passes over covering indexes. Each read takes a perimeter.

In plain SQL (glance.py): the first screen shows results.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.models.enums import MeasurementStatus, VisitState
from desktop_app.store.glance import Reader, Where

# The partial index's own words: SQLite recognises no others.
_VALUED = "measurement.value IS NOT NULL"
LIVE = "NOT measurement.deleted"

# Measurements of the initial wave are what progress is measured from: they are no progress.
_SINCE = "(measurement.wave IS NULL OR measurement.wave <> 't0')"
_INITIAL = "measurement.wave = 't0'"


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


def counted_measurements(reader: Reader, perimeter: Perimeter) -> Where:
    """Conditions on ``measurement`` for those that count (the indicators are the caller's).

    Those of visits left out are looked for only when there are some.
    """
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


def _of(where: Where, indicator_ids: Sequence[str]) -> Where:
    return where.also(
        "measurement.indicator_id IN (SELECT value FROM json_each(:indicators))",
        indicators=list(indicator_ids),
    )


def groups(
    reader: Reader, where: Where, indicator_ids: Sequence[str] | None = None
) -> list[tuple[Any, ...]]:
    """One row an indicator, site and category: services/aggregation.py says what is in it.

    The initial wave apart. The value and n beside ``max(date)`` are those of its row (SQLite's
    rule for bare columns), the first in the index's order when several are of that day: the
    lowest value.
    """
    if indicator_ids is not None:
        where = _of(where, indicator_ids)
    return reader.rows(
        f"""
        SELECT indicator_id, site_id, category, count(*), sum(value),
               coalesce(sum(value * n), 0.0), coalesce(sum(n), 0), count(n), max(date), value, n
        FROM measurement
        WHERE {_VALUED} AND {where.sql} AND {_SINCE}
        GROUP BY indicator_id, site_id, category
        """,
        where.parameters,
    )


def baselines(
    reader: Reader, where: Where, indicator_ids: Sequence[str] | None = None
) -> list[tuple[str, str, int, dt.date]]:
    """(indicator, site, measurements, last date) of the initial wave."""
    if indicator_ids is not None:
        where = _of(where, indicator_ids)
    found = reader.rows(
        f"""
        SELECT indicator_id, site_id, count(*), max(date) FROM measurement
        WHERE {_VALUED} AND {where.sql} AND {_INITIAL}
        GROUP BY indicator_id, site_id
        """,
        where.parameters,
    )
    return [(i, s, count, dt.date.fromisoformat(last)) for i, s, count, last in found]


def values_of(
    reader: Reader, where: Where, indicator_id: str
) -> list[tuple[str, str, dt.date, float, int | None]]:
    """(site, category, date, value, n) of one indicator, the initial wave apart."""
    where = _of(where, [indicator_id])
    found = reader.rows(
        f"""
        SELECT site_id, category, date, value, n FROM measurement
        WHERE {_VALUED} AND {where.sql} AND {_SINCE}
        """,
        where.parameters,
    )
    return [(s, c, dt.date.fromisoformat(day), value, n) for s, c, day, value, n in found]


def without_value(
    reader: Reader, where: Where, indicator_ids: Sequence[str]
) -> dict[tuple[str, MeasurementStatus], int]:
    """How many measurements have no number, by indicator and status."""
    where = _of(where, indicator_ids)
    found = reader.rows(
        f"""
        SELECT indicator_id, status, count(*) FROM measurement
        WHERE value IS NULL AND {where.sql} GROUP BY indicator_id, status
        """,
        where.parameters,
    )
    return {(indicator, MeasurementStatus(status)): count for indicator, status, count in found}


def spoken(
    reader: Reader, where: Where, qualitative_ids: Sequence[str]
) -> list[tuple[str, str, int, dt.date]]:
    """(indicator, site, observations, last date) of indicators that have no value."""
    where = _of(where, qualitative_ids)
    found = reader.rows(
        f"""
        SELECT indicator_id, site_id, count(*), max(date) FROM measurement
        WHERE status = 'observed' AND {where.sql} GROUP BY indicator_id, site_id
        """,
        where.parameters,
    )
    return [(i, s, count, dt.date.fromisoformat(last)) for i, s, count, last in found]


def visit_activity(reader: Reader, perimeter: Perimeter) -> dict[str, tuple[int, int]]:
    """Visits and sites visited, by experiment."""
    where = counted_visits(perimeter)
    found = reader.rows(
        f"""
        SELECT experiment_id, count(*), count(DISTINCT site_id) FROM visit
        WHERE {where.sql} GROUP BY experiment_id
        """,
        where.parameters,
    )
    return {experiment: (visits, sites) for experiment, visits, sites in found}


def findings_by_month(reader: Reader, perimeter: Perimeter) -> dict[tuple[str, str], int]:
    """Findings by experiment and month of their visit (« 2021-06 »)."""
    where = counted_visits(perimeter)
    by_day = reader.rows(
        f"""
        SELECT visit.experiment_id, visit.date, count(*)
        FROM visit JOIN finding ON finding.visit_id = visit.id
        WHERE NOT finding.deleted AND {where.sql} GROUP BY visit.experiment_id, visit.date
        """,
        where.parameters,
    )
    found: Counter[tuple[str, str]] = Counter()
    for experiment, day, count in by_day:
        found[experiment, day[:7]] += count
    return dict(found)


def measures_by_month(
    reader: Reader, where: Where, qualitative_ids: Sequence[str]
) -> dict[str, int]:
    """Observed measurements by month (« 2021-06 »), the initial wave too."""
    found: Counter[str] = Counter()
    for day, count in [
        *valued_by_day(reader, where),
        *_spoken_by_day(reader, _of(where, qualitative_ids)),
    ]:
        found[day[:7]] += count
    return dict(found)


def valued_by_day(reader: Reader, where: Where) -> list[tuple[str, int]]:
    """In the order of their index: to count by month, SQLite would sort every row."""
    found: list[tuple[str, int]] = reader.rows(
        f"SELECT date, count(*) FROM measurement WHERE {_VALUED} AND {where.sql} GROUP BY date",
        where.parameters,
    )
    return found


def _spoken_by_day(reader: Reader, where: Where) -> list[tuple[str, int]]:
    """Qualitative observations have no value to index."""
    found: list[tuple[str, int]] = reader.rows(
        f"""
        SELECT date, count(*) FROM measurement
        WHERE status = 'observed' AND value IS NULL AND {where.sql} GROUP BY date
        """,
        where.parameters,
    )
    return found


def polarities(reader: Reader, perimeter: Perimeter) -> dict[str, int]:
    """How many findings of each polarity."""
    where = counted_visits(perimeter)
    found = reader.rows(
        f"""
        SELECT finding.polarity, count(*)
        FROM visit JOIN finding ON finding.visit_id = visit.id
        WHERE NOT finding.deleted AND {where.sql} GROUP BY finding.polarity
        """,
        where.parameters,
    )
    return dict(found)
