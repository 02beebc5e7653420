"""Results as read in plain SQL: what each site brings from the store, judged by results.py."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.errors import UserError
from desktop_app.models.enums import MeasurementStatus, Polarity, ValueType, Wave
from desktop_app.services.base import gone
from desktop_app.services.programme.experiment_reader import experiment_rows, frameworks
from desktop_app.services.programme.experiment_rows import ExperimentRow, IndicatorRow, ObjectiveRow
from desktop_app.services.results.basis import Circumstances, Evidence
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.definitions import ONLY, Definitions, definitions
from desktop_app.services.results.gathering import Gathered
from desktop_app.services.results.indicator_result import indicator_result
from desktop_app.services.results.perimeter import perimeter
from desktop_app.services.results.remembered import Remembered
from desktop_app.services.results.rows import (
    Answer,
    Disagreement,
    ExperimentResult,
    IndicatorResult,
    Level,
    ObjectiveResult,
    ResultSheet,
    Thresholds,
    level_of,
)
from desktop_app.services.results.scope import Scope
from desktop_app.services.results.tallies import Activity, experiment_result
from desktop_app.store.glance import Reader, Where
from desktop_app.store.queries import results as queries
from desktop_app.store.queries.activity import findings_by_month, polarities, visit_activity
from desktop_app.store.queries.counted import counted_measurements

Frameworks = Mapping[str, tuple[ObjectiveRow, ...]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What progress is judged by, and on which day."""

    thresholds: Thresholds
    as_of: dt.date


@dataclass(frozen=True, slots=True)
class Panorama:
    """Every experiment of a scope, with what the first screen needs from the same reads.

    ``findings``: counts by experiment and month (« 2021-06 »). ``counted``: the measurements that
    count.
    """

    results: tuple[ExperimentResult, ...]
    frameworks: Frameworks
    findings: Mapping[tuple[str, str], int]
    counted: Where


def panorama(
    reader: Reader, scope: Scope, judgement: Judgement, remembered: Remembered
) -> Panorama:
    limits = perimeter(reader, scope)
    experiments = experiment_rows(reader, limits)
    known = frameworks(reader, [(row.id, row.code) for row in experiments])
    counted = counted_measurements(reader, limits)
    gathered, changed = remembered.gather(reader, limits, counted, indicators(known))
    heard = Counter[str]()
    for indicator_id, _, count, _ in queries.spoken(reader, counted, qualitative_ids(known)):
        heard[indicator_id] += count
    findings = findings_by_month(reader, limits)
    found_in: Counter[str] = Counter()
    for (experiment_id, _), count in findings.items():
        found_in[experiment_id] += count
    activity = visit_activity(reader, limits)
    seen = _circumstances(scope, judgement)

    def whole(experiment: ExperimentRow) -> ExperimentResult:
        judged = [
            (
                level_of(objective),
                indicator_result(
                    indicator,
                    experiment,
                    _evidence(
                        gathered.get(indicator.id, Gathered()),
                        changed.get(indicator.id, ONLY),
                        spoken=heard[indicator.id],
                    ),
                    seen,
                ),
            )
            for objective in known[experiment.id]
            for indicator in objective.indicators
        ]
        made = activity.get(experiment.id, (0, 0))
        return _whole(experiment, judged, made, found_in[experiment.id], judgement.as_of)

    return Panorama(tuple(map(whole, experiments)), known, findings, counted)


def sheet(
    reader: Reader,
    experiment_id: str,
    scope: Scope,
    judgement: Judgement,
    remembered: Remembered | None = None,
) -> ResultSheet:
    """Raises UserError when the experiment is gone. Documents trust no memory: none is given."""
    limits = perimeter(reader, Scope(experiment_id=experiment_id))
    rows = experiment_rows(reader, limits)
    if not rows:
        raise UserError(gone("experiment"))
    (experiment,) = rows
    limits = perimeter(reader, replace(scope, experiment_id=experiment_id))
    known = frameworks(reader, [(experiment.id, experiment.code)])
    counted = counted_measurements(reader, limits)
    asked = indicators(known)
    gathered, _ = (remembered or Remembered()).gather(reader, limits, counted, asked)
    evidence = _Evidence(reader, counted, asked, gathered)
    seen = _circumstances(scope, judgement)
    objectives = tuple(
        ObjectiveResult(
            objective,
            tuple(
                indicator_result(indicator, experiment, evidence.of(indicator), seen)
                for indicator in objective.indicators
            ),
        )
        for objective in known[experiment.id]
    )
    results = [(part.level, result) for part in objectives for result in part.results]
    told = polarities(reader, limits)
    made = visit_activity(reader, limits).get(experiment.id, (0, 0))
    return ResultSheet(
        experiment=_whole(experiment, results, made, sum(told.values()), judgement.as_of),
        objectives=objectives,
        as_of=judgement.as_of,
        positive_findings=told.get(Polarity.POSITIVE, 0),
        neutral_findings=told.get(Polarity.NEUTRAL, 0),
        negative_findings=told.get(Polarity.NEGATIVE, 0),
        drafts=scope.include_drafts,
    )


class _Evidence:
    """What a sheet says of its indicators, read once for all of them."""

    def __init__(
        self,
        reader: Reader,
        counted: Where,
        asked: Sequence[IndicatorRow],
        gathered: Mapping[str, Gathered],
    ) -> None:
        ids = [indicator.id for indicator in asked]
        self._gathered = gathered
        self._definitions = definitions(reader, ids)
        self._empty = queries.without_value(reader, counted, ids)
        self._disagreements = _disagreements(reader, counted, asked)
        self._answers = _answers(
            reader, counted, [i.id for i in asked if i.calculation is Calculation.NONE]
        )

    def of(self, indicator: IndicatorRow) -> Evidence:
        answers = self._answers.get(indicator.id, [])
        found = _evidence(
            self._gathered.get(indicator.id, Gathered()),
            self._definitions[indicator.id],
            spoken=len(answers),
        )
        return replace(
            found,
            not_observed=self._empty.get((indicator.id, MeasurementStatus.NOT_OBSERVED), 0),
            disagreements=self._disagreements.get(indicator.id, ()),
            answers=tuple(answers),
            history=self._definitions[indicator.id].history,
        )


def _evidence(gathered: Gathered, known: Definitions, *, spoken: int) -> Evidence:
    return Evidence(
        sites=gathered.sites,
        initial=gathered.initial,
        categories=gathered.categories,
        recorded=gathered.recorded + spoken,
        spoken=spoken,
        series=gathered.series,
        current=gathered.current,
        comparable=known.comparable,
        silent=gathered.silent,
    )


def _disagreements(
    reader: Reader, counted: Where, asked: Sequence[IndicatorRow]
) -> dict[str, list[Disagreement]]:
    """Parts over their total, or a whole breakdown that does not make it; of sums alone."""
    added = {i.id: i for i in asked if i.calculation is Calculation.SUM and i.categories}
    found: dict[str, list[Disagreement]] = defaultdict(list)
    for indicator_id, site, day, total, parts, count in queries.disagreeing(
        reader, counted, list(added)
    ):
        if parts > total or count >= len(added[indicator_id].categories):
            found[indicator_id].append(Disagreement(dt.date.fromisoformat(day), site, parts, total))
    return found


def _answers(reader: Reader, counted: Where, ids: Sequence[str]) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = defaultdict(list)
    for indicator_id, day, site, name, category, text, reference, wave in queries.told(
        reader, counted, ids
    ):
        found[indicator_id].append(
            Answer(
                dt.date.fromisoformat(day),
                site,
                name,
                category,
                text,
                reference or "",
                wave == Wave.T0,
            )
        )
    return found


def indicators(known: Frameworks) -> list[IndicatorRow]:
    return [
        indicator
        for objectives in known.values()
        for objective in objectives
        for indicator in objective.indicators
    ]


def qualitative_ids(known: Frameworks) -> list[str]:
    """Indicators that speak through their texts: their observations have no value."""
    return [i.id for i in indicators(known) if i.value_type is ValueType.QUALITATIVE]


def _circumstances(scope: Scope, judgement: Judgement) -> Circumstances:
    return Circumstances(
        judgement.as_of,
        judgement.thresholds,
        since=scope.since,
        one_site=scope.site_id is not None,
    )


def _whole(
    experiment: ExperimentRow,
    results: Iterable[tuple[Level, IndicatorResult]],
    made: tuple[int, int],
    findings: int,
    as_of: dt.date,
) -> ExperimentResult:
    """``made``: visits and sites visited."""
    results = list(results)
    measured = sum(result.recorded for _, result in results)
    activity = Activity(visits=made[0], sites=made[1], observations=measured + findings)
    return experiment_result(experiment, results, activity, as_of)
