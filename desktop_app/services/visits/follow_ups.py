"""Actions promised during a visit (or by an experiment), until they are kept."""

import datetime as dt

from sqlalchemy import func, or_
from sqlalchemy.orm import Session

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.models.enums import VisitState
from desktop_app.models.experiment import Experiment
from desktop_app.models.visit import FollowUp, Visit
from desktop_app.services.base import Service, apply, clean_line, get, outcome
from desktop_app.services.changes import Outcome
from desktop_app.services.results.scope import Scope
from desktop_app.services.visits.follow_up_reader import follow_up_row
from desktop_app.services.visits.visit_rows import EditFollowUp, FollowUpRow, NewFollowUp
from desktop_app.store.glance import lent
from desktop_app.store.queries import follow_ups as queries
from desktop_app.store.queries.experiments import experiments_of
from desktop_app.store.queries.visit_text import documents_matching
from desktop_app.store.search import match_expression

EDITABLE = frozenset({"what", "who", "due_date", "done_date"})
EVERYTHING = Scope(include_drafts=True)
"""What was promised is promised, be the visit validated or not; documents say their own scope."""


class FollowUpService(Service):
    def list(
        self,
        *,
        scope: Scope = EVERYTHING,
        visit_id: str | None = None,
        only_open: bool = False,
        text: str = "",
    ) -> tuple[FollowUpRow, ...]:
        """The open ones first, the most urgent on top. The scope's period is the visit's."""
        with self.notebook.read() as session:
            query = _scoped(session, queries.follow_ups(), scope)
            if visit_id is not None:
                query = query.where(FollowUp.visit_id == visit_id)
            if only_open:
                query = query.where(FollowUp.done_date.is_(None))
            if text.strip() and (expression := match_expression(text)):
                query = query.where(FollowUp.id.in_(documents_matching(expression, "follow_up")))
            today = self.notebook.today()
            return tuple(follow_up_row(row, today) for row in session.execute(query))

    def add(self, command: NewFollowUp) -> Outcome[FollowUpRow]:
        """The experiment is the visit's when there is one."""
        with self.notebook.write() as uow:
            if command.visit_id is not None:
                experiment_id = get(uow.session, Visit, command.visit_id).experiment_id
            elif command.experiment_id is not None:
                experiment_id = get(uow.session, Experiment, command.experiment_id).id
            else:
                raise UserError("Choisissez l’expérimentation que cette action concerne.")
            follow_up = FollowUp(visit_id=command.visit_id, experiment_id=experiment_id)
            values: dict[str, object] = {
                "what": command.what,
                "who": command.who,
                "due_date": command.due_date,
            }
            self._fill(follow_up, values)
            uow.add(follow_up)
            uow.session.flush()
            return outcome(uow, self._row(uow.session, follow_up.id))

    def edit(self, command: EditFollowUp) -> Outcome[FollowUpRow]:
        with self.notebook.write() as uow:
            follow_up = get(uow.session, FollowUp, command.follow_up_id)
            self._fill(follow_up, command.values)
            uow.session.flush()
            return outcome(uow, self._row(uow.session, follow_up.id))

    def mark_done(self, follow_up_id: str, day: dt.date | None) -> Outcome[FollowUpRow]:
        """Kept on ``day``; None opens it again."""
        return self.edit(EditFollowUp(follow_up_id, {"done_date": day}))

    def delete(self, follow_up_id: str) -> Outcome[None]:
        with self.notebook.write() as uow:
            uow.delete(get(uow.session, FollowUp, follow_up_id))
            return outcome(uow, None)

    def _fill(self, follow_up: FollowUp, values: dict[str, object]) -> None:
        cleaned = {
            name: clean_line(value) if name == "who" and isinstance(value, str) else value
            for name, value in values.items()
        }
        apply(follow_up, cleaned, EDITABLE)
        if not follow_up.what.strip():
            raise UserError("Dites en quelques mots ce qui est à faire, ou supprimez l’action.")
        today = self.notebook.today()
        if follow_up.done_date is not None and follow_up.done_date > today:
            raise UserError(
                f"Une action ne peut pas être faite après aujourd’hui, le {french.date(today)}. "
                "Vérifiez la date."
            )

    def _row(self, session: Session, follow_up_id: str) -> FollowUpRow:
        found = session.execute(queries.follow_ups().where(FollowUp.id == follow_up_id)).one()
        return follow_up_row(found, self.notebook.today())


def _scoped(
    session: Session, query: queries.FollowUpSelect, scope: Scope
) -> queries.FollowUpSelect:
    if scope.experiment_id is not None:
        query = query.where(FollowUp.experiment_id == scope.experiment_id)
    if scope.cohort_id is not None or scope.directorate_id is not None:
        experiments = experiments_of(
            lent(session), cohort_id=scope.cohort_id, directorate_id=scope.directorate_id
        )
        query = query.where(FollowUp.experiment_id.in_(experiments))
    if scope.site_id is not None:
        query = query.where(Visit.site_id == scope.site_id)
    day = func.coalesce(Visit.date, FollowUp.due_date)
    if scope.since is not None:
        query = query.where(day >= scope.since)
    if scope.until is not None:
        query = query.where(day <= scope.until)
    if not scope.include_drafts:
        query = query.where(or_(FollowUp.visit_id.is_(None), Visit.state == VisitState.VALIDATED))
    return query
