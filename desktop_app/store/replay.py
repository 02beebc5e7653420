"""The journal replayed from its first line must give the tables as they are."""

import datetime as dt
import itertools
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Boolean, DateTime, Table, Time

from desktop_app.french import NBSP, number, quoted
from desktop_app.models.enums import JournalOp
from desktop_app.store.clock import hlc_time, node_of
from desktop_app.store.entity_names import entity_name
from desktop_app.store.notebook import Notebook
from desktop_app.store.tables import RECORD_TABLES

_BATCH = 500

_TABLES: dict[str, Table] = {table.name: table for table in RECORD_TABLES}


@dataclass(frozen=True, slots=True)
class _Replayed:
    """What a record's journal says it is."""

    entity: str
    record_id: str
    values: dict[str, object]


def journal_problems(_notebook: Notebook, connection: sqlite3.Connection) -> Iterator[str]:
    """French sentences; ``connection`` reads one state of the notebook."""
    yield from _sequence_problems(connection)
    lines: list[str] = []
    records = _replay(connection, lines)
    while batch := list(itertools.islice(records, _BATCH)):
        yield from lines
        lines.clear()
        yield from _compare(connection, batch)
    yield from lines
    yield from _unknown_rows(connection)


def _sequence_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Each device numbers its lines without a gap, and its clock never goes back."""
    for device, count, first, last in connection.execute(
        "SELECT device, count(*), min(seq), max(seq) FROM journal GROUP BY device"
    ):
        if first != 1 or last != count:
            missing = number(last - count, 0)
            yield f"Il manque {missing} lignes au journal du poste {device}."
        if not connection.execute("SELECT 1 FROM device WHERE id = ?", (device,)).fetchone():
            yield f"Le journal vient d’un poste inconnu ({device})."
    previous_device, previous_hlc = "", ""
    for device, seq, hlc in connection.execute(
        "SELECT device, seq, hlc FROM journal ORDER BY device, seq"
    ):
        back = device == previous_device and hlc < previous_hlc
        if back or not _is_stamp_of(hlc, device):
            yield f"L’horodatage de la ligne {seq} du journal a été modifié."
        previous_device, previous_hlc = device, hlc


def _is_stamp_of(hlc: str, device: str) -> bool:
    try:
        hlc_time(hlc)
    except (ValueError, OverflowError):
        return False
    return device.startswith(node_of(hlc))


def _replay(connection: sqlite3.Connection, lines: list[str]) -> Iterator[_Replayed]:
    """One record after the other, in the order of their clock; problems go to ``lines``."""
    journal = connection.execute(
        "SELECT record_id, entity, op, device, changes FROM journal "
        "ORDER BY record_id, hlc, device, seq"
    )
    for record_id, entries in itertools.groupby(journal, key=lambda row: row[0]):
        rows = list(entries)
        entity = rows[0][1]
        if entity not in _TABLES or any(row[1] != entity for row in rows):
            lines.append(f"Le journal parle d’un enregistrement inconnu ({record_id}).")
            continue
        try:
            values, coherent = _fold(rows)
        except (ValueError, TypeError, AttributeError):
            values, coherent = {}, False
        if not coherent:
            lines.append(f"Le journal de {_named(entity, record_id)} a été modifié ou endommagé.")
            continue
        yield _Replayed(entity, record_id, values)


def _fold(rows: list[tuple[str, str, str, str, str]]) -> tuple[dict[str, object], bool]:
    """The record's values after its last line, and whether each line follows from the others.

    Lines of several devices may cross: their old values are not compared then.
    """
    values: dict[str, object] = {}
    alone = len({row[3] for row in rows}) == 1
    for at, (_record_id, _entity, op, _device, text) in enumerate(rows):
        changes: dict[str, list[object]] = json.loads(text)
        if (op == JournalOp.INSERT) != (at == 0):
            return values, False
        if (op == JournalOp.DELETE) != (changes.get("deleted") == [False, True]):
            return values, False
        for field, (old, new) in changes.items():
            if alone and values.get(field) != old:
                return values, False
            values[field] = new
    return values, True


def _compare(connection: sqlite3.Connection, batch: list[_Replayed]) -> Iterator[str]:
    batch.sort(key=lambda record: record.entity)
    for entity, records in itertools.groupby(batch, key=lambda record: record.entity):
        replayed = {record.record_id: record.values for record in records}
        rows = _rows(connection, _TABLES[entity], list(replayed))
        for record_id, values in replayed.items():
            row = rows.get(record_id)
            if row is None:
                yield f"Le journal connaît {_named(entity, record_id)}, que le carnet n’a plus."
                continue
            fields = [field for field in row if field != "id" and row[field] != values.get(field)]
            fields += [field for field in values if field not in row]
            if fields:
                yield (
                    f"Le journal ne dit pas la même chose que le carnet pour "
                    f"{_named(entity, record_id)}{NBSP}: {', '.join(map(quoted, fields))}."
                )


def _rows(
    connection: sqlite3.Connection, table: Table, ids: list[str]
) -> dict[str, dict[str, object]]:
    """The stored rows, their values as the journal's JSON has them."""
    names = table.columns.keys()
    readers = [_reader(column.type) for column in table.columns]
    marks = ", ".join("?" * len(ids))
    found = connection.execute(
        f"SELECT {', '.join(names)} FROM {table.name} WHERE id IN ({marks})",  # noqa: S608
        ids,
    )
    rows = {}
    for stored in found:
        row = {name: read(raw) for name, read, raw in zip(names, readers, stored, strict=True)}
        rows[str(row["id"])] = row
    return rows


def _reader(kind: object) -> Callable[[Any], object]:
    """From what SQLite stores to JSON; what cannot be read is given as it stands."""
    if isinstance(kind, Boolean):
        return lambda value: bool(value) if value in (0, 1) else value
    if isinstance(kind, DateTime):
        return _date_time
    if isinstance(kind, Time):
        return _time
    if isinstance(kind, JSON):
        return _json
    return lambda value: value


def _date_time(value: object) -> object:
    """Only as the program writes it: Python would read other separators too."""
    try:
        moment = dt.datetime.fromisoformat(str(value))
    except ValueError:
        return value
    return moment.isoformat() if value == moment.isoformat(" ", "microseconds") else value


def _time(value: object) -> object:
    try:
        moment = dt.time.fromisoformat(str(value))
    except ValueError:
        return value
    return moment.isoformat() if value == moment.isoformat("microseconds") else value


def _json(value: object) -> object:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _unknown_rows(connection: sqlite3.Connection) -> Iterator[str]:
    for entity in _TABLES:
        for (record_id,) in connection.execute(
            f"SELECT id FROM {entity} WHERE NOT EXISTS "  # noqa: S608
            f"(SELECT 1 FROM journal WHERE record_id = {entity}.id)"
        ):
            yield f"Le journal ne connaît pas {_named(entity, record_id)}."


def _named(entity: str, record_id: str) -> str:
    return f"{entity_name(entity)} {record_id}"
