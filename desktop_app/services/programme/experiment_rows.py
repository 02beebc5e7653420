"""Rows and commands of the programme, its experiments, their framework and their sites."""

import datetime as dt
from dataclasses import dataclass, field

from desktop_app.models.enums import (
    Aggregation,
    Counted,
    Direction,
    EvaluationQuestion,
    Frequency,
    ObjectiveLevel,
    Phase,
    SiteType,
    ValueType,
)
from desktop_app.services.results.calculation import Calculation, calculation_of


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
    """A *fiche indicateur*. Percentages run 0 to 100; yes/no is 1 or 0.

    ``categories`` are identities, ``labels`` what they are called today, in the same order.
    ``n_counts``: what n counts (None in an older notebook: taken as people); ``exhaustive``: all
    of them were asked. ``baseline_to_measure``: « T0 à relever ».
    """

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
    n_counts: Counted | None = None
    exhaustive: bool = False
    baseline_to_measure: bool = False
    labels: tuple[str, ...] = ()
    baseline_version: int | None = None
    change_reason: str = ""
    changed_on: dt.date | None = None

    @property
    def calculation(self) -> Calculation:
        return calculation_of(self.value_type, self.aggregation)

    @property
    def of_people(self) -> bool:
        """Whether n counts people, or answers that people gave: what is to be protected."""
        return self.n_counts in {None, Counted.PEOPLE, Counted.ANSWERS}

    def category_label(self, category: str) -> str:
        """What a category is called today; one that left the definition keeps its first name."""
        names = dict(zip(self.categories, self.labels, strict=False))
        return names.get(category, category)


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
