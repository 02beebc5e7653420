"""Which measures are due: one rule for the preparation of a visit and for the first screen."""

import datetime as dt

from desktop_app.models.enums import Frequency

# Days after which a regular measure is due again. A little under the calendar period, so that
# a visit on the 2nd of a month follows one on the 3rd of the month before.
PERIOD_DAYS = {
    Frequency.WEEKLY: 6,
    Frequency.MONTHLY: 28,
    Frequency.QUARTERLY: 85,
    Frequency.HALF_YEARLY: 175,
    Frequency.WAVE: 100,
}

ONCE_LEAD_DAYS = 30  # « une fois, à la fin »: due from one month before the target date


def is_due(
    frequency: Frequency,
    last_date: dt.date | None,
    on_date: dt.date,
    target_date: dt.date | None,
) -> bool:
    """Whether a measure last taken on ``last_date`` should be taken on ``on_date``.

    ``last_date`` is None when nothing was ever observed. ``Frequency.SESSION`` is due at every
    session but not twice on one day. ``Frequency.WAVE`` is due for a first wave, then about
    three times a programme year, and at the end when the last wave is older than one month.
    """
    if frequency is Frequency.ONCE:
        if last_date is not None:
            return False
        return target_date is None or on_date >= target_date - dt.timedelta(ONCE_LEAD_DAYS)
    if last_date is None:
        return True
    elapsed = (on_date - last_date).days
    if frequency is Frequency.SESSION:
        return elapsed > 0
    if frequency is Frequency.WAVE and target_date is not None and on_date >= target_date:
        return elapsed > ONCE_LEAD_DAYS and last_date < target_date
    return elapsed >= PERIOD_DAYS[frequency]
