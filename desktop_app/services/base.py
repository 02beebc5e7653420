"""What every service shares: one notebook, live records, cleaned values, and what a write did."""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.services.changes import Changes, Outcome

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop_app.models.base import Record
    from desktop_app.store.notebook import Notebook
    from desktop_app.store.unit_of_work import UnitOfWork

T = TypeVar("T")
M = TypeVar("M", bound="Record")

TEXT_LIMIT = 100_000
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_THIS: dict[str, str] = {
    "programme": "Ce programme",
    "cohort": "Cette promotion",
    "directorate": "Cette direction métier",
    "enterprise": "Cette entreprise",
    "experiment": "Cette expérimentation",
    "objective": "Cet objectif",
    "indicator": "Cet indicateur",
    "site": "Ce site",
    "visit": "Cette visite",
    "measurement": "Cette mesure",
    "finding": "Ce constat",
    "follow_up": "Cette action",
    "attachment": "Cette pièce jointe",
}


class Service:
    """Base of the services: each method opens its own read or write on the notebook."""

    def __init__(self, notebook: "Notebook") -> None:
        self.notebook = notebook


def outcome(uow: "UnitOfWork", value: T) -> Outcome[T]:
    """What the transaction did so far: call it last, inside ``notebook.write()``."""
    uow.session.flush()
    touched = uow.touched
    ids = frozenset(record_id for records in touched.values() for record_id in records)
    kinds = frozenset(kind for kind, records in touched.items() if records)
    return Outcome(value, Changes(kinds, ids), uow.hlc)


def get(session: "Session", model: type[M], record_id: str) -> M:
    """The live record. Raises UserError when it was deleted (from another screen) or never was."""
    record = session.get(model, record_id)
    if record is None or record.deleted:
        raise UserError(gone(_table(model)))
    return record


def gone(entity: str) -> str:
    """« Cette visite n’existe plus… »: what to say of a record that left the notebook."""
    subject = _THIS.get(entity, "Cet élément")
    return f"{subject} n’existe plus dans le carnet. Revenez à la liste pour voir son état actuel."


def apply(record: "Record", values: Mapping[str, object], allowed: Collection[str]) -> bool:
    """Sets the fields that differ, each value cleaned; True if anything changed.

    Raises UserError for a text too long or an implausible date, KeyError for a field that this
    command may not write (a bug of the caller).
    """
    changed = False
    for name, value in values.items():
        if name not in allowed:
            raise KeyError(f"{type(record).__name__}.{name} is not editable here")
        cleaned = clean(value)
        if getattr(record, name) != cleaned:
            setattr(record, name, cleaned)
            changed = True
    return changed


def clean(value: object) -> object:
    """A value ready to be stored: text cleaned, enum as its plain text, date plausible."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return french.plausible(value)
    if isinstance(value, tuple | list):
        return [clean(item) for item in value]
    return value


def clean_text(text: str) -> str:
    """NFC, line ends as LF, what no XML file can hold removed.

    That is: control characters (but LF and TAB), unpaired surrogates, U+FFFE and U+FFFF.
    Raises UserError over 100,000 characters: a pasted book, not a note.
    """
    kept = _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(kept) > TEXT_LIMIT:
        raise UserError(
            f"Ce texte compte {french.plural(len(kept), 'caractère')}, plus que la limite de "
            f"{french.number(TEXT_LIMIT)}. Raccourcissez-le, ou joignez-le comme document."
        )
    return unicodedata.normalize("NFC", kept)


def clean_line(text: str) -> str:
    """A one-line text: cleaned, white space at the ends removed, line breaks made spaces."""
    return " ".join(clean_text(text).replace("\t", " ").split("\n")).strip()


def _table(model: "type[Record]") -> str:
    return getattr(model, "__tablename__", model.__name__)
