"""What a screen showed last, kept in the notebook with the state that it is of.

A first screen rests on every measure of the notebook; what was reckoned from them stays true
until something is written. It is a copy that nobody misses: never journalled, read only under the
very key it was kept with, ignored once it does not parse, and whatever keeps it from being
written (a protected file, a full disk, a save under way) is let be.
"""

import datetime as dt
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from desktop_app import __version__
from desktop_app.errors import UserError
from desktop_app.store import connection as connections
from desktop_app.store.glance import Reader

if TYPE_CHECKING:
    from desktop_app.store.notebook import Notebook

_STATE = "SELECT rowid, device, seq, hlc FROM journal ORDER BY rowid DESC LIMIT 1"
_KEPT = "SELECT content FROM kept_screen WHERE name = :name AND key = :key"
_KEEP = "INSERT OR REPLACE INTO kept_screen (name, key, content) VALUES (?, ?, ?)"

FORMAT = 1
"""Of what is kept. To be raised whenever the same notebook, day and rules give other content, even
within a version of the program."""


def key_of(reader: Reader, *, today: dt.date, rules: str) -> str:
    """The state that ``reader`` sees, and all else that figures rest on.

    Every write adds to the journal, which only grows: its last line tells the state, at the cost
    of one look. The format of the file tells what an upgrade changed without a line. ``rules`` are
    the thresholds in force, in any words that differ when they do.
    """
    state = reader.rows(_STATE)
    schema = reader.scalar("PRAGMA user_version")
    return connections.dump_json(
        [FORMAT, __version__, schema, today.isoformat(), rules, *(state[0] if state else ())]
    )


def read(reader: Reader, name: str, key: str) -> str | None:
    """What was kept of that screen for that very key, on the state that ``reader`` sees.

    None when there is nothing, or nothing that can be read.
    """
    try:
        content = reader.scalar(_KEPT, {"name": name, "key": key})
    except sqlite3.Error:  # no such table, or damage: what is reckoned anew will tell
        return None
    return content if isinstance(content, str) else None


def keep(notebook: "Notebook", name: str, key: str, content: str) -> bool:
    """Keeps it in a transaction of its own; gives whether it was.

    Called off the interface's thread. It waits for nobody and nothing waits for it: a save under
    way wins, and nothing is forced to the disk, where losing it costs nothing.
    """
    if notebook.read_only:
        return False
    try:
        with closing(notebook.connect()) as connection:
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(_KEEP, (name, key, content))
    except UserError:  # the file left its place: whoever works on it will be told
        return False
    except sqlite3.Error as error:
        if not _busy(error):
            _log(error)
        return False
    return True


def _busy(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def _log(error: sqlite3.Error) -> None:
    """The kind of the error: its words could name a file, and so a person."""
    from desktop_app.system.log import log_text

    moment = f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
    with suppress(OSError):
        log_text(
            f"{moment} kept screen: {getattr(error, 'sqlite_errorname', type(error).__name__)}"
        )
