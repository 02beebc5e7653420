"""Results read inside a caller's session: groups of values from the store, judged by results.py."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

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
from desktop_app.store.queries import results as queries

Frameworks = Mapping[str, tuple[ObjectiveRow, ...]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What progress is judged by, and on which day."""

    thresholds: Thresholds
    as_of: dt.date


@dataclass(frozen=True, slots=True)
class Panorama:
    """Every experiment of a scope, with what the first screen needs from the same reads.

    ``last_dates``: the last observation by indicator and site. ``findings``: counts by experiment
    and month (« 2021-06 »). ``conditions``: those of the measurements that count.
    """

    results: tuple[ExperimentResult, ...]
    frameworks: Frameworks
    last_dates: Mapping[tuple[str, str], dt.date]
    findings: Mapping[tuple[str, str], int]
    conditions: tuple[ColumnElement[bool], ...]


def panorama(session: Session, scope: Scope, judgement: Judgement) -> Panorama:
    limits = perimeter(session, scope)
    experiments = experiment_rows(session, limits)
    known = frameworks(session, [(row.id, row.code) for row in experiments])
    conditions = queries.counted_measurements(session, limits)
    everything = limits.experiment_ids is None
    groups = _groups(session, conditions, None if everything else [i.id for i in indicators(known)])
    spoken = queries.spoken(session, conditions, qualitative_ids(known))
    heard: Counter[str] = Counter()
    for indicator_id, _, count, _ in spoken:
        heard[indicator_id] += count
    findings = queries.findings_by_month(session, limits)
    found_in: Counter[str] = Counter()
    for (experiment_id, _), count in findings.items():
        found_in[experiment_id] += count
    activity = queries.visit_activity(session, limits)

    def whole(experiment: ExperimentRow) -> ExperimentResult:
        judged = [
            indicator_result(
                indicator,
                experiment,
                Evidence(groups.get(indicator.id, ()), 0, heard[indicator.id]),
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
        last_dates=_last_dates(groups, spoken),
        findings=findings,
        conditions=tuple(conditions),
    )


def sheet(session: Session, experiment_id: str, scope: Scope, judgement: Judgement) -> ResultSheet:
    """Raises UserError when the experiment is gone."""
    limits = perimeter(session, Scope(experiment_id=experiment_id))
    rows = experiment_rows(session, limits)
    if not rows:
        raise UserError(gone("experiment"))
    (experiment,) = rows
    limits = perimeter(session, replace(scope, experiment_id=experiment_id))
    known = frameworks(session, [(experiment.id, experiment.code)])
    ids = [indicator.id for indicator in indicators(known)]
    conditions = queries.counted_measurements(session, limits)
    groups = _groups(session, conditions, ids)
    empty = queries.without_value(session, conditions, ids)

    def judged(indicator: IndicatorRow) -> IndicatorResult:
        spoken = 0
        if indicator.value_type is ValueType.QUALITATIVE:
            spoken = empty.get((indicator.id, MeasurementStatus.OBSERVED), 0)
        not_observed = empty.get((indicator.id, MeasurementStatus.NOT_OBSERVED), 0)
        evidence = Evidence(groups.get(indicator.id, ()), not_observed, spoken)
        return indicator_result(
            indicator, experiment, evidence, judgement.as_of, judgement.thresholds
        )

    objectives = tuple(
        ObjectiveResult(objective, tuple(map(judged, objective.indicators)))
        for objective in known[experiment.id]
    )
    results = [result for objective in objectives for result in objective.results]
    polarities = queries.polarities(session, limits)
    made = queries.visit_activity(session, limits).get(experiment.id, (0, 0))
    return ResultSheet(
        experiment=_whole(experiment, results, made, sum(polarities.values()), judgement),
        objectives=objectives,
        as_of=judgement.as_of,
        positive_findings=polarities.get(Polarity.POSITIVE, 0),
        neutral_findings=polarities.get(Polarity.NEUTRAL, 0),
        negative_findings=polarities.get(Polarity.NEGATIVE, 0),
    )


def trajectory_of(
    session: Session, indicator: IndicatorRow, scope: Scope
) -> tuple[TrajectoryPoint, ...]:
    conditions = queries.counted_measurements(session, perimeter(session, scope))
    return trajectory(indicator, queries.values_of(session, conditions, indicator.id))


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
    session: Session,
    conditions: Sequence[ColumnElement[bool]],
    indicator_ids: Sequence[str] | None,
) -> dict[str, list[Group]]:
    found: dict[str, list[Group]] = defaultdict(list)
    for indicator_id, *group in queries.groups(session, conditions, indicator_ids):
        found[indicator_id].append(Group(*group))
    return found


def _last_dates(
    groups: Mapping[str, Iterable[Group]], spoken: Iterable[tuple[str, str, int, dt.date]]
) -> dict[tuple[str, str], dt.date]:
    last = {(indicator_id, site_id): date for indicator_id, site_id, _, date in spoken}
    for indicator_id, found in groups.items():
        for group in found:
            key = (indicator_id, group.site_id)
            last[key] = max(group.last_date, last.get(key, group.last_date))
    return last
