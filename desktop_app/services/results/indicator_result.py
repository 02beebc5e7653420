"""What a document or a screen says of one indicator, and of an experiment. Pure.

With reckoning.py (the figure) and states.py (what is said of it), the one place where results are
computed: the screen, the workbook, the PDFs and the command line take the rows made here.
"""

import datetime as dt
import math
from dataclasses import replace

from desktop_app.models.enums import Counted, Frequency, Phase, ValueType
from desktop_app.numbers import same_when_read
from desktop_app.services.programme.experiment_rows import ExperimentRow, IndicatorRow
from desktop_app.services.results.basis import Circumstances, Evidence, can_be_judged, is_partial
from desktop_app.services.results.calculation import Calculation, go_together
from desktop_app.services.results.reckoning import Figure, figure
from desktop_app.services.results.reserves import reserves as reserves_of
from desktop_app.services.results.rounding import compared_decimals, written_decimals
from desktop_app.services.results.rows import (
    Baseline,
    CategoryResult,
    IndicatorResult,
    Interval,
    Movement,
    Reserve,
    ResultState,
    SameSites,
    Thresholds,
)
from desktop_app.services.results.states import (
    Reading,
    attainment,
    close,
    expected_share,
    movement_of,
    state_of,
    yes_no_movement,
)
from desktop_app.services.visits.due import PERIOD_DAYS

WILSON_Z = 1.959963984540054  # 97.5th percentile of the normal law: a 95 % interval
REGULAR = (Frequency.WEEKLY, Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.HALF_YEARLY)


def wilson(percent: float, n: int) -> Interval:
    """The Wilson score interval of a proportion given in percent, for n > 0 people."""
    share = min(max(percent, 0.0), 100.0) / 100
    z2 = WILSON_Z * WILSON_Z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = WILSON_Z * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Interval(max(0.0, centre - half) * 100, min(1.0, centre + half) * 100)


def has_interval(indicator: IndicatorRow, found: Figure | None) -> bool:
    """Only for people asked once, in one wave, when not all of them were asked."""
    return (
        found is not None
        and indicator.value_type is ValueType.PERCENTAGE
        and indicator.n_counts in {None, Counted.PEOPLE}
        and not indicator.exhaustive
        and indicator.frequency is Frequency.WAVE
        and bool(found.n)
        and found.measures == found.sites  # twice in a wave at one site: the same people twice
        and len(found.waves) == 1
        and None not in found.waves
    )


def indicator_result(
    indicator: IndicatorRow,
    experiment: ExperimentRow,
    evidence: Evidence,
    seen: Circumstances,
) -> IndicatorResult:
    """Everything a screen or a document says of one indicator."""
    if indicator.calculation is Calculation.NONE:
        return _in_words(indicator, evidence)
    calculation = indicator.calculation
    found = figure(evidence.sites, calculation)
    measured = figure(evidence.initial, calculation)
    decimals = compared_decimals(
        indicator.value_type, indicator.baseline_value, indicator.target_value
    )
    few = measured is not None and _few(indicator, measured.n, seen.thresholds)
    baseline = replace(_baseline(indicator, evidence, measured, found, decimals), few=few)
    made = IndicatorResult(
        indicator=indicator,
        actual=found.value if found else None,
        actual_date=found.date if found else None,
        n=found.n if found else None,
        interval=_interval(indicator, found),
        attainment=None,
        expected=None,
        state=ResultState.NO_DATA,
        baseline=baseline,
        measures=found.measures if found else 0,
        sites=found.sites if found else 0,
        known_sites=len(
            {s.site_id for s in (*evidence.sites, *evidence.initial)} | evidence.silent.keys()
        ),
        yes_sites=found.yes if found else 0,
        without_n=found.without_n if found else 0,
        silent=sum(evidence.silent.values()),
        waves=_waves(indicator, found),
        recorded=evidence.recorded,
        not_observed_count=evidence.not_observed,
        decimals=written_decimals(
            indicator.value_type,
            baseline.agreed,
            baseline.measured,
            found.value if found else None,
            indicator.target_value,
        ),
        few=_few(indicator, found.n if found else None, seen.thresholds),
        ended=has_ended(indicator, experiment, seen.as_of),
        series=evidence.series,
        same_sites=_same_sites(indicator, evidence, seen.thresholds),
        disagreements=tuple(evidence.disagreements),
        history=tuple(evidence.history),
        by_category=_by_category(indicator, evidence, baseline),
    )
    judged = _judged(made, experiment, found, seen, current=evidence.current) if found else made
    return replace(judged, reserves=reserves_of(judged, evidence, seen, experiment))


def _waves(indicator: IndicatorRow, found: Figure | None) -> tuple[str, ...]:
    """Those of the measures counted, of an indicator taken by wave."""
    if found is None or indicator.frequency is not Frequency.WAVE:
        return ()
    return tuple(sorted(wave.value for wave in found.waves if wave))


def _in_words(indicator: IndicatorRow, evidence: Evidence) -> IndicatorResult:
    """A qualitative indicator says what was written, and is never judged."""
    told = evidence.spoken > 0
    fits = go_together(indicator.value_type, indicator.aggregation)
    return IndicatorResult(
        indicator=indicator,
        actual=None,
        actual_date=max((answer.date for answer in evidence.answers), default=None),
        n=None,
        interval=None,
        attainment=None,
        expected=None,
        state=ResultState.ANSWERED if told else ResultState.NO_DATA,
        measures=evidence.spoken,
        sites=len({answer.site_id for answer in evidence.answers}),
        recorded=evidence.recorded,
        not_observed_count=evidence.not_observed,
        reserves=() if fits else (Reserve.PAIR,),
        answers=tuple(evidence.answers),
        history=tuple(evidence.history),
    )


def _baseline(
    indicator: IndicatorRow,
    evidence: Evidence,
    measured: Figure | None,
    found: Figure | None,
    decimals: int,
) -> Baseline:
    """The agreed T0 counts, unless the frame says that it is to be measured.

    A sum starts from 0 and has no measured T0: what was counted in the initial wave is in it.
    """
    agreed = indicator.baseline_value
    if indicator.calculation is Calculation.SUM:
        starts = agreed is None or close(agreed, 0.0)
        return Baseline(agreed=agreed, used=0.0 if starts and evidence.current else None)
    value = measured.value if measured else None
    usable = agreed if evidence.comparable and evidence.current else None
    first, second = (value, usable) if indicator.baseline_to_measure else (usable, value)
    used = second if first is None else first

    def rate(start: float | None) -> float | None:
        if found is None or indicator.calculation is Calculation.SITES:
            return None
        if not can_be_judged(indicator, current=evidence.current):
            return None
        return attainment(found.value, start, indicator.target_value, indicator.direction)

    return Baseline(
        agreed=agreed,
        measured=value,
        measured_n=measured.n if measured else None,
        measured_sites=measured.sites if measured else 0,
        measured_on=measured.date if measured else None,
        used=used,
        differs=value is not None
        and agreed is not None
        and not same_when_read(agreed, value, decimals),
        to_measure=indicator.baseline_to_measure,
        agreed_rate=rate(usable),
        measured_rate=rate(value),
    )


def _judged(
    made: IndicatorResult,
    experiment: ExperimentRow,
    found: Figure,
    seen: Circumstances,
    *,
    current: bool,
) -> IndicatorResult:
    """With its rate, its movement and its state; values of an older definition have none."""
    indicator = made.indicator
    stale = _stale_since(made, found, seen.as_of)
    judged = can_be_judged(indicator, current=current)
    if not judged or is_partial(indicator, experiment, seen):
        return replace(made, state=ResultState.UNJUDGED, stale_since=stale)
    expected = expected_share(
        indicator.baseline_date or experiment.start_date,
        indicator.target_date or experiment.end_date,
        found.date,
        by_wave=indicator.frequency is Frequency.WAVE,
        waves=found.waves,
    )
    reading = _reading(made, found, expected)
    state = state_of(reading, seen.thresholds)
    half_way = indicator.calculation is Calculation.SITES and reading.has_target
    if state is ResultState.UNJUDGED and half_way:
        state = ResultState.WATCH  # yes or no cannot be half-way
    return replace(
        made,
        attainment=reading.rate,
        expected=expected,
        state=state,
        movement=reading.movement,
        stale_since=stale,
    )


def _reading(made: IndicatorResult, found: Figure, expected: float | None) -> Reading:
    indicator, start, target = made.indicator, made.baseline.used, made.indicator.target_value
    if indicator.calculation is Calculation.SITES:
        if target is None:
            return Reading(Movement.NO_DATA, None, expected, made.ended, has_target=False)
        wanted = target >= 0.5
        before = None if start is None else start >= 0.5
        movement = yes_no_movement(found.yes, found.sites, wanted=wanted, baseline=before)
        return Reading(movement, None, expected, made.ended, has_target=True)
    rate = attainment(found.value, start, target, indicator.direction)
    movement = movement_of(
        found.value,
        start,
        target,
        indicator.direction,
        compared_decimals(indicator.value_type, indicator.baseline_value, indicator.target_value),
    )
    return Reading(movement, rate, expected, made.ended, has_target=target is not None)


def has_ended(indicator: IndicatorRow, experiment: ExperimentRow, as_of: dt.date) -> bool:
    """Past the end of the experiment (and the target's day, when it comes later), or closed."""
    if experiment.phase in {Phase.IMPLANTED, Phase.STOPPED}:
        return True
    ends = [day for day in (experiment.end_date, indicator.target_date) if day is not None]
    return bool(ends) and as_of > max(ends)


def _stale_since(made: IndicatorResult, found: Figure, as_of: dt.date) -> dt.date | None:
    """The last measure, when the next one should have come since."""
    frequency = made.indicator.frequency
    if made.ended or frequency not in REGULAR:
        return None
    late = (as_of - found.date).days > PERIOD_DAYS[frequency]
    return found.date if late else None


def _interval(indicator: IndicatorRow, found: Figure | None) -> Interval | None:
    if found is None or not found.n or not has_interval(indicator, found):
        return None
    return wilson(found.value, found.n)


def _few(indicator: IndicatorRow, n: int | None, thresholds: Thresholds) -> bool:
    """A percentage on few people is told as « 8 sur 9 »."""
    return (
        indicator.value_type is ValueType.PERCENTAGE
        and n is not None
        and 0 < n < thresholds.min_n_percentage
    )


def _same_sites(
    indicator: IndicatorRow, evidence: Evidence, thresholds: Thresholds
) -> SameSites | None:
    """The change on the sites measured at both ends; None when there is no measured T0."""
    calculation = indicator.calculation
    if calculation in {Calculation.SUM, Calculation.SITES} or not evidence.initial:
        return None
    before = {share.site_id: share for share in evidence.initial}
    after = {share.site_id: share for share in evidence.sites}
    both = sorted(before.keys() & after.keys())
    first = figure([before[site] for site in both], calculation)
    last = figure([after[site] for site in both], calculation)
    return SameSites(
        count=len(both),
        of=len(before.keys() | after.keys()),
        baseline=first.value if first else None,
        actual=last.value if last else None,
        same=bool(both) and before.keys() == after.keys(),
        baseline_n=first.n if first else None,
        actual_n=last.n if last else None,
        few=any(end is not None and _few(indicator, end.n, thresholds) for end in (first, last)),
    )


def _by_category(
    indicator: IndicatorRow, evidence: Evidence, baseline: Baseline
) -> tuple[CategoryResult, ...]:
    """The definition's categories in their order; then, of a sum, those that left it.

    A category that is no longer in the definition has no latest value.
    """
    calculation = indicator.calculation
    names = list(dict.fromkeys(indicator.categories))
    gone = sorted(evidence.categories.keys() - set(names))
    rows: list[CategoryResult] = []
    for name in (*names, *(gone if calculation is Calculation.SUM else ())):
        found = figure(evidence.categories.get(name, ()), calculation)
        value = found.value if found else None
        rate = (
            attainment(value, baseline.used, indicator.target_value, indicator.direction)
            if found is not None
            and _comparable(indicator, found)
            and can_be_judged(indicator, current=evidence.current)
            else None
        )
        rows.append(
            CategoryResult(
                name,
                value,
                found.n if found else None,
                masked=False,
                interval=_interval(indicator, found),
                label=indicator.category_label(name),
                rate=rate,
                retired=name not in names,
            )
        )
    return tuple(rows)


def _comparable(indicator: IndicatorRow, found: Figure) -> bool:
    """Whether a part may be held against T0 and target: what adds up to them may not."""
    if indicator.calculation in {Calculation.SUM, Calculation.SITES}:
        return False
    return indicator.value_type is not ValueType.NUMBER or found.n is not None
