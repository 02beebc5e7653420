"""What an indicator is judged with: what the notebook holds of it, and what it is seen through."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.models.enums import Frequency
from desktop_app.services.programme.experiment_rows import ExperimentRow, IndicatorRow
from desktop_app.services.results.calculation import Calculation, go_together
from desktop_app.services.results.reckoning import Rule, SiteShare
from desktop_app.services.results.rows import Answer, DefinitionChange, Disagreement, Thresholds


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the notebook holds for one indicator.

    ``sites``: what each site brings to the actual value; ``initial``: to the measured T0;
    ``categories``: to each category of the breakdown. ``recorded``: every value entered.
    ``series``: the one the values are of, ``current`` whether it is today's; ``comparable``:
    whether the agreed T0 was given under it.
    """

    sites: Sequence[SiteShare] = ()
    initial: Sequence[SiteShare] = ()
    categories: Mapping[str, Sequence[SiteShare]] = field(default_factory=dict)
    recorded: int = 0
    not_observed: int = 0
    spoken: int = 0
    answers: Sequence[Answer] = ()
    disagreements: Sequence[Disagreement] = ()
    history: Sequence[DefinitionChange] = ()
    series: int = 1
    current: bool = True
    comparable: bool = True
    silent: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a result is seen through: ``since`` and ``one_site`` cut a part of what happened."""

    as_of: dt.date
    thresholds: Thresholds
    since: dt.date | None = None
    one_site: bool = False


def rule_of(indicator: IndicatorRow) -> Rule:
    """How this indicator's occasions are reckoned, in its current series from the start."""
    return Rule(
        calculation=indicator.calculation,
        by_wave=indicator.frequency is Frequency.WAVE,
        since=indicator.baseline_date,
    )


def can_be_judged(indicator: IndicatorRow, *, current: bool) -> bool:
    """Neither a pair that does not go together nor values of an older definition: no rate."""
    return current and go_together(indicator.value_type, indicator.aggregation)


def is_partial(indicator: IndicatorRow, experiment: ExperimentRow, seen: Circumstances) -> bool:
    """A sum over a part of the period, or of the sites, is not to be held against the target."""
    if indicator.calculation is not Calculation.SUM:
        return False
    start = experiment.start_date
    late = seen.since is not None and (start is None or seen.since > start)
    return late or seen.one_site
