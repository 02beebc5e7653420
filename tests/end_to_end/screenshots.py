"""Every screen, tab, dialog and empty state, light and dark, in two sizes, and once at 200 %.

``python -m tests.end_to_end.screenshots FOLDER [--docs FOLDER]``; ``--docs`` also writes the
handful that the README and the guide show.
"""

import argparse
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app.app import dress
from desktop_app.config.settings import Settings
from desktop_app.services.demo import write_demo
from desktop_app.services.visits.visit_rows import VisitFilter
from desktop_app.services.vocabulary import VisitState
from desktop_app.views.navigation import Place
from tests.end_to_end import journeys
from tests.end_to_end.driver import Person, Stuck, pictured, program, quieten, turn, wait_until

EXPERIMENT = "DUO"
SITE = "IME Les Sources"
SCREENS = ("home", "visits", "experiments", "sites", "actions", "documents", "settings")
VISIT_TABS = ("preparation", "entry", "actions", "attachments", "history")
EXPERIMENT_TABS = ("presentation", "framework", "results", "visits")
DOCUMENTS = ("experiment", "workbook", "visit")
FOR_DOCS = {
    "home": "home",
    "visit-entry": "visit",
    "experiment-results": "results",
    "documents-experiment": "documents",
}
"""Pictures of the light 1440×900 set, and their names in docs/screenshots."""


@dataclass(frozen=True, slots=True)
class Look:
    theme: str
    width: int
    height: int
    text_scale: int = 100

    @property
    def name(self) -> str:
        scale = "" if self.text_scale == 100 else f"-{self.text_scale}%"
        return f"{self.width}x{self.height}-{self.theme}{scale}"


LOOKS = (
    Look("light", 1440, 900),
    Look("dark", 1440, 900),
    Look("light", 1280, 720),
    Look("dark", 1280, 720),
    Look("light", 1280, 720, 200),
)


class Album:
    """Numbers the pictures of one look in the order taken."""

    def __init__(self, folder: Path, person: Person) -> None:
        self.folder = folder
        self.person = person
        self.count = 0
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str) -> None:
        self.person.settle()
        self.count += 1
        pictured(self.person.window, self.folder / f"{self.count:02d}-{name}.png")

    def go(self, place: Place, name: str) -> None:
        self.person.window.go(place)
        self.person.arrive(place.screen)
        if place.screen == "documents":
            journeys.choices_rest(self.person)
        if (place.screen, place.tab) == ("visit", "entry"):
            journeys.measures_rest(journeys.visit_page(self.person))
        self.take(name)

    def dialog(self, keys: str, title: str, name: str, words: str = "") -> None:
        """Opens a dialog by its key, maybe types in it, takes it, and leaves it."""
        self.person.press(keys)
        front = self.person.await_dialog(title)
        if words:
            self.person.type(words)
            turn(200)  # the search starts once the keys rest
        self.take(name)
        self.person.press("Escape")
        self.person.dialog_closed(front)


def take_screens(album: Album, experiment_id: str) -> None:
    for screen in SCREENS:
        if screen != "documents":
            album.go(Place(screen), screen)
    for tab in EXPERIMENT_TABS:
        album.go(Place("experiment", experiment_id, tab), f"experiment-{tab}")
    for kind in DOCUMENTS:
        album.go(
            Place("documents", experiment_id if kind != "visit" else None, kind),
            f"documents-{kind}",
        )


def take_visit(album: Album, visit_id: str, planned_id: str) -> None:
    person = album.person
    for tab in VISIT_TABS:
        album.go(Place("visit", visit_id, tab), f"visit-{tab}")
    album.go(Place("visit", visit_id, "entry"), "visit-entry-top")
    person.press("Ctrl+Return")
    album.take("visit-finding")
    person.press("Escape")
    person.press("Alt+3")
    album.dialog("Ctrl+Return", "Nouvelle action", "dialog-action")
    person.press("Ctrl+P")
    front = person.await_dialog("Aperçu")
    wait_until(lambda: getattr(front, "ready", False), "the preview")
    album.take("dialog-preview")
    person.press("Escape")
    person.dialog_closed(front)
    album.go(Place("visit", planned_id), "visit-planned")


def take_dialogs(album: Album, experiment_id: str) -> None:
    window = album.person.window
    album.dialog("Ctrl+N", "Nouvelle visite", "dialog-new-visit")
    album.dialog("Ctrl+K", "Rechercher", "dialog-search", "casque")
    album.dialog("F1", "Raccourcis", "dialog-shortcuts")
    album.dialog("Shift+F1", "À propos", "dialog-about")
    album.dialog("Ctrl+Shift+N", "Nouveau carnet", "dialog-new-notebook")
    window.go(Place("experiments"))
    album.person.arrive("experiments")
    album.dialog("Alt+P", "Programme", "dialog-directory")
    album.dialog("Alt+N", "Nouvelle expérimentation", "dialog-experiment")
    window.go(Place("experiment", experiment_id, "framework"))
    album.person.arrive("experiment")
    album.person.tab_to("Objectifs et indicateurs")
    album.dialog("Shift+Ins", "Nouvel objectif", "dialog-objective")
    album.dialog("Ins", "Nouvel indicateur", "dialog-indicator")
    window.go(Place("sites"))
    album.person.arrive("sites")
    album.dialog("Alt+N", "Nouveau site", "dialog-site")


def take_empty(album: Album, folder: Path) -> None:
    """The states of a notebook in which nothing is written yet."""
    album.person.window.notebooks.create(folder / "Vide.carnet", "Carnet vide")
    album.person.arrive("home")
    for screen in SCREENS[:-1]:
        album.go(Place(screen), f"empty-{screen}")


def shoot(app: QApplication, look: Look, demonstration: Path, folder: Path) -> int:
    """All the pictures of one look. Returns how many."""
    with tempfile.TemporaryDirectory(prefix="carnet-") as name:
        place = Path(name)
        shutil.copy(demonstration, place / "Démonstration.carnet")
        settings = Settings(place / "settings.json")
        settings.set("theme", look.theme)
        settings.set("text_scale", look.text_scale)
        settings.set("notebook_folder", name)
        dress(app, settings)
        with program(settings) as person:
            person.window.resize(look.width, look.height)
            album = Album(folder / look.name, person)
            album.take("welcome")
            journeys.open_demonstration(person)
            services = person.window.services
            assert services is not None
            experiment = services.experiments.by_code(EXPERIMENT)
            rows = services.visits.page(VisitFilter()).rows
            draft = next(row for row in rows if row.site_name == SITE and row.finding_count)
            planned = next(row for row in rows if row.state is VisitState.PLANNED)
            take_screens(album, experiment.id)
            take_visit(album, draft.id, planned.id)
            take_dialogs(album, experiment.id)
            take_empty(album, place)
            person.press("Ctrl+W")
            album.take("welcome-recent")
            return album.count


def for_docs(folder: Path, docs: Path) -> list[Path]:
    """Copies the handful in 128 colours: flat pictures lose nothing, and the files are small."""
    from PIL import Image

    docs.mkdir(parents=True, exist_ok=True)
    made = []
    for name, shown in FOR_DOCS.items():
        (source,) = (folder / LOOKS[0].name).glob(f"[0-9][0-9]-{name}.png")
        target = docs / f"{shown}.png"
        with Image.open(source) as picture:
            small = picture.convert("RGB").quantize(128, dither=Image.Dither.NONE)
        small.save(target, optimize=True)
        made.append(target)
    return made


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.end_to_end.screenshots")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--docs", type=Path, help="also write the pictures the documents show")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    looks = LOOKS[:1] if options.docs else LOOKS
    app = QApplication(["carnet-impact"])
    quieten()
    try:
        with tempfile.TemporaryDirectory(prefix="carnet-") as name:
            demonstration = Path(name) / "demo.carnet"
            write_demo(demonstration)
            for look in looks:
                shutil.rmtree(options.folder / look.name, ignore_errors=True)
                count = shoot(app, look, demonstration, options.folder)
                sys.stdout.write(f"{count} pictures in {options.folder / look.name}\n")
                sys.stdout.flush()
        if options.docs:
            for path in for_docs(options.folder, options.docs):
                sys.stdout.write(f"{path} ({path.stat().st_size // 1000} kB)\n")
    except (Stuck, AssertionError, OSError) as error:
        sys.stderr.write(f"The screenshots failed: {error!r}\n")
        return 1
    sys.stdout.write(f"Done in {time.monotonic() - started:.0f} s.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
