"""Building a notebook's file, and bringing an old one up to date after a verified copy."""

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from types import ModuleType

from sqlalchemy import Engine

from desktop_app.store import connection as connections
from desktop_app.store.migrations import migrate


def build(path: Path) -> Engine:
    """Lays the current schema in the empty file at ``path``; gives an engine that writes it."""
    with closing(connections.connect(path, "rw")) as connection:
        connection.execute(f"PRAGMA application_id = {connections.APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode = WAL")
    engine = connections.engine(
        partial(connections.connect, path, "rw"), begin="BEGIN IMMEDIATE", size=1
    )
    migrate.upgrade(engine, migrate.known())
    return engine


def upgrade_with_copy(
    path: Path, version: int, migrations: Sequence[ModuleType] | None = None
) -> Path:
    """Copies the notebook beside it, verified, then migrates it; gives the copy's path.

    Raises UserError when the copy cannot be made: nothing was changed then.
    """
    from desktop_app.store.backup import copy_database

    copy = _copy_name(path, version)
    copy_database(lambda: closing(connections.connect(path, "rw")), copy)
    engine = connections.engine(
        partial(connections.connect, path, "rw"), begin="BEGIN IMMEDIATE", size=1
    )
    try:
        migrate.upgrade(engine, migrate.known() if migrations is None else migrations)
    finally:
        engine.dispose()
    return copy


def _copy_name(path: Path, version: int) -> Path:
    """« NAME (format 1).carnet », numbered when an earlier copy is there."""
    stem = f"{path.stem} (format {version})"
    copy, number = path.with_name(f"{stem}{path.suffix}"), 2
    while copy.exists():
        copy, number = path.with_name(f"{stem} {number}{path.suffix}"), number + 1
    return copy
