"""A notebook with one of everything, and ways to harm its file from outside."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest
from store_samples import Sample, fill

from desktop_app.store.notebook import Notebook

NOBODY = 65534


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


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder anyone may enter (pytest's own are closed to others than the one who runs it)."""
    folder = Path(tempfile.mkdtemp(prefix="carnet-essai-"))
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


@pytest.fixture
def unprivileged() -> Callable[[], AbstractContextManager[None]]:
    """Runs a block without root's rights, which no permission bit stops."""

    @contextmanager
    def block() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)

    return block
