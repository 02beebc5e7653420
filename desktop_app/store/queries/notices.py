"""What is kept in the file to be told once: which figures new rules changed."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.store.glance import Reader

if TYPE_CHECKING:
    from desktop_app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """``content`` '' : to be made yet."""

    made_on: dt.date
    content: str
    read: bool


def figures(reader: Reader) -> KeptNotice | None:
    """None for a notebook that was made under the present rules."""
    rows = reader.rows(
        "SELECT made_on, content, read FROM figures_notice ORDER BY number DESC LIMIT 1"
    )
    if not rows:
        return None
    made_on, content, read = rows[0]
    return KeptNotice(dt.date.fromisoformat(made_on), content, bool(read))


def keep_figures(uow: "UnitOfWork", content: str, made_on: dt.date) -> None:
    uow.session.connection().exec_driver_sql(
        "UPDATE figures_notice SET content = ?, made_on = ?", (content, made_on.isoformat())
    )


def mark_read(uow: "UnitOfWork") -> None:
    uow.session.connection().exec_driver_sql("UPDATE figures_notice SET read = 1")
