"""What is said of a figure: the whole table direction x type x calculation, and its corners."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from result_samples import END, START

from desktop_app.models.enums import Aggregation, Direction, ValueType, Wave
from desktop_app.services.results.calculation import (
    ALLOWED,
    Calculation,
    calculation_of,
    go_together,
)
from desktop_app.services.results.rows import Movement, ResultState, Thresholds
from desktop_app.services.results.states import (
    Reading,
    attainment,
    elapsed_share,
    expected_share,
    is_reached,
    movement_of,
    pace,
    state_of,
    yes_no_movement,
)

UP, DOWN, KEEP = Direction.UP, Direction.DOWN, Direction.KEEP
MIDWAY = dt.date(2021, 7, 16)  # 137 days of 274: exactly half
NUMBERS = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("direction", "actual", "baseline", "target", "rate"),
    [
        (UP, 52, 31, 70, 21 / 39),
        (DOWN, 19, 34, 15, 15 / 19),
        (UP, 40, 34, 60, 6 / 26),
        (DOWN, 40, 34, 15, -6 / 19),  # it got worse
        (UP, 80, 0, 60, 80 / 60),  # beyond the target, not clamped
        (KEEP, 46, 40, 50, 0.6),  # 4 from the target, of 10
        (KEEP, 54, 40, 50, 0.6),  # on the other side of it
        (KEEP, 65, 40, 50, -0.5),  # farther than T0
        (KEEP, 50, 50, 50, None),
        (UP, None, 0, 60, None),
        (UP, 10, None, 60, None),
        (UP, 10, 0, None, None),
        (UP, 10, 60, 60, None),
        (UP, 90, 89, 85, None),  # T0 is beyond the target: 1 / -4 would tell of a decline
        (DOWN, 4, 3, 5, None),
        (KEEP, 600, 469.5, 450, None),  # T0 within 5 %
        (UP, 0.3, 0.1 + 0.2, 0.3, None),
        (UP, 0.1 + 0.2, 0, 0.3, 1),  # never 99,999 %
    ],
)
def test_attainment(direction, actual, baseline, target, rate) -> None:
    found = attainment(actual, baseline, target, direction)
    assert found == (None if rate is None else pytest.approx(rate, rel=1e-12))


@given(NUMBERS, NUMBERS, NUMBERS)
def test_rising_and_falling_targets_are_treated_alike(actual, baseline, target) -> None:
    assert attainment(actual, baseline, target, UP) == attainment(-actual, -baseline, -target, DOWN)
    up = movement_of(actual, baseline, target, UP, 2)
    assert up is movement_of(-actual, -baseline, -target, DOWN, 2)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_keep_does_not_know_the_side(distance, baseline, target) -> None:
    above = movement_of(target + distance, baseline, target, KEEP, 2)
    below = movement_of(target - distance, baseline, target, KEEP, 2)
    assert above is below


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from([UP, DOWN]))
def test_a_rate_says_what_the_movement_says(actual, baseline, target, direction) -> None:
    movement = movement_of(actual, baseline, target, direction, 2)
    rate = attainment(actual, baseline, target, direction)
    if rate is None:
        return
    if movement is Movement.REACHED:
        assert rate >= 1 - 1e-9
    elif movement is Movement.PROGRESS:
        assert 0 < rate < 1
    elif movement is Movement.DECLINE:
        assert rate < 0


@pytest.mark.parametrize(
    ("direction", "actual", "reached"),
    [
        (UP, 60, True),
        (UP, 61, True),
        (UP, 59.9, False),
        (UP, 59.9999999999, True),
        (DOWN, 60, True),
        (DOWN, 12, True),
        (DOWN, 60.1, False),
        (KEEP, 57, True),
        (KEEP, 63, True),
        (KEEP, 56.9, False),
        (KEEP, 63.1, False),
    ],
)
def test_target_reached_by_direction(direction, actual, reached) -> None:
    assert is_reached(actual, 60, direction) is reached


@pytest.mark.parametrize(
    ("direction", "actual", "baseline", "target", "decimals", "movement"),
    [
        (UP, None, 4, 9, 2, Movement.NO_DATA),
        (UP, 9, 4, 9, 2, Movement.REACHED),
        (UP, 9, None, 9, 2, Movement.REACHED),  # reached needs no T0
        (UP, 6, None, 9, 2, Movement.NO_DATA),
        (UP, 6, 4, 9, 2, Movement.PROGRESS),
        (UP, 6, 4, None, 2, Movement.PROGRESS),  # without a target, against T0 alone
        (UP, 4, 4, 9, 2, Movement.UNCHANGED),
        (UP, 4.004, 4, 9, 2, Movement.UNCHANGED),  # reads 4
        (UP, 3.6, 4, 9, 2, Movement.DECLINE),
        (UP, 37.96, 38, 60, 1, Movement.UNCHANGED),  # 38,0 %
        (UP, 37.9, 38, 60, 1, Movement.DECLINE),
        (DOWN, 6.53, 6, 5, 1, Movement.DECLINE),
        (DOWN, 14, 14, 9, 2, Movement.UNCHANGED),
        (DOWN, 13.9, 14, 9, 2, Movement.PROGRESS),
        (KEEP, 45, 40, 50, 2, Movement.PROGRESS),
        (KEEP, 61, 40, 50, 2, Movement.DECLINE),
        (KEEP, 60, 40, 50, 2, Movement.UNCHANGED),  # as far, on the other side
        (KEEP, 51, 40, 50, 2, Movement.REACHED),
        (KEEP, 56, 50, 50, 2, Movement.DECLINE),  # T0 was the target
        (KEEP, 56, 50, None, 2, Movement.NO_DATA),
    ],
)
def test_movement(direction, actual, baseline, target, decimals, movement) -> None:
    assert movement_of(actual, baseline, target, direction, decimals) is movement


@pytest.mark.parametrize(
    ("yes", "sites", "wanted", "baseline", "movement"),
    [
        (3, 3, True, False, Movement.REACHED),
        (2, 3, True, False, Movement.PROGRESS),
        (0, 3, True, False, Movement.UNCHANGED),
        (2, 3, True, True, Movement.DECLINE),  # the worst site decides
        (2, 3, True, None, Movement.NO_DATA),
        (0, 3, False, True, Movement.REACHED),
        (1, 3, False, True, Movement.PROGRESS),
        (3, 3, False, True, Movement.UNCHANGED),
        (1, 3, False, False, Movement.DECLINE),
    ],
)
def test_yes_or_no(yes, sites, wanted, baseline, movement) -> None:
    assert yes_no_movement(yes, sites, wanted=wanted, baseline=baseline) is movement


@pytest.mark.parametrize(
    ("as_of", "share"),
    [(dt.date(2021, 2, 1), 0), (START, 0), (MIDWAY, 0.5), (END, 1), (dt.date(2022, 1, 1), 1)],
)
def test_elapsed_share_stays_between_its_bounds(as_of, share) -> None:
    assert elapsed_share(START, END, as_of) == share
    assert elapsed_share(None, END, as_of) is None


def test_a_wave_is_judged_at_its_wave_not_on_a_straight_line() -> None:
    def expected(*waves: Wave | None) -> float | None:
        return expected_share(START, END, MIDWAY, by_wave=True, waves=waves)

    assert (expected(Wave.T1), expected(Wave.T2)) == (0.5, 1.0)
    assert expected(Wave.T1, Wave.T2) == 1.0  # the last one that counts
    assert expected(None) == 0.5  # a measure that names no wave: the line
    late = expected_share(START, END, END, by_wave=True, waves=[Wave.T1])
    assert late == 0.5
    assert expected_share(START, END, MIDWAY, by_wave=False, waves=[Wave.T2]) == 0.5


@pytest.mark.parametrize(
    ("rate", "expected", "state"),
    [
        (0.4, 0.5, ResultState.ON_TRACK),
        (0.39, 0.5, ResultState.WATCH),
        (0.25, 0.5, ResultState.WATCH),
        (0.24, 0.5, ResultState.LATE),
        (0, 0, ResultState.ON_TRACK),
        (0.79, None, ResultState.WATCH),
    ],
)
def test_pace(rate, expected, state) -> None:
    assert pace(rate, expected, Thresholds()) is state


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("movement", list(Movement))
def test_states_of_what_runs_and_of_what_has_ended(movement: Movement, ended: bool) -> None:
    rate = {Movement.PROGRESS: 0.95, Movement.UNCHANGED: 0.0, Movement.DECLINE: -0.2}.get(movement)
    state = state_of(Reading(movement, rate, 1.0, ended, has_target=True), Thresholds())
    wanted = {
        (Movement.REACHED, False): ResultState.REACHED,
        (Movement.REACHED, True): ResultState.REACHED,
        (Movement.DECLINE, False): ResultState.DECLINE,
        (Movement.DECLINE, True): ResultState.DECLINE,
        (Movement.PROGRESS, False): ResultState.ON_TRACK,
        (Movement.PROGRESS, True): ResultState.MISSED,
        (Movement.UNCHANGED, False): ResultState.LATE,
        (Movement.UNCHANGED, True): ResultState.MISSED,
        (Movement.NO_DATA, False): ResultState.UNJUDGED,
        (Movement.NO_DATA, True): ResultState.MISSED,
    }
    assert state is wanted[movement, ended]


def test_which_calculation_goes_with_which_type() -> None:
    """The whole table of rule 4."""
    allowed = {
        (kind, way)
        for kind, way in itertools.product(ValueType, Aggregation)
        if go_together(kind, way)
    }
    number, percentage, scale = ValueType.NUMBER, ValueType.PERCENTAGE, ValueType.SCALE
    latest, mean, ratio = Aggregation.LATEST, Aggregation.MEAN, Aggregation.RATIO
    assert allowed == {
        (number, Aggregation.ADDITIVE), (number, latest), (number, mean), (number, ratio),
        (percentage, latest), (percentage, mean), (percentage, ratio),
        (scale, latest), (scale, mean),
        (ValueType.YES_NO, latest), (ValueType.QUALITATIVE, latest),
    }  # fmt: skip
    assert set(ALLOWED) == set(ValueType)
    for way in Aggregation:
        assert calculation_of(ValueType.YES_NO, way) is Calculation.SITES
        assert calculation_of(ValueType.QUALITATIVE, way) is Calculation.NONE
