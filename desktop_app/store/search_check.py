"""Whether the search index holds exactly what the tables say."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.french import NBSP
from desktop_app.store.entity_names import entity_name
from desktop_app.store.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Source:
    """The words of a table: SQL expressions over its columns."""

    visit_id: str
    title: str
    body: tuple[str, ...]
    condition: str = "NOT deleted"


SOURCES = {
    "visit": Source(
        "id",
        "reference",
        ("purpose", "context", "notes", "strengths", "brakes", "risks", "limits", "participants"),
    ),
    "finding": Source("visit_id", "audience", ("text",)),
    "follow_up": Source("visit_id", "who", ("what",)),
    "measurement": Source("visit_id", "category", ("comment",), "NOT deleted AND comment <> ''"),
    "experiment": Source(
        "NULL", "code || ' ' || title", ("social_need", "target_audience", "final_decision")
    ),
    "site": Source(
        "NULL",
        "name",
        ("address", "postcode", "commune", "authority", "finess", "uai", "siret"),
    ),
    "indicator": Source(
        "NULL",
        "code || ' ' || label",
        ("definition", "method", "source", "owner", "limits"),
    ),
}

_SHADOWS = (
    "search_index_data",
    "search_index_idx",
    "search_index_docsize",
    "search_index_config",
)
_COLUMNS = "entity, record_id, visit_id, title, body"


def _expected(table: str, source: Source) -> str:
    body = " || char(10) || ".join(source.body)
    return (
        f"SELECT '{table}', id, {source.visit_id}, {source.title}, {body} "  # noqa: S608
        f"FROM {table} WHERE {source.condition}"
    )


def search_problems(_notebook: Notebook, connection: sqlite3.Connection) -> Iterator[str]:
    """French sentences; ``connection`` reads one state of the notebook."""
    for table, source in SOURCES.items():
        expected = _expected(table, source)
        actual = f"SELECT {_COLUMNS} FROM search_document WHERE entity = '{table}'"  # noqa: S608
        differing = connection.execute(
            "SELECT DISTINCT record_id FROM ("  # noqa: S608
            f"SELECT record_id FROM ({actual} EXCEPT {expected}) UNION "
            f"SELECT id FROM (SELECT id FROM {table} WHERE {source.condition} "
            f"EXCEPT SELECT record_id FROM search_document WHERE entity = '{table}'))"
        )
        for (record_id,) in differing:
            named = f"{entity_name(table)} {record_id}"
            yield f"La recherche ne connaît pas le texte exact d’un enregistrement ({named})."
    known = ", ".join(f"'{table}'" for table in SOURCES)
    strange = connection.execute(
        f"SELECT record_id FROM search_document WHERE entity NOT IN ({known})"  # noqa: S608
    )
    for (record_id,) in strange:
        yield f"La recherche contient un texte sans enregistrement ({record_id})."
    yield from _index_problems(connection)


def _index_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """FTS5's own check, which compares its index with the texts.

    It is an INSERT, so it is made on a copy in memory: a notebook may be read-only or in use.
    """
    connection.execute("ATTACH ':memory:' AS scratch")
    for table in ("search_document", "search_index"):
        found = connection.execute(
            "SELECT sql FROM main.sqlite_schema WHERE name = ?", (table,)
        ).fetchone()
        if found is None:
            yield "L’index de la recherche manque."
            return
        connection.execute(found[0].replace(f"TABLE {table}", f"TABLE scratch.{table}", 1))
    for table in ("search_document", *_SHADOWS):
        connection.execute(f"DELETE FROM scratch.{table}")  # noqa: S608
        connection.execute(
            f"INSERT INTO scratch.{table} SELECT * FROM main.{table}"  # noqa: S608
        )
    try:
        connection.execute(
            "INSERT INTO scratch.search_index(search_index, rank) VALUES ('integrity-check', 1)"
        )
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        yield f"L’index de la recherche ne correspond pas aux textes{NBSP}: il est à refaire."
