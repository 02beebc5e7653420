"""One watched session in the real window.

Run as ``python -m benchmarks.window_child FOLDER NOTEBOOK all`` (or ``list``).

Prints, as JSON, the longest hold of the interface's thread at each step: by the clock, and how
much of it was this thread's own CPU (the rest is waiting: for the disk, for another thread).
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from desktop_app import app as composition
from desktop_app.config.settings import Settings
from desktop_app.services.visits.visit_rows import VisitFilter
from desktop_app.views.navigation import Place
from desktop_app.views.window.main_window import MainWindow

BEAT = 4  # ms
PATIENCE = 60.0  # s
WORDS = "Les mentors arrivent en avance et la séance commence dans le calme."


@dataclass(slots=True)
class Hold:
    """The longest so far: milliseconds by the clock, and of this thread's CPU."""

    wall: float = 0.0
    cpu: float = 0.0


class Watchdog:
    """Beats in the interface's thread; a beat that comes late tells how long it was held."""

    def __init__(self) -> None:
        self.holds: dict[str, Hold] = {}
        self._step = ""
        self._wall = time.perf_counter()
        self._cpu = time.thread_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT)

    def enter(self, step: str) -> None:
        self._step = step
        self._wall, self._cpu = time.perf_counter(), time.thread_time()

    def _beat(self) -> None:
        wall, cpu = time.perf_counter(), time.thread_time()
        held = Hold((wall - self._wall) * 1000 - BEAT, (cpu - self._cpu) * 1000)
        self._wall, self._cpu = wall, cpu
        hold = self.holds.setdefault(self._step, Hold())
        if held.wall > hold.wall:
            hold.wall, hold.cpu = held.wall, held.cpu


class Session:
    def __init__(self, folder: Path, notebook: Path) -> None:
        self.folder = folder
        self.settings = Settings(folder / "settings.json")
        self.settings.set("document_folder", str(folder))
        composition.prefer_interface()
        self.app = QApplication(["carnet-impact"])
        composition.dress(self.app, self.settings)
        self.watchdog = Watchdog()
        self.window = MainWindow(self.settings, composition.compose(self.settings))
        self.window.painted.connect(lambda: composition.finish_start(self.app, self.window))
        self.window.resize(1440, 900)
        self.notebook = notebook

    def run(self, *, list_only: bool) -> None:
        self.step("opening the notebook", self.begin)
        if list_only:
            self.visit_list()
        else:
            self.screens()
            self.visit()
            self.experiment()
            self.exports()
        self.window.close()

    def begin(self) -> None:
        composition.start(self.window, self.notebook)
        self.until(lambda: "home" in self.window.screens)

    # The steps

    def screens(self) -> None:
        for name in ("visits", "experiments", "sites", "actions", "documents", "settings", "home"):
            self.step(f"first sight of « {name} »", lambda name=name: self.go(Place(name)))
        for name in ("visits", "experiments", "sites", "actions", "documents", "home"):
            self.step(f"back to « {name} »", lambda name=name: self.go(Place(name)))

    def visit(self) -> None:
        assert self.window.services is not None
        rows = self.window.services.visits.page(VisitFilter(), size=40).rows
        row = max(rows, key=lambda row: row.measurement_count)
        self.step("a visit, « entry »", lambda: self.go(Place("visit", row.id, "entry")))
        for tab in ("preparation", "actions", "attachments", "history", "entry"):
            self.step(f"a visit, « {tab} »", lambda tab=tab: self.go(Place("visit", row.id, tab)))
        other = next(each for each in rows if each.id != row.id)
        self.step("another visit", lambda: self.go(Place("visit", other.id, "entry")))
        self.step("typing in a visit", self.type_notes)

    def type_notes(self) -> None:
        screen = self.window.screens["visit"]
        editor = next(
            each
            for each in screen.findChildren(QPlainTextEdit)
            if each.isVisible() and not each.isReadOnly()
        )
        editor.setFocus()
        for letter in WORDS:
            QTest.keyClick(editor, letter)
            self.turn(2)

    def experiment(self) -> None:
        assert self.window.services is not None
        results = self.window.services.results.experiments()
        chosen = max(results, key=lambda result: result.observation_count).experiment.id
        for tab in ("results", "presentation", "framework", "visits"):
            self.step(
                f"an experiment, « {tab} »",
                lambda tab=tab: self.go(Place("experiment", chosen, tab)),
            )

    def visit_list(self) -> None:
        self.step("100,000 visits: the list", lambda: self.go(Place("visits")))
        screen = self.window.screens["visits"]
        bar = screen.table.verticalScrollBar()  # type: ignore[attr-defined]

        def scroll() -> None:
            for _ in range(150):
                bar.setValue(bar.value() + bar.pageStep())
                self.turn(5)

        self.step("100,000 visits: scrolling", scroll)
        field = screen.filters.search  # type: ignore[attr-defined]

        def search() -> None:
            for letter in "séance calme":
                QTest.keyClick(field, letter)
                self.turn(30)

        self.step("100,000 visits: search as one types", search)

    def exports(self) -> None:
        """As the documents' screen does, with the list of visits being scrolled meanwhile."""
        from desktop_app.exports.excel.workbook import write_workbook
        from desktop_app.services.results.scope import Scope

        services = self.window.services
        assert services is not None
        self.step("from an experiment to the visits", lambda: self.go(Place("visits")))
        table = self.window.screens["visits"].table  # type: ignore[attr-defined]

        def steps() -> Iterator[object]:
            document = services.documents.workbook_document(Scope())
            yield from write_workbook(document, services.documents, self.folder / "all.xlsx")

        def export() -> None:
            done: list[bool] = []
            self.window.operations.job(
                "Classeur", steps, done=lambda: done.append(True), parent=self.window
            )
            while not done:
                bar = table.verticalScrollBar()
                bar.setValue((bar.value() + 1) % max(1, bar.maximum()))
                self.turn(20)

        self.step("exporting the workbook, the list scrolling", export)

    # How they are done

    def step(self, name: str, act: Callable[[], object]) -> None:
        self.watchdog.enter(name)
        act()
        self.settle()
        self.turn(60)

    def go(self, place: Place) -> None:
        self.window.go(place)

    def settle(self) -> None:
        self.turn(20)
        self.until(lambda: not self.window.operations.busy)
        self.turn(20)
        self.until(lambda: not self.window.operations.busy)

    def until(self, condition: Callable[[], bool]) -> None:
        late = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < late, "the window does not settle"
            self.turn(5)

    def turn(self, milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()


def main(folder: Path, notebook: Path, what: str) -> None:
    session = Session(folder, notebook)
    session.run(list_only=what == "list")
    holds = session.watchdog.holds
    print(json.dumps([(step, hold.wall, hold.cpu) for step, hold in holds.items()]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
