"""One start of a program, timed by its parent: prints two clocks at what it shows.

Run as ``python -m benchmarks.start_child MODE [FOLDER NOTEBOOK]``. The monotonic clock is the
system's, so the parent subtracts the moment it spawned this process; the other is CPU time.
"""

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.views.window.main_window import MainWindow


def tell() -> None:
    print(time.monotonic(), time.process_time(), flush=True)


def bare(*, with_sqlalchemy: bool) -> None:
    """The floor: an empty QMainWindow, after the SQLAlchemy import when asked."""
    if with_sqlalchemy:
        import sqlalchemy.orm  # noqa: F401
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, self, finish)

    def finish() -> None:
        tell()
        app.quit()

    app = QApplication([])
    window = Window()
    window.resize(1280, 720)
    window.show()
    app.exec()


def program(folder: Path, notebook: Path) -> None:
    """The real start, as from a terminal: first paint, then the first screen's data painted."""
    os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_STATE_HOME"] = str(folder)
    from desktop_app import cli

    def watched() -> type["MainWindow"]:
        from PySide6.QtCore import QTimer

        from desktop_app.views.window.main_window import MainWindow

        class Watched(MainWindow):
            def __init__(self, *arguments: object) -> None:
                super().__init__(*arguments)  # type: ignore[arg-type]
                self.painted.connect(tell)
                self.watch = QTimer(self)
                self.watch.timeout.connect(self.look)
                self.watch.start(1)

            def look(self) -> None:
                home = self.screens.get("home")
                if getattr(home, "overview", None) is not None:
                    self.watch.stop()
                    self.repaint()
                    tell()
                    self.close()

        return Watched

    from desktop_app import app as composition

    composition.MainWindow = watched()  # type: ignore[misc]
    sys.exit(cli.main([str(notebook)]))


if __name__ == "__main__":
    if sys.argv[1] == "program":
        program(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        bare(with_sqlalchemy=sys.argv[1] == "bare-sqlalchemy")
