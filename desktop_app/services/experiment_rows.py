"""Rows and commands of the programme, its experiments, their framework and their sites."""

import datetime as dt
from dataclasses import dataclass, field

from desktop_app.models.enums import (
    Aggregation,
    Direction,
    EvaluationQuestion,
    Frequency,
    ObjectiveLevel,
    Phase,
    SiteType,
    ValueType,
)


@dataclass(frozen=True, slots=True)
class CohortRow:
    id: str
    number: int
    label: str
    start_date: dt.date | None
    end_date: dt.date | None


@dataclass(frozen=True, slots=True)
class DirectorateRow:
    id: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    id: str
    name: str
    territory: str
    operator: str
    contract_reference: str
    start_date: dt.date | None
    end_date: dt.date | None
    annual_budget: float | None


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    id: str
    name: str
    legal_form: str
    siret: str
    website: str
    contact: str


@dataclass(frozen=True, slots=True)
class ExperimentRow:
    """``visit_count``: visits made, drafts or validated; ``planned_count``: those to come.

    ``site_count``: sites where it takes place, visited or not.
    """

    id: str
    code: str
    title: str
    enterprise: EnterpriseRow
    cohort: CohortRow
    directorates: tuple[DirectorateRow, ...]
    social_need: str
    target_audience: str
    phase: Phase
    start_date: dt.date | None
    end_date: dt.date | None
    budget: float | None
    sdg_tags: str
    final_decision: str
    site_count: int
    visit_count: int
    planned_count: int = 0


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A *fiche indicateur*. Percentages run 0 to 100; yes/no is 1 or 0."""

    id: str
    objective_id: str
    experiment_id: str
    experiment_code: str
    position: int
    code: str
    label: str
    definition: str
    formula: str
    numerator: str
    denominator: str
    unit: str
    value_type: ValueType
    direction: Direction
    aggregation: Aggregation
    scale_min: float | None
    scale_max: float | None
    source: str
    method: str
    frequency: Frequency
    baseline_value: float | None
    baseline_date: dt.date | None
    target_value: float | None
    target_date: dt.date | None
    owner: str
    disaggregation: str
    categories: tuple[str, ...]
    limits: str
    version: int


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    id: str
    experiment_id: str
    position: int
    statement: str
    level: ObjectiveLevel
    evaluation_question: EvaluationQuestion
    indicators: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class SiteRow:
    id: str
    name: str
    type: SiteType
    address: str
    postcode: str
    commune: str
    insee_code: str
    finess: str
    uai: str
    siret: str
    latitude: float | None
    longitude: float | None
    authority: str
    experiment_codes: tuple[str, ...]
    visit_count: int
    last_visit: dt.date | None


@dataclass(frozen=True, slots=True)
class SaveRecord:
    """Creates (``record_id`` None) or edits a record; ``values`` are field names to new values.

    Used for programme, cohort, enterprise, experiment, objective, indicator, site, directorate.
    An experiment also takes ``directorate_ids`` and ``site_ids`` (tuples of ids).
    """

    record_id: str | None
    values: dict[str, object] = field(default_factory=dict)
