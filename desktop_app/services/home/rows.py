"""Rows of the first screen, of the search box, of the history and of the integrity check."""

import datetime as dt
from dataclasses import dataclass

from desktop_app.services.programme.experiment_rows import CohortRow
from desktop_app.services.results.rows import ExperimentResult
from desktop_app.services.visits.follow_up_rows import FollowUpRow


@dataclass(frozen=True, slots=True)
class UpcomingVisit:
    visit_id: str
    date: dt.date
    start_time: dt.time | None
    site_name: str
    commune: str
    experiment_title: str
    enterprise: str
    due_count: int


@dataclass(frozen=True, slots=True)
class MonthCount:
    month: dt.date
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """``observation_count`` counts measurements and findings (quotes included)."""

    title: str
    illustrative: bool
    today: dt.date
    current_cohort: CohortRow | None
    visits_this_week: int
    measures_due: int
    late_follow_ups: int
    observation_count: int
    experiments: tuple[ExperimentResult, ...]
    upcoming: tuple[UpcomingVisit, ...]
    follow_ups: tuple[FollowUpRow, ...]
    observations_by_month: tuple[MonthCount, ...]


@dataclass(frozen=True, slots=True)
class SearchHit:
    """``kind`` is an entity name; ``visit_id`` is where to go for what was seen on a visit.

    ``title`` is a name, or the words of a finding, an action, a comment; ``excerpt`` says more
    of it, or where it was seen. Both mark what matched with U+0002 … U+0003 (never HTML).
    """

    kind: str
    record_id: str
    visit_id: str | None
    title: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class HistoryChange:
    """One field, already in words: « Date : 08/06/2021 → 09/06/2021 »."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What one transaction did to one record. ``undoable`` only while nothing came on top."""

    hlc: str
    at: dt.datetime
    author: str
    entity: str
    record_id: str
    title: str
    changes: tuple[HistoryChange, ...]
    amendment: bool
    undoable: bool


@dataclass(frozen=True, slots=True)
class NotebookInfo:
    path: str
    title: str
    illustrative: bool
    today: dt.date
    device_label: str
    agent: str
    schema_version: int


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """``area``: file, foreign_keys, journal, attachments, search. ``message`` is French."""

    area: str
    message: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    ok: bool
    areas: tuple[str, ...]
    problems: tuple[CheckFinding, ...]
    counts: tuple[tuple[str, int], ...]
