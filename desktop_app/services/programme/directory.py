"""The programme, its cohorts (promotions), the directorates and the enterprises."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.models.experiment import Enterprise, Experiment, ExperimentDirectorate
from desktop_app.models.programme import Cohort, Directorate, Programme
from desktop_app.services.base import Service, get, outcome
from desktop_app.services.changes import Outcome
from desktop_app.services.collation import folded
from desktop_app.services.programme.experiment_reader import (
    cohort_row,
    cohort_rows,
    directorate_row,
    enterprise_row,
)
from desktop_app.services.programme.experiment_rows import (
    CohortRow,
    DirectorateRow,
    EnterpriseRow,
    ProgrammeRow,
    SaveRecord,
)
from desktop_app.services.programme.identifiers import check_siret
from desktop_app.services.saving import (
    edited,
    keep,
    lines,
    refuse_used,
    require_amount,
    require_order,
    require_text,
)

PROGRAMME_FIELDS = frozenset(
    {
        "name",
        "territory",
        "operator",
        "contract_reference",
        "start_date",
        "end_date",
        "annual_budget",
    }
)
COHORT_FIELDS = frozenset({"number", "label", "start_date", "end_date"})
DIRECTORATE_FIELDS = frozenset({"code", "name", "position"})
ENTERPRISE_FIELDS = frozenset({"name", "legal_form", "siret", "website", "contact"})


class DirectoryService(Service):
    def programme(self) -> ProgrammeRow | None:
        with self.notebook.read() as session:
            return programme_row(session)

    def cohorts(self) -> tuple[CohortRow, ...]:
        with self.notebook.glance() as reader:
            return cohort_rows(reader)

    def directorates(self) -> tuple[DirectorateRow, ...]:
        with self.notebook.read() as session:
            return directorate_rows(session)

    def enterprises(self) -> tuple[EnterpriseRow, ...]:
        """In French alphabetical order."""
        with self.notebook.read() as session:
            found = session.scalars(select(Enterprise).where(Enterprise.deleted.is_(False)))
            return tuple(sorted(map(enterprise_row, found), key=lambda row: folded(row.name)))

    def save_programme(self, command: SaveRecord) -> Outcome[ProgrammeRow]:
        """Creates it, or edits the only one."""
        values = lines(command.values, "name", "territory", "operator", "contract_reference")
        with self.notebook.write() as uow:
            known = _programme(uow.session)
            if command.record_id is None and known is not None:
                raise UserError("Le carnet a déjà un programme. Modifiez celui qui existe.")
            programme = edited(uow, Programme(name=""), command, values, PROGRAMME_FIELDS)
            require_text(programme.name, "Donnez un nom au programme.")
            require_order(programme.start_date, programme.end_date)
            require_amount(programme.annual_budget, "Le budget annuel")
            keep(uow, programme)
            return outcome(uow, _programme_row(programme))

    def save_cohort(self, command: SaveRecord) -> Outcome[CohortRow]:
        """A new one belongs to the notebook's programme, which must exist."""
        values = lines(command.values, "label")
        with self.notebook.write() as uow:
            programme = _programme(uow.session)
            if programme is None:
                raise UserError("Décrivez d’abord le programme, puis ajoutez ses promotions.")
            blank = Cohort(programme_id=programme.id, number=0)
            cohort = edited(uow, blank, command, values, COHORT_FIELDS)
            if not isinstance(cohort.number, int) or cohort.number < 1:
                raise UserError("Donnez à la promotion un numéro entier, à partir de 1.")
            require_order(cohort.start_date, cohort.end_date)
            with uow.session.no_autoflush:
                _refuse_same_number(uow.session, cohort)
            keep(uow, cohort)
            return outcome(uow, cohort_row(cohort))

    def save_directorate(self, command: SaveRecord) -> Outcome[DirectorateRow]:
        values = lines(command.values, "code", "name")
        with self.notebook.write() as uow:
            blank = Directorate(code="", name="", position=_next_position(uow.session))
            directorate = edited(uow, blank, command, values, DIRECTORATE_FIELDS)
            require_text(directorate.name, "Donnez un nom à la direction métier.")
            require_text(directorate.code, "Donnez un code court à la direction métier.")
            with uow.session.no_autoflush:
                _refuse_same_code(uow.session, directorate)
            keep(uow, directorate)
            return outcome(uow, directorate_row(directorate))

    def save_enterprise(self, command: SaveRecord) -> Outcome[EnterpriseRow]:
        """Raises UserError for a wrong SIRET."""
        values = lines(command.values, *ENTERPRISE_FIELDS)
        if "siret" in values:
            values["siret"] = check_siret(str(values["siret"] or ""))
        with self.notebook.write() as uow:
            enterprise = edited(uow, Enterprise(name=""), command, values, ENTERPRISE_FIELDS)
            require_text(enterprise.name, "Donnez un nom à l’entreprise.")
            keep(uow, enterprise)
            return outcome(uow, enterprise_row(enterprise))

    def delete_cohort(self, cohort_id: str) -> Outcome[None]:
        """Raises UserError while experiments belong to it."""
        with self.notebook.write() as uow:
            cohort = get(uow.session, Cohort, cohort_id)
            used = select(func.count()).where(
                Experiment.cohort_id == cohort_id, Experiment.deleted.is_(False)
            )
            name = cohort.label or f"Promotion {cohort.number}"
            refuse_used(name, uow.session.scalar(used) or 0, "expérimentation")
            uow.delete(cohort)
            return outcome(uow, None)

    def delete_directorate(self, directorate_id: str) -> Outcome[None]:
        """The experiments it followed no longer name it."""
        with self.notebook.write() as uow:
            directorate = get(uow.session, Directorate, directorate_id)
            links = select(ExperimentDirectorate).where(
                ExperimentDirectorate.directorate_id == directorate_id,
                ExperimentDirectorate.deleted.is_(False),
            )
            for link in uow.session.scalars(links):
                uow.delete(link)
            uow.delete(directorate)
            return outcome(uow, None)

    def delete_enterprise(self, enterprise_id: str) -> Outcome[None]:
        """Raises UserError while it runs experiments."""
        with self.notebook.write() as uow:
            enterprise = get(uow.session, Enterprise, enterprise_id)
            used = select(func.count()).where(
                Experiment.enterprise_id == enterprise_id, Experiment.deleted.is_(False)
            )
            refuse_used(enterprise.name, uow.session.scalar(used) or 0, "expérimentation")
            uow.delete(enterprise)
            return outcome(uow, None)


def programme_row(session: Session) -> ProgrammeRow | None:
    programme = _programme(session)
    return None if programme is None else _programme_row(programme)


def directorate_rows(session: Session) -> tuple[DirectorateRow, ...]:
    query = select(Directorate).where(Directorate.deleted.is_(False))
    ordered = query.order_by(Directorate.position, Directorate.name)
    return tuple(map(directorate_row, session.scalars(ordered)))


def _programme(session: Session) -> Programme | None:
    return session.scalars(
        select(Programme).where(Programme.deleted.is_(False)).order_by(Programme.id).limit(1)
    ).first()


def _programme_row(programme: Programme) -> ProgrammeRow:
    return ProgrammeRow(
        id=programme.id,
        name=programme.name,
        territory=programme.territory,
        operator=programme.operator,
        contract_reference=programme.contract_reference,
        start_date=programme.start_date,
        end_date=programme.end_date,
        annual_budget=programme.annual_budget,
    )


def _refuse_same_number(session: Session, cohort: Cohort) -> None:
    same = select(Cohort.id).where(
        Cohort.number == cohort.number, Cohort.deleted.is_(False), Cohort.id != (cohort.id or "")
    )
    if session.scalars(same.limit(1)).first():
        raise UserError(f"La promotion {cohort.number} existe déjà. Choisissez un autre numéro.")


def _refuse_same_code(session: Session, directorate: Directorate) -> None:
    same = select(Directorate.name).where(
        Directorate.code == directorate.code,
        Directorate.deleted.is_(False),
        Directorate.id != (directorate.id or ""),
    )
    other = session.scalars(same.limit(1)).first()
    if other:
        raise UserError(
            f"Le code {french.quoted(directorate.code)} est déjà celui de {french.quoted(other)}. "
            "Choisissez un autre code."
        )


def _next_position(session: Session) -> int:
    highest = session.scalar(
        select(func.max(Directorate.position)).where(Directorate.deleted.is_(False))
    )
    return 0 if highest is None else highest + 1
