"""Results: the same rows feed the screen, the workbook and the PDF."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.services.experiment_rows import ExperimentRow, IndicatorRow, ObjectiveRow


class ResultState(StrEnum):
    REACHED = "reached"
    ON_TRACK = "on_track"
    WATCH = "watch"
    LATE = "late"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Settings of the judgement. Shares of the progress expected at the date, 0 to 1."""

    on_track: float = 0.8
    watch: float = 0.5
    min_n_percentage: int = 10
    mask_below: int = 5


@dataclass(frozen=True, slots=True)
class Interval:
    """Wilson 95 % interval, in percent (0 to 100)."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CategoryResult:
    """``masked``: the count is under the threshold, no value may leave the app."""

    category: str
    actual: float | None
    n: int | None
    masked: bool
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class TrajectoryPoint:
    """The indicator's actual value as known at the end of ``date``."""

    date: dt.date
    value: float
    n: int | None


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """``attainment`` = (actual - T0) / (target - T0), unclamped; None when it has no meaning.

    ``shown`` is False when a percentage rests on too few people (n under the threshold) or the
    count is masked: print ``hidden_reason`` in place of the value.
    """

    indicator: IndicatorRow
    actual: float | None
    actual_date: dt.date | None
    n: int | None
    interval: Interval | None
    attainment: float | None
    expected: float | None
    state: ResultState
    shown: bool
    hidden_reason: str
    measurement_count: int
    site_count: int
    not_observed_count: int
    by_category: tuple[CategoryResult, ...]


@dataclass(frozen=True, slots=True)
class ExperimentResult:
    """``attainment`` is the mean of the indicators' rates, each kept within 0 and 1."""

    experiment: ExperimentRow
    attainment: float | None
    expected: float | None
    state: ResultState
    indicator_count: int
    reached_count: int
    visit_count: int
    site_count: int
    observation_count: int


@dataclass(frozen=True, slots=True)
class ObjectiveResult:
    objective: ObjectiveRow
    results: tuple[IndicatorResult, ...]


@dataclass(frozen=True, slots=True)
class ResultSheet:
    """An experiment's results by objective, as known on ``as_of``."""

    experiment: ExperimentResult
    objectives: tuple[ObjectiveResult, ...]
    as_of: dt.date
    positive_findings: int
    neutral_findings: int
    negative_findings: int
