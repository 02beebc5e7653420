"""Whole, verified copies of a notebook, open or not."""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, closing
from functools import partial
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.french import NBSP
from desktop_app.store import connection as connections
from desktop_app.store import file_checks
from desktop_app.store.file_format import require_known
from desktop_app.store.files import placed
from desktop_app.store.lock import Lock, lock_file
from desktop_app.store.notebook import Notebook, damage_told
from desktop_app.store.reading import Connect, reader
from desktop_app.store.sqlite_errors import translated
from desktop_app.system.paths import there

CopyProgress = Callable[[int, int], None]
Borrow = Callable[[], AbstractContextManager[sqlite3.Connection]]

_PAGES_PER_STEP = 500  # 2 MB between two calls of progress


class UnfaithfulCopyError(UserError):
    """What was copied is not what was read: the notebook or a disk is damaged."""


def backup(
    source: Notebook | Path,
    target: Path,
    progress: CopyProgress | None = None,
    *,
    overwrite: bool = False,
) -> None:
    """Copies a notebook, even while it is written. ``progress`` receives (pages done, total).

    A path is copied as it is, whatever the format this program knows of it.

    What ``progress`` raises cancels the copy. Raises UserError; ``target`` is then as before.
    """
    target = target.absolute()
    with ExitStack() as stack:
        file_checks.require_short(target)
        borrow: Borrow
        if isinstance(source, Notebook):
            path, borrow = source.path, source.connection
        else:
            path = source.absolute()
            file_checks.require_readable(path)
            connect = stack.enter_context(reader(path))
            borrow = partial(_connected, connect)
            _require_known(path, connect)
        if target == path or (there(target) and there(path) and target.samefile(path)):
            raise UserError(
                "La sauvegarde ne peut pas remplacer le carnet. Choisissez un autre nom."
            )
        copy_database(borrow, target, progress, overwrite=overwrite)


def restore(backup_path: Path, target: Path, progress: CopyProgress | None = None) -> None:
    """Makes a notebook from a backup, under a name that is free. Raises UserError.

    Also when the « backup » is open in a window: reading it beside, in the same process, would
    drop the locks that SQLite has on it.
    """
    if there(lock_file(backup_path)):
        Lock.take(backup_path).release()
    backup(backup_path, target, progress)


def copy_database(
    borrow: Borrow,
    target: Path,
    progress: CopyProgress | None = None,
    *,
    overwrite: bool = False,
) -> None:
    """One consistent state of the source, verified, put at ``target`` whole or not at all."""
    with placed(target, overwrite=overwrite) as beside, translated(copy=target.name):
        with borrow() as source:
            source.execute("BEGIN")  # one state, whatever is written meanwhile
            expected = counts(source)
            with closing(connections.connect(beside, "rw")) as copy:
                copy.execute("PRAGMA synchronous = OFF")  # fsync comes once, before the rename
                source.backup(copy, pages=_PAGES_PER_STEP, progress=_reporter(progress))
            source.execute("ROLLBACK")
        with closing(connections.connect(beside, "rw")) as copy:
            _verify(copy, expected)


def _reporter(progress: CopyProgress | None) -> Callable[[int, int, int], object] | None:
    if progress is None:
        return None

    def report(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total)

    return report


def _connected(connect: Connect) -> AbstractContextManager[sqlite3.Connection]:
    return closing(connect())


def _require_known(path: Path, connect: Connect) -> None:
    with damage_told(path), closing(connect()) as connection:
        require_known(path, connection)


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Rows by table."""
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    return {
        name: connections.scalar(connection, f'SELECT count(*) FROM "{name}"')  # noqa: S608
        for (name,) in tables
    }


def is_whole(connection: sqlite3.Connection) -> bool:
    """Every page and every index of the file, not what the rows mean."""
    return bool(connections.scalar(connection, "PRAGMA integrity_check(1)") == "ok")


def _verify(copy: sqlite3.Connection, expected: dict[str, int]) -> None:
    if not is_whole(copy) or counts(copy) != expected:
        raise UnfaithfulCopyError(
            f"La copie n’est pas conforme{NBSP}: le carnet est endommagé ou le disque défaillant. "
            "Rien n’a été gardé. Vérifiez le carnet."
        )
