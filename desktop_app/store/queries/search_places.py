"""Which visit, of which experiment and where: what tells two search results apart."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.models.experiment import Enterprise, Experiment
from desktop_app.models.site import Site
from desktop_app.models.visit import FollowUp, Visit


@dataclass(frozen=True, slots=True)
class VisitPlace:
    date: dt.date
    enterprise: str
    site: str


def visit_places(session: Session, visit_ids: Collection[str]) -> dict[str, VisitPlace]:
    """By visit."""
    found = session.execute(
        select(Visit.id, Visit.date, Enterprise.name, Site.name)
        .join(Experiment, Experiment.id == Visit.experiment_id)
        .join(Enterprise, Enterprise.id == Experiment.enterprise_id)
        .join(Site, Site.id == Visit.site_id)
        .where(Visit.id.in_(visit_ids))
    )
    return {visit: VisitPlace(date, enterprise, site) for visit, date, enterprise, site in found}


def follow_up_enterprises(session: Session, follow_up_ids: Collection[str]) -> dict[str, str]:
    """The enterprise of each action that no visit made."""
    found = session.execute(
        select(FollowUp.id, Enterprise.name)
        .join(Experiment, Experiment.id == FollowUp.experiment_id)
        .join(Enterprise, Enterprise.id == Experiment.enterprise_id)
        .where(FollowUp.id.in_(follow_up_ids))
    )
    return {row[0]: row[1] for row in found}
