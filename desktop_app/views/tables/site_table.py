"""Columns of the list of sites."""

from desktop_app.french import MISSING, date, number
from desktop_app.services.programme.experiment_rows import SiteRow
from desktop_app.services.vocabulary import label
from desktop_app.views.tables.row_model import Column, RowModel

COLUMNS: tuple[Column[SiteRow], ...] = (
    Column("Site", lambda s: s.name, subline=lambda s: label(s.type), bold=True),
    Column("Commune", lambda s: s.commune or MISSING),
    Column("Expérimentations", lambda s: ", ".join(s.experiment_codes) or MISSING),
    Column("Visites", lambda s: number(s.visit_count, 0), sort=lambda s: s.visit_count, right=True),
    Column(
        "Dernière visite", lambda s: date(s.last_visit), sort=lambda s: s.last_visit, right=True
    ),
)


SITE, COMMUNE, EXPERIMENTS, VISITS, LAST = range(len(COLUMNS))


class SiteTableModel(RowModel[SiteRow]):
    def __init__(self) -> None:
        super().__init__(COLUMNS, lambda site: site.id)
