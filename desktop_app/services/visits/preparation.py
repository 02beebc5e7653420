"""What to know before entering: what is due, what was promised, what was seen last time."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.models.enums import VisitState
from desktop_app.models.visit import FollowUp, Visit
from desktop_app.services.base import Service, get
from desktop_app.services.visits.findings import rows_of_visit
from desktop_app.services.visits.follow_up_reader import follow_up_row
from desktop_app.services.visits.measures import lines_of
from desktop_app.services.visits.visit_list import list_row
from desktop_app.services.visits.visit_rows import Preparation, VisitListRow
from desktop_app.store.glance import lent
from desktop_app.store.queries import follow_ups as follow_up_queries
from desktop_app.store.queries import visits as visit_queries
from desktop_app.store.queries.results import entries


class PreparationService(Service):
    def prepare(self, visit_id: str) -> Preparation:
        """From the previous visit of the same experiment at the same site.

        The open promises are those of the experiment, made at this site or at no site, on this
        visit apart. ``due`` has one line an indicator.
        """
        with self.notebook.read() as session:
            visit = get(session, Visit, visit_id)
            previous = _previous(session, visit)
            today = self.notebook.today()
            lines = lines_of(session, visit)
            return Preparation(
                previous=None if previous is None else _listed(session, previous),
                previous_notes="" if previous is None else previous.notes,
                previous_findings=()
                if previous is None
                else tuple(row for row in rows_of_visit(session, previous.id) if row.text.strip()),
                open_follow_ups=tuple(
                    follow_up_row(row, today) for row in session.execute(_promised(visit))
                ),
                due=tuple(line for line in lines if line.due and not line.category),
            )


def _previous(session: Session, visit: Visit) -> Visit | None:
    """The last one before, in the order of occasions: day, start time, order of entry."""
    rows = session.execute(
        select(Visit.id, Visit.date, Visit.start_time).where(
            Visit.experiment_id == visit.experiment_id,
            Visit.site_id == visit.site_id,
            Visit.deleted.is_(False),
            Visit.state != VisitState.PLANNED,
            Visit.date <= visit.date,
        )
    )
    moments = {key: (day, start or dt.time.min) for key, day, start in rows}
    now = (visit.date, visit.start_time or dt.time.min)
    entered = _entries(session, [key for key, moment in moments.items() if moment == now], visit)
    before = {
        key: moment
        for key, moment in moments.items()
        if moment < now or (moment == now and entered[key] < entered[visit.id])
    }
    last = max(before.values(), default=None)
    tied = [key for key, moment in before.items() if moment == last]
    entered = _entries(session, tied, visit)
    return session.get_one(Visit, max(tied, key=lambda key: entered[key])) if tied else None


def _entries(session: Session, visit_ids: Sequence[str], visit: Visit) -> dict[str, str]:
    """When these visits, and this one, were entered."""
    found = entries(lent(session), [*visit_ids, visit.id])
    return {key: entry or "" for key, entry in found.items()}


def _listed(session: Session, visit: Visit) -> VisitListRow:
    return list_row(visit_queries.list_rows(session, [visit.reference])[0])


def _promised(visit: Visit) -> follow_up_queries.FollowUpSelect:
    return follow_up_queries.follow_ups().where(
        FollowUp.experiment_id == visit.experiment_id,
        FollowUp.done_date.is_(None),
        FollowUp.visit_id.is_distinct_from(visit.id),
        (Visit.site_id == visit.site_id) | FollowUp.visit_id.is_(None),
    )
