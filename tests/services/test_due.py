import datetime as dt

import pytest

from desktop_app.models.enums import Frequency
from desktop_app.services.visits.due import is_due

TODAY = dt.date(2021, 6, 14)
TARGET = dt.date(2021, 11, 30)


@pytest.mark.parametrize("frequency", [f for f in Frequency if f is not Frequency.ONCE])
def test_what_was_never_measured_is_due(frequency: Frequency) -> None:
    assert is_due(frequency, None, TODAY, TARGET)


@pytest.mark.parametrize(
    ("frequency", "days_ago", "due"),
    [
        (Frequency.SESSION, 0, False),
        (Frequency.SESSION, 1, True),
        (Frequency.WEEKLY, 5, False),
        (Frequency.WEEKLY, 7, True),
        (Frequency.MONTHLY, 27, False),
        (Frequency.MONTHLY, 28, True),
        (Frequency.QUARTERLY, 60, False),
        (Frequency.QUARTERLY, 90, True),
        (Frequency.HALF_YEARLY, 120, False),
        (Frequency.HALF_YEARLY, 181, True),
        (Frequency.WAVE, 60, False),
        (Frequency.WAVE, 110, True),
    ],
)
def test_a_regular_measure_is_due_after_its_period(
    frequency: Frequency, days_ago: int, due: bool
) -> None:
    assert is_due(frequency, TODAY - dt.timedelta(days_ago), TODAY, TARGET) is due


@pytest.mark.parametrize(
    ("last", "on_date", "target", "due"),
    [
        (None, dt.date(2021, 6, 14), TARGET, False),
        (None, dt.date(2021, 10, 30), TARGET, False),
        (None, dt.date(2021, 10, 31), TARGET, True),
        (None, dt.date(2021, 12, 24), TARGET, True),
        (None, dt.date(2021, 6, 14), None, True),
        (dt.date(2021, 11, 2), dt.date(2021, 12, 1), TARGET, False),
    ],
)
def test_a_single_measure_is_due_near_its_target_date(
    last: dt.date | None, on_date: dt.date, target: dt.date | None, due: bool
) -> None:
    assert is_due(Frequency.ONCE, last, on_date, target) is due


def test_the_last_wave_is_due_at_the_target_date() -> None:
    assert is_due(Frequency.WAVE, dt.date(2021, 10, 1), TARGET, TARGET)
    assert not is_due(Frequency.WAVE, dt.date(2021, 11, 15), TARGET, TARGET)
