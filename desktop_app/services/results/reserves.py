"""What must be said beside a figure. Pure."""

from desktop_app.services.programme.experiment_rows import ExperimentRow
from desktop_app.services.results.basis import Circumstances, Evidence, is_partial
from desktop_app.services.results.calculation import Calculation, go_together
from desktop_app.services.results.rows import IndicatorResult, Reserve
from desktop_app.services.results.states import close, is_reached


def reserves(
    made: IndicatorResult, evidence: Evidence, seen: Circumstances, experiment: ExperimentRow
) -> tuple[Reserve, ...]:
    """What must be said beside the figure, in the order it is said."""
    indicator, baseline = made.indicator, made.baseline
    calculation, valued = indicator.calculation, made.actual is not None
    apart = made.same_sites is not None and made.same_sites.count == 0 and valued
    nothing_since = not valued and baseline.measured is not None
    unstarted = valued and baseline.used is None and calculation is not Calculation.SITES
    said = {
        Reserve.PAIR: not go_together(indicator.value_type, indicator.aggregation),
        Reserve.SUM_FROM_ZERO: calculation is Calculation.SUM
        and baseline.agreed is not None
        and not close(baseline.agreed, 0.0),
        Reserve.OLDER_SERIES: valued and not evidence.current,
        Reserve.NO_COMPARABLE_T0: unstarted
        and baseline.agreed is not None
        and evidence.current
        and calculation is not Calculation.SUM,
        Reserve.PART_OF_PERIOD: valued and is_partial(indicator, experiment, seen),
        Reserve.NO_T0: unstarted and baseline.agreed is None and evidence.current,
        Reserve.NO_TARGET: valued and indicator.target_value is None,
        Reserve.T0_IS_TARGET: _starts_there(made),
        Reserve.ONLY_T0: nothing_since,
        Reserve.PLAIN_MEAN: bool(made.without_n) and _counted(made) > 1,
        Reserve.WITHOUT_N: bool(made.silent),
        Reserve.PARTS_DISAGREE: bool(made.disagreements),
        Reserve.OTHER_PERIMETER: apart,
    }
    return tuple(reserve for reserve, holds in said.items() if holds)


def _starts_there(made: IndicatorResult) -> bool:
    """Whether there is no way to measure, T0 having reached the target."""
    start, target = made.baseline.used, made.indicator.target_value
    if made.actual is None or made.attainment is not None or start is None or target is None:
        return False
    if made.indicator.calculation is Calculation.SITES:
        return False
    return close(start, target) or is_reached(start, target, made.indicator.direction)


def _counted(made: IndicatorResult) -> int:
    """Of what ``without_n`` counts: sites for a last value, measures for a mean."""
    return made.sites if made.indicator.calculation is Calculation.LATEST else made.measures
