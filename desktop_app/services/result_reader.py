"""Results as read in plain SQL: groups of values from the store, judged by results.py."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.errors import UserError
from desktop_app.models.enums import MeasurementStatus, Polarity, ValueType
from desktop_app.services.aggregation import Group, trajectory
from desktop_app.services.base import gone
from desktop_app.services.experiment_reader import experiment_rows, frameworks
from desktop_app.services.experiment_rows import ExperimentRow, IndicatorRow, ObjectiveRow
from desktop_app.services.perimeter import perimeter
from desktop_app.services.result_rows import (
    ExperimentResult,
    IndicatorResult,
    ObjectiveResult,
    ResultSheet,
    Thresholds,
    TrajectoryPoint,
)
from desktop_app.services.results import (
    Activity,
    Evidence,
    experiment_result,
    indicator_result,
)
from desktop_app.services.scope import Scope
from desktop_app.store.glance import Reader, Where
from desktop_app.store.queries import results as queries

Frameworks = Mapping[str, tuple[ObjectiveRow, ...]]
Seen = tuple[str, str, int, dt.date]
"""(indicator, site, how many, last date) of observations without part in the actual value."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What progress is judged by, and on which day."""

    thresholds: Thresholds
    as_of: dt.date


@dataclass(frozen=True, slots=True)
class Panorama:
    """Every experiment of a scope, with what the first screen needs from the same reads.

    ``last_dates``: the last observation by indicator and site. ``findings``: counts by experiment
    and month (« 2021-06 »). ``counted``: the measurements that count.
    """

    results: tuple[ExperimentResult, ...]
    frameworks: Frameworks
    last_dates: Mapping[tuple[str, str], dt.date]
    findings: Mapping[tuple[str, str], int]
    counted: Where


def panorama(reader: Reader, scope: Scope, judgement: Judgement) -> Panorama:
    limits = perimeter(reader, scope)
    experiments = experiment_rows(reader, limits)
    known = frameworks(reader, [(row.id, row.code) for row in experiments])
    counted = queries.counted_measurements(reader, limits)
    everything = limits.experiment_ids is None
    groups = _groups(reader, counted, None if everything else [i.id for i in indicators(known)])
    initial = queries.baselines(reader, counted)
    baselines = _counts(initial)
    spoken = queries.spoken(reader, counted, qualitative_ids(known))
    heard = _counts(spoken)
    findings = queries.findings_by_month(reader, limits)
    found_in: Counter[str] = Counter()
    for (experiment_id, _), count in findings.items():
        found_in[experiment_id] += count
    activity = queries.visit_activity(reader, limits)

    def whole(experiment: ExperimentRow) -> ExperimentResult:
        judged = [
            indicator_result(
                indicator,
                experiment,
                Evidence(
                    groups.get(indicator.id, ()),
                    without_value=heard[indicator.id],
                    baselines=baselines[indicator.id],
                ),
                judgement.as_of,
                judgement.thresholds,
            )
            for indicator in indicators({experiment.id: known[experiment.id]})
        ]
        made = activity.get(experiment.id, (0, 0))
        return _whole(experiment, judged, made, found_in[experiment.id], judgement)

    return Panorama(
        results=tuple(map(whole, experiments)),
        frameworks=known,
        last_dates=_last_dates(groups, [*initial, *spoken]),
        findings=findings,
        counted=counted,
    )


def sheet(reader: Reader, experiment_id: str, scope: Scope, judgement: Judgement) -> ResultSheet:
    """Raises UserError when the experiment is gone."""
    limits = perimeter(reader, Scope(experiment_id=experiment_id))
    rows = experiment_rows(reader, limits)
    if not rows:
        raise UserError(gone("experiment"))
    (experiment,) = rows
    limits = perimeter(reader, replace(scope, experiment_id=experiment_id))
    known = frameworks(reader, [(experiment.id, experiment.code)])
    ids = [indicator.id for indicator in indicators(known)]
    counted = queries.counted_measurements(reader, limits)
    groups = _groups(reader, counted, ids)
    baselines = _counts(queries.baselines(reader, counted, ids))
    empty = queries.without_value(reader, counted, ids)

    def judged(indicator: IndicatorRow) -> IndicatorResult:
        spoken = 0
        if indicator.value_type is ValueType.QUALITATIVE:
            spoken = empty.get((indicator.id, MeasurementStatus.OBSERVED), 0)
        not_observed = empty.get((indicator.id, MeasurementStatus.NOT_OBSERVED), 0)
        evidence = Evidence(
            groups.get(indicator.id, ()), not_observed, spoken, baselines[indicator.id]
        )
        return indicator_result(
            indicator, experiment, evidence, judgement.as_of, judgement.thresholds
        )

    objectives = tuple(
        ObjectiveResult(objective, tuple(map(judged, objective.indicators)))
        for objective in known[experiment.id]
    )
    results = [result for objective in objectives for result in objective.results]
    polarities = queries.polarities(reader, limits)
    made = queries.visit_activity(reader, limits).get(experiment.id, (0, 0))
    return ResultSheet(
        experiment=_whole(experiment, results, made, sum(polarities.values()), judgement),
        objectives=objectives,
        as_of=judgement.as_of,
        positive_findings=polarities.get(Polarity.POSITIVE, 0),
        neutral_findings=polarities.get(Polarity.NEUTRAL, 0),
        negative_findings=polarities.get(Polarity.NEGATIVE, 0),
    )


def trajectory_of(
    reader: Reader, indicator: IndicatorRow, scope: Scope
) -> tuple[TrajectoryPoint, ...]:
    counted = queries.counted_measurements(reader, perimeter(reader, scope))
    return trajectory(indicator, queries.values_of(reader, counted, indicator.id))


def indicators(known: Frameworks) -> list[IndicatorRow]:
    return [
        indicator
        for objectives in known.values()
        for objective in objectives
        for indicator in objective.indicators
    ]


def qualitative_ids(known: Frameworks) -> list[str]:
    """Indicators that speak through their comments: their observations have no value."""
    return [i.id for i in indicators(known) if i.value_type is ValueType.QUALITATIVE]


def _whole(
    experiment: ExperimentRow,
    results: Sequence[IndicatorResult],
    made: tuple[int, int],
    findings: int,
    judgement: Judgement,
) -> ExperimentResult:
    """``made``: visits and sites visited."""
    measured = sum(result.measurement_count for result in results)
    activity = Activity(visits=made[0], sites=made[1], observations=measured + findings)
    return experiment_result(experiment, results, activity, judgement.thresholds)


def _groups(
    reader: Reader,
    counted: Where,
    indicator_ids: Sequence[str] | None,
) -> dict[str, list[Group]]:
    found: dict[str, list[Group]] = defaultdict(list)
    for row in queries.groups(reader, counted, indicator_ids):
        indicator_id, site, category, count, total, weighted, weight, with_n, last, value, n = row
        day = dt.date.fromisoformat(last)
        found[indicator_id].append(
            Group(site, category, count, total, weighted, weight, with_n, day, value, n)
        )
    return found


def _counts(seen: Iterable[Seen]) -> Counter[str]:
    """By indicator."""
    counts: Counter[str] = Counter()
    for indicator_id, _, count, _ in seen:
        counts[indicator_id] += count
    return counts


def _last_dates(
    groups: Mapping[str, Iterable[Group]], seen: Iterable[Seen]
) -> dict[tuple[str, str], dt.date]:
    last: dict[tuple[str, str], dt.date] = {}
    for indicator_id, site_id, _, date in seen:
        last[indicator_id, site_id] = max(date, last.get((indicator_id, site_id), date))
    for indicator_id, found in groups.items():
        for group in found:
            key = (indicator_id, group.site_id)
            last[key] = max(group.last_date, last.get(key, group.last_date))
    return last
