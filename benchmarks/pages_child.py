"""Pages asked again and again in the real window: how long each time until all is painted.

Run as ``python -m benchmarks.pages_child FOLDER NOTEBOOK``. Prints, as JSON, for each page the
milliseconds by the clock and those of CPU, all threads counted.
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from benchmarks.window_child import Session
from desktop_app.views.navigation import Place

TIMES = 9
EXPERIMENTS = 2


class Pages(Session):
    def measure(self) -> dict[str, tuple[list[float], list[float]]]:
        self.step("opening", self.begin)
        services = self.window.services
        assert services is not None
        results = services.results.experiments()
        most = sorted(results, key=lambda result: -result.observation_count)[:EXPERIMENTS]
        asked = {"home": [Place("home")]}
        asked["results of an experiment"] = [
            Place("experiment", result.experiment.id, "results") for result in most
        ]
        return {name: self._ask(places) for name, places in asked.items()}

    def _ask(self, places: list[Place]) -> tuple[list[float], list[float]]:
        """After a first sight, which makes the page."""
        for place in places:
            self.step("first sight", lambda place=place: self.go(place))
        walls, cpus = [], []
        for _ in range(TIMES):
            for place in places:
                wall, cpu = time.perf_counter(), time.process_time()
                self.go(place)
                self.wait()
                self.window.repaint()
                QCoreApplication.processEvents()
                walls.append((time.perf_counter() - wall) * 1000)
                cpus.append((time.process_time() - cpu) * 1000)
                self.settle()
        return walls, cpus

    def wait(self) -> None:
        """Until nothing is asked any more; an answer may ask again."""
        while self.window.operations.busy:
            loop = QEventLoop()
            self.window.operations.idle.connect(loop.quit)
            QTimer.singleShot(10_000, loop.quit)
            loop.exec()
            QCoreApplication.processEvents()


def main(folder: Path, notebook: Path) -> None:
    session = Pages(folder, notebook)
    found = session.measure()
    session.window.close()
    print(json.dumps([(name, *times) for name, times in found.items()]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
