"""Columns of the observations a figure rests on."""

from desktop_app.french import MISSING, date, measured, number
from desktop_app.services.document_rows import MeasurementRow
from desktop_app.services.vocabulary import MeasurementStatus, label
from desktop_app.views.tables.row_model import Column, RowModel


def measured_text(row: MeasurementRow) -> str:
    """The value, or why there is none: « non observé » is not zero."""
    if row.status is not MeasurementStatus.OBSERVED:
        return label(row.status).lower()
    return measured(row.value, percentage=row.is_percentage, yes_no=row.is_yes_no)


COLUMNS: tuple[Column[MeasurementRow], ...] = (
    Column("Date", lambda m: date(m.date), sort=lambda m: m.date),
    Column("Site", lambda m: m.site_name, subline=lambda m: m.commune),
    Column("Public", lambda m: m.category or "ensemble"),
    Column("Valeur", measured_text, sort=lambda m: m.value, right=True, bold=True),
    Column(
        "n",
        lambda m: MISSING if m.n is None else number(m.n, 0),
        sort=lambda m: m.n,
        right=True,
    ),
    Column("Visite", lambda m: m.visit_reference or MISSING),
    Column("Commentaire", lambda m: m.comment),
)


class EvidenceTableModel(RowModel[MeasurementRow]):
    def __init__(self) -> None:
        super().__init__(COLUMNS, lambda row: row.id)
