"""Frozen rows of actions, made from the rows of the queries."""

import datetime as dt
from typing import TYPE_CHECKING

from desktop_app.services.visits.follow_up_rows import FollowUpRow
from desktop_app.store.glance import Found

if TYPE_CHECKING:
    from desktop_app.store.queries.live import AnyRow


def follow_up_row(row: "AnyRow | Found", today: dt.date) -> FollowUpRow:
    """Takes a row of ``queries.follow_ups`` or of ``queries.overview``."""
    dated = row.due_date is not None and row.done_date is None
    return FollowUpRow(
        id=row.id,
        visit_id=row.visit_id,
        visit_reference=row.reference or "",
        visit_date=row.date,
        experiment_id=row.experiment_id,
        experiment_code=row.code,
        experiment_title=row.title,
        enterprise=row.enterprise,
        site_name=row.site_name or "",
        what=row.what,
        who=row.who,
        due_date=row.due_date,
        done_date=row.done_date,
        days_left=(row.due_date - today).days if dated else None,
    )
