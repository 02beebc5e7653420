"""Results: the same rows feed the screen, the workbook, the PDFs and the command line."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.models.enums import EvaluationQuestion, ObjectiveLevel
from desktop_app.services.programme.experiment_rows import ExperimentRow, IndicatorRow, ObjectiveRow


class ResultState(StrEnum):
    """What is said of one indicator (services/results/states.py)."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    WATCH = "watch"
    LATE = "late"
    DECLINE = "decline"
    MISSED = "missed"
    NO_DATA = "no_data"
    UNJUDGED = "unjudged"
    ANSWERED = "answered"


class Movement(StrEnum):
    """Where an indicator stands between T0 and target: what may be counted, unlike rates."""

    REACHED = "reached"
    PROGRESS = "progress"
    UNCHANGED = "unchanged"
    DECLINE = "decline"
    NO_DATA = "no_data"


class Level(StrEnum):
    """Levels of the results chain; what answers Q3 (viability) is told apart."""

    OUTPUT = "output"
    OUTCOME = "outcome"
    IMPACT = "impact"
    VIABILITY = "viability"


class Reserve(StrEnum):
    """What must be said beside a figure (the words: services/results/words.py)."""

    PAIR = "pair"
    PARTS_DISAGREE = "parts_disagree"
    PLAIN_MEAN = "plain_mean"
    WITHOUT_N = "without_n"
    OLDER_SERIES = "older_series"
    NO_COMPARABLE_T0 = "no_comparable_t0"
    NO_T0 = "no_t0"
    T0_WITHHELD = "t0_withheld"
    NO_TARGET = "no_target"
    T0_IS_TARGET = "t0_is_target"
    SUM_FROM_ZERO = "sum_from_zero"
    PART_OF_PERIOD = "part_of_period"
    ONLY_T0 = "only_t0"
    OTHER_PERIMETER = "other_perimeter"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The notebook's rules of reading. Shares of the progress expected at the date, 0 to 1."""

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
    """One category of a breakdown. ``category`` is its identity, ``label`` its name today.

    ``masked``: what it would say rests on too few people, or would tell another that does.
    ``rate``: its own way from T0 to the target, for a bar on the table's scale. ``retired``: no
    longer in the definition; shown for the sums it takes part in.
    """

    category: str
    actual: float | None
    n: int | None
    masked: bool
    interval: Interval | None
    label: str = ""
    rate: float | None = None
    retired: bool = False

    @property
    def name(self) -> str:
        return self.label or self.category


@dataclass(frozen=True, slots=True)
class TrajectoryPoint:
    """The indicator's actual value as known at the end of ``date``.

    Each site's last value is carried forward, its measured T0 first; ``sites`` of those that the
    figure holds had one by then.
    """

    date: dt.date
    value: float
    n: int | None
    sites: int = 0


@dataclass(frozen=True, slots=True)
class Baseline:
    """T0 as agreed and as measured; ``used`` is the one that counts.

    ``differs``: they are apart by more than rounding. The rates are the attainment under each.
    ``few``: the measured one is a percentage of few people, to be read « 2 sur 8 ».
    ``to_measure``: the frame says that the measured one counts.
    """

    agreed: float | None = None
    measured: float | None = None
    measured_n: int | None = None
    measured_sites: int = 0
    measured_on: dt.date | None = None
    used: float | None = None
    differs: bool = False
    few: bool = False
    to_measure: bool = False
    agreed_rate: float | None = None
    measured_rate: float | None = None

    @property
    def counts_measured(self) -> bool:
        """Whether the T0 that counts is the measured one, and reads otherwise than the agreed."""
        return self.used is not None and self.used == self.measured and self.used != self.agreed


@dataclass(frozen=True, slots=True)
class SameSites:
    """The change on the sites measured at both ends: ``count`` of the ``of`` known ones.

    ``same``: they are all those of both figures, so that nothing needs to be said. ``few``: a
    percentage of few people at either end.
    """

    count: int
    of: int
    baseline: float | None = None
    actual: float | None = None
    same: bool = False
    baseline_n: int | None = None
    actual_n: int | None = None
    few: bool = False


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An occasion whose parts do not make its total."""

    date: dt.date
    site_id: str
    parts: float
    total: float


@dataclass(frozen=True, slots=True)
class Answer:
    """A text given to a qualitative indicator."""

    date: dt.date
    site_id: str
    site_name: str
    category: str
    text: str
    visit_reference: str = ""
    initial: bool = False


@dataclass(frozen=True, slots=True)
class DefinitionChange:
    """One change of an indicator's T0, target or definition: until when the old one held, and why.

    ``changes``: (field name, old value, new value). ``new_series``: values are not joined with
    those taken before.
    """

    on: dt.date
    version: int
    changes: tuple[tuple[str, object, object], ...]
    reason: str
    author: str
    new_series: bool


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """``attainment`` = (actual - T0) / (target - T0), unclamped; None when it has no meaning.

    ``masked``: a document that prints nothing of few people withholds the figure and all that
    tells it (value, n, interval, rate, state). ``few``: a percentage on fewer people than a
    percentage deserves, to be read « 8 sur 9 » (result_words.py). ``expected``: the share of the
    way expected at the last measure. ``measures`` and ``sites`` are those in the figure;
    ``known_sites`` those measured at least once, T0 included; ``recorded`` every value entered,
    parts and T0 included. ``stale_since``: the last measure, when its frequency is past.
    ``silent``: measures that a rate leaves out, because they do not say their n. ``waves``: of a
    wave indicator alone.
    """

    indicator: IndicatorRow
    actual: float | None
    actual_date: dt.date | None
    n: int | None
    interval: Interval | None
    attainment: float | None
    expected: float | None
    state: ResultState
    movement: Movement = Movement.NO_DATA
    baseline: Baseline = Baseline()
    measures: int = 0
    sites: int = 0
    known_sites: int = 0
    yes_sites: int = 0
    without_n: int = 0
    silent: int = 0
    waves: tuple[str, ...] = ()
    recorded: int = 0
    not_observed_count: int = 0
    decimals: int = 2
    few: bool = False
    masked: bool = False
    ended: bool = False
    stale_since: dt.date | None = None
    series: int = 1
    reserves: tuple[Reserve, ...] = ()
    same_sites: SameSites | None = None
    disagreements: tuple[Disagreement, ...] = ()
    answers: tuple[Answer, ...] = ()
    history: tuple[DefinitionChange, ...] = ()
    by_category: tuple[CategoryResult, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many indicators stand where. ``masked``: those of ``no_data`` that are withheld."""

    reached: int = 0
    progress: int = 0
    unchanged: int = 0
    decline: int = 0
    no_data: int = 0
    masked: int = 0

    @property
    def total(self) -> int:
        return self.reached + self.progress + self.unchanged + self.decline + self.no_data

    def of(self, movement: Movement) -> int:
        return {
            Movement.REACHED: self.reached,
            Movement.PROGRESS: self.progress,
            Movement.UNCHANGED: self.unchanged,
            Movement.DECLINE: self.decline,
            Movement.NO_DATA: self.no_data,
        }[movement]

    @classmethod
    def sum(cls, tallies: "Iterable[Tally]") -> "Tally":
        parts = tuple(tallies)
        return cls(
            sum(t.reached for t in parts),
            sum(t.progress for t in parts),
            sum(t.unchanged for t in parts),
            sum(t.decline for t in parts),
            sum(t.no_data for t in parts),
            sum(t.masked for t in parts),
        )


WORST_FIRST = (
    Movement.DECLINE,
    Movement.UNCHANGED,
    Movement.PROGRESS,
    Movement.REACHED,
    Movement.NO_DATA,
)
"""The order of the segmented bar, from what drifts to what is done; what is unknown comes last."""


@dataclass(frozen=True, slots=True)
class LevelTally:
    """The indicators of one level, counted; a level without indicator has no row."""

    level: Level
    tally: Tally


@dataclass(frozen=True, slots=True)
class ExperimentResult:
    """An experiment has no state and no average: its indicators are counted, level by level.

    ``qualitative``: indicators that speak in words, counted apart. ``stale``: those not measured
    for longer than their frequency, ``stale_since`` the oldest of their last measures. ``ended``:
    past its end, or implanted, or stopped.
    """

    experiment: ExperimentRow
    levels: tuple[LevelTally, ...]
    indicator_count: int
    qualitative: int
    stale: int
    stale_since: dt.date | None
    ended: bool
    visit_count: int
    site_count: int
    observation_count: int

    @property
    def tally(self) -> Tally:
        return Tally.sum(level.tally for level in self.levels)


def drift(result: ExperimentResult) -> tuple[float, ...]:
    """Sort key: what drifts first, by the share of indicators that decline, then of unchanged."""
    tally = result.tally
    total = tally.total or 1
    return (
        -tally.decline / total,
        -tally.unchanged / total,
        -result.stale / total,
        -tally.no_data / total,
        tally.reached / total,
    )


@dataclass(frozen=True, slots=True)
class ObjectiveResult:
    objective: ObjectiveRow
    results: tuple[IndicatorResult, ...]

    @property
    def level(self) -> Level:
        return level_of(self.objective)


def level_of(objective: ObjectiveRow) -> Level:
    if objective.evaluation_question is EvaluationQuestion.Q3:
        return Level.VIABILITY
    return {
        ObjectiveLevel.OUTPUT: Level.OUTPUT,
        ObjectiveLevel.OUTCOME: Level.OUTCOME,
        ObjectiveLevel.IMPACT: Level.IMPACT,
    }[objective.level]


@dataclass(frozen=True, slots=True)
class ResultSheet:
    """An experiment's results by objective, as known on ``as_of``."""

    experiment: ExperimentResult
    objectives: tuple[ObjectiveResult, ...]
    as_of: dt.date
    positive_findings: int
    neutral_findings: int
    negative_findings: int
    drafts: bool = False
