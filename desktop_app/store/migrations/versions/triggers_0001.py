"""Frozen SQL of version 1: what the schema refuses, and the search index it keeps.

Text only, spelled from the small tables below: no live code, so it never changes.
"""

_RECORDS = (
    "attachment", "cohort", "device", "directorate", "enterprise", "experiment",
    "experiment_directorate", "experiment_site", "finding", "follow_up", "indicator",
    "measurement", "notebook", "objective", "programme", "site", "visit",
)  # fmt: skip

# table: (visit_id, title, body columns, condition beyond « not deleted »)
_SOURCES = {
    "visit": (
        "id",
        "reference",
        ("purpose", "context", "notes", "strengths", "brakes", "risks", "limits", "participants"),
        "",
    ),
    "finding": ("visit_id", "audience", ("text",), ""),
    "follow_up": ("visit_id", "who", ("what",), ""),
    "measurement": ("visit_id", "category", ("comment",), "comment <> ''"),
    "experiment": ("NULL", "code title", ("social_need", "target_audience", "final_decision"), ""),
    "site": (
        "NULL",
        "name",
        ("address", "postcode", "commune", "authority", "finess", "uai", "siret"),
        "",
    ),
    "indicator": ("NULL", "code label", ("definition", "method", "source", "owner", "limits"), ""),
}

_SEARCH = (
    (
        "CREATE TABLE search_document (\n"
        "    id INTEGER PRIMARY KEY,\n"
        "    entity TEXT NOT NULL,\n"
        "    record_id TEXT NOT NULL UNIQUE,\n"
        "    visit_id TEXT,\n"
        "    title TEXT NOT NULL,\n"
        "    body TEXT NOT NULL\n"
        ")"
    ),
    "CREATE INDEX ix_search_document_visit_id ON search_document (visit_id)",
    (
        "CREATE VIRTUAL TABLE search_index USING fts5(\n"
        "    title, body, content='search_document', content_rowid='id',\n"
        "    tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'\n"
        ")"
    ),
    (
        "CREATE TRIGGER search_document_inserted AFTER INSERT ON search_document BEGIN\n"
        "    INSERT INTO search_index(rowid, title, body) VALUES (NEW.id, NEW.title, NEW.body);\n"
        "END"
    ),
    (
        "CREATE TRIGGER search_document_deleted AFTER DELETE ON search_document BEGIN\n"
        "    INSERT INTO search_index(search_index, rowid, title, body)\n"
        "        VALUES ('delete', OLD.id, OLD.title, OLD.body);\n"
        "END"
    ),
    (
        "CREATE TRIGGER search_document_updated AFTER UPDATE ON search_document BEGIN\n"
        "    INSERT INTO search_index(search_index, rowid, title, body)\n"
        "        VALUES ('delete', OLD.id, OLD.title, OLD.body);\n"
        "    INSERT INTO search_index(rowid, title, body) VALUES (NEW.id, NEW.title, NEW.body);\n"
        "END"
    ),
)

_APPEND_ONLY = tuple(
    f"CREATE TRIGGER journal_no_{verb.lower()} BEFORE {verb} ON journal BEGIN\n"
    "    SELECT RAISE(ABORT, 'journal_append_only');\n"
    "END"
    for verb in ("UPDATE", "DELETE")
)

_CONTENT = (
    (
        "CREATE TRIGGER attachment_content_immutable\n"
        "BEFORE UPDATE OF sha256, content ON attachment_content BEGIN\n"
        "    SELECT RAISE(ABORT, 'content_immutable');\n"
        "END"
    ),
)

_BOUNDS = """    SELECT RAISE(ABORT, 'measurement_scale') FROM indicator
        WHERE id = NEW.indicator_id AND value_type = 'scale'
        AND NEW.value NOT BETWEEN scale_min AND scale_max;
    SELECT RAISE(ABORT, 'measurement_percentage') FROM indicator
        WHERE id = NEW.indicator_id AND value_type = 'percentage'
        AND NEW.value NOT BETWEEN 0 AND 100;
    SELECT RAISE(ABORT, 'measurement_yes_no') FROM indicator
        WHERE id = NEW.indicator_id AND value_type = 'yes_no' AND NEW.value NOT IN (0, 1);
    SELECT RAISE(ABORT, 'measurement_qualitative') FROM indicator
        WHERE id = NEW.indicator_id AND value_type = 'qualitative';"""


def _no_delete(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN\n"
        "    SELECT RAISE(ABORT, 'hard_delete');\n"
        "END"
    )


def _bounds(name: str, event: str) -> str:
    return (
        f"CREATE TRIGGER measurement_bounds_{name} BEFORE {event} ON measurement\n"
        f"WHEN NEW.value IS NOT NULL BEGIN\n{_BOUNDS}\nEND"
    )


def _search(table: str) -> tuple[str, str]:
    visit_id, titles, bodies, condition = _SOURCES[table]
    visit = visit_id if visit_id == "NULL" else f"NEW.{visit_id}"
    title = " || ' ' || ".join(f"NEW.{column}" for column in titles.split())
    body = " || char(10) || ".join(f"NEW.{column}" for column in bodies)
    kept = f"NOT NEW.deleted AND NEW.{condition}" if condition else "NOT NEW.deleted"
    watched = [*titles.split(), *bodies, "deleted"]
    if visit_id == "visit_id":
        watched.append(visit_id)
    upsert = (
        "    INSERT INTO search_document(entity, record_id, visit_id, title, body)\n"
        f"        SELECT '{table}', NEW.id, {visit},\n"
        f"        {title},\n"
        f"        {body}\n"
        f"        WHERE {kept}\n"
    )
    return (
        (
            f"CREATE TRIGGER {table}_search_inserted AFTER INSERT ON {table} WHEN {kept} BEGIN\n"
            f"{upsert.rstrip()};\n"
            "END"
        ),
        (
            f"CREATE TRIGGER {table}_search_updated\n"  # noqa: S608  # frozen names
            f"AFTER UPDATE OF {', '.join(watched)} ON {table} BEGIN\n"
            f"    DELETE FROM search_document WHERE record_id = NEW.id AND NOT ({kept});\n"
            f"{upsert}"
            "        ON CONFLICT (record_id) DO UPDATE SET\n"
            "        visit_id = excluded.visit_id, title = excluded.title, body = excluded.body;\n"
            "END"
        ),
    )


STATEMENTS = (
    *_SEARCH,
    *_APPEND_ONLY,
    *_CONTENT,
    *(_no_delete(table) for table in _RECORDS),
    _bounds("inserted", "INSERT"),
    _bounds("updated", "UPDATE OF value, indicator_id"),
    *(statement for table in _SOURCES for statement in _search(table)),
)
