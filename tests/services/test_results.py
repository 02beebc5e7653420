import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from result_samples import END, EXPERIMENT, START, an_experiment, an_indicator

from desktop_app.models.enums import Aggregation, Direction, ValueType
from desktop_app.services.aggregation import first_value
from desktop_app.services.experiment_rows import IndicatorRow
from desktop_app.services.result_rows import IndicatorResult, ResultState, Thresholds
from desktop_app.services.results import (
    Activity,
    Evidence,
    attainment,
    elapsed_share,
    experiment_result,
    indicator_result,
    is_reached,
    judge,
)

MIDWAY = dt.date(2021, 7, 16)  # 137 days of 274: exactly half
THRESHOLDS = Thresholds()


def result(
    indicator: IndicatorRow,
    value: float | None,
    n: int | None = None,
    as_of: dt.date = MIDWAY,
    category: str = "",
) -> IndicatorResult:
    groups = () if value is None else (first_value("a", category, dt.date(2021, 6, 1), value, n),)
    return indicator_result(indicator, EXPERIMENT, Evidence(groups), as_of, THRESHOLDS)


@pytest.mark.parametrize(
    ("actual", "baseline", "target", "rate"),
    [
        (52, 31, 70, 21 / 39),
        (19, 34, 15, 15 / 19),  # a falling target
        (34, 34, 15, 0),
        (40, 34, 15, -6 / 19),  # it got worse
        (80, 0, 60, 80 / 60),  # beyond the target, not clamped
        (None, 0, 60, None),
        (10, None, 60, None),
        (10, 0, None, None),
        (10, 60, 60, None),
        (0.3, 0.1 + 0.2, 0.3, None),
    ],
)
def test_attainment(
    actual: float | None, baseline: float | None, target: float | None, rate: float | None
) -> None:
    assert attainment(actual, baseline, target) == (None if rate is None else pytest.approx(rate))


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_attainment_serves_falling_targets_as_it_does_rising_ones(
    actual: float, baseline: float, target: float
) -> None:
    rate = attainment(actual, baseline, target)
    mirrored = attainment(-actual, -baseline, -target)
    assert rate == mirrored
    if rate is not None:
        assert attainment(baseline, baseline, target) == 0
        assert attainment(target, baseline, target) == 1


@pytest.mark.parametrize(
    ("direction", "actual", "reached"),
    [
        (Direction.UP, 60, True),
        (Direction.UP, 61, True),
        (Direction.UP, 59.9, False),
        (Direction.UP, 59.9999999999, True),
        (Direction.DOWN, 60, True),
        (Direction.DOWN, 12, True),
        (Direction.DOWN, 60.1, False),
        (Direction.KEEP, 60, True),
        (Direction.KEEP, 57, True),
        (Direction.KEEP, 63, True),
        (Direction.KEEP, 56.9, False),
        (Direction.KEEP, 63.1, False),
    ],
)
def test_target_reached_by_direction(direction: Direction, actual: float, reached: bool) -> None:
    assert is_reached(actual, 60, direction) is reached


def test_nothing_is_reached_without_value_or_target() -> None:
    assert not is_reached(None, 60, Direction.UP)
    assert not is_reached(60, None, Direction.UP)


@pytest.mark.parametrize(
    ("as_of", "share"),
    [
        (dt.date(2021, 2, 1), 0),
        (START, 0),
        (MIDWAY, 0.5),
        (END, 1),
        (dt.date(2022, 1, 1), 1),
    ],
)
def test_elapsed_share_stays_between_its_bounds(as_of: dt.date, share: float) -> None:
    assert elapsed_share(START, END, as_of) == share


def test_elapsed_share_of_a_single_day_and_of_no_dates() -> None:
    assert elapsed_share(START, START, START) == 1
    assert elapsed_share(START, START, dt.date(2021, 2, 28)) == 0
    assert elapsed_share(None, END, MIDWAY) is None
    assert elapsed_share(START, None, MIDWAY) is None


@given(st.dates(START, END), st.dates(START, END))
def test_elapsed_share_grows_with_time(first: dt.date, second: dt.date) -> None:
    one, two = sorted((first, second))
    assert 0 <= elapsed_share(START, END, one) <= elapsed_share(START, END, two) <= 1


@pytest.mark.parametrize(
    ("rate", "expected", "state"),
    [
        (0.40, 0.5, ResultState.ON_TRACK),  # 80 % of what is expected
        (0.39, 0.5, ResultState.WATCH),
        (0.25, 0.5, ResultState.WATCH),  # 50 %
        (0.24, 0.5, ResultState.LATE),
        (-0.1, 0.5, ResultState.LATE),
        (0.0, 0.0, ResultState.ON_TRACK),  # the first day
        (0.8, None, ResultState.ON_TRACK),  # no dates: against the whole target
        (0.6, None, ResultState.WATCH),
        (0.4, None, ResultState.LATE),
    ],
)
def test_judgement_by_thresholds(rate: float, expected: float | None, state: ResultState) -> None:
    assert judge(rate, expected, THRESHOLDS) is state


def test_thresholds_are_settings() -> None:
    assert judge(0.3, 0.5, Thresholds(on_track=0.6, watch=0.3)) is ResultState.ON_TRACK


@given(st.floats(-2, 2), st.floats(-2, 2), st.floats(0, 1))
def test_a_better_rate_is_never_judged_worse(first: float, second: float, due: float) -> None:
    order = [ResultState.LATE, ResultState.WATCH, ResultState.ON_TRACK]
    worse, better = sorted((first, second))
    assert order.index(judge(worse, due, THRESHOLDS)) <= order.index(judge(better, due, THRESHOLDS))


def test_a_rising_number_half_way_through() -> None:
    found = result(an_indicator(), 30)
    assert (found.actual, found.attainment, found.expected) == (30, 0.5, 0.5)
    assert found.state is ResultState.ON_TRACK
    assert (found.shown, found.measurement_count, found.site_count) == (True, 1, 1)


def test_a_falling_number() -> None:
    indicator = an_indicator(direction=Direction.DOWN, baseline_value=34, target_value=15)
    assert result(indicator, 30).state is ResultState.LATE  # 4/19 = 21 % of 50 % expected: 42 %
    assert result(indicator, 28).state is ResultState.WATCH  # 6/19 = 32 %: 63 %
    assert result(indicator, 19).state is ResultState.ON_TRACK
    assert result(indicator, 15).state is ResultState.REACHED


def test_nothing_measured_is_no_data_and_not_zero() -> None:
    found = result(an_indicator(), None)
    assert (found.actual, found.attainment, found.state) == (None, None, ResultState.NO_DATA)
    assert result(an_indicator(), 0).attainment == 0


def test_not_observed_is_counted_apart() -> None:
    found = indicator_result(
        an_indicator(), EXPERIMENT, Evidence((), not_observed=3), MIDWAY, THRESHOLDS
    )
    assert (found.not_observed_count, found.measurement_count) == (3, 0)
    assert found.state is ResultState.NO_DATA


@pytest.mark.parametrize("baseline", [None, 80.0])
def test_without_a_rate_it_is_watched_until_the_target_date(baseline: float | None) -> None:
    indicator = an_indicator(
        value_type=ValueType.PERCENTAGE, baseline_value=baseline, target_value=80.0
    )
    assert result(indicator, 60, 40).state is ResultState.WATCH
    assert result(indicator, 60, 40, END).state is ResultState.WATCH
    assert result(indicator, 60, 40, dt.date(2021, 12, 1)).state is ResultState.LATE
    assert result(indicator, 80, 40).state is ResultState.REACHED
    assert result(indicator, 60, 40).attainment is None


def test_a_value_without_target_is_watched_and_never_late() -> None:
    indicator = an_indicator(target_value=None)
    assert result(indicator, 12, as_of=dt.date(2022, 6, 1)).state is ResultState.WATCH


def test_elapsed_time_comes_from_the_experiment_when_the_indicator_has_no_dates() -> None:
    indicator = an_indicator(baseline_date=None, target_date=None)
    assert result(indicator, 30).expected == 0.5
    without = indicator_result(
        indicator,
        an_experiment(start_date=None, end_date=None),
        Evidence((first_value("a", "", START, 30, None),)),
        MIDWAY,
        THRESHOLDS,
    )
    assert without.expected is None
    assert without.state is ResultState.WATCH  # 50 % of the whole target


def test_a_percentage_on_too_few_people_is_hidden_but_judged() -> None:
    indicator = an_indicator(value_type=ValueType.PERCENTAGE, baseline_value=20, target_value=50)
    hidden = result(indicator, 35, 9)
    assert (hidden.shown, hidden.hidden_reason) == (False, "n\u00a0<\u00a010")
    assert (hidden.attainment, hidden.state) == (0.5, ResultState.ON_TRACK)
    shown = result(indicator, 35, 10)
    assert (shown.shown, shown.hidden_reason) == (True, "")
    assert shown.interval is not None
    assert shown.interval.low < 35 < shown.interval.high


def test_a_percentage_of_nobody_has_no_interval_and_is_hidden() -> None:
    found = result(an_indicator(value_type=ValueType.PERCENTAGE), 50, 0)
    assert (found.interval, found.shown, found.n) == (None, False, 0)


def test_a_percentage_without_n_is_shown_without_interval() -> None:
    found = result(an_indicator(value_type=ValueType.PERCENTAGE), 50)
    assert (found.interval, found.shown) == (None, True)


def test_a_mean_of_very_few_people_is_masked() -> None:
    indicator = an_indicator(value_type=ValueType.SCALE, aggregation=Aggregation.MEAN)
    assert result(indicator, 3, 4).hidden_reason == "n\u00a0<\u00a05"
    assert result(indicator, 3, 5).shown


def test_yes_no_counts_sites_and_is_never_masked() -> None:
    indicator = an_indicator(value_type=ValueType.YES_NO, baseline_value=0, target_value=1)
    found = result(indicator, 1)
    assert (found.actual, found.n, found.shown, found.state) == (1, 1, True, ResultState.REACHED)
    assert result(indicator, 0).attainment == 0


def test_no_cannot_be_half_way_so_it_is_late_only_after_the_target_date() -> None:
    indicator = an_indicator(value_type=ValueType.YES_NO, baseline_value=0, target_value=1)
    assert result(indicator, 0).state is ResultState.WATCH
    assert result(indicator, 0, as_of=END).state is ResultState.WATCH
    assert result(indicator, 0, as_of=END + dt.timedelta(1)).state is ResultState.LATE
    assert result(indicator, 1, as_of=END + dt.timedelta(1)).state is ResultState.REACHED


def test_qualitative_is_said_so() -> None:
    indicator = an_indicator(
        value_type=ValueType.QUALITATIVE, baseline_value=None, target_value=None
    )
    found = indicator_result(
        indicator, EXPERIMENT, Evidence((), without_value=2), MIDWAY, THRESHOLDS
    )
    assert (found.state, found.actual, found.expected) == (ResultState.NO_DATA, None, None)
    assert (found.shown, found.hidden_reason, found.measurement_count) == (False, "qualitatif", 2)


def test_categories_come_in_their_declared_order_then_what_the_data_adds() -> None:
    indicator = an_indicator(
        value_type=ValueType.PERCENTAGE,
        aggregation=Aggregation.LATEST,
        categories=("Femmes", "Hommes", "Non précisé"),
    )
    groups = (
        first_value("a", "", START, 52, 46),
        first_value("a", "Autre", START, 40, 20),
        first_value("a", "Hommes", START, 46, 20),
        first_value("a", "Femmes", START, 60, 20),
        first_value("b", "Femmes", START, 30, 10),
    )
    found = indicator_result(indicator, EXPERIMENT, Evidence(groups), MIDWAY, THRESHOLDS)
    rows = [(row.category, row.actual, row.n, row.masked) for row in found.by_category]
    assert rows == [
        ("Femmes", 50, 30, False),
        ("Hommes", 46, 20, False),
        ("Non précisé", None, None, False),
        ("Autre", 40, 20, False),
    ]
    # the total is site a's own, and site b's only category: (52 x 46 + 30 x 10) / 56
    assert found.actual == pytest.approx((52 * 46 + 300) / 56)


@pytest.mark.parametrize(
    ("value_type", "n", "kept_n", "masked"),
    [
        (ValueType.NUMBER, 4, None, True),
        (ValueType.NUMBER, 5, 5, False),
        (ValueType.PERCENTAGE, 4, None, True),
        (ValueType.PERCENTAGE, 9, 9, True),
        (ValueType.PERCENTAGE, 10, 10, False),
        (ValueType.NUMBER, None, None, False),
    ],
)
def test_small_categories_lose_their_value(
    value_type: ValueType, n: int | None, kept_n: int | None, masked: bool
) -> None:
    indicator = an_indicator(value_type=value_type, categories=("Femmes",))
    (row,) = result(indicator, 40, n, category="Femmes").by_category
    assert (row.masked, row.n, row.actual) == (masked, kept_n, None if masked else 40)


def test_an_experiment_is_the_mean_of_its_clamped_rates() -> None:
    results = [
        result(an_indicator(), 30),  # 50 %
        result(an_indicator(), 90),  # 150 %, counts as 100 %
        result(an_indicator(), -6),  # -10 %, counts as 0
        result(an_indicator(), None),  # no data: left out
        result(an_indicator(value_type=ValueType.QUALITATIVE, target_value=None), None),
    ]
    whole = experiment_result(EXPERIMENT, results, Activity(6, 4, 418), THRESHOLDS)
    assert whole.attainment == pytest.approx(0.5)
    assert whole.expected == 0.5
    assert whole.state is ResultState.ON_TRACK
    assert (whole.indicator_count, whole.reached_count) == (5, 1)
    assert (whole.visit_count, whole.site_count, whole.observation_count) == (6, 4, 418)


def test_an_experiment_is_reached_when_every_target_is() -> None:
    reached = [result(an_indicator(), 60), result(an_indicator(target_value=None), 3)]
    assert (
        experiment_result(EXPERIMENT, reached, Activity(), THRESHOLDS).state is ResultState.REACHED
    )
    missing = [*reached, result(an_indicator(), None)]
    assert (
        experiment_result(EXPERIMENT, missing, Activity(), THRESHOLDS).state is ResultState.ON_TRACK
    )


@pytest.mark.parametrize("results", [[], [result(an_indicator(), None)]])
def test_an_experiment_without_measures_has_no_data(results: list[IndicatorResult]) -> None:
    whole = experiment_result(EXPERIMENT, results, Activity(), THRESHOLDS)
    assert (whole.state, whole.attainment) == (ResultState.NO_DATA, None)


def test_an_experiment_without_any_rate_follows_its_worst_indicator() -> None:
    watched = result(an_indicator(baseline_value=None), 30)
    late = result(an_indicator(baseline_value=None), 30, as_of=dt.date(2022, 1, 1))
    assert (
        experiment_result(EXPERIMENT, [watched], Activity(), THRESHOLDS).state is ResultState.WATCH
    )
    assert (
        experiment_result(EXPERIMENT, [watched, late], Activity(), THRESHOLDS).state
        is ResultState.LATE
    )
