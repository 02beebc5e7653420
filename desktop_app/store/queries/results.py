"""What results are made of, in few passes over covering indexes. Each read takes a perimeter."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session

from desktop_app.models.enums import MeasurementStatus, VisitState
from desktop_app.models.visit import Finding, Measurement, Visit
from desktop_app.store.queries.live import AnyRow, alive

# The partial index's own words, untyped: typed Boolean, SQLAlchemy adds « = 1 » and SQLite no
# longer recognises them.
_LIVE: ColumnElement[bool] = literal_column("NOT measurement.deleted")

# Unary plus keeps SQLite from following the index to every row.
_TABLE_SCAN: ColumnElement[str] = literal_column("+finding.visit_id", String)


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


def counted_visits(perimeter: Perimeter) -> list[ColumnElement[bool]]:
    """Conditions on ``visit`` for those that count."""
    states = [state.value for state in VisitState if state not in perimeter.left_out]
    found: list[ColumnElement[bool]] = [Visit.deleted.is_(False), Visit.state.in_(states)]
    if perimeter.experiment_ids is not None:
        found.append(Visit.experiment_id.in_(perimeter.experiment_ids))
    if perimeter.site_id is not None:
        found.append(Visit.site_id == perimeter.site_id)
    if perimeter.since is not None:
        found.append(Visit.date >= perimeter.since)
    if perimeter.until is not None:
        found.append(Visit.date <= perimeter.until)
    return found


def counted_measurements(session: Session, perimeter: Perimeter) -> list[ColumnElement[bool]]:
    """Conditions on ``measurement`` for those that count (the indicators are the caller's).

    A measurement of a visit left out needs ``visit_id``, which the covering index has not: the
    condition is added only when such a measurement exists.
    """
    found: list[ColumnElement[bool]] = [_LIVE]
    if perimeter.site_id is not None:
        found.append(Measurement.site_id == perimeter.site_id)
    if perimeter.since is not None:
        found.append(Measurement.date >= perimeter.since)
    if perimeter.until is not None:
        found.append(Measurement.date <= perimeter.until)
    if _any_left_out(session, perimeter):
        left_out = select(Visit.id).where(Visit.state.in_(_values(perimeter.left_out)))
        found.append(or_(Measurement.visit_id.is_(None), Measurement.visit_id.not_in(left_out)))
    return found


def _any_left_out(session: Session, perimeter: Perimeter) -> bool:
    visits = select(Visit.id).where(Visit.state.in_(_values(perimeter.left_out)))
    measured = exists().where(Measurement.visit_id == Visit.id, _LIVE)
    return session.execute(visits.where(measured).limit(1)).first() is not None


def _values(states: Sequence[VisitState]) -> list[str]:
    return [state.value for state in states]


def groups(
    session: Session,
    conditions: Sequence[ColumnElement[bool]],
    indicator_ids: Sequence[str] | None = None,
) -> Sequence[AnyRow]:
    """One row an indicator, site and category: services/aggregation.py says what is in it.

    The value and n beside ``max(date)`` are those of its row (SQLite's rule for bare columns),
    the first in the index's order when several are of that day: the lowest value.
    """
    query = (
        select(
            Measurement.indicator_id,
            Measurement.site_id,
            Measurement.category,
            func.count(),
            func.sum(Measurement.value),
            func.coalesce(func.sum(Measurement.value * Measurement.n), 0.0),
            func.coalesce(func.sum(Measurement.n), 0),
            func.count(Measurement.n),
            func.max(Measurement.date, type_=Date),
            Measurement.value,
            Measurement.n,
        )
        .where(Measurement.value.is_not(None), *conditions)
        .group_by(Measurement.indicator_id, Measurement.site_id, Measurement.category)
    )
    if indicator_ids is not None:
        query = query.where(Measurement.indicator_id.in_(indicator_ids))
    return session.execute(query).all()


def values_of(
    session: Session, conditions: Sequence[ColumnElement[bool]], indicator_id: str
) -> list[tuple[str, str, dt.date, float, int | None]]:
    """(site, category, date, value, n) of one indicator."""
    query = select(
        Measurement.site_id,
        Measurement.category,
        Measurement.date,
        Measurement.value,
        Measurement.n,
    ).where(Measurement.indicator_id == indicator_id, Measurement.value.is_not(None), *conditions)
    return [
        (site, category, date, value, n)
        for site, category, date, value, n in session.execute(query)
        if value is not None
    ]


def without_value(
    session: Session, conditions: Sequence[ColumnElement[bool]], indicator_ids: Sequence[str]
) -> dict[tuple[str, MeasurementStatus], int]:
    """How many measurements have no number, by indicator and status."""
    query = (
        select(Measurement.indicator_id, Measurement.status, func.count())
        .where(
            Measurement.indicator_id.in_(indicator_ids), Measurement.value.is_(None), *conditions
        )
        .group_by(Measurement.indicator_id, Measurement.status)
    )
    return {
        (indicator_id, MeasurementStatus(status)): count
        for indicator_id, status, count in session.execute(query)
    }


def spoken(
    session: Session, conditions: Sequence[ColumnElement[bool]], qualitative_ids: Sequence[str]
) -> list[tuple[str, str, int, dt.date]]:
    """(indicator, site, observations, last date) of indicators that have no value."""
    query = (
        select(
            Measurement.indicator_id,
            Measurement.site_id,
            func.count(),
            func.max(Measurement.date),
        )
        .where(
            Measurement.indicator_id.in_(qualitative_ids),
            Measurement.status == MeasurementStatus.OBSERVED,
            *conditions,
        )
        .group_by(Measurement.indicator_id, Measurement.site_id)
    )
    return [(i, s, count, last) for i, s, count, last in session.execute(query) if last]


def visit_activity(session: Session, perimeter: Perimeter) -> dict[str, tuple[int, int]]:
    """Visits and sites visited, by experiment."""
    query = (
        select(Visit.experiment_id, func.count(), func.count(Visit.site_id.distinct()))
        .where(*counted_visits(perimeter))
        .group_by(Visit.experiment_id)
    )
    return {experiment: (visits, sites) for experiment, visits, sites in session.execute(query)}


def findings_by_month(session: Session, perimeter: Perimeter) -> dict[tuple[str, str], int]:
    """Findings by experiment and month of their visit (« 2021-06 »).

    Counted by visit over the index alone, tombstones too, which are then taken off: looking up
    every finding from the index to see that it is alive would cost three times as much.
    """
    counted = func.count().label("count")
    per_visit = select(Finding.visit_id, counted).group_by(Finding.visit_id)
    gone = select(_TABLE_SCAN.label("visit_id"), counted).where(Finding.deleted.is_(True))
    gone = gone.group_by(_TABLE_SCAN)
    found = _by_month(session, per_visit, perimeter)
    for key, count in _by_month(session, gone, perimeter).items():
        found[key] -= count
    return {key: count for key, count in found.items() if count}


def _by_month(
    session: Session, per_visit: Select[str, int], perimeter: Perimeter
) -> dict[tuple[str, str], int]:
    counted = per_visit.subquery()
    month = func.substr(Visit.date, 1, 7)
    query = (
        select(Visit.experiment_id, month, func.sum(counted.c.count))
        .join(counted, counted.c.visit_id == Visit.id)
        .where(*counted_visits(perimeter))
        .group_by(Visit.experiment_id, month)
    )
    return {(experiment, when): count for experiment, when, count in session.execute(query)}


def measures_by_month(
    session: Session,
    conditions: Sequence[ColumnElement[bool]],
    qualitative_ids: Sequence[str],
) -> dict[str, int]:
    """Observed measurements by month (« 2021-06 »); qualitative ones have no value to index."""
    month = func.substr(Measurement.date, 1, 7)
    query = select(month, func.count()).where(*conditions).group_by(month)
    found: dict[str, int] = {}
    valued = query.where(Measurement.value.is_not(None))
    spoken = query.where(
        Measurement.indicator_id.in_(qualitative_ids),
        Measurement.status == MeasurementStatus.OBSERVED,
        Measurement.value.is_(None),
    )
    for part in (valued, spoken):
        for when, count in session.execute(part):
            found[when] = found.get(when, 0) + count
    return found


def polarities(session: Session, perimeter: Perimeter) -> dict[str, int]:
    """How many findings of each polarity."""
    query = (
        select(Finding.polarity, func.count())
        .join(Visit, Visit.id == Finding.visit_id)
        .where(alive(Finding), *counted_visits(perimeter))
        .group_by(Finding.polarity)
    )
    return dict(session.execute(query).all())
