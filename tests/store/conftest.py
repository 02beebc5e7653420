"""A notebook with one of everything, and ways to harm its file from outside."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from store_samples import Sample, fill

from desktop_app.store.notebook import Notebook


@pytest.fixture
def sample(notebook: Notebook) -> Sample:
    return fill(notebook)


@pytest.fixture
def closed(notebook: Notebook, sample: Sample) -> Path:
    """The path of a filled notebook nobody has open, all in one file."""
    notebook.close()
    return notebook.path


@pytest.fixture
def tamper() -> Callable[..., None]:
    """Runs SQL on a notebook behind the program's back, with the triggers off."""

    def run(path: Path, sql: str, *values: object) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            kept = connection.execute(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
            ).fetchall()
            for name, _ in kept:
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute(sql, values)
            for _, trigger in kept:
                connection.execute(trigger)

    return run
