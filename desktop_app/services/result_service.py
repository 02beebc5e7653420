"""Results of the experiments within a scope: reads groups of values, lets results.py compute."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from desktop_app.errors import UserError
from desktop_app.models.enums import MeasurementStatus, Polarity, ValueType
from desktop_app.models.experiment import Experiment
from desktop_app.models.framework import Indicator, Objective
from desktop_app.services import measurement_reader
from desktop_app.services.aggregation import Group, trajectory
from desktop_app.services.base import Service, get, gone
from desktop_app.services.document_rows import MeasurementRow
from desktop_app.services.experiment_reader import experiment_rows, frameworks, indicator_row
from desktop_app.services.experiment_rows import ExperimentRow, IndicatorRow, ObjectiveRow
from desktop_app.services.perimeter import EVERYTHING, perimeter
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

if TYPE_CHECKING:
    from desktop_app.store.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Panorama:
    """Every experiment of a scope with what its results rest on, read in one session."""

    results: tuple[ExperimentResult, ...]
    frameworks: Mapping[str, tuple[ObjectiveRow, ...]]
    groups: Mapping[str, tuple[Group, ...]]
    findings: Mapping[tuple[str, str], int]
    conditions: tuple[ColumnElement[bool], ...]


class ResultService(Service):
    """``thresholds`` is asked at each read: they are settings."""

    def __init__(self, notebook: "Notebook", thresholds: Callable[[], Thresholds]) -> None:
        super().__init__(notebook)
        self.thresholds = thresholds

    def experiments(self, scope: Scope = EVERYTHING) -> tuple[ExperimentResult, ...]:
        with self.notebook.read() as session:
            return self.panorama(session, scope).results

    def sheet(self, experiment_id: str, scope: Scope = EVERYTHING) -> ResultSheet:
        """One experiment, indicator by indicator. Raises UserError when it is gone."""
        with self.notebook.read() as session:
            return self.sheet_in(session, experiment_id, scope)

    def trajectory(
        self,
        indicator_id: str,
        scope: Scope = EVERYTHING,
    ) -> tuple[TrajectoryPoint, ...]:
        with self.notebook.read() as session:
            indicator = self._indicator(session, indicator_id)
            return self.trajectory_in(session, indicator, scope)

    def evidence(
        self,
        indicator_id: str,
        scope: Scope = EVERYTHING,
    ) -> tuple[MeasurementRow, ...]:
        """Every measurement behind an indicator's figures, those without a value too."""
        with self.notebook.read() as session:
            get(session, Indicator, indicator_id)
            return tuple(measurement_reader.of_indicator(session, indicator_id, scope))

    def as_of(self, scope: Scope) -> dt.date:
        """The day on which progress is judged: the scope's last, else today."""
        return scope.until or self.notebook.today()

    def panorama(self, session: Session, scope: Scope) -> Panorama:
        limits = perimeter(session, scope)
        experiments = experiment_rows(session, limits)
        objectives = frameworks(session, [(row.id, row.code) for row in experiments])
        conditions = queries.counted_measurements(session, limits)
        whole = limits.experiment_ids is None
        found = _grouped(session, conditions, None if whole else _ids(objectives))
        findings = queries.findings_by_month(session, limits)
        activity = queries.visit_activity(session, limits)
        empty = queries.without_value(session, conditions, qualitative_ids(objectives))
        thresholds, as_of = self.thresholds(), self.as_of(scope)
        results: list[ExperimentResult] = []
        for experiment in experiments:
            indicators = [i for o in objectives[experiment.id] for i in o.indicators]
            judged = [
                indicator_result(
                    indicator,
                    experiment,
                    _evidence(indicator, found, empty),
                    as_of,
                    thresholds,
                )
                for indicator in indicators
            ]
            visits, sites = activity.get(experiment.id, (0, 0))
            observations = sum(result.measurement_count for result in judged) + sum(
                count for (found_id, _), count in findings.items() if found_id == experiment.id
            )
            results.append(
                experiment_result(
                    experiment, judged, Activity(visits, sites, observations), thresholds
                )
            )
        return Panorama(tuple(results), objectives, found, findings, tuple(conditions))

    def sheet_in(self, session: Session, experiment_id: str, scope: Scope) -> ResultSheet:
        limits = perimeter(session, replace(scope, experiment_id=experiment_id))
        experiment = _only(experiment_rows(session, replace(limits, site_id=None)))
        objectives = frameworks(session, [(experiment.id, experiment.code)])
        ids = _ids(objectives)
        conditions = queries.counted_measurements(session, limits)
        found = _grouped(session, conditions, ids)
        empty = queries.without_value(session, conditions, ids)
        thresholds, as_of = self.thresholds(), self.as_of(scope)

        def judged(indicator: IndicatorRow) -> IndicatorResult:
            evidence = _evidence(indicator, found, empty)
            return indicator_result(indicator, experiment, evidence, as_of, thresholds)

        rows = tuple(
            ObjectiveResult(objective, tuple(map(judged, objective.indicators)))
            for objective in objectives[experiment.id]
        )
        results = [result for row in rows for result in row.results]
        polarities = queries.polarities(session, limits)
        visits, sites = queries.visit_activity(session, limits).get(experiment.id, (0, 0))
        observations = sum(r.measurement_count for r in results) + sum(polarities.values())
        return ResultSheet(
            experiment=experiment_result(
                experiment, results, Activity(visits, sites, observations), thresholds
            ),
            objectives=rows,
            as_of=as_of,
            positive_findings=polarities.get(Polarity.POSITIVE, 0),
            neutral_findings=polarities.get(Polarity.NEUTRAL, 0),
            negative_findings=polarities.get(Polarity.NEGATIVE, 0),
        )

    def trajectory_in(
        self, session: Session, indicator: IndicatorRow, scope: Scope
    ) -> tuple[TrajectoryPoint, ...]:
        conditions = queries.counted_measurements(session, perimeter(session, scope))
        values = queries.values_of(session, conditions, indicator.id)
        return trajectory(indicator, values)

    def _indicator(self, session: Session, indicator_id: str) -> IndicatorRow:
        indicator = get(session, Indicator, indicator_id)
        objective = get(session, Objective, indicator.objective_id)
        experiment = get(session, Experiment, objective.experiment_id)
        return indicator_row(indicator, objective, experiment.code)


def _only(rows: Sequence[ExperimentRow]) -> ExperimentRow:
    if not rows:
        raise UserError(gone("experiment"))
    return rows[0]


def _ids(objectives: Mapping[str, tuple[ObjectiveRow, ...]]) -> list[str]:
    return [
        indicator.id
        for rows in objectives.values()
        for objective in rows
        for indicator in objective.indicators
    ]


def _evidence(
    indicator: IndicatorRow,
    groups: Mapping[str, tuple[Group, ...]],
    empty: Mapping[tuple[str, MeasurementStatus], int],
) -> Evidence:
    spoken = 0
    if indicator.value_type is ValueType.QUALITATIVE:
        spoken = empty.get((indicator.id, MeasurementStatus.OBSERVED), 0)
    not_observed = empty.get((indicator.id, MeasurementStatus.NOT_OBSERVED), 0)
    return Evidence(groups.get(indicator.id, ()), not_observed, spoken)


def _grouped(
    session: Session,
    conditions: Sequence[ColumnElement[bool]],
    indicator_ids: Sequence[str] | None,
) -> dict[str, tuple[Group, ...]]:
    found: dict[str, list[Group]] = defaultdict(list)
    for row in queries.groups(session, conditions, indicator_ids):
        indicator_id, *group = row
        found[indicator_id].append(Group(*group))
    return {indicator_id: tuple(groups) for indicator_id, groups in found.items()}


def qualitative_ids(objectives: Mapping[str, tuple[ObjectiveRow, ...]]) -> list[str]:
    """Indicators that speak through their comments: their observations have no value."""
    return [
        indicator.id
        for rows in objectives.values()
        for objective in rows
        for indicator in objective.indicators
        if indicator.value_type is ValueType.QUALITATIVE
    ]
