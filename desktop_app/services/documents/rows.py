"""Everything an export needs, gathered once, frozen: exports never query."""

import datetime as dt
from dataclasses import dataclass

from desktop_app.models.enums import MeasurementStatus, Reliability, Wave
from desktop_app.services.programme.experiment_rows import (
    CohortRow,
    DirectorateRow,
    ProgrammeRow,
    SiteRow,
)
from desktop_app.services.results.rows import (
    IndicatorResult,
    ResultSheet,
    Thresholds,
    TrajectoryPoint,
)
from desktop_app.services.results.scope import Scope
from desktop_app.services.visits.visit_rows import (
    AttachmentRow,
    FindingRow,
    FollowUpRow,
    MeasureLine,
    VisitListRow,
    VisitRow,
)


@dataclass(frozen=True, slots=True)
class DocumentHeader:
    """What every document says of itself. ``illustrative`` prints « données fictives ».

    ``organisation`` is the heading in force: the organisation's or the notebook's, else the
    territory. ``logo`` is a PNG, b"" when there is none; ``lacking`` says why the one asked for is
    not there. ``scope`` is the sentence that stands under the title (scope_words.py).
    """

    programme: ProgrammeRow | None
    notebook_title: str
    organisation: str
    logo: bytes
    illustrative: bool
    today: dt.date
    generated_at: dt.datetime
    version: str
    author: str
    territory: str = ""
    lacking: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class MeasurementRow:
    """One recorded value in long form. ``withheld``: masked, its value and n left behind."""

    id: str
    cohort_number: int
    experiment_code: str
    experiment_title: str
    objective: str
    indicator_id: str
    indicator_code: str
    indicator_label: str
    indicator_version: int
    unit: str
    site_name: str
    commune: str
    visit_reference: str
    date: dt.date
    wave: Wave | None
    category: str
    status: MeasurementStatus
    value: float | None
    n: int | None
    reliability: Reliability | None
    comment: str
    is_percentage: bool
    is_yes_no: bool
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class VisitDocument:
    """The compte rendu de visite. ``photos`` pairs an attachment with its JPEG bytes.

    ``hidden``: (indicator, category) of the measures whose value does not leave; ``guarded``:
    the indicators of which something does not, here or in another visit.
    """

    header: DocumentHeader
    visit: VisitRow
    measures: tuple[MeasureLine, ...]
    findings: tuple[FindingRow, ...]
    follow_ups: tuple[FollowUpRow, ...]
    attachments: tuple[AttachmentRow, ...]
    photos: tuple[tuple[AttachmentRow, bytes], ...]
    thresholds: Thresholds
    hidden: frozenset[tuple[str, str]] = frozenset()
    guarded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ExperimentDocument:
    """The synthèse d'expérimentation. ``trajectories`` is keyed like ``results``' indicators.

    ``scope_labels`` leave the experiment out: it is the document's title.
    """

    header: DocumentHeader
    scope: Scope
    sheet: ResultSheet
    trajectories: tuple[tuple[str, tuple[TrajectoryPoint, ...]], ...]
    findings: tuple[FindingRow, ...]
    follow_ups: tuple[FollowUpRow, ...]
    visits: tuple[VisitListRow, ...]
    sites: tuple[SiteRow, ...]
    thresholds: Thresholds
    photos: tuple[tuple[AttachmentRow, bytes], ...]
    scope_labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WorkbookCounts:
    """Row counts and sums read straight from the tables, for the sheet « Contrôle ».

    Sums leave out what is hidden (withholding.py): the difference would tell it. Percentages (0 to
    100) are summed apart; yes/no values are in neither sum.
    """

    measurements: int
    measured_sum: float
    visits: int
    findings: int
    follow_ups: int
    sites: int
    indicators: int
    percentage_sum: float = 0.0


@dataclass(frozen=True, slots=True)
class WorkbookDocument:
    """The workbook's frozen part; its long sheets are streamed beside it (WorkbookStreams).

    ``hidden``: the measurements whose value does not leave (services/results/withholding.py).
    """

    header: DocumentHeader
    scope: Scope
    scope_labels: tuple[tuple[str, str], ...]
    cohorts: tuple[CohortRow, ...]
    directorates: tuple[DirectorateRow, ...]
    sheets: tuple[ResultSheet, ...]
    sites: tuple[SiteRow, ...]
    counts: WorkbookCounts
    thresholds: Thresholds
    hidden: frozenset[str] = frozenset()

    @property
    def results(self) -> tuple[IndicatorResult, ...]:
        return tuple(r for s in self.sheets for o in s.objectives for r in o.results)
