"""Experiments: what they are, which directorates follow them, which sites are open to them."""

from collections.abc import Iterable, Mapping
from typing import TypeVar, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.models.experiment import (
    Enterprise,
    Experiment,
    ExperimentDirectorate,
    ExperimentSite,
)
from desktop_app.models.framework import Indicator, Objective
from desktop_app.models.programme import Cohort, Directorate
from desktop_app.models.site import Site
from desktop_app.models.visit import FollowUp, Visit
from desktop_app.services.base import Service, get, gone, outcome
from desktop_app.services.changes import Outcome
from desktop_app.services.programme.experiment_reader import experiment_rows
from desktop_app.services.programme.experiment_rows import ExperimentRow, SaveRecord, SiteRow
from desktop_app.services.programme.sites import site_rows
from desktop_app.services.results.perimeter import EVERYTHING, perimeter
from desktop_app.services.results.scope import Scope
from desktop_app.services.saving import (
    edited,
    keep,
    lines,
    refuse_used,
    require_amount,
    require_order,
    require_text,
)
from desktop_app.store.glance import Reader, lent
from desktop_app.store.queries.counted import Perimeter
from desktop_app.store.unit_of_work import UnitOfWork

FIELDS = frozenset(
    {
        "code",
        "cohort_id",
        "enterprise_id",
        "title",
        "social_need",
        "target_audience",
        "phase",
        "start_date",
        "end_date",
        "budget",
        "sdg_tags",
        "final_decision",
    }
)
L = TypeVar("L", ExperimentDirectorate, ExperimentSite)

LINKS = frozenset({"directorate_ids", "site_ids"})


class ExperimentService(Service):
    def list(self, scope: Scope = EVERYTHING) -> tuple[ExperimentRow, ...]:
        """By cohort, then code."""
        with self.notebook.glance() as reader:
            return experiment_rows(reader, perimeter(reader, scope))

    def get(self, experiment_id: str) -> ExperimentRow:
        with self.notebook.glance() as reader:
            return _only(reader, experiment_id)

    def by_code(self, code: str) -> ExperimentRow:
        """Whatever its case. Raises UserError naming the codes there are."""
        rows = self.list()
        wanted = code.strip().casefold()
        for row in rows:
            if row.code.casefold() == wanted:
                return row
        known = ", ".join(row.code for row in rows) or "aucun"
        raise UserError(
            f"Aucune expérimentation n’a le code {french.quoted(code.strip())}. "
            f"Codes du carnet{french.NBSP}: {known}."
        )

    def sites(self, experiment_id: str) -> tuple[SiteRow, ...]:
        """Sites opened to it or visited for it."""
        with self.notebook.read() as session:
            get(session, Experiment, experiment_id)
            return site_rows(session, Scope(experiment_id=experiment_id))

    def save(self, command: SaveRecord) -> Outcome[ExperimentRow]:
        values = lines(command.values, "code", "title", "target_audience", "sdg_tags")
        own = {name: value for name, value in values.items() if name not in LINKS}
        with self.notebook.write() as uow, uow.session.no_autoflush:
            blank = Experiment(code="", title="", cohort_id="", enterprise_id="")
            experiment = edited(uow, blank, command, own, FIELDS)
            _check(uow.session, experiment)
            keep(uow, experiment)
            _link(uow, experiment.id, values)
            uow.session.flush()
            return outcome(uow, _only(lent(uow.session), experiment.id))

    def delete(self, experiment_id: str) -> Outcome[None]:
        """With its framework. Raises UserError while visits or actions refer to it."""
        with self.notebook.write() as uow:
            session = uow.session
            experiment = get(session, Experiment, experiment_id)
            for model, what in ((Visit, "visite"), (FollowUp, "action")):
                count = session.scalar(
                    select(func.count()).where(
                        model.experiment_id == experiment_id, model.deleted.is_(False)
                    )
                )
                refuse_used(experiment.title, count or 0, what)
            objectives = session.scalars(
                select(Objective).where(
                    Objective.experiment_id == experiment_id, Objective.deleted.is_(False)
                )
            ).all()
            indicators = session.scalars(
                select(Indicator).where(
                    Indicator.objective_id.in_([objective.id for objective in objectives]),
                    Indicator.deleted.is_(False),
                )
            ).all()
            for indicator in indicators:
                uow.delete(indicator)
            for objective in objectives:
                uow.delete(objective)
            for link in _links(session, ExperimentDirectorate, experiment_id):
                uow.delete(link)
            for place in _links(session, ExperimentSite, experiment_id):
                uow.delete(place)
            uow.delete(experiment)
            return outcome(uow, None)


def _only(reader: Reader, experiment_id: str) -> ExperimentRow:
    rows = experiment_rows(reader, Perimeter(experiment_ids=(experiment_id,)))
    if not rows:
        raise UserError(gone("experiment"))
    return rows[0]


def _check(session: Session, experiment: Experiment) -> None:
    require_text(experiment.title, "Donnez un titre à l’expérimentation.")
    require_text(experiment.code, "Donnez un code court à l’expérimentation, par exemple DUO.")
    require_text(experiment.cohort_id or "", "Choisissez la promotion de l’expérimentation.")
    require_text(experiment.enterprise_id or "", "Choisissez l’entreprise de l’expérimentation.")
    get(session, Cohort, experiment.cohort_id)
    get(session, Enterprise, experiment.enterprise_id)
    require_order(experiment.start_date, experiment.end_date)
    require_amount(experiment.budget, "Le budget")
    same = select(Experiment.title).where(
        func.lower(Experiment.code) == experiment.code.lower(),
        Experiment.deleted.is_(False),
        Experiment.id != (experiment.id or ""),
    )
    other = session.scalars(same.limit(1)).first()
    if other:
        raise UserError(
            f"Le code {french.quoted(experiment.code)} est déjà celui de {french.quoted(other)}. "
            "Choisissez un autre code."
        )


def _link(uow: UnitOfWork, experiment_id: str, values: Mapping[str, object]) -> None:
    """Makes the links exactly those asked for; a link that stays is not touched."""
    if "directorate_ids" in values:
        wanted = _ids(values["directorate_ids"])
        for link in _links(uow.session, ExperimentDirectorate, experiment_id):
            if link.directorate_id in wanted:
                wanted.remove(link.directorate_id)
            else:
                uow.delete(link)
        for directorate_id in wanted:
            get(uow.session, Directorate, directorate_id)
            uow.add(
                ExperimentDirectorate(experiment_id=experiment_id, directorate_id=directorate_id)
            )
    if "site_ids" in values:
        wanted = _ids(values["site_ids"])
        for place in _links(uow.session, ExperimentSite, experiment_id):
            if place.site_id in wanted:
                wanted.remove(place.site_id)
            else:
                uow.delete(place)
        for site_id in wanted:
            get(uow.session, Site, site_id)
            uow.add(ExperimentSite(experiment_id=experiment_id, site_id=site_id))


def _ids(value: object) -> list[str]:
    """Unique, in the order given."""
    return list(dict.fromkeys(str(item) for item in cast("Iterable[object]", value)))


def _links(session: Session, model: type[L], experiment_id: str) -> list[L]:
    query = select(model).where(model.experiment_id == experiment_id, model.deleted.is_(False))
    return list(session.scalars(query))
