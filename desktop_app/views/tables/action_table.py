"""Columns of the follow-ups, and how far away a due date reads."""

import datetime as dt

from desktop_app.french import MINUS, MISSING, NBSP, date, plural
from desktop_app.services.visit_rows import FollowUpRow
from desktop_app.views.tables.row_model import Column, RowModel

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


def visit_text(row: FollowUpRow) -> str:
    if row.visit_id is None:
        return MISSING
    day = "" if row.visit_date is None else f" du {date(row.visit_date)}"
    return f"{row.visit_reference}{day}"


def _due(row: FollowUpRow) -> dt.date | None:
    return row.done_date or row.due_date


COLUMNS: tuple[Column[FollowUpRow], ...] = (
    Column("Action", lambda a: a.what, subline=lambda a: a.site_name, bold=True),
    Column("Expérimentation", lambda a: a.enterprise, subline=lambda a: a.experiment_code),
    Column("Qui", lambda a: a.who or MISSING),
    Column("Visite", visit_text, sort=lambda a: a.visit_date),
    Column("Échéance", lambda a: date(a.due_date), sort=lambda a: a.due_date, right=True),
    Column("État", delay_text, sort=_due, tone=delay_tone),
)
STATE = len(COLUMNS) - 1


class ActionTableModel(RowModel[FollowUpRow]):
    def __init__(self) -> None:
        super().__init__(COLUMNS, lambda row: row.id)
