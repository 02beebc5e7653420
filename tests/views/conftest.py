"""Views are tested on a real notebook in a temporary file, with what leaks failing the test."""

import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from window_driver import Start, calm

from desktop_app.app import compose, dress, open_window
from desktop_app.config.settings import Settings
from desktop_app.store.device import device_of
from desktop_app.views.navigation import Place
from desktop_app.views.runtime.operations import Operations
from desktop_app.views.runtime.proposed_folders import THREAD
from desktop_app.views.screens.base import ScreenContext
from desktop_app.views.widgets.notify import Notifier
from desktop_app.views.window.main_window import MainWindow


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says at each window that it is no window manager."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(scope="session")
def themed(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> QApplication:
    """The application with its fonts and its light theme."""
    dress(qapp, Settings(tmp_path_factory.mktemp("theme") / "settings.json"))
    return qapp


@pytest.fixture(autouse=True)
def no_leaks(themed: QApplication) -> Iterator[None]:
    """Fails on widgets, threads and running timers left behind."""
    windows = set(map(id, themed.topLevelWidgets()))
    threads = set(threading.enumerate())
    yield
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
    gc.collect()
    left = [widget for widget in themed.topLevelWidgets() if id(widget) not in windows]
    assert not left, f"widgets left: {left}"
    for thread in threading.enumerate():
        if thread.name == THREAD:  # nobody waits for it in the program
            thread.join(5)
    running = [thread for thread in threading.enumerate() if thread not in threads]
    assert not running, f"threads left: {running}"
    assert not _active_timers(), f"timers left: {_active_timers()}"


def _active_timers() -> list[QTimer]:
    """Those left running, but for the parentless ones ``QTimer.singleShot`` makes: they end."""
    found = [item for item in gc.get_objects() if isinstance(item, QTimer)]
    running = [timer for timer in found if isValid(timer) and timer.isActive()]
    return [timer for timer in running if timer.parent() is not None or not timer.isSingleShot()]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(tmp_path / "config" / "settings.json")
    made.set("notebook_folder", str(tmp_path))
    return made


@pytest.fixture
def operations(themed: QApplication) -> Iterator[Operations]:
    made = Operations()
    yield made
    made.close()


@pytest.fixture
def window(themed: QApplication) -> Iterator[QWidget]:
    """A bare window to put widgets in."""
    made = QWidget()
    made.resize(1000, 700)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def places() -> list[Place]:
    """Where the screens asked to go, in order."""
    return []


@pytest.fixture
def services(tmp_path: Path, settings: Settings) -> Iterator[object]:
    """The services of a new, empty notebook."""
    from desktop_app.services.catalogue import build_services
    from desktop_app.services.notebook.notebooks import create_notebook

    notebook = create_notebook(tmp_path / "essai.carnet", "Carnet d’essai", device_of(settings))
    yield build_services(notebook, settings)
    notebook.close()


@pytest.fixture
def context(
    services: object,
    operations: Operations,
    settings: Settings,
    window: QWidget,
    places: list[Place],
) -> ScreenContext:
    """What a screen is given; ``places`` records its ``go``."""
    return ScreenContext(services, operations, settings, places.append, Notifier(window))  # type: ignore[arg-type]


@pytest.fixture
def doors(settings: Settings) -> object:
    return compose(settings)


@pytest.fixture
def settle(qtbot: object, operations: Operations) -> Callable[[], None]:
    """Waits until no write, read or job is under way."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not operations.busy)  # type: ignore[attr-defined]

    return wait


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    from desktop_app.services.demo import write_demo

    path = tmp_path_factory.mktemp("demo") / "demo.carnet"
    write_demo(path)
    return path.read_bytes()


@pytest.fixture
def demo(tmp_path: Path, demonstration: bytes) -> Path:
    path = tmp_path / "val-doise.carnet"
    path.write_bytes(demonstration)
    return path


@pytest.fixture
def start(settings: Settings, qtbot: QtBot) -> Iterator[Start]:
    """Opens the window, and waits until what it shows has arrived."""
    made: list[MainWindow] = []

    def begin(path: Path | None = None) -> MainWindow:
        window = open_window(settings, path)
        made.append(window)
        with qtbot.waitSignal(window.painted):
            pass
        calm(qtbot, window)
        return window

    yield begin
    for window in made:
        window.close()
        window.deleteLater()
