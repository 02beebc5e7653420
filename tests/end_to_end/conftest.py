"""The real window on real notebook files, in a home of its own."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.app import dress
from desktop_app.commands.opening import reading
from desktop_app.config.settings import Settings
from desktop_app.services.demo import write_demo
from tests.end_to_end.driver import Person, Read, Start, program


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says at each dialog that it is no window manager."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(scope="session")
def written_demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration notebook, written once; never opened, only copied."""
    path = tmp_path_factory.mktemp("demonstration") / "demo.carnet"
    write_demo(path)
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of this test's own: settings, logs, documents."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Notebooks in ``tmp_path``, documents in its ``documents``."""
    made = Settings(tmp_path / "settings.json")
    (tmp_path / "documents").mkdir()
    made.set("notebook_folder", str(tmp_path))
    made.set("document_folder", str(tmp_path / "documents"))
    return made


@pytest.fixture
def demonstration(tmp_path: Path, written_demonstration: Path) -> Path:
    """A demonstration where the window looks for its own."""
    path = tmp_path / "Démonstration.carnet"
    shutil.copy(written_demonstration, path)
    return path


@pytest.fixture
def start(qapp: QApplication, settings: Settings) -> Iterator[Start]:
    """``with start(notebook?) as person:`` runs the program; again, as often as wanted."""
    dress(qapp, settings)

    def run(
        notebook: Path | None = None, its: Settings = settings
    ) -> AbstractContextManager[Person]:
        return program(its, notebook)

    yield run
    qapp.processEvents()


@pytest.fixture
def read() -> Read:
    """``with read(path) as services:`` reads a notebook as the command line does."""
    return reading
