"""An indicator's own history, told from the journal."""

import datetime as dt

import pytest
from programme_seed import Seed

from desktop_app.models.enums import Aggregation, ValueType
from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.services.programme.framework import FrameworkService
from desktop_app.services.results.definition_words import change_text
from desktop_app.services.results.definitions import definitions
from desktop_app.services.results.reckoning import Why
from desktop_app.services.results.rows import IndicatorResult, Reserve, ResultState, Thresholds
from desktop_app.services.results.service import ResultService
from desktop_app.store.notebook import Notebook

MAY, JUNE, JULY = dt.date(2021, 5, 10), dt.date(2021, 6, 10), dt.date(2021, 7, 5)
TODAY = dt.date(2021, 6, 14)


@pytest.fixture
def seed(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> Seed:
    monkeypatch.setattr(type(notebook), "today", lambda _self: TODAY)
    return Seed(notebook)


def change(notebook: Notebook, indicator: str, **values: object) -> None:
    FrameworkService(notebook).save_indicator(SaveRecord(indicator, values))


def found(notebook: Notebook, seed: Seed) -> IndicatorResult:
    sheet = ResultService(notebook, lambda _reader: Thresholds()).sheet(seed.experiment)
    return sheet.objectives[0].results[0]


def test_a_lowered_target_leaves_a_trace(notebook: Notebook, seed: Seed) -> None:
    indicator = seed.new_indicator(
        "Jeunes entrés", aggregation=Aggregation.ADDITIVE, baseline_value=0.0, target_value=48.0
    )
    seed.measure(indicator, seed.new_visit(JUNE), 7)
    assert found(notebook, seed).attainment == pytest.approx(7 / 48)
    change(notebook, indicator, target_value=2.0, change_reason="convention amendée")
    result = found(notebook, seed)
    assert (result.state, result.series, result.reserves) == (ResultState.REACHED, 1, ())
    (told,) = result.history
    assert (told.on, told.reason, told.new_series) == (TODAY, "convention amendée", False)
    assert change_text(result.indicator, told) == (
        "Cible\u00a0: 48 jusqu’au 14/06/2021, puis 2. Motif\u00a0: convention amendée."
    )


def test_values_of_two_definitions_are_never_joined(notebook: Notebook, seed: Seed) -> None:
    """programme.md 4: 89 % (n 9), 90 % (n 10) are 89,5 %; then 80 % (n 15) is 80 %, never 85,3."""
    indicator = seed.new_indicator(
        value_type=ValueType.PERCENTAGE,
        aggregation=Aggregation.RATIO,
        baseline_value=60.0,
        target_value=95.0,
        denominator="jeunes accompagnés",
    )
    seed.measure(indicator, seed.new_visit(MAY), 89, 9)
    seed.measure(indicator, seed.new_visit(JUNE), 90, 10)
    before = found(notebook, seed)
    assert (round(before.actual or 0, 1), before.n) == (89.5, 19)
    change(notebook, indicator, denominator="jeunes entrés", change_reason="pacte amendé")
    between = found(notebook, seed)
    assert (between.actual, between.attainment) == (before.actual, None)
    assert between.reserves == (Reserve.OLDER_SERIES,)
    seed.measure(indicator, seed.new_visit(JULY), 80, 15, indicator_version=2)
    after = found(notebook, seed)
    assert (after.actual, after.n, after.series, after.attainment) == (80, 15, 2, None)
    assert Reserve.NO_COMPARABLE_T0 in after.reserves
    listed = ResultService(notebook, lambda _reader: Thresholds()).evidence(indicator)
    assert [(row.value, row.why, row.series) for row in listed.rows] == [
        (80, Why.COUNTED, 2),
        (90, Why.OTHER_SERIES, 1),
        (89, Why.OTHER_SERIES, 1),
    ]


def test_a_t0_given_again_or_said_comparable_serves_the_new_series(
    notebook: Notebook, seed: Seed
) -> None:
    indicator = seed.new_indicator(unit="jours", baseline_value=10.0, target_value=20.0)
    seed.measure(indicator, seed.new_visit(MAY), 12)
    change(notebook, indicator, unit="semaines", change_reason="relevé à la semaine")
    seed.measure(indicator, seed.new_visit(JULY), 15, indicator_version=2)
    assert found(notebook, seed).attainment is None
    change(notebook, indicator, baseline_value=11.0, change_reason="T0 recompté")
    assert found(notebook, seed).attainment == pytest.approx(4 / 9)
    starts = [told.new_series for told in found(notebook, seed).history]
    assert starts == [True, False]


def test_what_is_set_back_the_same_day_did_not_change(notebook: Notebook, seed: Seed) -> None:
    indicator = seed.new_indicator(target_value=48.0)
    change(notebook, indicator, target_value=2.0, change_reason="essai")
    change(notebook, indicator, target_value=48.0, change_reason="essai")
    assert found(notebook, seed).history == ()
    change(notebook, indicator, target_value=50.0, change_reason="essai")
    (told,) = found(notebook, seed).history
    assert told.changes == (("target_value", 48.0, 50.0),)


def test_what_was_never_set_before_is_no_change(notebook: Notebook, seed: Seed) -> None:
    indicator = seed.new_indicator(target_value=None, baseline_value=None)
    change(notebook, indicator, target_value=20.0, baseline_value=3.0)
    assert found(notebook, seed).history == ()
    with notebook.glance() as reader:
        assert definitions(reader, [indicator])[indicator].starts == (1,)
