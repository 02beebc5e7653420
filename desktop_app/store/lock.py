"""One window writes a notebook at a time.

The lock is SQLite's own, on an empty file beside the notebook: the system gives it back even when
the process dies, on every system, and nothing more is imported.
"""

import os
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.french import NBSP, quoted
from desktop_app.store.connection import uri
from desktop_app.store.file_checks import real_path
from desktop_app.system.rights import create

_TAKEN = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_PROTECTED = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM)


class Lock:
    """Held from ``take`` to ``release``."""

    def __init__(self, file: Path, connection: sqlite3.Connection) -> None:
        self._file = file
        self._connection = connection

    @classmethod
    def take(cls, notebook: Path) -> "Lock":
        """Raises UserError when another window has it or when the folder cannot be written."""
        file = lock_file(notebook)
        while True:
            connection = _acquire(notebook, file)
            if file.exists():
                return cls(file, connection)
            connection.close()  # its last holder removed the file as we came

    def release(self) -> None:
        """Removes the file too: while it is held, but on Windows, which forbids that."""
        if os.name == "posix":
            self._file.unlink(missing_ok=True)
            self._connection.close()
        else:
            self._connection.close()
            with suppress(PermissionError):  # another window already has it
                self._file.unlink(missing_ok=True)


def lock_file(notebook: Path) -> Path:
    """Beside the real file, by whatever link it was reached."""
    real = real_path(notebook)
    return real.with_name(f"{real.name}.lock")


def _make(notebook: Path, file: Path) -> None:
    """Whoever may write the notebook may see that it is open, as SQLite does for its WAL.

    One that is there is left alone: opening it, then closing it, would drop our own lock on it.
    """
    with suppress(OSError):
        create(file, stat.S_IMODE(notebook.stat().st_mode) & 0o666 | 0o600)


def _acquire(notebook: Path, file: Path) -> sqlite3.Connection:
    name = quoted(notebook.name)
    connection = None
    _make(notebook, file)
    try:
        connection = sqlite3.connect(
            uri(file, "rwc"), uri=True, isolation_level=None, timeout=0, check_same_thread=False
        )
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if connection is not None:
            connection.close()
        code = error.sqlite_errorcode & 0xFF
        if code in _TAKEN:
            raise UserError(
                f"Le carnet {name} est déjà ouvert dans une autre fenêtre. "
                "Utilisez-la, ou fermez-la d’abord."
            ) from None
        if code in _PROTECTED:
            raise UserError(
                f"Le dossier du carnet {name} est en lecture seule{NBSP}: rien ne pourrait y être "
                "enregistré. Copiez le carnet dans un de vos dossiers."
            ) from None
        raise
    return connection
