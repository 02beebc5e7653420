"""What a start loads, and when, seen from a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.services.demo import demo_steps

HEAVY = ("sqlalchemy", "alembic", "openpyxl", "reportlab", "PIL", "pypdfium2", "qtawesome")

CHILD = """
import sys
from pathlib import Path
import PySide6.QtCore
import PySide6.QtGui
from PySide6.QtCore import QTimer
from desktop_app import app as composition
from desktop_app.config.settings import Settings
from desktop_app.views.window.main_window import MainWindow

qt = composition.make_application(print)
settings = Settings(Path(sys.argv[1]) / "settings.json")
composition.dress(qt, settings)
window = MainWindow(settings, composition.compose(settings))
watch = QTimer()

def painted():
    # each takes 2 to 9 ms to make, and the first painting does without: enumerations of Qt and of
    # its styles, icons, French
    early.append("Qt" in vars(PySide6.QtCore))
    early.append("QIcon" in vars(PySide6.QtGui))
    early.append("desktop_app.french" in sys.modules)

window.painted.connect(painted)
early = []

def loaded():
    return [name for name in sys.argv[3:] if name in sys.modules]

def look():
    home = window.screens.get("home")
    if home is not None and home.overview is not None and not seen:
        seen.append(loaded())
    if seen and "sqlalchemy" in sys.modules and not window.operations.busy:
        print(early, seen[0], loaded())
        window.close()
        qt.quit()

seen = []
watch.timeout.connect(look)
watch.start(1)
composition.start(window, Path(sys.argv[2]))
qt.exec()
"""


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("start") / "demo.carnet"
    for _ in demo_steps(path):
        pass
    return path


def test_the_first_screen_needs_no_heavy_library_and_the_next_find_theirs_loaded(
    demonstration: Path, tmp_path: Path
) -> None:
    child = subprocess.run(  # noqa: S603
        [sys.executable, "-c", CHILD, str(tmp_path), str(demonstration), *HEAVY],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (child.stderr, child.stdout.strip()) == ("", "[False, False, False] [] ['sqlalchemy']")
