"""What the first screen asks for besides the results, in plain SQL (glance.py)."""

import datetime as dt
from collections.abc import Iterable, Sequence

from desktop_app.store.glance import Found, Reader
from desktop_app.store.queries.counted import INITIAL, LIVE, SINCE, VALUED


def live_counts(reader: Reader, tables: Iterable[str]) -> dict[str, int]:
    """Live records by table, and the length of the journal."""
    live = {
        table: reader.scalar(f"SELECT count(*) FROM {table} WHERE NOT deleted") for table in tables
    }
    return {**live, "journal": reader.scalar("SELECT count(*) FROM journal")}


def visits_between(reader: Reader, first: dt.date, last: dt.date) -> int:
    """Visits of these days, made or planned."""
    count: int = reader.scalar(
        "SELECT count(*) FROM visit WHERE NOT deleted AND date BETWEEN :first AND :last",
        {"first": first, "last": last},
    )
    return count


def planned(reader: Reader, first: dt.date, limit: int) -> list[Found]:
    """The next planned visits, from ``first`` on."""
    return reader.found(
        """
        SELECT visit.id, visit.date, visit.start_time, visit.experiment_id, visit.site_id,
               site.name AS site_name, site.commune, experiment.title,
               enterprise.name AS enterprise
        FROM visit
        JOIN site ON site.id = visit.site_id
        JOIN experiment ON experiment.id = visit.experiment_id
        JOIN enterprise ON enterprise.id = experiment.enterprise_id
        WHERE NOT visit.deleted AND visit.state = 'planned' AND visit.date >= :first
        ORDER BY visit.date, visit.start_time, visit.reference LIMIT :limit
        """,
        {"first": first, "limit": limit},
    )


def late_follow_ups(reader: Reader, today: dt.date) -> int:
    count: int = reader.scalar(
        """
        SELECT count(*) FROM follow_up
        WHERE NOT follow_up.deleted AND done_date IS NULL AND due_date < :today
        """,
        {"today": today},
    )
    return count


def urgent_follow_ups(reader: Reader, limit: int) -> list[Found]:
    """The open actions due first, then undated ones (as queries/follow_ups.py has them)."""
    return reader.found(
        """
        SELECT follow_up.id, follow_up.visit_id, visit.reference, visit.date,
               follow_up.experiment_id, experiment.code, experiment.title,
               enterprise.name AS enterprise, site.name AS site_name,
               follow_up.what, follow_up.who, follow_up.due_date, follow_up.done_date
        FROM follow_up
        JOIN experiment ON experiment.id = follow_up.experiment_id
        JOIN enterprise ON enterprise.id = experiment.enterprise_id
        LEFT JOIN visit ON visit.id = follow_up.visit_id
        LEFT JOIN site ON site.id = visit.site_id
        WHERE NOT follow_up.deleted AND follow_up.done_date IS NULL
        ORDER BY follow_up.due_date IS NULL, follow_up.due_date, follow_up.id LIMIT :limit
        """,
        {"limit": limit},
    )


def last_observed(
    reader: Reader,
    indicator_ids: Sequence[str],
    qualitative_ids: Sequence[str],
    site_ids: Sequence[str],
) -> dict[tuple[str, str], dt.date]:
    """The last day something was observed, by indicator and site: in a draft and at T0 too.

    What is due is a matter of what was done, not of what may be told. Values are looked for in
    their two covering indexes; what qualitative indicators were answered has no value.
    """
    found = reader.rows(
        f"""
        {_last("indicators", f"{VALUED} AND {SINCE}")} UNION ALL
        {_last("indicators", f"{VALUED} AND {INITIAL}")} UNION ALL
        {_last("qualitative", "measurement.status = 'observed'")}
        """,
        {
            "indicators": list(indicator_ids),
            "qualitative": list(qualitative_ids),
            "sites": list(site_ids),
        },
    )
    last: dict[tuple[str, str], dt.date] = {}
    for indicator, site, day in found:
        date = dt.date.fromisoformat(day)
        last[indicator, site] = max(date, last.get((indicator, site), date))
    return last


def _last(named: str, condition: str) -> str:
    return f"""
        SELECT indicator_id, site_id, max(date) FROM measurement
        WHERE indicator_id IN (SELECT value FROM json_each(:{named}))
          AND site_id IN (SELECT value FROM json_each(:sites)) AND {LIVE} AND {condition}
        GROUP BY indicator_id, site_id"""
