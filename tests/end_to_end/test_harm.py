"""What is typed survives a closed window and a killed program; a bad notebook gets a sentence."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop_app.config.settings import Settings
from desktop_app.services.notebook.notebooks import NotebookService
from desktop_app.services.visits.visit_rows import VisitFilter
from desktop_app.views.screens.welcome.screen import WelcomeScreen
from tests.end_to_end import journeys, typist
from tests.end_to_end.driver import Person, Read, Start, wait_until

ROOT = Path(__file__).parents[2]


def welcome(person: Person) -> WelcomeScreen:
    page = person.window.pages.currentWidget()
    assert isinstance(page, WelcomeScreen)
    return page


def open_file(person: Person, path: Path) -> None:
    """Ctrl+O, the file's name, Enter."""
    with person.answering(path):
        person.press("Ctrl+O")
    person.settle()


@contextmanager
def someone_typing(notebook: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Another program, once its first words are saved: the process, and its visit's reference."""
    command = [sys.executable, "-m", "tests.end_to_end.typist", str(notebook)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        assert process.stdout is not None
        said = process.stdout.readline().split()
        assert said[:1] == ["saved"], said
        yield process, said[1]
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.parametrize(
    ("field", "words", "kept"),
    [
        ("Notes libres", "Tapé puis fermé aussitôt.", "notes"),
        ("Participants", "Principale adjointe, deux professeurs", "participants"),
    ],
)
def test_closing_at_once_loses_nothing(
    start: Start, read: Read, demonstration: Path, field: str, words: str, kept: str
) -> None:
    with start(demonstration) as person:
        page = journeys.create_visit(person, "Jexplore", "Fermée aussitôt")
        person.type("54")
        person.fill(field, words)
        reference = page.work.visit.reference
        person.window.close()
        assert not person.window.isVisible()
    with read(demonstration) as services:
        visit = services.visits.find(reference)
        assert getattr(visit, kept) == words
        assert services.measures.lines(visit.id)[0].value == 54.0


def test_a_finding_being_written_is_kept_when_the_window_closes(
    start: Start, read: Read, demonstration: Path
) -> None:
    with start(demonstration) as person:
        page = journeys.create_visit(person, "Jexplore", "Fermée aussitôt")
        person.press("Ctrl+Return")
        wait_until(lambda: page.entry.findings.editor is not None, "the finding's editor")
        person.type("Une phrase laissée en plan")
        reference = page.work.visit.reference
        person.press("Ctrl+Q")
        wait_until(lambda: not person.window.isVisible(), "the window to close")
    with read(demonstration) as services:
        visit = services.visits.find(reference)
        (finding,) = services.findings.of_visit(visit.id)
        assert finding.text == "Une phrase laissée en plan"


def test_a_killed_program_keeps_what_it_said_was_saved(
    start: Start, read: Read, demonstration: Path
) -> None:
    """Meanwhile a second window on the same notebook is told why it cannot have it."""
    with someone_typing(demonstration) as (process, reference), start(demonstration) as person:
        page = welcome(person)
        assert "déjà ouvert" in page.error
        process.kill()
        process.wait()
        open_file(person, demonstration)
        person.arrive("home")
        journeys.find_visit(person, reference)
        assert typist.KEPT in journeys.visit_page(person).work.visit.notes
    with read(demonstration) as services:
        assert services.visits.find(reference).notes.startswith(typist.KEPT)
        report = NotebookService(services.notebook).check()
        assert report.ok, report.problems


@pytest.mark.parametrize("harm", ["truncated", "text", "empty", "folder", "missing"])
def test_a_bad_notebook_gets_its_sentence_and_the_window_lives(
    start: Start, demonstration: Path, tmp_path: Path, harm: str
) -> None:
    bad = tmp_path / "abîmé.carnet"
    if harm == "folder":
        bad.mkdir()
    elif harm != "missing":
        whole = demonstration.read_bytes()
        contents = {"truncated": whole[: len(whole) // 3], "text": b"Bonjour", "empty": b""}
        bad.write_bytes(contents[harm])
    with start() as person:
        if harm in {"folder", "missing"}:
            person.window.notebooks.open(bad)
            person.settle()
        else:
            open_file(person, bad)
        wait_until(lambda: welcome(person).error, "the sentence")
        sentence = welcome(person).error
        assert sentence.endswith(".")
        assert "Traceback" not in sentence
        person.see(sentence)
        open_file(person, demonstration)
        person.arrive("home")
        person.see("Bonjour")


def test_two_windows_of_one_person(start: Start, demonstration: Path, tmp_path: Path) -> None:
    """A second window, then the notebook once the first has let it go."""
    other = Settings(tmp_path / "other.json")
    other.set("notebook_folder", str(tmp_path))
    with start(demonstration), start(demonstration, other) as second:
        assert "déjà ouvert" in welcome(second).error
    with start(demonstration, other) as person:
        person.see("Bonjour")


def test_a_notebook_moved_away_while_open_is_said(start: Start, demonstration: Path) -> None:
    """The recent list names what is gone instead of failing on it."""
    with start(demonstration) as person:
        person.press("Ctrl+W")
        wait_until(lambda: isinstance(person.window.pages.currentWidget(), WelcomeScreen), "home")
        shutil.move(demonstration, demonstration.with_name("rangé.carnet"))
        person.window.notebooks.welcome()
        person.see("introuvable dans")


def test_nothing_is_left_open(read: Read, start: Start, demonstration: Path) -> None:
    with start(demonstration) as person:
        person.see("Bonjour")
    with read(demonstration) as services:
        assert services.visits.count(VisitFilter()) > 60
    assert not demonstration.with_name(f"{demonstration.name}-wal").exists()
