"""Actions promised, with the visit and the experiment they come from."""

import datetime as dt

from sqlalchemy import Select, select

from desktop_app.models.experiment import Enterprise, Experiment
from desktop_app.models.site import Site
from desktop_app.models.visit import FollowUp, Visit

FollowUpSelect = Select[FollowUp, str | None, dt.date | None, str | None, str, str, str]


def follow_ups() -> FollowUpSelect:
    """Live actions: (action, visit reference, date, site, experiment code, title, enterprise).

    The open ones first by due date (undated ones after), then those done, latest first.
    """
    return (
        select(
            FollowUp,
            Visit.reference,
            Visit.date,
            Site.name,
            Experiment.code,
            Experiment.title,
            Enterprise.name,
        )
        .join(Experiment, Experiment.id == FollowUp.experiment_id)
        .join(Enterprise, Enterprise.id == Experiment.enterprise_id)
        .outerjoin(Visit, Visit.id == FollowUp.visit_id)
        .outerjoin(Site, Site.id == Visit.site_id)
        .where(FollowUp.deleted.is_(False))
        .order_by(
            FollowUp.done_date.is_not(None),
            FollowUp.done_date.desc(),
            FollowUp.due_date.is_(None),
            FollowUp.due_date,
            FollowUp.id,
        )
    )
