"""What results mean: progress, judgement and what may be shown. Pure, tested by hand-worked cases.

With aggregation.py, the one place where results are computed: the screen, the workbook and the
PDF take the rows made here. Percentages run 0 to 100.
"""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app import french
from desktop_app.models.enums import Direction, ValueType
from desktop_app.services.aggregation import Group, aggregate, whole_audience, wilson
from desktop_app.services.experiment_rows import ExperimentRow, IndicatorRow
from desktop_app.services.masking import masked
from desktop_app.services.result_rows import (
    CategoryResult,
    ExperimentResult,
    IndicatorResult,
    Interval,
    ResultState,
    Thresholds,
)

KEEP_TOLERANCE = 0.05  # « à maintenir »: within 5 % of the target
EPSILON = 1e-9  # sums of decimals do not fall exactly on their target


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the notebook holds for one indicator: its values by group, and what has none.

    ``baselines``: the measurements of the initial wave, which progress is measured from.
    """

    groups: Sequence[Group] = ()
    not_observed: int = 0
    without_value: int = 0
    baselines: int = 0


@dataclass(frozen=True, slots=True)
class Activity:
    """What happened in an experiment, within a scope."""

    visits: int = 0
    sites: int = 0
    observations: int = 0


def attainment(actual: float | None, baseline: float | None, target: float | None) -> float | None:
    """(actual - T0) / (target - T0), for rising and falling targets alike; unclamped.

    None when one is missing or when T0 is the target.
    """
    if actual is None or baseline is None or target is None or _same(baseline, target):
        return None
    return (actual - baseline) / (target - baseline)


def is_reached(actual: float | None, target: float | None, direction: Direction) -> bool:
    if actual is None or target is None:
        return False
    if direction is Direction.KEEP:
        return abs(actual - target) <= KEEP_TOLERANCE * abs(target) + EPSILON
    if _same(actual, target):
        return True
    return actual > target if direction is Direction.UP else actual < target


def elapsed_share(start: dt.date | None, end: dt.date | None, as_of: dt.date) -> float | None:
    """How much of the time from start to end has passed on ``as_of``, 0 to 1."""
    if start is None or end is None:
        return None
    if as_of >= end:
        return 1.0
    if as_of <= start:
        return 0.0
    return (as_of - start).days / (end - start).days


def judge(rate: float, expected: float | None, thresholds: Thresholds) -> ResultState:
    """A rate against the one expected by now; without dates, against the whole target."""
    due = 1.0 if expected is None else expected
    if rate >= thresholds.on_track * due - EPSILON:
        return ResultState.ON_TRACK
    if rate >= thresholds.watch * due - EPSILON:
        return ResultState.WATCH
    return ResultState.LATE


def _same(first: float, second: float) -> bool:
    return math.isclose(first, second, rel_tol=EPSILON, abs_tol=EPSILON)


def indicator_result(
    indicator: IndicatorRow,
    experiment: ExperimentRow,
    evidence: Evidence,
    as_of: dt.date,
    thresholds: Thresholds,
) -> IndicatorResult:
    """Everything a screen or a document says of one indicator."""
    actual = aggregate(whole_audience(evidence.groups), indicator.aggregation, indicator.value_type)
    value = actual.value if actual else None
    n = actual.n if actual else None
    end = indicator.target_date or experiment.end_date
    expected = elapsed_share(indicator.baseline_date or experiment.start_date, end, as_of)
    rate = attainment(value, indicator.baseline_value, indicator.target_value)
    hidden = _hidden_reason(indicator, n, thresholds)
    return IndicatorResult(
        indicator=indicator,
        actual=value,
        actual_date=actual.date if actual else None,
        n=n,
        interval=_interval(indicator, value, n),
        attainment=rate,
        expected=None if indicator.value_type is ValueType.QUALITATIVE else expected,
        state=_state(
            indicator, value, rate, expected, thresholds, over=end is not None and as_of > end
        ),
        shown=not hidden,
        hidden_reason=hidden,
        measurement_count=sum(g.count for g in evidence.groups)
        + evidence.without_value
        + evidence.baselines,
        site_count=len({group.site_id for group in evidence.groups}),
        not_observed_count=evidence.not_observed,
        by_category=_by_category(indicator, evidence.groups, thresholds),
    )


def _state(
    indicator: IndicatorRow,
    value: float | None,
    rate: float | None,
    expected: float | None,
    thresholds: Thresholds,
    *,
    over: bool,
) -> ResultState:
    """``over``: the target date has passed. A value without target is one to look at.

    So is a « non » until then: yes or no cannot be half-way.
    """
    if value is None:
        return ResultState.NO_DATA
    if is_reached(value, indicator.target_value, indicator.direction):
        return ResultState.REACHED
    if rate is not None and indicator.value_type is not ValueType.YES_NO:
        return judge(rate, expected, thresholds)
    return ResultState.LATE if over and indicator.target_value is not None else ResultState.WATCH


def _interval(indicator: IndicatorRow, value: float | None, n: int | None) -> Interval | None:
    if indicator.value_type is not ValueType.PERCENTAGE or value is None or not n:
        return None
    return wilson(value, n)


def _hidden_reason(indicator: IndicatorRow, n: int | None, thresholds: Thresholds) -> str:
    """Why the value may not be printed; '' when it may. Sites (yes/no) are not people."""
    if indicator.value_type is ValueType.QUALITATIVE:
        return "qualitatif"
    if n is None or indicator.value_type is ValueType.YES_NO:
        return ""
    least = thresholds.mask_below
    if indicator.value_type is ValueType.PERCENTAGE:
        least = max(least, thresholds.min_n_percentage)
    return f"n{french.NBSP}<{french.NBSP}{least}" if n < least else ""


def _by_category(
    indicator: IndicatorRow, groups: Iterable[Group], thresholds: Thresholds
) -> tuple[CategoryResult, ...]:
    """Declared categories in their order, then those only found in the data.

    A masked row keeps neither value nor interval, nor its count when that is what is too small, or
    would tell the count of another (masking.py).
    """
    by_name: dict[str, list[Group]] = {name: [] for name in indicator.categories}
    for group in sorted(groups, key=lambda group: group.category):
        if group.category:
            by_name.setdefault(group.category, []).append(group)
    found = [
        (name, aggregate(members, indicator.aggregation, indicator.value_type))
        for name, members in by_name.items()
    ]
    hidden: set[str] = set()
    if indicator.value_type is not ValueType.YES_NO:
        known = [(name, actual.n) for name, actual in found if actual is not None]
        places = masked([n for _, n in known], thresholds.mask_below)
        hidden = {known[place][0] for place in places}
    rows: list[CategoryResult] = []
    for name, actual in found:
        if actual is None:
            rows.append(CategoryResult(name, None, None, masked=False, interval=None))
        elif name in hidden or _hidden_reason(indicator, actual.n, thresholds):
            n = None if name in hidden else actual.n
            rows.append(CategoryResult(name, None, n, masked=True, interval=None))
        else:
            interval = _interval(indicator, actual.value, actual.n)
            rows.append(
                CategoryResult(name, actual.value, actual.n, masked=False, interval=interval)
            )
    return tuple(rows)


def experiment_result(
    experiment: ExperimentRow,
    results: Sequence[IndicatorResult],
    activity: Activity,
    thresholds: Thresholds,
) -> ExperimentResult:
    """An experiment as a whole: the mean of its indicators' rates, each kept within 0 and 1."""
    rated = [(r.attainment, r.expected) for r in results if r.attainment is not None]
    times = [expected for _, expected in rated if expected is not None]
    rate = math.fsum(min(max(r, 0.0), 1.0) for r, _ in rated) / len(rated) if rated else None
    expected = math.fsum(times) / len(times) if times else None
    aimed = [
        r
        for r in results
        if r.indicator.target_value is not None
        and r.indicator.value_type is not ValueType.QUALITATIVE
    ]
    reached = sum(r.state is ResultState.REACHED for r in results)
    if not any(r.actual is not None for r in results):
        state = ResultState.NO_DATA
    elif aimed and all(r.state is ResultState.REACHED for r in aimed):
        state = ResultState.REACHED
    elif rate is not None:
        state = judge(rate, expected, thresholds)
    elif any(r.state is ResultState.LATE for r in results):
        state = ResultState.LATE
    else:
        state = ResultState.WATCH
    return ExperimentResult(
        experiment=experiment,
        attainment=rate,
        expected=expected,
        state=state,
        indicator_count=len(results),
        reached_count=reached,
        visit_count=activity.visits,
        site_count=activity.sites,
        observation_count=activity.observations,
    )
