"""Reads in plain SQL over sqlite3, for what is shown before SQLAlchemy is loaded.

The first screen needs two dozen figures; importing SQLAlchemy, mapping the classes and compiling
the statements would take three times as long as reading them. What is read here is read nowhere
else: a session lends its connection (``lent``), so that each query has one version.
"""

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from desktop_app.certain import of_kind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Parameters = Mapping[str, object]
NONE: Parameters = {}


@dataclass(frozen=True, slots=True)
class Where:
    """Conditions joined by AND, and the named parameters they hold."""

    sql: str
    parameters: Parameters = field(default_factory=dict)

    def also(self, sql: str, **parameters: object) -> "Where":
        return Where(f"{self.sql} AND {sql}", {**self.parameters, **parameters})


class Found(SimpleNamespace):
    """A row by column names. Days, times and lists are told by those names (see ``_READ``)."""


def as_day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _as_time(text: str | None) -> dt.time | None:
    return None if text is None else dt.time.fromisoformat(text)


def _as_list(text: str | None) -> list[str]:
    return json.loads(text) if text else []


def _as_map(text: str | None) -> dict[str, str]:
    return json.loads(text) if text else {}


_READ: Mapping[str, Callable[[Any], object]] = {
    "date": as_day,
    "start_date": as_day,
    "end_date": as_day,
    "baseline_date": as_day,
    "target_date": as_day,
    "changed_on": as_day,
    "due_date": as_day,
    "done_date": as_day,
    "start_time": _as_time,
    "categories": _as_list,
    "category_labels": _as_map,
}


class Reader:
    """What may be asked of a connection. A list parameter is read in SQL by ``json_each``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, parameters: Parameters = NONE) -> list[tuple[Any, ...]]:
        """As SQLite has them: days are texts."""
        return self._run(sql, parameters).fetchall()

    def found(self, sql: str, parameters: Parameters = NONE) -> list[Found]:
        cursor = self._run(sql, parameters)
        names = [column[0] for column in cursor.description]
        readers = [(name, _READ[name]) for name in names if name in _READ]
        made = []
        for row in cursor:
            values = dict(zip(names, row, strict=True))
            for name, read in readers:
                values[name] = read(values[name])
            made.append(Found(**values))
        return made

    def scalar(self, sql: str, parameters: Parameters = NONE) -> Any:
        """The first value of the first row; None when there is no row."""
        row = self._run(sql, parameters).fetchone()
        return None if row is None else row[0]

    def _run(self, sql: str, parameters: Parameters) -> sqlite3.Cursor:
        return self._connection.execute(
            sql, {name: bound(value) for name, value in parameters.items()}
        )


def bound(value: object) -> object:
    """A parameter as SQLite takes it: a day as text, a list as JSON."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return json.dumps(value)
    return value


def lent(session: "Session") -> Reader:
    """Reads within a session's transaction; what is pending there must have been flushed."""
    connection = session.connection().connection.driver_connection
    return Reader(of_kind(connection, sqlite3.Connection))


class Lender:
    """Connections kept open between reads, lent one at a time."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._idle: list[sqlite3.Connection] = []
        self._closed = False

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Outside any transaction. It still reads a file that has left its place."""
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connect()
            connection.execute("PRAGMA query_only = ON")
        try:
            yield connection
        finally:
            connection.rollback()
            self._idle.append(connection)
            if self._closed:
                self.close()

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """On one unchanging state of the notebook."""
        with self.connection() as connection:
            connection.execute("BEGIN")
            yield Reader(connection)

    def close(self) -> None:
        """A connection being used is closed when it comes back."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()
