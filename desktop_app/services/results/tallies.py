"""An experiment as a whole: its indicators counted, never averaged. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop_app.models.enums import Phase
from desktop_app.services.programme.experiment_rows import ExperimentRow
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.rows import (
    ExperimentResult,
    IndicatorResult,
    Level,
    LevelTally,
    Movement,
    Tally,
)


@dataclass(frozen=True, slots=True)
class Activity:
    """What happened in an experiment, within a scope."""

    visits: int = 0
    sites: int = 0
    observations: int = 0


def experiment_result(
    experiment: ExperimentRow,
    results: Iterable[tuple[Level, IndicatorResult]],
    activity: Activity,
    as_of: dt.date,
) -> ExperimentResult:
    """An experiment as a whole: its indicators counted level by level, never averaged."""
    ended = experiment.phase in {Phase.IMPLANTED, Phase.STOPPED} or (
        experiment.end_date is not None and as_of > experiment.end_date
    )
    blank = ExperimentResult(
        experiment=experiment,
        levels=(),
        indicator_count=0,
        qualitative=0,
        stale=0,
        stale_since=None,
        ended=ended,
        visit_count=activity.visits,
        site_count=activity.sites,
        observation_count=activity.observations,
    )
    return tallied(blank, results)


def tallied(
    experiment: ExperimentResult, results: Iterable[tuple[Level, IndicatorResult]]
) -> ExperimentResult:
    """The experiment with its indicators counted again."""
    leveled = list(results)
    counted = [(level, r) for level, r in leveled if not _wordy(r)]
    stale = [r.stale_since for _, r in counted if r.stale_since is not None]
    levels = (
        LevelTally(level, tally_of([r for at, r in counted if at is level])) for level in Level
    )
    return replace(
        experiment,
        levels=tuple(level for level in levels if level.tally.total),
        indicator_count=len(leveled),
        qualitative=len(leveled) - len(counted),
        stale=len(stale),
        stale_since=min(stale, default=None),
    )


def tally_of(results: Iterable[IndicatorResult]) -> Tally:
    """Those that have words instead of a value are not counted."""
    counts = dict.fromkeys(Movement, 0)
    masked = 0
    for result in results:
        if not _wordy(result):
            counts[result.movement] += 1
            masked += result.masked
    return Tally(**{movement.value: count for movement, count in counts.items()}, masked=masked)


def _wordy(result: IndicatorResult) -> bool:
    return result.indicator.calculation is Calculation.NONE
