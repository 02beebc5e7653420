"""The directions métiers that the settings name: a new notebook's first ones, another's missing."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.config.values import coded_lines
from desktop_app.models.programme import Directorate
from desktop_app.services.base import Service, clean_line, outcome
from desktop_app.services.changes import Outcome

if TYPE_CHECKING:
    from desktop_app.store.unit_of_work import UnitOfWork


def first_ones(lines: Sequence[str]) -> "Callable[[UnitOfWork], None]":
    """What writes those of the « CODE — Nom » lines, in their order."""

    def fill(uow: "UnitOfWork") -> None:
        _add(uow, coded_lines(lines), 0)

    return fill


class DirectorateDefaults(Service):
    def missing(self, lines: Sequence[str]) -> tuple[str, ...]:
        """The lines whose code no live direction of the notebook bears."""
        with self.notebook.read() as session:
            return tuple(f"{code} — {name}" for code, name in _absent(session, lines))

    def add_missing(self, lines: Sequence[str]) -> Outcome[int]:
        """Adds them after the others; renames and removes none. Gives how many."""
        with self.notebook.write() as uow:
            absent = _absent(uow.session, lines)
            _add(uow, absent, 1 + max(_positions(uow.session), default=-1))
            return outcome(uow, len(absent))


def _absent(session: Session, lines: Sequence[str]) -> list[tuple[str, str]]:
    live = select(Directorate.code).where(Directorate.deleted.is_(False))
    known = {code.casefold() for code in session.scalars(live)}
    return [(code, name) for code, name in coded_lines(lines) if code.casefold() not in known]


def _positions(session: Session) -> list[int]:
    return list(session.scalars(select(Directorate.position).where(Directorate.deleted.is_(False))))


def _add(uow: "UnitOfWork", pairs: Sequence[tuple[str, str]], first: int) -> None:
    for position, (code, name) in enumerate(pairs, first):
        uow.add(Directorate(code=clean_line(code), name=clean_line(name), position=position))
