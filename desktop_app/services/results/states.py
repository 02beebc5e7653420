"""What is said of an indicator: its way from T0 to the target, its state, its movement. Pure.

Rates are shares (1 = the target). The three directions are treated alike: « keep » measures the
distance to the target, on either side of it.
"""

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.models.enums import Direction, Wave
from desktop_app.numbers import same_when_read
from desktop_app.services.results.rounding import denoised
from desktop_app.services.results.rows import Movement, ResultState, Thresholds

KEEP_TOLERANCE = 0.05  # « à maintenir »: within 5 % of the target
EPSILON = 1e-9  # sums of decimals do not fall exactly on their target
WAVE_SHARES = {Wave.T1: 0.5, Wave.T2: 1.0}
"""The share of the way expected at each wave: the second of three is half-way."""


def close(first: float, second: float) -> bool:
    return math.isclose(first, second, rel_tol=EPSILON, abs_tol=EPSILON)


def attainment(
    actual: float | None,
    baseline: float | None,
    target: float | None,
    direction: Direction = Direction.UP,
) -> float | None:
    """(actual - T0) / (target - T0), unclamped; None when one is missing or T0 reaches the target.

    « Keep »: 1 - |actual - target| / |T0 - target|, the share of the distance that is gone.
    """
    if actual is None or baseline is None or target is None or close(baseline, target):
        return None
    if is_reached(baseline, target, direction):
        return None
    if close(actual, target):
        return 1.0
    if direction is Direction.KEEP:
        return denoised(1 - abs(actual - target) / abs(baseline - target))
    return denoised((actual - baseline) / (target - baseline))


def is_reached(actual: float, target: float, direction: Direction) -> bool:
    if direction is Direction.KEEP:
        return abs(actual - target) <= KEEP_TOLERANCE * abs(target) + EPSILON
    if close(actual, target):
        return True
    return actual > target if direction is Direction.UP else actual < target


def movement_of(
    actual: float | None,
    baseline: float | None,
    target: float | None,
    direction: Direction,
    decimals: int,
) -> Movement:
    """Against T0, beyond rounding; reached whatever T0. Without T0 nothing can be said but that.

    ``decimals``: those at which two values are read apart (rounding.py).
    """
    if actual is None:
        return Movement.NO_DATA
    if target is not None and is_reached(actual, target, direction):
        return Movement.REACHED
    if baseline is None or (direction is Direction.KEEP and target is None):
        return Movement.NO_DATA
    if direction is Direction.KEEP and target is not None:
        actual, baseline = abs(actual - target), abs(baseline - target)
    if same_when_read(actual, baseline, decimals):
        return Movement.UNCHANGED
    better = actual > baseline if direction is Direction.UP else actual < baseline
    return Movement.PROGRESS if better else Movement.DECLINE


def elapsed_share(start: dt.date | None, end: dt.date | None, day: dt.date) -> float | None:
    """How much of the time from start to end has passed on ``day``, 0 to 1."""
    if start is None or end is None:
        return None
    if day >= end:
        return 1.0
    if day <= start:
        return 0.0
    return (day - start).days / (end - start).days


def expected_share(
    start: dt.date | None,
    end: dt.date | None,
    last_measure: dt.date,
    *,
    by_wave: bool,
    waves: Iterable[Wave | None],
) -> float | None:
    """The share of the way expected at the last measure, 0 to 1; None without dates.

    A wave indicator is judged at its waves (the last one that counts), not on a straight line.
    """
    named = [wave for wave in waves if wave is not None]
    if by_wave and named:
        return WAVE_SHARES.get(max(named), 0.0)
    return elapsed_share(start, end, last_measure)


def pace(rate: float, expected: float | None, thresholds: Thresholds) -> ResultState:
    """A rate against the one expected by then; without dates, against the whole target."""
    due = 1.0 if expected is None else expected
    if rate >= thresholds.on_track * due - EPSILON:
        return ResultState.ON_TRACK
    if rate >= thresholds.watch * due - EPSILON:
        return ResultState.WATCH
    return ResultState.LATE


@dataclass(frozen=True, slots=True)
class Reading:
    """What the state of a measured indicator is decided on."""

    movement: Movement
    rate: float | None
    expected: float | None
    ended: bool
    has_target: bool


def state_of(reading: Reading, thresholds: Thresholds) -> ResultState:
    """Reached, en recul, then the pace; once the experiment has ended, reached or not.

    A value that has no T0, no target, or no rate (T0 is the target) cannot be judged.
    """
    if reading.movement is Movement.REACHED:
        return ResultState.REACHED
    if reading.movement is Movement.DECLINE:
        return ResultState.DECLINE
    if not reading.has_target:
        return ResultState.UNJUDGED
    if reading.ended:
        return ResultState.MISSED
    if reading.rate is None:
        return ResultState.UNJUDGED
    return pace(reading.rate, reading.expected, thresholds)


def yes_no_movement(yes: int, sites: int, *, wanted: bool, baseline: bool | None) -> Movement:
    """The worst site decides, whatever the direction: one off the wanted side is enough.

    T0 on the wanted side, and one site off it since: en recul. T0 off it: progress as soon as one
    site has come over.
    """
    on_side = yes if wanted else sites - yes
    if on_side == sites:
        return Movement.REACHED
    if baseline is None:
        return Movement.NO_DATA
    if baseline is wanted:
        return Movement.DECLINE
    return Movement.PROGRESS if on_side else Movement.UNCHANGED
