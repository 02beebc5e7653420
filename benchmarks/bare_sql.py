"""Floors of what reads and writes a notebook: the same acts by sqlite3 alone.

The connection is the program's own (its pragmas, ``synchronous=FULL`` among them) and the
notebook's triggers run as ever; nothing else of the program does.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from desktop_app.store.connection import connect
from desktop_app.store.search import match_expression

HITS = 50
_JOURNAL = """INSERT INTO journal (device, seq, hlc, author, entity, record_id, op, changes)
    VALUES ('bare', ?, '01795879500667-000000-bare', 'Banc', ?, ?, 'update', ?)"""
_TEXT = "UPDATE visit SET notes = ? WHERE id = ?"
_VALUE = """UPDATE measurement SET status = 'observed', value = ?, n = ?
    WHERE visit_id = ? AND indicator_id = ? AND category = ?"""
_PAGE = """SELECT * FROM visit WHERE deleted IS 0
    ORDER BY date DESC, reference DESC LIMIT ?"""
_NEXT = """SELECT * FROM visit WHERE deleted IS 0 AND (date, reference) < (?, ?)
    ORDER BY date DESC, reference DESC LIMIT ?"""
_SEARCH = """SELECT document.*, snippet(search_index, -1, '', '', '…', 16)
    FROM search_index JOIN search_document AS document ON document.id = search_index.rowid
    WHERE search_index MATCH ? ORDER BY search_index.rowid DESC LIMIT ?"""


class BareNotebook:
    """A notebook's file in plain SQL. Its copy must be its own where it writes."""

    def __init__(self, path: Path) -> None:
        self._connection = connect(path, "rw")
        self._seq = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def save_text(self, visit_id: str, notes: str) -> None:
        self._save(_TEXT, (notes, visit_id), "visit", visit_id, {"notes": ["", notes]})

    def save_value(
        self, visit_id: str, indicator_id: str, category: str, value: float, n: int
    ) -> None:
        parameters = (value, n, visit_id, indicator_id, category)
        self._save(_VALUE, parameters, "measurement", visit_id, {"value": [None, value]})

    def page(self, size: int) -> list[tuple[Any, ...]]:
        return self._connection.execute(_PAGE, (size,)).fetchall()

    def next_page(self, date: str, reference: str, size: int) -> list[tuple[Any, ...]]:
        return self._connection.execute(_NEXT, (date, reference, size)).fetchall()

    def search(self, words: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(_SEARCH, (match_expression(words), HITS)).fetchall()

    def _save(
        self,
        sql: str,
        parameters: Sequence[object],
        entity: str,
        record_id: str,
        changes: dict[str, list[object]],
    ) -> None:
        self._seq += 1
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(sql, parameters)
        kept = json.dumps(changes, ensure_ascii=False)
        self._connection.execute(_JOURNAL, (self._seq, entity, record_id, kept))
        self._connection.execute("COMMIT")
