"""Columns of the actions."""

import datetime as dt

from desktop_app.french import MISSING, date
from desktop_app.services.visits.follow_up_rows import FollowUpRow
from desktop_app.views.tables.action_text import delay_text, delay_tone
from desktop_app.views.tables.row_model import Column, RowModel


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
