"""Rows and commands of visits."""

import datetime as dt
from dataclasses import dataclass, field

from desktop_app.models.enums import (
    Appreciation,
    AttachmentKind,
    Counted,
    EvaluationQuestion,
    FindingKind,
    Frequency,
    MeasurementStatus,
    Polarity,
    Reliability,
    SiteType,
    SourceType,
    ValueType,
    VisitState,
    Wave,
)
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.visits.follow_up_rows import FollowUpRow as FollowUpRow  # noqa: PLC0414


@dataclass(frozen=True, slots=True)
class VisitFilter:
    """``text`` searches the visit, its findings, its site and its experiment, by word prefixes."""

    text: str = ""
    experiment_id: str | None = None
    cohort_id: str | None = None
    directorate_id: str | None = None
    site_id: str | None = None
    state: VisitState | None = None
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class VisitListRow:
    id: str
    reference: str
    date: dt.date
    start_time: dt.time | None
    state: VisitState
    experiment_id: str
    experiment_code: str
    experiment_title: str
    enterprise: str
    site_id: str
    site_name: str
    commune: str
    author: str
    measurement_count: int
    finding_count: int
    open_follow_up_count: int


@dataclass(frozen=True, slots=True)
class VisitPage:
    """``cursor`` asks for the next page (keyset); None when this is the last."""

    rows: tuple[VisitListRow, ...]
    cursor: tuple[object, ...] | None


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit with all its own fields (children come from their own methods)."""

    id: str
    reference: str
    experiment_id: str
    experiment_code: str
    experiment_title: str
    enterprise: str
    site_id: str
    site_name: str
    site_type: SiteType
    commune: str
    date: dt.date
    start_time: dt.time | None
    end_time: dt.time | None
    remote: bool
    author: str
    participants: str
    headcount: int | None
    purpose: str
    context: str
    notes: str
    strengths: str
    brakes: str
    risks: str
    limits: str
    appreciation: Appreciation | None
    state: VisitState
    validated_at: dt.datetime | None
    validated_by: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """An indicator to collect on this visit: what is recorded (or not yet), the last value beside.

    ``measurement_id`` is None while nothing is recorded. ``retired`` marks an indicator deleted
    since: shown if it was measured here, never offered afresh. One line a category when the
    indicator is disaggregated, after the line of the whole audience (``category == ""``).
    ``category`` is an identity, ``part`` what it is called today (programme/categories.py).
    ``due`` tells whether its frequency calls for a measure on the visit's day. The last value is
    that of the site's last occasion before the visit, under the present definition.
    """

    indicator_id: str
    indicator_code: str
    label: str
    unit: str
    value_type: ValueType
    frequency: Frequency
    scale_min: float | None
    scale_max: float | None
    definition: str
    disaggregation: str
    category: str
    due: bool
    retired: bool
    last_value: float | None
    last_date: dt.date | None
    baseline_value: float | None
    target_value: float | None
    measurement_id: str | None
    status: MeasurementStatus | None
    value: float | None
    n: int | None
    wave: Wave | None
    reliability: Reliability | None
    comment: str
    last_n: int | None = None
    category_label: str = ""
    calculation: Calculation = Calculation.LATEST
    n_counts: Counted | None = None

    @property
    def part(self) -> str:
        """What its category is called today; '' for the whole audience."""
        return self.category_label or self.category

    @property
    def of_people(self) -> bool:
        """Whether n counts people, or answers that people gave."""
        return self.n_counts in {None, Counted.PEOPLE, Counted.ANSWERS}


@dataclass(frozen=True, slots=True)
class FindingRow:
    id: str
    visit_id: str
    position: int
    evaluation_question: EvaluationQuestion
    kind: FindingKind
    polarity: Polarity
    intended: bool
    intensity: int | None
    audience: str
    source_type: SourceType | None
    text: str
    visit_reference: str
    visit_date: dt.date
    site_name: str
    commune: str
    experiment_code: str


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """``thumbnail`` is a small JPEG (longest side 320 px) or None; bytes come by ``content``."""

    id: str
    visit_id: str
    finding_id: str | None
    kind: AttachmentKind
    filename: str
    media_type: str
    sha256: str
    size: int
    width: int | None
    height: int | None
    caption: str
    thumbnail: bytes | None


@dataclass(frozen=True, slots=True)
class Preparation:
    """What to know before entering: due measures, promises, what was seen last time."""

    previous: VisitListRow | None
    previous_notes: str
    previous_findings: tuple[FindingRow, ...]
    open_follow_ups: tuple[FollowUpRow, ...]
    due: tuple[MeasureLine, ...]


@dataclass(frozen=True, slots=True)
class NewVisit:
    experiment_id: str
    site_id: str
    date: dt.date
    start_time: dt.time | None = None
    state: VisitState = VisitState.DRAFT
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class EditVisit:
    """``values``: VisitRow field names to new values (experiment, site, date, times, texts…)."""

    visit_id: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecordMeasure:
    """Writes one cell whole. ``status`` None erases it: the cell is again « not recorded ».

    ``category`` is an identity. A qualitative answer is the ``comment``.
    """

    visit_id: str
    indicator_id: str
    category: str
    status: MeasurementStatus | None
    value: float | None = None
    n: int | None = None
    comment: str = ""
    wave: Wave | None = None
    reliability: Reliability | None = None


@dataclass(frozen=True, slots=True)
class NewFinding:
    visit_id: str
    text: str = ""
    evaluation_question: EvaluationQuestion = EvaluationQuestion.Q1
    kind: FindingKind = FindingKind.FACT
    polarity: Polarity = Polarity.NEUTRAL
    intended: bool = True
    intensity: int | None = None
    audience: str = ""
    source_type: SourceType | None = None


@dataclass(frozen=True, slots=True)
class EditFinding:
    finding_id: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewFollowUp:
    what: str
    who: str = ""
    due_date: dt.date | None = None
    visit_id: str | None = None
    experiment_id: str | None = None


@dataclass(frozen=True, slots=True)
class EditFollowUp:
    follow_up_id: str
    values: dict[str, object] = field(default_factory=dict)
