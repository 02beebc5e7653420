"""What a visit may measure, what it measured, and what was last seen at its site."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.models.enums import MeasurementStatus, ValueType
from desktop_app.models.framework import Indicator, Objective
from desktop_app.models.visit import Measurement, Visit
from desktop_app.store.queries.live import alive


@dataclass(frozen=True, slots=True)
class LastSeen:
    """The latest observation of one indicator and category; a qualitative one has no value."""

    date: dt.date
    value: float | None
    n: int | None


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


def last_seen(
    session: Session, visit: Visit, indicators: Sequence[Indicator]
) -> dict[tuple[str, str], LastSeen]:
    """By indicator and category, at the visit's site, on its day or before, this visit apart.

    SQLite gives the other columns of the row that holds ``max`` (its documented behaviour).
    """
    found: dict[tuple[str, str], LastSeen] = {}
    for indicator in indicators:
        query = select(
            Measurement.category, func.max(Measurement.date), Measurement.value, Measurement.n
        ).where(
            Measurement.indicator_id == indicator.id,
            Measurement.site_id == visit.site_id,
            Measurement.date <= visit.date,
            Measurement.visit_id.is_distinct_from(visit.id),
            alive(Measurement),
        )
        if indicator.value_type == ValueType.QUALITATIVE:
            query = query.where(Measurement.status == MeasurementStatus.OBSERVED)
        else:
            query = query.where(Measurement.value.is_not(None))
        for category, day, value, n in session.execute(query.group_by(Measurement.category)):
            found[indicator.id, category] = LastSeen(day, value, n)
    return found
