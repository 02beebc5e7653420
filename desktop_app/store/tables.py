"""Every mapped table, known here whatever screen was opened first."""

from sqlalchemy import Table

from desktop_app.models import experiment, framework, notebook, programme, site, visit
from desktop_app.models.base import Base

MODULES = (programme, experiment, framework, site, visit, notebook)

# Parents before children.
TABLES: tuple[Table, ...] = tuple(Base.metadata.sorted_tables)
RECORD_TABLES: tuple[Table, ...] = tuple(table for table in TABLES if "deleted" in table.c)
ORDER: dict[str, int] = {table.name: at for at, table in enumerate(TABLES)}
JOURNAL: Table = Base.metadata.tables["journal"]
