"""What the first screen asks for besides the results."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.models.enums import VisitState
from desktop_app.models.experiment import Enterprise, Experiment
from desktop_app.models.notebook import Notebook
from desktop_app.models.site import Site
from desktop_app.models.visit import FollowUp, Visit
from desktop_app.store.queries.follow_ups import follow_ups
from desktop_app.store.queries.live import AnyRow, alive


def notebook(session: Session) -> Notebook:
    return session.scalars(select(Notebook).limit(1)).one()


def visits_between(session: Session, first: dt.date, last: dt.date) -> int:
    """Visits of these days, made or planned."""
    query = select(func.count()).where(Visit.deleted.is_(False), Visit.date.between(first, last))
    return session.scalar(query) or 0


def planned(session: Session, first: dt.date, limit: int) -> list[AnyRow]:
    """The next planned visits, from ``first`` on."""
    query = (
        select(
            Visit.id,
            Visit.date,
            Visit.start_time,
            Visit.experiment_id,
            Visit.site_id,
            Site.name.label("site_name"),
            Site.commune,
            Experiment.title,
            Enterprise.name.label("enterprise"),
        )
        .join(Site, Site.id == Visit.site_id)
        .join(Experiment, Experiment.id == Visit.experiment_id)
        .join(Enterprise, Enterprise.id == Experiment.enterprise_id)
        .where(
            Visit.deleted.is_(False),
            Visit.state == VisitState.PLANNED,
            Visit.date >= first,
        )
        .order_by(Visit.date, Visit.start_time, Visit.reference)
        .limit(limit)
    )
    return list(session.execute(query))


def late_follow_ups(session: Session, today: dt.date) -> int:
    query = select(func.count()).where(
        alive(FollowUp), FollowUp.done_date.is_(None), FollowUp.due_date < today
    )
    return session.scalar(query) or 0


def urgent_follow_ups(session: Session, limit: int) -> list[AnyRow]:
    """The open actions due first, then undated ones."""
    query = follow_ups().where(alive(FollowUp), FollowUp.done_date.is_(None)).limit(limit)
    return list(session.execute(query))
