"""What results are made of, in few passes over covering indexes. Each read takes a perimeter.

In plain SQL (glance.py): the first screen shows results.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal

from desktop_app.models.enums import MeasurementStatus
from desktop_app.store.glance import Reader, Where
from desktop_app.store.queries.counted import (
    INITIAL,
    LIVE,
    SINCE,
    VALUED,
)


def of(where: Where, indicator_ids: Sequence[str]) -> Where:
    return where.also(
        "measurement.indicator_id IN (SELECT value FROM json_each(:indicators))",
        indicators=list(indicator_ids),
    )


def recorded(reader: Reader, where: Where, indicator_ids: Sequence[str]) -> dict[str, int]:
    """How many values each indicator has, parts and initial wave included; none: not there."""
    where = of(where, indicator_ids)
    found = reader.rows(
        f"SELECT indicator_id, count(*) FROM measurement WHERE {VALUED} AND {where.sql} "
        "GROUP BY indicator_id",
        where.parameters,
    )
    return dict(found)


def groups(
    reader: Reader,
    where: Where,
    indicator_ids: Sequence[str],
    *,
    initial: bool = False,
    by_wave: bool = False,
) -> list[tuple[Any, ...]]:
    """Sums by indicator, site, category (and wave), over a covering index; the initial one apart.

    (indicator, site, category, wave, count, sum, sum of value * n, sum of n, how many say n, how
    many say a positive one, first date, last date, last date of those). Without ``by_wave`` the
    wave is NULL.
    """
    where = of(where, indicator_ids)
    wave = "wave" if by_wave else "NULL"
    return reader.rows(
        f"""
        SELECT indicator_id, site_id, category, {wave}, count(*), sum(value),
               coalesce(sum(value * n), 0.0), coalesce(sum(n), 0), count(n),
               coalesce(sum(n > 0), 0), min(date), max(date),
               max(CASE WHEN n > 0 THEN date END)
        FROM measurement
        WHERE {VALUED} AND {where.sql} AND {INITIAL if initial else SINCE}
        GROUP BY indicator_id, site_id, category{", wave" if by_wave else ""}
        """,
        where.parameters,
    )


Joining = Literal["sum", "mean", "ratio"]

_EVERY_N = "CASE WHEN count(n) = count(*) THEN sum(n) END"
_JOINED: dict[Joining, tuple[str, str]] = {
    "sum": ("sum(value)", _EVERY_N),
    "mean": (
        (
            "CASE WHEN count(n) = count(*) AND sum(n) > 0 THEN sum(value * n) / sum(n) "
            "ELSE avg(value) END"
        ),
        _EVERY_N,
    ),
    "ratio": (
        "CASE WHEN sum(n) > 0 THEN sum(value * n) / sum(n) ELSE avg(value) END",
        f"CASE WHEN sum(n) > 0 THEN sum(n) ELSE {_EVERY_N} END",
    ),
}


def parts_alone(
    reader: Reader,
    where: Where,
    indicator_ids: Sequence[str],
    *,
    joining: Joining,
    initial: bool = False,
    by_wave: bool = False,
) -> list[tuple[Any, ...]]:
    """The same sums, over occasions that have parts and no total; category '' (see occasions.py).

    ``joining``: parts are added up, or make a mean weighted by n when each says it, or a rate of
    those that say it.
    """
    where = of(where, indicator_ids)
    value, n = _JOINED[joining]
    return reader.rows(
        f"""
        WITH occasion AS (
            SELECT indicator_id, site_id, {"max(wave)" if by_wave else "NULL"} AS wave, date,
                   {value} AS value,
                   {n} AS n
            FROM measurement
            WHERE {VALUED} AND {where.sql} AND {INITIAL if initial else SINCE}
              AND category <> '' AND NOT EXISTS (
                SELECT 1 FROM measurement AS total
                WHERE total.visit_id = measurement.visit_id AND NOT total.deleted
                  AND total.indicator_id = measurement.indicator_id AND total.category = ''
                  AND total.value IS NOT NULL
                  AND (total.wave IS NOT NULL AND total.wave = 't0') = {int(initial)})
            GROUP BY indicator_id, site_id, visit_id
        )
        SELECT indicator_id, site_id, '', wave, count(*), sum(value),
               coalesce(sum(value * n), 0.0), coalesce(sum(n), 0), count(n),
               coalesce(sum(n > 0), 0), min(date), max(date),
               max(CASE WHEN n > 0 THEN date END)
        FROM occasion GROUP BY indicator_id, site_id, wave
        """,
        where.parameters,
    )


_ENTRY = """(SELECT journal.hlc || printf(' %012d', journal.seq) FROM journal
     WHERE journal.record_id = coalesce(measurement.visit_id, measurement.id)
     ORDER BY journal.hlc, journal.device, journal.seq LIMIT 1)"""
"""Order of entry: the first line of the journal on the visit, or on a value taken outside one."""

_CELL = f"""
    measurement.indicator_id, measurement.id, measurement.visit_id, measurement.site_id,
    measurement.date, visit.start_time, {_ENTRY}, measurement.wave,
    measurement.indicator_version, measurement.category, measurement.value, measurement.n
"""


def cells(reader: Reader, where: Where, indicator_ids: Sequence[str]) -> list[tuple[Any, ...]]:
    """Every value of these indicators, with what orders it: day, start time, order of entry.

    (indicator, id, visit, site, date, start time, entry, wave, version, category, value, n).
    """
    where = of(where, indicator_ids)
    return reader.rows(
        f"""
        SELECT {_CELL} FROM measurement LEFT JOIN visit ON visit.id = measurement.visit_id
        WHERE {VALUED} AND {where.sql}
        """,
        where.parameters,
    )


def last_moments(
    reader: Reader, where: Where, indicator_ids: Sequence[str], *, initial: bool = False
) -> list[tuple[Any, ...]]:
    """The values of the last moment of each indicator, site and category, in visits.

    (indicator, site, category, how many it has in all, value's id, visit). Several visits of one
    minute give several rows: ``entries`` orders them.
    """
    where = of(where, indicator_ids)
    wave = INITIAL if initial else SINCE
    return reader.rows(
        f"""
        WITH last AS (
            SELECT indicator_id, site_id, category, max(date) AS date, count(*) AS count
            FROM measurement
            WHERE {VALUED} AND {where.sql} AND {wave}
            GROUP BY indicator_id, site_id, category
        ), moment AS (
            SELECT last.*, measurement.id, measurement.visit_id,
                   coalesce(visit.start_time, '') AS time,
                   max(coalesce(visit.start_time, '')) OVER (
                        PARTITION BY last.indicator_id, last.site_id, last.category) AS latest
            FROM last CROSS JOIN measurement
                ON measurement.indicator_id = last.indicator_id
                AND measurement.site_id = last.site_id
                AND measurement.category = last.category AND measurement.date = last.date
            JOIN visit ON visit.id = measurement.visit_id
            WHERE {VALUED} AND {where.sql} AND {wave}
        )
        SELECT indicator_id, site_id, category, count, id, visit_id FROM moment
        WHERE time = latest
        """,
        where.parameters,
    )


def entries(reader: Reader, visit_ids: Sequence[str]) -> dict[str, str]:
    """When each visit was entered: the journal's clock and number of its first line."""
    found: list[tuple[str, str]] = reader.rows(
        f"""
        SELECT measurement.visit_id, {_ENTRY}
        FROM (SELECT value AS visit_id, NULL AS id FROM json_each(:visits)) AS measurement
        """,
        {"visits": list(visit_ids)},
    )
    return dict(found)


def cells_by_id(reader: Reader, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    """As ``cells``, of these values."""
    return reader.rows(
        f"""
        SELECT {_CELL} FROM json_each(:ids) AS wanted
        CROSS JOIN measurement ON measurement.id = wanted.value
        LEFT JOIN visit ON visit.id = measurement.visit_id
        """,
        {"ids": list(ids)},
    )


def entered_directly(reader: Reader) -> set[str]:
    """Indicators that hold values taken outside a visit."""
    found = reader.rows(
        f"SELECT DISTINCT indicator_id FROM measurement WHERE visit_id IS NULL AND {LIVE}"
    )
    return {indicator for (indicator,) in found}


def disagreeing(
    reader: Reader, where: Where, indicator_ids: Sequence[str]
) -> list[tuple[Any, ...]]:
    """Occasions with a total and parts: (indicator, site, date, total, parts, how many parts)."""
    where = of(where, indicator_ids)
    return reader.rows(
        f"""
        SELECT indicator_id, site_id, date, max(CASE WHEN category = '' THEN value END) AS total,
               sum(CASE WHEN category <> '' THEN value END) AS parts, sum(category <> '')
        FROM measurement
        WHERE {VALUED} AND {where.sql} AND visit_id IS NOT NULL
        GROUP BY indicator_id, visit_id
        HAVING total IS NOT NULL AND parts IS NOT NULL AND abs(total - parts) > 1e-9 * abs(total)
        ORDER BY date, visit_id
        """,
        where.parameters,
    )


def told(reader: Reader, where: Where, indicator_ids: Sequence[str]) -> list[tuple[Any, ...]]:
    """What qualitative indicators were answered, the latest first.

    (indicator, date, site, site's name, category, text, visit's reference, wave).
    """
    where = of(where, indicator_ids)
    return reader.rows(
        f"""
        SELECT measurement.indicator_id, measurement.date, measurement.site_id, site.name,
               measurement.category, measurement.comment, visit.reference, measurement.wave
        FROM measurement JOIN site ON site.id = measurement.site_id
        LEFT JOIN visit ON visit.id = measurement.visit_id
        WHERE measurement.status = 'observed' AND {where.sql}
        ORDER BY measurement.date DESC, visit.start_time DESC, measurement.id
        """,
        where.parameters,
    )


def without_value(
    reader: Reader, where: Where, indicator_ids: Sequence[str]
) -> dict[tuple[str, MeasurementStatus], int]:
    """How many measurements have no number, by indicator and status."""
    where = of(where, indicator_ids)
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
    where = of(where, qualitative_ids)
    found = reader.rows(
        f"""
        SELECT indicator_id, site_id, count(*), max(date) FROM measurement
        WHERE status = 'observed' AND {where.sql} GROUP BY indicator_id, site_id
        """,
        where.parameters,
    )
    return [(i, s, count, dt.date.fromisoformat(last)) for i, s, count, last in found]


def indicator_journal(
    reader: Reader, indicator_ids: Sequence[str]
) -> list[tuple[str, str, str, str]]:
    """(indicator, clock, author, changes as JSON) of all that was written of them, in order."""
    found: list[tuple[str, str, str, str]] = reader.rows(
        """
        SELECT record_id, hlc, author, changes FROM journal
        WHERE record_id IN (SELECT value FROM json_each(:indicators)) AND entity = 'indicator'
        ORDER BY record_id, hlc, device, seq
        """,
        {"indicators": list(indicator_ids)},
    )
    return found


def evidence(reader: Reader, where: Where, indicator_id: str) -> list[tuple[Any, ...]]:
    """Every measurement of an indicator that is not erased, valued or not, with where it was.

    (id, visit, site, date, start time, entry, wave, version, category, value, n, status, comment,
    visit's reference and state, site's name and commune).
    """
    where = of(where, [indicator_id])
    columns = _CELL.partition(",")[2]
    return reader.rows(
        f"""
        SELECT {columns}, measurement.status, measurement.comment, visit.reference, visit.state,
               site.name, site.commune
        FROM measurement JOIN site ON site.id = measurement.site_id
        LEFT JOIN visit ON visit.id = measurement.visit_id
        WHERE {where.sql}
        """,
        where.parameters,
    )
