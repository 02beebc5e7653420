"""One start of a program, timed by its parent: prints two clocks at what it shows.

Run as ``python -m benchmarks.start_child MODE [FOLDER NOTEBOOK]``. The monotonic clock is the
system's, so the parent subtracts the moment it spawned this process; the other is CPU time.
"""

import sys
import time
from pathlib import Path


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
    """The real start: first paint, then the first screen with its data painted."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from desktop_app import app as composition
    from desktop_app.config.settings import Settings
    from desktop_app.views.main_window import MainWindow

    composition.prefer_interface()
    qt = QApplication(["carnet-impact"])
    settings = Settings(folder / "settings.json")
    composition.dress(qt, settings)
    window = MainWindow(settings, composition.compose(settings))
    window.painted.connect(tell)
    window.painted.connect(lambda: composition.finish_start(qt, window))
    watch = QTimer()
    watch.setInterval(1)

    def look() -> None:
        home = window.screens.get("home")
        if home is not None and getattr(home, "overview", None) is not None:
            watch.stop()
            window.repaint()
            tell()
            qt.quit()

    watch.timeout.connect(look)
    watch.start()
    composition.start(window, notebook)
    qt.exec()
    window.close()


if __name__ == "__main__":
    if sys.argv[1] == "program":
        program(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        bare(with_sqlalchemy=sys.argv[1] == "bare-sqlalchemy")
