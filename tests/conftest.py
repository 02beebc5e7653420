"""Fixtures every room shares: a real notebook on a temporary file."""

import importlib
import os
import pkgutil
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

import desktop_app
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook

NOBODY = 65534
# By other people's code, when it is first called.
LOADED_LATER = ("alembic.command", "configparser", "encodings.utf_8_sig", "modulefinder")

# Offscreen unless a platform was chosen: a test opens no window on anybody's screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def device() -> DeviceIdentity:
    return DeviceIdentity(
        id="5d3f0c52-6a1e-4b0c-9a55-3d2f8a4b7c10",
        label="Portable de la Mission innovation",
        agent="Camille Renard",
    )


@pytest.fixture
def notebook(tmp_path: Path, device: DeviceIdentity) -> Iterator[Notebook]:
    with Notebook.create(tmp_path / "essai.carnet", title="Carnet d’essai", device=device) as made:
        yield made


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder anyone may enter (pytest's own are closed to others than the one who runs it)."""
    folder = Path(tempfile.mkdtemp(prefix="carnet-essai-"))
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o777)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def loaded() -> None:
    """All that Python loads on first use: it may lie in a home no other account may enter."""
    if os.name != "posix" or os.geteuid() != 0:
        return
    for found in pkgutil.walk_packages(desktop_app.__path__, "desktop_app."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    for name in LOADED_LATER:
        importlib.import_module(name)


@pytest.fixture
def unprivileged(loaded: None) -> Callable[[], AbstractContextManager[None]]:
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
