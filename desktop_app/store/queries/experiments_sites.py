"""Sites with what happened there."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.models.enums import VisitState
from desktop_app.models.experiment import Experiment, ExperimentSite
from desktop_app.models.visit import Visit


def visited(session: Session) -> list[tuple[str, str, int, dt.date]]:
    """(site, experiment, visits made, last visit)."""
    query = (
        select(
            Visit.site_id,
            Visit.experiment_id,
            func.count(),
            func.max(Visit.date),
        )
        .where(Visit.deleted.is_(False), Visit.state != VisitState.PLANNED)
        .group_by(Visit.site_id, Visit.experiment_id)
    )
    found = session.execute(query)
    return [(site, experiment, count, last) for site, experiment, count, last in found if last]


def links(session: Session) -> list[tuple[str, str]]:
    """(site, experiment) of the sites opened to an experiment."""
    query = select(ExperimentSite.site_id, ExperimentSite.experiment_id).where(
        ExperimentSite.deleted.is_(False)
    )
    return [(site, experiment) for site, experiment in session.execute(query)]


def codes(session: Session) -> dict[str, str]:
    """Codes of the live experiments, by id."""
    query = select(Experiment.id, Experiment.code).where(Experiment.deleted.is_(False))
    return dict(session.execute(query).all())


def visit_total(session: Session, site_id: str) -> int:
    """Visits to a site, planned ones too."""
    query = select(func.count()).where(Visit.site_id == site_id, Visit.deleted.is_(False))
    return session.scalar(query) or 0


def opened_sites(session: Session, experiment_id: str) -> list[str]:
    """Ids of the sites opened to an experiment or visited for it."""
    linked = select(ExperimentSite.site_id).where(
        ExperimentSite.experiment_id == experiment_id, ExperimentSite.deleted.is_(False)
    )
    visited = select(Visit.site_id).where(
        Visit.experiment_id == experiment_id, Visit.deleted.is_(False)
    )
    return list(session.scalars(linked.union(visited)))
