"""Creating or editing a record from a SaveRecord, and the rules that several records share."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, TypeVar

from desktop_app import french
from desktop_app.certain import of_kind
from desktop_app.errors import UserError
from desktop_app.models.base import Base, Record
from desktop_app.services.base import apply, clean_line, get
from desktop_app.services.programme.experiment_rows import SaveRecord

if TYPE_CHECKING:
    from desktop_app.store.unit_of_work import UnitOfWork

M = TypeVar("M", bound=Record)


def edited(
    uow: "UnitOfWork",
    blank: M,
    command: SaveRecord,
    values: Mapping[str, object],
    allowed: Collection[str],
) -> M:
    """The record to check and keep: ``blank`` when it is new, else the live one.

    ``blank`` is not yet in the session: check the result, then ``keep`` it.
    """
    record = (
        blank if command.record_id is None else get(uow.session, type(blank), command.record_id)
    )
    apply(record, values, allowed)
    return record


def keep(uow: "UnitOfWork", record: Record) -> None:
    """Adds a new record, flushes an old one."""
    uow.add(of_kind(record, Base))
    uow.session.flush()


def lines(values: Mapping[str, object], *names: str) -> dict[str, object]:
    """``values`` with those that are one-line texts cleaned as such."""
    return {
        name: clean_line(value) if name in names and isinstance(value, str) else value
        for name, value in values.items()
    }


def require_text(text: str, sentence: str) -> None:
    if not text.strip():
        raise UserError(sentence)


def require_order(first: dt.date | None, last: dt.date | None) -> None:
    """Raises UserError when a period ends before it starts."""
    if first is not None and last is not None and last < first:
        raise UserError(
            f"La date de fin ({french.date(last)}) est avant la date de début "
            f"({french.date(first)}). Corrigez l’une des deux."
        )


def require_amount(amount: float | None, label: str) -> None:
    if amount is not None and amount < 0:
        raise UserError(f"{label} ne peut pas être négatif. Vérifiez la saisie.")


def refuse_used(name: str, count: int, what: str) -> None:
    """Raises UserError when ``count`` records (« expérimentation ») still refer to ``name``."""
    if count:
        raise UserError(
            f"{french.quoted(name)} ne peut pas être supprimé{french.NBSP}: "
            f"{french.plural(count, what)} s’y rapporte{'nt' if count > 1 else ''} encore."
        )
