"""One user intent, one transaction: what a service's write method receives."""

import datetime as dt
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from desktop_app.models.base import Base, Record
from desktop_app.store.clock import hlc_time
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.journal import Journal

T = TypeVar("T", bound=Base)
R = TypeVar("R", bound=Record)


class UnitOfWork:
    """``touched`` maps entities (table names) to the ids written so far, once flushed.

    ``now`` is this laptop's time (aware, UTC), for people; ``hlc`` orders, and may run ahead of it.
    """

    def __init__(
        self,
        session: Session,
        device: DeviceIdentity,
        hlc: str,
        now: dt.datetime | None = None,
    ) -> None:
        self.session = session
        self.device = device
        self.author = device.agent
        self.hlc = hlc
        self.now = hlc_time(hlc) if now is None else now
        self._journal = Journal(session, device=device.id, author=device.agent, hlc=hlc)

    @property
    def touched(self) -> dict[str, set[str]]:
        return self._journal.touched

    def add(self, record: T) -> T:
        self.session.add(record)
        return record

    def delete(self, record: R) -> R:
        """Leaves a tombstone: the row stays, its history too, and undo can bring it back."""
        record.deleted = True
        return record

    def flush(self) -> None:
        """Sends what is pending, so that ids, triggers and ``touched`` are up to date."""
        self.session.flush()

    def bulk_insert(self, entity: type[Base], rows: list[dict[str, Any]]) -> list[str]:
        """Many rows of one table at once, journalled; gives their ids in the same order."""
        return self._journal.bulk_insert(entity, rows)


def bulk_insert(uow: UnitOfWork, entity: type[Base], rows: list[dict[str, Any]]) -> list[str]:
    """Same as ``uow.bulk_insert``."""
    return uow.bulk_insert(entity, rows)
