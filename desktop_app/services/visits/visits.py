"""Visits: listed, created, edited, started, validated, deleted."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.models.enums import Appreciation, SiteType, VisitState
from desktop_app.models.experiment import Enterprise, Experiment
from desktop_app.models.framework import Indicator, Objective
from desktop_app.models.site import Site
from desktop_app.models.visit import Attachment, Finding, FollowUp, Measurement, Visit
from desktop_app.services.base import Service, apply, clean_line, get, outcome
from desktop_app.services.changes import Outcome
from desktop_app.services.visits import visit_list
from desktop_app.services.visits.visit_checks import check_still_holds, check_times, missing
from desktop_app.services.visits.visit_rows import (
    EditVisit,
    NewVisit,
    VisitFilter,
    VisitPage,
    VisitRow,
)
from desktop_app.store.queries import visits as queries
from desktop_app.store.references import next_visit_reference
from desktop_app.store.unit_of_work import UnitOfWork

ALL_VISITS = VisitFilter()
EDITABLE = frozenset(
    {
        "experiment_id", "site_id", "date", "start_time", "end_time", "remote", "author",
        "participants", "headcount", "purpose", "context", "notes", "strengths", "brakes",
        "risks", "limits", "appreciation",
    }
)  # fmt: skip
_LINES = ("author", "participants", "purpose")
Child = TypeVar("Child", Measurement, Finding, FollowUp, Attachment)


class VisitService(Service):
    def page(
        self,
        wanted: VisitFilter = ALL_VISITS,
        *,
        sort: str = "date",
        descending: bool = True,
        cursor: tuple[object, ...] | None = None,
        size: int = 200,
    ) -> VisitPage:
        with self.notebook.read() as session:
            return visit_list.page(
                session, wanted, sort=sort, descending=descending, cursor=cursor, size=size
            )

    def count(self, wanted: VisitFilter = ALL_VISITS) -> int:
        with self.notebook.read() as session:
            return queries.count(session, visit_list.criteria(session, wanted))

    def get(self, visit_id: str) -> VisitRow:
        with self.notebook.read() as session:
            return visit_row(session, get(session, Visit, visit_id))

    def find(self, reference: str) -> VisitRow:
        """Raises UserError when no live visit bears this reference (case does not matter)."""
        wanted = clean_line(reference).upper()
        with self.notebook.read() as session:
            visit = session.scalar(select(Visit).where(Visit.reference == wanted))
            if visit is None or visit.deleted:
                raise UserError(
                    f"Aucune visite ne porte la référence {french.quoted(wanted[:40])} dans ce "
                    "carnet. Vérifiez la référence dans la liste des visites."
                )
            return visit_row(session, visit)

    def create(self, command: NewVisit) -> Outcome[VisitRow]:
        """Raises UserError for a deleted experiment or site, or a date out of 2000-2099."""
        if command.state is VisitState.VALIDATED:
            raise ValueError("a visit is validated by validate()")
        with self.notebook.write() as uow:
            get(uow.session, Experiment, command.experiment_id)
            get(uow.session, Site, command.site_id)
            day = french.plausible(command.date)
            visit = Visit(
                reference=next_visit_reference(uow, day),
                experiment_id=command.experiment_id,
                site_id=command.site_id,
                date=day,
                start_time=command.start_time,
                state=command.state.value,
                purpose=clean_line(command.purpose),
                author=uow.author,
            )
            uow.add(visit)
            uow.session.flush()
            return outcome(uow, visit_row(uow.session, visit))

    def edit(self, command: EditVisit) -> Outcome[VisitRow]:
        """Writes the fields given. The date and the site carry over to the visit's measures.

        Raises UserError when the times are not in order, when the experiment changes under
        measures of another framework, or when a validated visit would move to the future or be
        left with nothing.
        """
        with self.notebook.write() as uow:
            visit = get(uow.session, Visit, command.visit_id)
            _edit(uow, visit, command.values, self.notebook.today())
            uow.session.flush()
            if "notes" in command.values:
                check_still_holds(uow.session, visit)
            return outcome(uow, visit_row(uow.session, visit))

    def start(self, visit_id: str) -> Outcome[VisitRow]:
        """Planned → draft; nothing to do on a draft. Raises UserError when validated."""
        with self.notebook.write() as uow:
            visit = get(uow.session, Visit, visit_id)
            if visit.state == VisitState.VALIDATED:
                raise UserError(
                    f"Cette visite est déjà validée. Modifiez-la directement{french.NBSP}: chaque "
                    "changement sera inscrit à son historique."
                )
            visit.state = VisitState.DRAFT.value
            return outcome(uow, visit_row(uow.session, visit))

    def validate(self, visit_id: str) -> Outcome[VisitRow]:
        """Freezes the record: later edits are amendments. Raises UserError saying what misses."""
        with self.notebook.write() as uow:
            visit = get(uow.session, Visit, visit_id)
            if visit.state == VisitState.VALIDATED:
                raise UserError("Cette visite est déjà validée.")
            lacking = missing(uow.session, visit, self.notebook.today())
            if lacking:
                still = f"{french.NNBSP}; ".join(lacking)
                raise UserError(f"La visite ne peut pas encore être validée{french.NBSP}: {still}.")
            visit.state = VisitState.VALIDATED.value
            visit.validated_at = uow.now.astimezone(dt.UTC).replace(tzinfo=None)
            visit.validated_by = uow.author
            uow.session.flush()
            return outcome(uow, visit_row(uow.session, visit))

    def delete(self, visit_id: str) -> Outcome[int]:
        """Leaves tombstones of the visit and of all that was recorded on it.

        The value counts the promises that were still open: they go with it.
        """
        with self.notebook.write() as uow:
            visit = get(uow.session, Visit, visit_id)
            _bury(uow, Measurement, visit_id)
            _bury(uow, Finding, visit_id)
            promises = _bury(uow, FollowUp, visit_id)
            _bury(uow, Attachment, visit_id)
            uow.delete(visit)
            return outcome(uow, sum(promise.done_date is None for promise in promises))


def visit_row(session: Session, visit: Visit) -> VisitRow:
    """``validated_at`` is aware, in UTC."""
    experiment = session.get_one(Experiment, visit.experiment_id)
    enterprise = session.get_one(Enterprise, experiment.enterprise_id)
    site = session.get_one(Site, visit.site_id)
    at = visit.validated_at
    return VisitRow(
        id=visit.id,
        reference=visit.reference,
        experiment_id=experiment.id,
        experiment_code=experiment.code,
        experiment_title=experiment.title,
        enterprise=enterprise.name,
        site_id=site.id,
        site_name=site.name,
        site_type=SiteType(site.type),
        commune=site.commune,
        date=visit.date,
        start_time=visit.start_time,
        end_time=visit.end_time,
        remote=visit.remote,
        author=visit.author,
        participants=visit.participants,
        headcount=visit.headcount,
        purpose=visit.purpose,
        context=visit.context,
        notes=visit.notes,
        strengths=visit.strengths,
        brakes=visit.brakes,
        risks=visit.risks,
        limits=visit.limits,
        appreciation=None if visit.appreciation is None else Appreciation(visit.appreciation),
        state=VisitState(visit.state),
        validated_at=None if at is None else at.replace(tzinfo=dt.UTC),
        validated_by=visit.validated_by,
    )


def _bury(uow: UnitOfWork, model: type[Child], visit_id: str) -> list[Child]:
    live = select(model).where(model.visit_id == visit_id, model.deleted.is_(False))
    children = list(uow.session.scalars(live))
    for child in children:
        uow.delete(child)
    return children


def _edit(uow: UnitOfWork, visit: Visit, values: Mapping[str, object], today: dt.date) -> None:
    cleaned = {
        name: clean_line(value) if name in _LINES and isinstance(value, str) else value
        for name, value in values.items()
    }
    if "site_id" in values:
        get(uow.session, Site, str(values["site_id"]))
    if "experiment_id" in values and values["experiment_id"] != visit.experiment_id:
        _change_experiment(uow.session, visit, str(values["experiment_id"]))
    apply(visit, cleaned, EDITABLE)
    check_times(visit)
    _check_headcount(visit)
    if "date" in values and visit.state == VisitState.VALIDATED and visit.date > today:
        raise UserError(
            f"Cette visite est validée{french.NBSP}: sa date ne peut pas être après "
            f"aujourd’hui, le {french.date(today)}. Vérifiez la date."
        )
    if values.keys() & {"date", "site_id"}:
        for measure in _measures(uow.session, visit):
            measure.date = visit.date
            measure.site_id = visit.site_id


def _check_headcount(visit: Visit) -> None:
    if visit.headcount is not None and not 0 <= visit.headcount <= 10_000_000:
        raise UserError("Le nombre de personnes rencontrées doit être zéro ou plus. Corrigez-le.")


def _change_experiment(session: Session, visit: Visit, experiment_id: str) -> None:
    get(session, Experiment, experiment_id)
    framework = set(
        session.scalars(
            select(Indicator.id)
            .join(Objective, Objective.id == Indicator.objective_id)
            .where(Objective.experiment_id == experiment_id)
        )
    )
    foreign = sum(m.indicator_id not in framework for m in _measures(session, visit))
    if foreign:
        raise UserError(
            f"Cette visite porte {french.plural(foreign, 'mesure')} du cadre de son "
            "expérimentation actuelle. Effacez ces mesures avant de changer d’expérimentation, ou "
            "créez une autre visite."
        )
    with_promises = select(FollowUp).where(
        FollowUp.visit_id == visit.id, FollowUp.deleted.is_(False)
    )
    for follow_up in session.scalars(with_promises):
        follow_up.experiment_id = experiment_id


def _measures(session: Session, visit: Visit) -> Iterable[Measurement]:
    """Flushing first would write the visit twice in the journal: the caller's edit is pending."""
    with session.no_autoflush:
        live = select(Measurement).where(
            Measurement.visit_id == visit.id, Measurement.deleted.is_(False)
        )
        return session.scalars(live).all()
