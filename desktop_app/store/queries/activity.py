"""How much was done: visits, findings and measures, by experiment, day and month. In plain SQL."""

from collections import Counter
from collections.abc import Sequence

from desktop_app.store.glance import Reader, Where
from desktop_app.store.queries.counted import VALUED, Perimeter, counted_visits
from desktop_app.store.queries.results import of


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
        *_spoken_by_day(reader, of(where, qualitative_ids)),
    ]:
        found[day[:7]] += count
    return dict(found)


def valued_by_day(reader: Reader, where: Where) -> list[tuple[str, int]]:
    """In the order of their index: to count by month, SQLite would sort every row."""
    found: list[tuple[str, int]] = reader.rows(
        f"SELECT date, count(*) FROM measurement WHERE {VALUED} AND {where.sql} GROUP BY date",
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
