"""What a visit may measure, what it measured, and what was seen at its site before."""

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.models.framework import Indicator, Objective
from desktop_app.models.visit import Measurement
from desktop_app.store.glance import Reader
from desktop_app.store.queries.live import alive


def framework(session: Session, experiment_id: str) -> Sequence[Indicator]:
    """The live indicators of an experiment, in the order of its objectives and theirs."""
    query = (
        select(Indicator)
        .join(Objective, Objective.id == Indicator.objective_id)
        .where(
            Objective.experiment_id == experiment_id,
            Objective.deleted.is_(False),
            Indicator.deleted.is_(False),
        )
        .order_by(Objective.position, Objective.id, Indicator.position, Indicator.id)
    )
    return session.scalars(query).all()


def recorded(session: Session, visit_id: str) -> Sequence[Measurement]:
    query = select(Measurement).where(Measurement.visit_id == visit_id, alive(Measurement))
    return session.scalars(query.order_by(Measurement.id)).all()


def cell(
    session: Session, visit_id: str, indicator_id: str, category: str
) -> tuple[Measurement | None, Measurement | None]:
    """The live measurement of a cell, and a tombstone of it, to be written again."""
    query = select(Measurement).where(
        Measurement.visit_id == visit_id,
        Measurement.indicator_id == indicator_id,
        Measurement.category == category,
    )
    found = session.scalars(query.order_by(Measurement.id)).all()
    live = next((m for m in found if not m.deleted), None)
    erased = next((m for m in found if m.deleted), None)
    return live, erased


def last_version(session: Session, indicator_id: str) -> int | None:
    """The latest version of the definition that something was measured under; None if nothing."""
    found = select(func.max(Measurement.indicator_version)).where(
        Measurement.indicator_id == indicator_id, alive(Measurement)
    )
    return session.scalar(found)


def parts_measured(session: Session, indicator_id: str) -> dict[str, int]:
    """How many measures each category has, by identity, those no longer defined too."""
    query = select(Measurement.category, func.count()).where(
        Measurement.indicator_id == indicator_id, Measurement.category != "", alive(Measurement)
    )
    found = session.execute(query.group_by(Measurement.category).order_by(Measurement.category))
    return dict(iter(found))


def last_days(
    reader: Reader, site_id: str, before: dt.date, since: Mapping[str, int], *, worded: bool = False
) -> list[tuple[str, str]]:
    """(indicator, day) of the last observation of each category at a site, before a day.

    ``since``: indicator → first version of the definition that counts. ``worded``: observations
    that have words instead of a value.
    """
    told = "NOT measurement.deleted AND measurement.status = 'observed'"
    valued = "NOT measurement.deleted AND measurement.value IS NOT NULL"
    since_t0 = "(measurement.wave IS NULL OR measurement.wave <> 't0')"  # as the index has it
    initial = "measurement.wave = 't0'"
    found: list[tuple[str, str]] = []
    for kept in [told] if worded else [f"{valued} AND {wave}" for wave in (since_t0, initial)]:
        found += reader.rows(
            f"""
            SELECT measurement.indicator_id, max(measurement.date)
            FROM json_each(:since) AS wanted
            CROSS JOIN measurement ON measurement.indicator_id = wanted.key
            WHERE {kept} AND measurement.site_id = :site AND measurement.date < :day
              AND (wanted.value = 1 OR measurement.indicator_version >= wanted.value)
            GROUP BY measurement.indicator_id, measurement.category
            """,
            {"since": json.dumps(since), "site": site_id, "day": before},
        )
    return found


def observed_on(
    reader: Reader, site_id: str, days: Collection[str], but_visit: str
) -> list[tuple[str, str, str]]:
    """(measurement, indicator, day) of all that was observed at a site on these days.

    Visit by visit, one apart; then what was entered outside a visit.
    """
    return reader.rows(
        """
        SELECT measurement.id, measurement.indicator_id, measurement.date
        FROM json_each(:days) AS wanted
        CROSS JOIN visit ON visit.site_id = :site AND visit.date = wanted.value
        CROSS JOIN measurement ON measurement.visit_id = visit.id
        WHERE visit.id <> :visit AND NOT measurement.deleted AND measurement.status = 'observed'
        UNION ALL
        SELECT id, indicator_id, date FROM measurement
        WHERE visit_id IS NULL AND NOT deleted AND status = 'observed' AND site_id = :site
          AND date IN (SELECT value FROM json_each(:days))
        """,
        {"days": sorted(days), "site": site_id, "visit": but_visit},
    )
