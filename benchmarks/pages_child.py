"""Pages asked again and again in the real window: how long each time until they are painted.

Run as ``python -m benchmarks.pages_child FOLDER NOTEBOOK``. Prints, as JSON, for each page the
milliseconds by the clock and those of CPU, all threads counted.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from benchmarks.report import Timings
from benchmarks.window_child import Session
from desktop_app.services.visits.visit_rows import EditVisit, VisitFilter
from desktop_app.services.vocabulary import VisitState
from desktop_app.views.navigation import Place

TIMES = 9
EXPERIMENTS = 2
SHOWS = {"home": "overview", "experiment": "dossier"}
"""What each screen holds of its last read: a new one tells that it is shown."""


class Pages(Session):
    _changes = 0

    def measure(self) -> dict[str, Timings]:
        self.step("opening", self.begin)
        services = self.window.services
        assert services is not None
        results = sorted(services.results.experiments(), key=lambda each: -each.observation_count)
        most = [Place("experiment", each.experiment.id, "results") for each in results]
        found: dict[str, Timings] = {}
        changed = self._ask([Place("home")], self._change)
        found["home after a change"] = changed["shown"]
        kept = self._ask([Place("home")], self._keep)
        found["home, nothing changed since it was kept"] = kept["shown"]
        asked = self._ask(most[:EXPERIMENTS], lambda: None)
        found["results of an experiment, the table"] = asked["shown"]
        found["results of an experiment, all of the page"] = asked["whole"]
        return found

    def _change(self) -> None:
        """Behind the window's back, which would show it at once."""
        services = self.window.services
        assert services is not None
        self._changes += 1
        visit = services.visits.page(VisitFilter(state=VisitState.PLANNED), size=1).rows[0]
        services.visits.edit(EditVisit(visit.id, {"purpose": f"Objet {self._changes}"}))

    def _keep(self) -> None:
        """As the window does at rest, where the program knows how."""
        assert self.window.services is not None
        keep = getattr(self.window.services.overview, "keep", None)
        if keep is not None:
            keep()

    def _ask(self, places: list[Place], before: Callable[[], object]) -> dict[str, Timings]:
        """After a first sight, which makes the page: ``shown``, what was read; ``whole``, all."""
        for place in places:
            self.step("first sight", lambda place=place: self.go(place))
        found = {"shown": Timings(), "whole": Timings()}
        for _ in range(TIMES):
            for place in places:
                before()
                self._time(place, found)
                self.settle()
        return found

    def _time(self, place: Place, found: dict[str, Timings]) -> None:
        screen, shows = self.window.screens[place.screen], SHOWS[place.screen]
        former = getattr(screen, shows)
        wall, cpu = time.perf_counter(), time.process_time()
        self.go(place)
        for name, done in (
            ("shown", lambda: getattr(screen, shows) is not former),
            ("whole", lambda: not self.window.operations.busy),
        ):
            while not done():
                QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            QCoreApplication.processEvents()
            self.window.repaint()
            found[name].wall.append((time.perf_counter() - wall) * 1000)
            found[name].cpu.append((time.process_time() - cpu) * 1000)


def main(folder: Path, notebook: Path) -> None:
    session = Pages(folder, notebook)
    heart = QTimer()  # an event at least now and then, for whoever waits for more
    heart.start(200)
    found = session.measure()
    session.window.close()
    print(json.dumps([(name, each.wall, each.cpu) for name, each in found.items()]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
