"""Frozen rows of experiments and of their frameworks, made from mapped objects or plain rows."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop_app.models.enums import (
    Aggregation,
    Counted,
    Direction,
    EvaluationQuestion,
    Frequency,
    ObjectiveLevel,
    Phase,
    ValueType,
)
from desktop_app.services.programme.experiment_rows import (
    CohortRow,
    DirectorateRow,
    EnterpriseRow,
    ExperimentRow,
    IndicatorRow,
    ObjectiveRow,
)
from desktop_app.store.glance import Found, Reader
from desktop_app.store.queries import experiments as queries
from desktop_app.store.queries.counted import Perimeter

if TYPE_CHECKING:
    from desktop_app.models.experiment import Enterprise
    from desktop_app.models.framework import Indicator, Objective
    from desktop_app.models.programme import Cohort, Directorate


def cohort_row(cohort: "Cohort | Found") -> CohortRow:
    return CohortRow(cohort.id, cohort.number, cohort.label, cohort.start_date, cohort.end_date)


def directorate_row(directorate: "Directorate | Found") -> DirectorateRow:
    return DirectorateRow(directorate.id, directorate.code, directorate.name)


def enterprise_row(enterprise: "Enterprise | Found") -> EnterpriseRow:
    return EnterpriseRow(
        id=enterprise.id,
        name=enterprise.name,
        legal_form=enterprise.legal_form,
        siret=enterprise.siret,
        website=enterprise.website,
        contact=enterprise.contact,
    )


def cohort_rows(reader: Reader) -> tuple[CohortRow, ...]:
    """By number."""
    return tuple(cohort_row(found) for found in queries.cohorts(reader) if not found.deleted)


def experiment_rows(reader: Reader, perimeter: Perimeter) -> tuple[ExperimentRow, ...]:
    """By cohort, then code. Counts are of the whole experiment, whatever the dates."""
    enterprises = {found.id: enterprise_row(found) for found in queries.enterprises(reader)}
    cohorts = {found.id: cohort_row(found) for found in queries.cohorts(reader)}
    directorates: dict[str, list[DirectorateRow]] = defaultdict(list)
    for found in queries.directorates(reader):
        directorates[found.experiment_id].append(directorate_row(found))
    sites = queries.site_counts(reader)
    visits = queries.visit_counts(reader)
    return tuple(
        _experiment_row(
            experiment,
            enterprises[experiment.enterprise_id],
            cohorts[experiment.cohort_id],
            tuple(directorates.get(experiment.id, ())),
            sites.get(experiment.id, 0),
            visits.get(experiment.id, (0, 0)),
        )
        for experiment in queries.experiments(reader, perimeter)
    )


def _experiment_row(
    experiment: Found,
    enterprise: EnterpriseRow,
    cohort: CohortRow,
    directorates: tuple[DirectorateRow, ...],
    site_count: int,
    visits: tuple[int, int],
) -> ExperimentRow:
    return ExperimentRow(
        id=experiment.id,
        code=experiment.code,
        title=experiment.title,
        enterprise=enterprise,
        cohort=cohort,
        directorates=directorates,
        social_need=experiment.social_need,
        target_audience=experiment.target_audience,
        phase=Phase(experiment.phase),
        start_date=experiment.start_date,
        end_date=experiment.end_date,
        budget=experiment.budget,
        sdg_tags=experiment.sdg_tags,
        final_decision=experiment.final_decision,
        site_count=site_count,
        visit_count=visits[0],
        planned_count=visits[1],
    )


def frameworks(
    reader: Reader, experiments: Sequence[tuple[str, str]]
) -> dict[str, tuple[ObjectiveRow, ...]]:
    """Objectives and indicators by experiment; ``experiments`` are (id, code)."""
    codes = dict(experiments)
    found: dict[str, list[ObjectiveRow]] = defaultdict(list)
    for objective, indicators in queries.framework(reader, list(codes)):
        code = codes[objective.experiment_id]
        rows = tuple(indicator_row(indicator, objective, code) for indicator in indicators)
        found[objective.experiment_id].append(objective_row(objective, rows))
    return {experiment_id: tuple(found.get(experiment_id, ())) for experiment_id in codes}


def objective_row(objective: Found, indicators: tuple[IndicatorRow, ...]) -> ObjectiveRow:
    return ObjectiveRow(
        id=objective.id,
        experiment_id=objective.experiment_id,
        position=objective.position,
        statement=objective.statement,
        level=ObjectiveLevel(objective.level),
        evaluation_question=EvaluationQuestion(objective.evaluation_question),
        indicators=indicators,
    )


def read_indicator(reader: Reader, indicator_id: str) -> IndicatorRow | None:
    found = queries.indicator(reader, indicator_id)
    return None if found is None else indicator_row(*found)


def indicator_row(
    indicator: "Indicator | Found", objective: "Objective | Found", experiment_code: str
) -> IndicatorRow:
    return IndicatorRow(
        id=indicator.id,
        objective_id=indicator.objective_id,
        experiment_id=objective.experiment_id,
        experiment_code=experiment_code,
        position=indicator.position,
        code=indicator.code,
        label=indicator.label,
        definition=indicator.definition,
        formula=indicator.formula,
        numerator=indicator.numerator,
        denominator=indicator.denominator,
        unit=indicator.unit,
        value_type=ValueType(indicator.value_type),
        direction=Direction(indicator.direction),
        aggregation=Aggregation(indicator.aggregation),
        scale_min=indicator.scale_min,
        scale_max=indicator.scale_max,
        source=indicator.source,
        method=indicator.method,
        frequency=Frequency(indicator.frequency),
        baseline_value=indicator.baseline_value,
        baseline_date=indicator.baseline_date,
        target_value=indicator.target_value,
        target_date=indicator.target_date,
        owner=indicator.owner,
        disaggregation=indicator.disaggregation,
        categories=tuple(indicator.categories),
        limits=indicator.limits,
        version=indicator.version,
        n_counts=None if indicator.n_counts is None else Counted(indicator.n_counts),
        exhaustive=bool(indicator.exhaustive),
        baseline_to_measure=bool(indicator.baseline_to_measure),
        labels=tuple(
            (indicator.category_labels or {}).get(name, name) for name in indicator.categories
        ),
        baseline_version=indicator.baseline_version,
        change_reason=indicator.change_reason or "",
        changed_on=indicator.changed_on,
    )
