"""Reading a notebook that may not be written: its file, its folder or its disk is protected."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from desktop_app.store import connection as connections
from desktop_app.store.file_checks import pending_wal, wal

Connect = Callable[[], sqlite3.Connection]


@contextmanager
def reader(path: Path) -> Iterator[Connect]:
    """How to connect to ``path`` for reading only.

    SQLite reads a WAL database only where it can write the files beside. Where it cannot, the
    file is read as immutable; and when saved work still waits in the WAL, from a temporary copy.
    """
    plain = partial(connections.connect, path, "rw")
    if _works(plain):
        yield plain
    elif not pending_wal(path):
        yield partial(connections.connect, path, "immutable")
    else:
        import shutil

        from desktop_app.system.temporary import private_folder

        with private_folder() as folder:
            copy = Path(folder, path.name)
            shutil.copyfile(path, copy)
            shutil.copyfile(wal(path), wal(copy))
            yield partial(connections.connect, copy, "rw")


def _works(connect: Connect) -> bool:
    """False when only the rights to write beside are missing; damage is told by the next read."""
    try:
        with closing(connect()) as connection:
            connections.scalar(connection, "SELECT count(*) FROM sqlite_schema")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF not in (
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_READONLY,
        )
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return True
    return True
