"""What `make run` does with no display: the main job, through the real window, offscreen.

``python -m tests.end_to_end.tour FOLDER`` fills FOLDER with a notebook, a workbook, two PDFs and
pictures of each step, and says where they are. Exit status 1, with a sentence, if a step fails.
"""

import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from desktop_app.app import dress
from desktop_app.commands.opening import reading
from desktop_app.config.settings import Settings
from desktop_app.services.notebook.notebooks import NotebookService
from desktop_app.services.vocabulary import VisitState
from tests.end_to_end import journeys
from tests.end_to_end.driver import Person, Stuck, pictured, program, quieten

MADE = ("notebook", "documents", "screenshots", "settings.json")
WORKBOOK = "Classeur.xlsx"
REPORT = "Compte-rendu.pdf"
SYNTHESIS = "Synthese-JEX.pdf"


class Tour:
    """The steps in order; each leaves a picture."""

    def __init__(self, folder: Path, person: Person) -> None:
        self.folder = folder
        self.person = person
        self.count = 0

    def picture(self, name: str) -> None:
        self.count += 1
        pictured(self.person.window, self.folder / "screenshots" / f"{self.count:02d}-{name}.png")

    def walk(self) -> str:
        """Does the whole job; returns the reference of the visit."""
        person = self.person
        self.picture("welcome")
        journeys.open_demonstration(person)
        self.picture("home")
        page = journeys.create_visit(person, "Jexplore", journeys.PURPOSE)
        reference = page.work.visit.reference
        self.picture("new-visit")
        journeys.measure(person, journeys.MEASURES)
        self.picture("measures")
        journeys.add_finding(person, journeys.FINDING, "Collégiens, quatrième")
        self.picture("finding")
        journeys.add_action(person, journeys.ACTION, "Chargé de mission collèges", "30/6")
        self.picture("action")
        journeys.validate(person)
        self.picture("validated")
        journeys.show_results(person, "Jexplore")
        self.picture("results")
        documents = self.folder / "documents"
        for kind, name, experiment, visit in (
            ("Classeur", WORKBOOK, "Toutes", ""),
            ("Compte rendu", REPORT, "Jexplore", reference),
            ("Synthèse", SYNTHESIS, "Jexplore", ""),
        ):
            journeys.save_document(person, kind, documents / name, experiment, visit)
            self.picture(Path(name).stem.lower())
        return reference


def run(folder: Path) -> list[str]:
    """Does the tour in a fresh ``folder``; returns what to say. Raises Stuck or OSError."""
    for name in MADE:
        _remove(folder / name)
    for name in ("notebook", "documents", "screenshots"):
        (folder / name).mkdir(parents=True)
    settings = Settings(folder / "settings.json")
    settings.set("notebook_folder", str(folder / "notebook"))
    settings.set("document_folder", str(folder / "documents"))
    with program(settings) as person:
        tour = Tour(folder, person)
        reference = tour.walk()
        notebook = person.window.notebooks.path
    assert notebook is not None
    with reading(notebook) as services:
        visit = services.visits.find(reference)
        measures = [line for line in services.measures.lines(visit.id) if line.measurement_id]
        findings = services.findings.of_visit(visit.id)
        actions = services.follow_ups.list(visit_id=visit.id)
        sound = NotebookService(services.notebook).check().ok
    if visit.state is not VisitState.VALIDATED or not (measures and findings and actions and sound):
        raise Stuck(f"The visit {reference} is not whole in {notebook}")
    documents = folder / "documents"
    recorded = f"{len(measures)} measures, {len(findings)} finding, {len(actions)} action"
    return [
        f"Visit {reference}: {recorded}, validated; the notebook checks sound.",
        f"Notebook     {notebook}",
        f"Workbook     {documents / WORKBOOK}",
        f"PDFs         {documents / REPORT}",
        f"             {documents / SYNTHESIS}",
        f"Screenshots  {folder / 'screenshots'} ({tour.count} pictures)",
    ]


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("Usage: python -m tests.end_to_end.tour FOLDER\n")
        return 2
    folder = Path(arguments[0]).absolute()
    started = time.monotonic()
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    app = QApplication(["carnet-impact"])
    dress(app, Settings(folder / "no-settings.json"))
    faults: list[BaseException] = []
    sys.excepthook = _noting(faults)
    quieten()
    try:
        lines = run(folder)
    except (Stuck, AssertionError, OSError) as error:
        sys.stderr.write(f"The tour failed: {faults[0] if faults else error!r}\n")
        return 1
    if faults:
        sys.stderr.write(f"The tour met a bug in the program: {faults[0]!r}\n")
        return 1
    sys.stdout.write("\n".join([*lines, f"Done in {time.monotonic() - started:.0f} s."]) + "\n")
    return 0


def _noting(
    faults: list[BaseException],
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def note(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        faults.append(error)
        sys.__excepthook__(kind, error, trace)

    return note


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
