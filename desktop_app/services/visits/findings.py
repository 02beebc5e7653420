"""Findings and quotes of a visit."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.errors import UserError
from desktop_app.models.enums import (
    EvaluationQuestion,
    FindingKind,
    Polarity,
    SourceType,
)
from desktop_app.models.visit import Attachment, Finding, Visit
from desktop_app.services.base import Service, apply, get, outcome
from desktop_app.services.changes import Outcome
from desktop_app.services.results.scope import Scope
from desktop_app.services.visits.visit_checks import check_still_holds
from desktop_app.services.visits.visit_rows import EditFinding, FindingRow, NewFinding
from desktop_app.store.queries import findings as queries
from desktop_app.store.queries.live import AnyRow

EDITABLE = frozenset(
    {
        "position", "evaluation_question", "kind", "polarity", "intended", "intensity",
        "audience", "source_type", "text",
    }
)  # fmt: skip


class FindingService(Service):
    def of_visit(self, visit_id: str) -> tuple[FindingRow, ...]:
        with self.notebook.read() as session:
            get(session, Visit, visit_id)
            return rows_of_visit(session, visit_id)

    def of_experiment(self, experiment_id: str, scope: Scope) -> tuple[FindingRow, ...]:
        """The latest visit first; the scope's site, period and drafts restrict."""
        query = queries.of_experiment(
            experiment_id,
            site_id=scope.site_id,
            since=scope.since,
            until=scope.until,
            include_drafts=scope.include_drafts,
        )
        with self.notebook.read() as session:
            return tuple(finding_row(row) for row in session.execute(query))

    def add(self, command: NewFinding) -> Outcome[FindingRow]:
        with self.notebook.write() as uow:
            visit = get(uow.session, Visit, command.visit_id)
            finding = Finding(
                visit_id=visit.id, position=queries.next_position(uow.session, visit.id)
            )
            values = {name: getattr(command, name) for name in EDITABLE - {"position"}}
            apply(finding, values, EDITABLE)
            _check(finding)
            uow.add(finding)
            uow.session.flush()
            return outcome(uow, _row(uow.session, finding.id))

    def edit(self, command: EditFinding) -> Outcome[FindingRow]:
        with self.notebook.write() as uow:
            finding = get(uow.session, Finding, command.finding_id)
            apply(finding, command.values, EDITABLE)
            _check(finding)
            uow.session.flush()
            check_still_holds(uow.session, uow.session.get_one(Visit, finding.visit_id))
            return outcome(uow, _row(uow.session, finding.id))

    def delete(self, finding_id: str) -> Outcome[None]:
        """Its photos stay with the visit; ``HistoryService.undo`` ties them to it again."""
        with self.notebook.write() as uow:
            finding = get(uow.session, Finding, finding_id)
            tied = select(Attachment).where(
                Attachment.finding_id == finding_id, Attachment.deleted.is_(False)
            )
            for attachment in uow.session.scalars(tied):
                attachment.finding_id = None
            uow.delete(finding)
            uow.session.flush()
            check_still_holds(uow.session, uow.session.get_one(Visit, finding.visit_id))
            return outcome(uow, None)


def rows_of_visit(session: Session, visit_id: str) -> tuple[FindingRow, ...]:
    return tuple(finding_row(row) for row in session.execute(queries.of_visit(visit_id)))


def finding_row(row: AnyRow) -> FindingRow:
    """Takes a row of ``queries.findings``."""
    finding, reference, day, site_name, commune, code = row
    source = finding.source_type
    return FindingRow(
        id=finding.id,
        visit_id=finding.visit_id,
        position=finding.position,
        evaluation_question=EvaluationQuestion(finding.evaluation_question),
        kind=FindingKind(finding.kind),
        polarity=Polarity(finding.polarity),
        intended=finding.intended,
        intensity=finding.intensity,
        audience=finding.audience,
        source_type=None if source is None else SourceType(source),
        text=finding.text,
        visit_reference=reference,
        visit_date=day,
        site_name=site_name,
        commune=commune,
        experiment_code=code,
    )


def _row(session: Session, finding_id: str) -> FindingRow:
    return finding_row(session.execute(queries.findings().where(Finding.id == finding_id)).one())


def _check(finding: Finding) -> None:
    if finding.intensity is not None and finding.intensity not in {1, 2, 3}:
        raise UserError("L’intensité d’un constat va de 1 (faible) à 3 (forte). Corrigez-la.")
