"""The perimeter of a list, a result or a document."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """None = no restriction. ``until`` is inclusive; results are those known on that day.

    Drafts are left out unless asked for: what is shown or sent can be stood by.
    """

    experiment_id: str | None = None
    cohort_id: str | None = None
    directorate_id: str | None = None
    site_id: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    include_drafts: bool = False
