"""Findings with the visit they were made on."""

import datetime as dt

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from desktop_app.models.enums import VisitState
from desktop_app.models.experiment import Experiment
from desktop_app.models.site import Site
from desktop_app.models.visit import Finding, Visit

FindingSelect = Select[Finding, str, dt.date, str, str, str]


def findings() -> FindingSelect:
    """Live findings: (finding, visit reference, visit date, site, commune, experiment code)."""
    return (
        select(Finding, Visit.reference, Visit.date, Site.name, Site.commune, Experiment.code)
        .join(Visit, Visit.id == Finding.visit_id)
        .join(Site, Site.id == Visit.site_id)
        .join(Experiment, Experiment.id == Visit.experiment_id)
        .where(Finding.deleted.is_(False), Visit.deleted.is_(False))
    )


def of_visit(visit_id: str) -> FindingSelect:
    return findings().where(Finding.visit_id == visit_id).order_by(Finding.position, Finding.id)


def of_experiment(
    experiment_id: str,
    *,
    site_id: str | None,
    since: dt.date | None,
    until: dt.date | None,
    include_drafts: bool,
) -> FindingSelect:
    """The latest visit first; findings still empty are left out."""
    query = findings().where(Visit.experiment_id == experiment_id, func.trim(Finding.text) != "")
    if site_id is not None:
        query = query.where(Visit.site_id == site_id)
    if since is not None:
        query = query.where(Visit.date >= since)
    if until is not None:
        query = query.where(Visit.date <= until)
    if not include_drafts:
        query = query.where(Visit.state == VisitState.VALIDATED)
    return query.order_by(Visit.date.desc(), Visit.reference.desc(), Finding.position, Finding.id)


def next_position(session: Session, visit_id: str) -> int:
    highest = session.scalar(
        select(func.max(Finding.position)).where(
            Finding.visit_id == visit_id, Finding.deleted.is_(False)
        )
    )
    return 0 if highest is None else highest + 1
