"""Whether the notebook is whole and says the same thing everywhere.

Each check gives (area, French message) pairs. Areas: file, foreign_keys, journal, attachments,
search. Nothing is repaired here.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

from desktop_app.french import NBSP, plural, quoted
from desktop_app.store import connection as connections
from desktop_app.store.notebook import Notebook
from desktop_app.store.replay import journal_problems
from desktop_app.store.search_check import search_problems

Problem = tuple[str, str]

AREAS = ("file", "foreign_keys", "journal", "attachments", "search")
_MOST_LINES = 20

# What reading a damaged file raises: SQLite's refusals, or values of another type than declared.
_DAMAGE = (sqlite3.Error, ValueError, TypeError, AttributeError, OverflowError)


def check(notebook: Notebook) -> list[Problem]:
    """Reads the whole notebook, on one state of it; gives what is wrong, at most 20 lines an area.

    A damage that stops a check is itself reported: this does not raise for a bad file.
    """
    checks: dict[str, Callable[[Notebook, sqlite3.Connection], Iterator[str]]] = {
        "file": _file,
        "foreign_keys": _foreign_keys,
        "journal": journal_problems,
        "attachments": _attachments,
        "search": search_problems,
    }
    found: list[Problem] = []
    try:
        with closing(notebook.connect()) as connection:
            connection.execute("BEGIN")
            for area, lines in checks.items():
                found += [(area, line) for line in _limited(lines(notebook, connection))]
    except sqlite3.Error as error:  # not even opened, or not closed
        found.append(("file", _unreadable(error)))
    return found


def _unreadable(error: Exception) -> str:
    return f"Une partie du fichier est illisible (détail technique{NBSP}: {error})."


def _limited(lines: Iterator[str]) -> Iterator[str]:
    """The first lines, then how many more; a damage met on the way ends the list."""
    left = 0
    try:
        for at, line in enumerate(lines):
            if at < _MOST_LINES:
                yield line
            else:
                left += 1
    except _DAMAGE as error:
        yield _unreadable(error)
    if left:
        yield f"… et {plural(left, 'autre problème', 'autres problèmes')} de même nature."


def _file(_notebook: Notebook, connection: sqlite3.Connection) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield f"Le fichier est endommagé (détail technique{NBSP}: {line})."
    yield from _schema(connection)


def _schema(connection: sqlite3.Connection) -> Iterator[str]:
    """Compares tables, indexes and triggers with those a new notebook gets."""
    expected = _expected_objects()
    actual = _objects(connection)
    for name in sorted(expected.keys() - actual.keys()):
        yield f"Il manque {quoted(name)} dans la structure du carnet."
    for name in sorted(actual.keys() - expected.keys()):
        yield f"{quoted(name)} n’appartient pas à la structure d’un carnet."
    for name in sorted(expected.keys() & actual.keys()):
        if expected[name] != actual[name]:
            yield f"La structure de {quoted(name)} a été modifiée."


def _expected_objects() -> dict[str, str]:
    from desktop_app.store.migrations import migrate

    with closing(connections.in_memory()) as fresh:
        engine = connections.engine(lambda: fresh, begin="BEGIN", size=1)
        migrate.upgrade(engine, migrate.known())
        return _objects(fresh)


def _objects(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    return {name: f"{kind} {table} {sql}" for kind, name, table, sql in rows}


def _foreign_keys(_notebook: Notebook, connection: sqlite3.Connection) -> Iterator[str]:
    for table, rowid, parent, _key in connection.execute("PRAGMA foreign_key_check"):
        yield (
            f"La ligne {rowid} de {quoted(table)} renvoie à un enregistrement de "
            f"{quoted(parent)} qui n’existe pas."
        )


def _attachments(_notebook: Notebook, connection: sqlite3.Connection) -> Iterator[str]:
    missing = connection.execute(
        "SELECT filename FROM attachment WHERE NOT deleted AND sha256 NOT IN "
        "(SELECT sha256 FROM attachment_content) ORDER BY filename"
    )
    for (filename,) in missing:
        yield f"Le contenu de la pièce jointe {quoted(filename)} manque."
    names: dict[str, str] = dict(connection.execute("SELECT sha256, filename FROM attachment"))
    sizes: dict[str, int] = dict(connection.execute("SELECT sha256, size FROM attachment"))
    for sha256, content in connection.execute("SELECT sha256, content FROM attachment_content"):
        name = quoted(names.get(sha256, sha256))
        if not isinstance(content, bytes) or hashlib.sha256(content).hexdigest() != sha256:
            yield f"Le contenu de la pièce jointe {name} a été modifié ou endommagé."
        elif sizes.get(sha256, len(content)) != len(content):
            yield f"La taille notée pour la pièce jointe {name} n’est pas celle de son contenu."
