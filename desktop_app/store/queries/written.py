"""What was written since a line of the journal, and whose figures it may change. In plain SQL."""

from collections.abc import Sequence

from desktop_app.store.glance import Reader


def last_line(reader: Reader) -> int:
    """The number of the journal's last line, which only grows; 0 when nothing was written."""
    return int(reader.scalar("SELECT max(rowid) FROM journal") or 0)


def written_since(reader: Reader, line: int, limit: int) -> list[tuple[str, str]]:
    """(entity, record) of the lines of the journal after that one; ``limit`` at most."""
    return reader.rows(
        "SELECT entity, record_id FROM journal WHERE rowid > :line LIMIT :limit",
        {"line": line, "limit": limit},
    )


def indicators_touched(reader: Reader, written: Sequence[tuple[str, str]]) -> set[str]:
    """Those whose values, their order or their reckoning these records enter into.

    A value belongs to one indicator and one visit for ever, erased or not.
    """
    named: dict[str, list[str]] = {"measurement": [], "visit": [], "indicator": []}
    for entity, record in written:
        if entity in named:
            named[entity].append(record)
    found = reader.rows(
        """
        SELECT DISTINCT indicator_id FROM measurement
        WHERE id IN (SELECT value FROM json_each(:measurements))
           OR visit_id IN (SELECT value FROM json_each(:visits))
        """,
        {"measurements": named["measurement"], "visits": named["visit"]},
    )
    return {*named["indicator"], *(indicator for (indicator,) in found)}
