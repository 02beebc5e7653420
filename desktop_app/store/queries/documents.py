"""Long reads of the documents: streamed row by row, and counted apart for their control sheet."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Date, String, func, literal, or_, select, true, tuple_
from sqlalchemy.orm import Session

from desktop_app.models.enums import AttachmentKind, ValueType, VisitState
from desktop_app.models.experiment import Experiment
from desktop_app.models.framework import Indicator
from desktop_app.models.site import Site
from desktop_app.models.visit import Attachment, Finding, FollowUp, Measurement, Visit
from desktop_app.store.glance import Where
from desktop_app.store.queries.counted import Perimeter, counted_visits
from desktop_app.store.queries.follow_ups import follow_ups as live_follow_ups
from desktop_app.store.queries.live import AnyRow, alive, clause

BATCH = 500


def measurements(
    session: Session,
    counted: Where,
    indicator_id: str,
    *,
    latest_first: bool = False,
) -> Iterator[AnyRow]:
    """Of one indicator, in order of date; one batch in memory at a time.

    The categories of one breakdown (site, day, visit, wave) follow each other.
    """
    day = Measurement.date.desc() if latest_first else Measurement.date
    query = (
        select(
            Measurement.id,
            Measurement.indicator_version,
            Measurement.site_id,
            Measurement.date,
            Measurement.wave,
            Measurement.category,
            Measurement.status,
            Measurement.value,
            Measurement.n,
            Measurement.reliability,
            Measurement.comment,
            Visit.reference,
        )
        .outerjoin(Visit, Visit.id == Measurement.visit_id)
        .where(Measurement.indicator_id == indicator_id, clause(counted))
        .order_by(
            day,
            Measurement.site_id,
            Visit.reference,
            Measurement.wave,
            Measurement.category,
            Measurement.id,
        )
    )
    yield from session.execute(query.execution_options(yield_per=BATCH))


def measurement_totals(
    session: Session, counted: Where, indicator_ids: Sequence[str], hidden: Sequence[str]
) -> tuple[int, float, float]:
    """How many measurements, then the sums of the numbers and of the percentages.

    Sums leave out yes/no values, and the values of these ids (``hidden``).
    """
    gone = select(func.json_each(json.dumps(list(hidden))).table_valued("value").c.value)
    told = Measurement.id.not_in(gone)
    percentage = Indicator.value_type == ValueType.PERCENTAGE
    number = Indicator.value_type.not_in((ValueType.PERCENTAGE, ValueType.YES_NO))
    query = (
        select(
            func.count(),
            func.coalesce(func.sum(Measurement.value).filter(told, number), 0.0),
            func.coalesce(func.sum(Measurement.value).filter(told, percentage), 0.0),
        )
        .select_from(Measurement)
        .join(Indicator, Indicator.id == Measurement.indicator_id)
        .where(Measurement.indicator_id.in_(indicator_ids), clause(counted))
    )
    count, numbers, percentages = session.execute(query).one()
    return count, numbers or 0.0, percentages or 0.0


def visit_references(session: Session, perimeter: Perimeter) -> Iterator[list[str]]:
    """References of the visits that count, in order of date, a batch at a time (keyset)."""
    query = (
        select(Visit.date, Visit.reference)
        .where(clause(counted_visits(perimeter)))
        .order_by(Visit.date, Visit.reference)
        .limit(BATCH)
    )
    beyond: ColumnElement[bool] = true()
    while keys := session.execute(query.where(beyond)).all():
        yield [reference for _, reference in keys]
        date, reference = keys[-1]
        last = tuple_(literal(date, Date), literal(reference, String))
        beyond = tuple_(Visit.date, Visit.reference) > last


def findings(session: Session, references: Sequence[str]) -> list[AnyRow]:
    """Of these visits, in order of date, visit, then position."""
    query = (
        select(
            Finding.id,
            Finding.visit_id,
            Finding.position,
            Finding.evaluation_question,
            Finding.kind,
            Finding.polarity,
            Finding.intended,
            Finding.intensity,
            Finding.audience,
            Finding.source_type,
            Finding.text,
            Visit.reference,
            Visit.date,
            Site.name.label("site_name"),
            Site.commune,
            Experiment.code,
        )
        .join(Visit, Visit.id == Finding.visit_id)
        .join(Site, Site.id == Visit.site_id)
        .join(Experiment, Experiment.id == Visit.experiment_id)
        .where(Visit.reference.in_(references), alive(Finding))
        .order_by(Visit.date, Visit.reference, Finding.position, Finding.id)
    )
    return list(session.execute(query))


def finding_count(session: Session, perimeter: Perimeter) -> int:
    query = (
        select(func.count())
        .select_from(Finding)
        .join(Visit, Visit.id == Finding.visit_id)
        .where(alive(Finding), clause(counted_visits(perimeter)))
    )
    return session.scalar(query) or 0


def visit_count(session: Session, perimeter: Perimeter) -> int:
    query = select(func.count()).select_from(Visit).where(clause(counted_visits(perimeter)))
    return session.scalar(query) or 0


def site_visits(session: Session, perimeter: Perimeter) -> dict[str, tuple[int, dt.date]]:
    """How many visits of each site count, and the day of the last."""
    query = (
        select(Visit.site_id, func.count(), func.max(Visit.date))
        .where(clause(counted_visits(perimeter)))
        .group_by(Visit.site_id)
    )
    return {site: (count, last) for site, count, last in session.execute(query)}


def follow_ups(session: Session, perimeter: Perimeter) -> Iterator[AnyRow]:
    """Live actions with where they come from: open ones first, by due date, undated ones last."""
    query = live_follow_ups().where(*_counted_follow_ups(perimeter))
    yield from session.execute(query.execution_options(yield_per=BATCH))


def follow_up_count(session: Session, perimeter: Perimeter) -> int:
    query = (
        select(func.count())
        .select_from(FollowUp)
        .outerjoin(Visit, Visit.id == FollowUp.visit_id)
        .where(*_counted_follow_ups(perimeter))
    )
    return session.scalar(query) or 0


def _counted_follow_ups(perimeter: Perimeter) -> list[ColumnElement[bool]]:
    """The period is that of the visit, or of the due date of an action made outside a visit."""
    found: list[ColumnElement[bool]] = [alive(FollowUp)]
    day = func.coalesce(Visit.date, FollowUp.due_date)
    if perimeter.experiment_ids is not None:
        found.append(FollowUp.experiment_id.in_(perimeter.experiment_ids))
    if perimeter.site_id is not None:
        found.append(Visit.site_id == perimeter.site_id)
    if perimeter.since is not None:
        found.append(day >= perimeter.since)
    if perimeter.until is not None:
        found.append(day <= perimeter.until)
    if not perimeter.drafts:
        found.append(or_(FollowUp.visit_id.is_(None), Visit.state == VisitState.VALIDATED))
    return found


def photo_visits(session: Session, perimeter: Perimeter, limit: int) -> list[tuple[str, str]]:
    """(visit, photo) of the latest photos taken on the visits that count."""
    query = (
        select(Attachment.visit_id, Attachment.id)
        .join(Visit, Visit.id == Attachment.visit_id)
        .where(
            Attachment.deleted.is_(False),
            Attachment.kind == AttachmentKind.PHOTO,
            clause(counted_visits(perimeter)),
        )
        .order_by(Visit.date.desc(), Visit.reference.desc(), Attachment.id)
        .limit(limit)
    )
    return [(visit, photo) for visit, photo in session.execute(query)]
