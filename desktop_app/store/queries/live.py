"""Live rows, said the way the partial indexes say it."""

from typing import Any, cast

from sqlalchemy import ColumnElement, Row, literal_column, text

from desktop_app.models.base import Base
from desktop_app.store.glance import Where, bound

AnyRow = Row[*tuple[Any, ...]]


def alive(model: type[Base]) -> ColumnElement[bool]:
    """« NOT table.deleted »: SQLite uses a partial index only when the query repeats its words.

    Untyped: of a Boolean, SQLAlchemy would make « = 1 », which SQLite does not recognise.
    """
    return literal_column(f"NOT {model.__tablename__}.deleted")


def clause(where: Where) -> ColumnElement[bool]:
    """Plain conditions (glance.py) within a SQLAlchemy query."""
    values = {name: bound(value) for name, value in where.parameters.items()}
    return cast("ColumnElement[bool]", text(f"({where.sql})").bindparams(**values))
