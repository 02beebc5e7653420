"""Live rows, said the way the partial indexes say it."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, Row, literal_column

from desktop_app.models.base import Base

AnyRow = Row[*tuple[Any, ...]]


def alive(model: type[Base]) -> ColumnElement[bool]:
    """« NOT table.deleted »: SQLite uses a partial index only when the query repeats its words."""
    return literal_column(f"NOT {model.__tablename__}.deleted", Boolean)
