"""Building a notebook's file, and bringing an old one up to date after a verified copy."""

import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType

from sqlalchemy import Engine

from desktop_app.french import NBSP, quoted
from desktop_app.store import connection as connections
from desktop_app.store import file_checks
from desktop_app.store.files import sweep
from desktop_app.store.lock import lock_file
from desktop_app.store.migrations import migrate
from desktop_app.store.reading import Connect

_LONGEST_STEM = 180  # bytes: the copy's name is longer than the notebook's


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
    path: Path, number: int, migrations: Sequence[ModuleType] | None = None
) -> Path:
    """Copies the notebook beside it, verified, then migrates it; gives the copy's path.

    The copy that an upgrade stopped half-way had made is used again. Raises UserError when the
    notebook is damaged or no copy can be made: nothing was changed then.
    """
    from desktop_app.store.backup import UnfaithfulCopyError, copy_database

    connect = partial(connections.connect, path, "rw")
    copy = _place(path, number, connect)
    if not copy.exists():
        sweep(copy)  # we hold the notebook's lock
        try:
            copy_database(lambda: closing(connect()), copy)
        except UnfaithfulCopyError as error:
            raise file_checks.damaged(path) from error
    _migrate(connect, migrate.known() if migrations is None else migrations)
    return copy


@contextmanager
def upgraded_aside(path: Path, connect: Connect) -> Iterator[Connect]:
    """How to read an older notebook without changing it: from a copy, upgraded, for the block.

    Raises UserError when the notebook is damaged or the copy cannot be made.
    """
    from desktop_app.store.backup import UnfaithfulCopyError, copy_database
    from desktop_app.system.temporary import private_folder

    with private_folder() as folder:
        copy = Path(folder, "copie provisoire.carnet")
        try:
            copy_database(lambda: closing(connect()), copy)
        except UnfaithfulCopyError as error:
            raise file_checks.damaged(path) from error
        _migrate(partial(connections.connect, copy, "rw"), migrate.known())
        yield partial(connections.connect, copy, "rw")


def _migrate(connect: Connect, migrations: Sequence[ModuleType]) -> None:
    engine = connections.engine(connect, begin="BEGIN IMMEDIATE", size=1)
    try:
        migrate.upgrade(engine, migrations)
    finally:
        engine.dispose()


def upgraded(path: Path, copy: Path) -> str:
    """What to tell the person of an upgrade that was made."""
    since = migrate.READABLE_SINCE[migrate.HEAD]
    return (
        f"Le carnet {quoted(path.name)} a été mis à jour{NBSP}: les versions de Carnet d’impact "
        f"antérieures à la {since} ne peuvent plus l’ouvrir. Tel qu’il était, il est gardé dans le "
        f"même dossier sous le nom {quoted(copy.name)}."
    )


def _place(path: Path, number: int, connect: Connect) -> Path:
    """Where the copy is already, else where it goes: no file is replaced."""
    with closing(connect()) as source:
        return next(
            copy
            for copy in _copy_names(path, number)
            if not (copy.exists() or copy.is_symlink()) or _is_copy(copy, source)
        )


def _copy_names(path: Path, number: int) -> Iterator[Path]:
    """« NAME (format 1).carnet », then « NAME (format 1) 2.carnet » and so on."""
    short = path.stem.encode(errors="surrogateescape")[:_LONGEST_STEM].decode(errors="ignore")
    stem = f"{short} (format {number})"
    yield path.with_name(f"{stem}{path.suffix}")
    for rank in itertools.count(2):
        yield path.with_name(f"{stem} {rank}{path.suffix}")


def _is_copy(candidate: Path, source: sqlite3.Connection) -> bool:
    """Whether it is whole and holds just what the notebook holds. Nothing is written to it."""
    from desktop_app.store.backup import is_whole

    if not candidate.is_file() or lock_file(candidate).exists():
        return False
    if file_checks.pending_wal(candidate):
        return False
    try:
        with closing(connections.connect(candidate, "immutable")) as copy:
            return _state(copy) == _state(source) and is_whole(copy)
    except (sqlite3.Error, UnicodeError):
        return False


def _state(connection: sqlite3.Connection) -> tuple[object, ...]:
    """What tells two states of a notebook apart: each change adds a line to the journal."""
    from desktop_app.store.backup import counts

    return (
        connections.scalar(connection, "PRAGMA user_version"),
        counts(connection),
        connection.execute(
            "SELECT device, max(seq), max(hlc) FROM journal GROUP BY device ORDER BY device"
        ).fetchall(),
        connection.execute("SELECT id FROM notebook").fetchall(),
    )
