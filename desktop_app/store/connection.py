"""How a notebook's file is opened: SQLite connections with our settings, and their engines."""

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

APPLICATION_ID = 0x43494D50  # « CIMP »

Mode = Literal["ro", "rw", "rwc", "immutable"]

BUSY_MS = 5000
_PRAGMAS = (
    f"busy_timeout = {BUSY_MS}",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "cell_size_check = ON",
    "temp_store = MEMORY",
    "cache_size = -20000",  # KiB
    "synchronous = FULL",
)


def uri(path: Path, mode: Mode) -> str:
    """SQLite's URI for a path, Windows drives and UNC shares included."""
    text = os.fsencode(path.absolute().as_posix())
    root = "//" if text.startswith(b"/") else "///"
    query = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    return f"file:{root}{quote(text, safe='/:')}?{query}"


def connect(path: Path, mode: Mode) -> sqlite3.Connection:
    """A connection that leaves transactions to us and may change threads between uses.

    Cells are checked: the file may be damaged. (FTS5 in triggers rules out an untrusted schema.)
    """
    connection = sqlite3.connect(
        uri(path, mode), uri=True, isolation_level=None, check_same_thread=False
    )
    with ExitStack() as undo:
        undo.callback(connection.close)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        undo.pop_all()
    return connection


def in_memory() -> sqlite3.Connection:
    """An empty database to compare with."""
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def dump_json(value: object) -> str:
    """Compact, readable, and refusing NaN and infinities, which JSON does not have."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def engine(
    creator: Callable[[], sqlite3.Connection], *, begin: str, size: int, query_only: bool = False
) -> "Engine":
    """An engine over ``creator`` whose transactions start with ``begin``."""
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import QueuePool

    def connection() -> sqlite3.Connection:
        made = creator()
        if query_only:
            made.execute("PRAGMA query_only = ON")
        return made

    made = create_engine(
        "sqlite://",
        creator=connection,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=-1,
        json_serializer=dump_json,
    )

    def start(live: "Connection") -> None:
        live.exec_driver_sql(begin)

    event.listen(made, "begin", start)
    return made


def scalar(connection: sqlite3.Connection, sql: str) -> Any:
    """The first value of the first row; None when there is no row."""
    row = connection.execute(sql).fetchone()
    return None if row is None else row[0]
