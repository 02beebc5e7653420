"""How an action reads: how far away its due date is, and what it belongs to."""

from desktop_app.french import MINUS, NBSP, date, plural
from desktop_app.services.visits.follow_up_rows import FollowUpRow

SOON = 7
"""Days under which an action to come is shown as pressing."""


def delay_text(row: FollowUpRow) -> str:
    """« − 6 jours », « dans 4 jours », « aujourd’hui », « faite le 09/06/2021 »."""
    if row.done_date is not None:
        return f"faite le {date(row.done_date)}"
    if row.days_left is None:
        return "sans échéance"
    if row.days_left < 0:
        return f"{MINUS}{NBSP}{plural(-row.days_left, 'jour')}"
    return "aujourd’hui" if row.days_left == 0 else f"dans {plural(row.days_left, 'jour')}"


def delay_words(row: FollowUpRow) -> str:
    """The same for a screen reader: « en retard de 6 jours »."""
    if row.done_date is None and row.days_left is not None and row.days_left < 0:
        return f"en retard de {plural(-row.days_left, 'jour')}"
    return delay_text(row)


def delay_tone(row: FollowUpRow) -> str:
    if row.done_date is not None:
        return "good"
    if row.days_left is None:
        return "neutral"
    if row.days_left < 0:
        return "bad"
    return "warn" if row.days_left <= SOON else "neutral"


def context_text(row: FollowUpRow) -> str:
    """« Jexplore · Direction collèges »."""
    return " · ".join(part for part in (row.enterprise or row.experiment_code, row.who) if part)
