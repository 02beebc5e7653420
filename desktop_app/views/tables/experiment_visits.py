"""Columns of an experiment's or a site's visits."""

from desktop_app.french import date, number, plural
from desktop_app.services.visits.visit_rows import VisitListRow
from desktop_app.services.vocabulary import label
from desktop_app.views.tables.row_model import Column, RowModel
from desktop_app.views.widgets.pill import STATE_TONES


def gathered_text(row: VisitListRow) -> str:
    """« 4 mesures · 3 constats »."""
    return f"{plural(row.measurement_count, 'mesure')} · {plural(row.finding_count, 'constat')}"


COLUMNS: tuple[Column[VisitListRow], ...] = (
    Column("Date", lambda v: date(v.date), subline=lambda v: v.reference, bold=True),
    Column("Site", lambda v: v.site_name, subline=lambda v: v.commune),
    Column("Recueilli", gathered_text),
    Column("Actions ouvertes", lambda v: number(v.open_follow_up_count, 0), right=True),
    Column("Auteur", lambda v: v.author),
    Column("État", lambda v: label(v.state), tone=lambda v: STATE_TONES[v.state]),
)
SITE = 1
OPTIONAL = (4, 3, 2)


class VisitTableModel(RowModel[VisitListRow]):
    def __init__(self) -> None:
        super().__init__(COLUMNS, lambda row: row.id)
