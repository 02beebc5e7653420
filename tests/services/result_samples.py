"""Hand-made indicators and experiments for the tests of the results."""

import datetime as dt
from dataclasses import replace

from desktop_app.models.enums import Aggregation, Direction, Frequency, Phase, ValueType
from desktop_app.services.programme.experiment_rows import (
    CohortRow,
    EnterpriseRow,
    ExperimentRow,
    IndicatorRow,
)

START = dt.date(2021, 3, 1)
END = dt.date(2021, 11, 30)

EXPERIMENT = ExperimentRow(
    id="e",
    code="DUO",
    title="Mentorat de jeunes",
    enterprise=EnterpriseRow("s", "Duo for a job", "", "", "", ""),
    cohort=CohortRow("c", 2, "Promotion 2", START, END),
    directorates=(),
    social_need="",
    target_audience="",
    phase=Phase.EXPERIMENTATION,
    start_date=START,
    end_date=END,
    budget=16000.0,
    sdg_tags="",
    final_decision="",
    site_count=0,
    visit_count=0,
)

_INDICATOR = IndicatorRow(
    id="i",
    objective_id="o",
    experiment_id="e",
    experiment_code="DUO",
    position=0,
    code="D1",
    label="Duos formés",
    definition="",
    formula="",
    numerator="",
    denominator="",
    unit="",
    value_type=ValueType.NUMBER,
    direction=Direction.UP,
    aggregation=Aggregation.LATEST,
    scale_min=None,
    scale_max=None,
    source="",
    method="",
    frequency=Frequency.MONTHLY,
    baseline_value=0.0,
    baseline_date=START,
    target_value=60.0,
    target_date=END,
    owner="",
    disaggregation="",
    categories=(),
    limits="",
    version=1,
)


def an_indicator(**changes: object) -> IndicatorRow:
    return replace(_INDICATOR, **changes)


def an_experiment(**changes: object) -> ExperimentRow:
    return replace(EXPERIMENT, **changes)
