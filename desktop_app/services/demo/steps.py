"""Writes the demonstration notebook, transaction after transaction, in the order of its diary."""

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from desktop_app.services.demo.chronicle import Chronicle, Event
from desktop_app.services.demo.content import Content, load
from desktop_app.services.demo.setting import SettingWriter
from desktop_app.services.demo.variations import VariationWriter
from desktop_app.services.demo.visits import VisitWriter
from desktop_app.store import connection as connections
from desktop_app.store.files import placed
from desktop_app.store.sqlite_errors import translated
from desktop_app.store.upgrade import build

SEED = 2021


@dataclass(frozen=True, slots=True)
class DemoStep:
    """``done`` transactions out of ``total``; ``label`` is a short French phrase."""

    done: int
    total: int
    label: str


def write_demo(path: Path, *, scale: int = 1, seed: int = SEED) -> None:
    """Writes the notebook whole. Raises UserError, above all when ``path`` exists."""
    for _step in demo_steps(path, scale=scale, seed=seed):
        pass


def demo_steps(path: Path, *, scale: int = 1, seed: int = SEED) -> Iterator[DemoStep]:
    """Same, step by step; closing the iterator leaves no file behind.

    ``scale`` multiplies visits and what was observed on them. The same seed writes the same
    records, references and journal. Raises UserError.
    """
    path = path.absolute()
    content = load()
    with placed(path) as beside, translated():
        engine = _scratch_engine(beside)
        try:
            agents = [(each["agent"], each["label"]) for each in content.programme["device"]]
            chronicle = Chronicle(engine, agents, random.Random(seed))  # noqa: S311  # not a secret
            events = _diary(content, chronicle, scale)
            for done, event in enumerate(events, 1):
                with chronicle.transaction(event) as uow:
                    event.act(uow)
                yield DemoStep(done, len(events), event.label)
        finally:
            engine.dispose()


def _diary(content: Content, chronicle: Chronicle, scale: int) -> list[Event]:
    setting = SettingWriter(content, chronicle)
    events = setting.events()
    events += VisitWriter(content, chronicle, setting.setting).events()
    written = sum(len(experiment.visits) for experiment in content.experiments)
    more = (scale - 1) * written
    if more:
        events += VariationWriter(content, chronicle, setting.setting, count=more).events()
    return sorted(events, key=lambda event: event.at)


def _scratch_engine(path: Path) -> Engine:
    """The file is unfinished until it takes its name: it is synced once, then, not each time."""

    def connect() -> sqlite3.Connection:
        connection = connections.connect(path, "rw")
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    build(path).dispose()
    return connections.engine(connect, begin="BEGIN IMMEDIATE", size=1)
