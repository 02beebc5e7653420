"""Brings a notebook's file to the schema this program knows.

Migrations are modules listed by name: they work frozen, where no folder can be scanned. Each runs
in its own transaction, which also sets ``user_version``. Alembic is imported here only.
"""

import importlib
from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

MIGRATIONS = ("0001_initial", "0002_readable_since", "0003_rules_of_figures")
HEAD = len(MIGRATIONS)

# The first program that reads each format. From 2 on the file says it itself, to the programs
# that never heard of its format: they tell the person which version to ask for.
READABLE_SINCE = {1: "0.1.0", 2: "0.2.0", 3: "0.3.0"}
_FIRST_TO_SAY = 2


def known() -> list[ModuleType]:
    return [
        importlib.import_module(f"desktop_app.store.migrations.versions.{name}")
        for name in MIGRATIONS
    ]


def upgrade(engine: "Engine", migrations: Sequence[ModuleType]) -> int:
    """Runs the migrations the file lacks; gives its version then.

    ``migrations[n]`` leads from version n to n + 1. Raises RuntimeError when one breaks links:
    nothing of it is kept. Those that were broken already are for the integrity check to tell.
    """
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    with engine.connect() as connection:
        version: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    for number, migration in enumerate(migrations[version:], version + 1):
        with engine.connect() as connection:
            _set_foreign_keys(connection, on=False)
            with connection.begin(), Operations.context(MigrationContext.configure(connection)):
                broken = _broken_links(connection)
                migration.upgrade()
                _note_reader(connection, number)
                if not _broken_links(connection) <= broken:
                    raise RuntimeError(f"migration {number} leaves broken foreign keys")
                connection.exec_driver_sql(f"PRAGMA user_version = {number}")
            _set_foreign_keys(connection, on=True)
        version = number
    return version


def _note_reader(connection: "Connection", number: int) -> None:
    """In the migration's own transaction: a file never says what it is not."""
    if number >= _FIRST_TO_SAY and number in READABLE_SINCE:
        connection.exec_driver_sql(
            "INSERT INTO file_format (number, readable_since) VALUES (?, ?)",
            (number, READABLE_SINCE[number]),
        )


def _broken_links(connection: "Connection") -> set[tuple[object, ...]]:
    """Table, row, parent and key of each."""
    return {tuple(row) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}


def _set_foreign_keys(connection: Any, *, on: bool) -> None:
    """Outside any transaction, where SQLite listens to it."""
    connection.connection.dbapi_connection.execute(f"PRAGMA foreign_keys = {int(on)}")
