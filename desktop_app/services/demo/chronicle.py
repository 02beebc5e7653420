"""Writing the past: each transaction at its own instant, by its own author and laptop."""

import datetime as dt
import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from desktop_app.store.clock import HybridClock
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.references import next_visit_reference, register
from desktop_app.store.unit_of_work import UnitOfWork

_SUMMER_MONTHS = range(4, 11)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Event:
    """What ``author`` did at ``at`` (aware, UTC), in one transaction."""

    at: dt.datetime
    author: str
    label: str
    act: Callable[[UnitOfWork], None]


class Chronicle:
    """The new notebook seen as a diary. Everything random comes from ``rng``: same seed, same file.

    The store's own writer stamps the present and one author; a past of two years has many.
    """

    def __init__(
        self, engine: Engine, agents: Sequence[tuple[str, str]], rng: random.Random
    ) -> None:
        """``agents`` are (agent, device label), one laptop each."""
        self.rng = rng
        self._engine = engine
        self._instant = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
        self._devices = {
            agent: DeviceIdentity(id=self.new_id(), label=label, agent=agent)
            for agent, label in agents
        }
        self._clocks = {
            agent: HybridClock(device.id, self._now) for agent, device in self._devices.items()
        }
        self._registered: set[str] = set()
        self._references: dict[tuple[str, int], str] = {}

    def new_id(self) -> str:
        return str(uuid.UUID(int=self.rng.getrandbits(128), version=4))

    @contextmanager
    def transaction(self, event: Event) -> Iterator[UnitOfWork]:
        self._instant = event.at
        device = self._devices[event.author]
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            uow = UnitOfWork(session, device, self._clocks[event.author].tick())
            if event.author not in self._registered:
                register(uow, device)
                self._registered.add(event.author)
            yield uow

    def reference(self, uow: UnitOfWork, day: dt.date) -> str:
        """The device's next visit reference of the year; the store is asked for the first only."""
        key = (uow.device.id, day.year)
        if key in self._references:
            start, number, suffix = self._references[key].rsplit("-", 2)
            self._references[key] = f"{start}-{int(number) + 1:04d}-{suffix}"
        else:
            self._references[key] = next_visit_reference(uow, day)
        return self._references[key]

    def _now(self) -> dt.datetime:
        return self._instant


def utc(local: dt.datetime) -> dt.datetime:
    """French wall-clock time in UTC (changes of hour rounded to the month)."""
    hours = 2 if local.month in _SUMMER_MONTHS else 1
    return local.replace(tzinfo=dt.timezone(dt.timedelta(hours=hours))).astimezone(dt.UTC)


def working_day(day: dt.date, step: int = 1) -> dt.date:
    """``day``, moved by ``step`` days until it is no week-end."""
    while day.weekday() >= _SATURDAY:
        day += dt.timedelta(days=step)
    return day
