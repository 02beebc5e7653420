"""Actions promised, with the visit and the experiment they come from."""

from typing import Any

from sqlalchemy import Select, select

from desktop_app.models.experiment import Enterprise, Experiment
from desktop_app.models.site import Site
from desktop_app.models.visit import FollowUp, Visit
from desktop_app.store.queries.live import alive

FollowUpSelect = Select[*tuple[Any, ...]]


def follow_ups() -> FollowUpSelect:
    """Live actions with where they come from (services/visits/follow_up_reader.py: rows of them).

    The open ones first by due date (undated ones after), then those done, latest first.
    """
    return (
        select(
            FollowUp.id,
            FollowUp.visit_id,
            Visit.reference,
            Visit.date,
            FollowUp.experiment_id,
            Experiment.code,
            Experiment.title,
            Enterprise.name.label("enterprise"),
            Site.name.label("site_name"),
            FollowUp.what,
            FollowUp.who,
            FollowUp.due_date,
            FollowUp.done_date,
        )
        .join(Experiment, Experiment.id == FollowUp.experiment_id)
        .join(Enterprise, Enterprise.id == Experiment.enterprise_id)
        .outerjoin(Visit, Visit.id == FollowUp.visit_id)
        .outerjoin(Site, Site.id == Visit.site_id)
        .where(alive(FollowUp))
        .order_by(
            FollowUp.done_date.is_not(None),
            FollowUp.done_date.desc(),
            FollowUp.due_date.is_(None),
            FollowUp.due_date,
            FollowUp.id,
        )
    )
