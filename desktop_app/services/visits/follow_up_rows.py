"""The row of an action: apart from those of visits, since the first screen shows it."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """``days_left``: from today to the due date, negative when late; None if done or undated."""

    id: str
    visit_id: str | None
    visit_reference: str
    visit_date: dt.date | None
    experiment_id: str
    experiment_code: str
    experiment_title: str
    enterprise: str
    site_name: str
    what: str
    who: str
    due_date: dt.date | None
    done_date: dt.date | None
    days_left: int | None
