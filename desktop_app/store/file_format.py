"""The format of a notebook's file: whether this program reads it, else which one does."""

import re
import sqlite3
from contextlib import suppress
from pathlib import Path

from desktop_app import __version__
from desktop_app.errors import UserError
from desktop_app.french import NBSP, quoted
from desktop_app.store import connection as connections
from desktop_app.store.file_checks import damaged
from desktop_app.store.migrations.migrate import HEAD

_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})", re.ASCII)
_LONGEST = 14  # characters of such a version


def require_known(path: Path, connection: sqlite3.Connection) -> int:
    """The file's format. Raises UserError unless it is a notebook this program can read."""
    if connections.scalar(connection, "PRAGMA application_id") != connections.APPLICATION_ID:
        raise UserError(
            f"{quoted(path.name)} est une base de données d’un autre programme, pas un carnet. "
            "Choisissez un fichier .carnet."
        )
    number: int = connections.scalar(connection, "PRAGMA user_version")
    if number > HEAD:
        raise _newer(path, number, _readable_since(connection, number))
    if number < 1:
        raise damaged(path)
    return number


def version_numbers(text: object) -> tuple[int, ...] | None:
    """« 0.3.0 » → (0, 3, 0); None for anything else."""
    found = _VERSION.fullmatch(text) if isinstance(text, str) else None
    return tuple(map(int, found.groups())) if found else None


def _newer(path: Path, number: int, since: str | None) -> UserError:
    start = f"Le carnet {quoted(path.name)} vient d’une version plus récente du programme"
    if since is None:
        return UserError(
            f"{start}{NBSP}: son format est le {number}, celui-ci connaît le {HEAD}. Installez la "
            f"version de Carnet d’impact qui lit le format {number}, ou une plus récente."
        )
    return UserError(
        f"{start}. Demandez à votre service informatique la version {since} de Carnet d’impact, "
        f"ou une plus récente (ce poste a la {__version__})."
    )


def _readable_since(connection: sqlite3.Connection, number: int) -> str | None:
    """What the file says of itself; None when it says nothing, or nothing that can be asked for.

    Nothing else is known of such a file: its format may have no such table, or be damaged.
    """
    said = None
    with suppress(sqlite3.Error, UnicodeError):
        said = connections.scalar(
            connection,
            f"SELECT substr(readable_since, 1, {_LONGEST + 1}) FROM file_format "  # noqa: S608
            f"WHERE number = {number} LIMIT 1",
        )
    asked, ours = version_numbers(said), version_numbers(__version__)
    return str(said) if asked and ours and asked > ours else None
