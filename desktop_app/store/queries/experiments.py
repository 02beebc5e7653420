"""Experiments with what surrounds them: cohort, enterprise, directorates, sites, framework."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from desktop_app.models.enums import VisitState
from desktop_app.models.experiment import (
    Enterprise,
    Experiment,
    ExperimentDirectorate,
    ExperimentSite,
)
from desktop_app.models.framework import Indicator, Objective
from desktop_app.models.programme import Cohort, Directorate
from desktop_app.models.site import Site
from desktop_app.models.visit import Visit
from desktop_app.store.queries.results import Perimeter


def experiments(
    session: Session, perimeter: Perimeter
) -> list[tuple[Experiment, Enterprise, Cohort]]:
    """Those of the perimeter, by cohort then code; of a site: opened there or visited there."""
    query = (
        select(Experiment, Enterprise, Cohort)
        .join(Enterprise, Enterprise.id == Experiment.enterprise_id)
        .join(Cohort, Cohort.id == Experiment.cohort_id)
        .where(Experiment.deleted.is_(False))
        .order_by(Cohort.number, Experiment.code)
    )
    if perimeter.experiment_ids is not None:
        query = query.where(Experiment.id.in_(perimeter.experiment_ids))
    if perimeter.site_id is not None:
        opened = exists().where(
            ExperimentSite.experiment_id == Experiment.id,
            ExperimentSite.site_id == perimeter.site_id,
            ExperimentSite.deleted.is_(False),
        )
        visited = exists().where(
            Visit.experiment_id == Experiment.id,
            Visit.site_id == perimeter.site_id,
            Visit.deleted.is_(False),
        )
        query = query.where(or_(opened, visited))
    return [(made, runner, cohort) for made, runner, cohort in session.execute(query)]


def directorates(session: Session) -> dict[str, list[Directorate]]:
    """By experiment, in the order of the list of directorates."""
    query = (
        select(ExperimentDirectorate.experiment_id, Directorate)
        .join(Directorate, Directorate.id == ExperimentDirectorate.directorate_id)
        .where(ExperimentDirectorate.deleted.is_(False), Directorate.deleted.is_(False))
        .order_by(Directorate.position, Directorate.name)
    )
    found: dict[str, list[Directorate]] = defaultdict(list)
    for experiment_id, directorate in session.execute(query):
        found[experiment_id].append(directorate)
    return found


def site_counts(session: Session) -> dict[str, int]:
    """Sites opened to each experiment."""
    query = (
        select(ExperimentSite.experiment_id, func.count(ExperimentSite.site_id.distinct()))
        .join(Site, Site.id == ExperimentSite.site_id)
        .where(ExperimentSite.deleted.is_(False), Site.deleted.is_(False))
        .group_by(ExperimentSite.experiment_id)
    )
    return dict(session.execute(query).all())


def visit_counts(session: Session) -> dict[str, int]:
    """Visits made for each experiment (planned ones are not yet)."""
    query = (
        select(Visit.experiment_id, func.count())
        .where(Visit.deleted.is_(False), Visit.state != VisitState.PLANNED)
        .group_by(Visit.experiment_id)
    )
    return dict(session.execute(query).all())


def framework(
    session: Session, experiment_ids: Sequence[str]
) -> list[tuple[Objective, list[Indicator]]]:
    """Live objectives with their live indicators, in order, experiment by experiment."""
    objectives = session.scalars(
        select(Objective)
        .where(Objective.experiment_id.in_(experiment_ids), Objective.deleted.is_(False))
        .order_by(Objective.experiment_id, Objective.position, Objective.id)
    ).all()
    indicators = session.scalars(
        select(Indicator)
        .where(
            Indicator.objective_id.in_([objective.id for objective in objectives]),
            Indicator.deleted.is_(False),
        )
        .order_by(Indicator.position, Indicator.code, Indicator.id)
    )
    by_objective: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        by_objective[indicator.objective_id].append(indicator)
    return [(objective, by_objective[objective.id]) for objective in objectives]


def opened_sites(session: Session, experiment_id: str) -> list[str]:
    """Ids of the sites opened to an experiment or visited for it."""
    linked = select(ExperimentSite.site_id).where(
        ExperimentSite.experiment_id == experiment_id, ExperimentSite.deleted.is_(False)
    )
    visited = select(Visit.site_id).where(
        Visit.experiment_id == experiment_id, Visit.deleted.is_(False)
    )
    return list(session.scalars(linked.union(visited)))
