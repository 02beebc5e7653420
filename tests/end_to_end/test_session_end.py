"""The system ends the session while someone types: nothing is lost."""

import itertools
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Read, Start
from PySide6.QtWidgets import QApplication

from desktop_app.exports.atomic import written_beside
from desktop_app.exports.progress import Progress
from desktop_app.views.runtime.session_end import SessionEnd
from tests.end_to_end import journeys
from tests.end_to_end.driver import Person, wait_until


@pytest.fixture
def heard(name: str) -> Iterator[None]:
    """The signal as a program finds it, even when the tests run under ``nohup``."""
    before = signal.signal(signal.Signals[name], signal.SIG_DFL)
    yield
    signal.signal(signal.Signals[name], before)


def session_end(person: Person) -> SessionEnd:
    window = person.window
    return SessionEnd(window, window.save, window.interrupt)


@pytest.mark.skipif(os.name != "posix", reason="Windows tells the window itself")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_what_was_just_typed_is_saved_when_the_session_ends(
    start: Start, read: Read, demonstration: Path, name: str, heard: None
) -> None:
    with start(demonstration) as person:
        page = journeys.create_visit(person, "Jexplore", "Session finie")
        end = session_end(person)
        try:
            person.fill("Notes libres", "Tapé puis déconnecté.")
            os.kill(os.getpid(), signal.Signals[name])
            wait_until(lambda: not person.window.isVisible(), "the window to close")
        finally:
            end.remove()
        reference = page.work.visit.reference
    assert signal.getsignal(signal.Signals[name]) is signal.SIG_DFL
    with read(demonstration) as services:
        assert services.visits.find(reference).notes == "Tapé puis déconnecté."


@pytest.mark.skipif(os.name != "posix", reason="Windows tells the window itself")
@pytest.mark.parametrize("name", ["SIGTERM"])
def test_long_work_is_interrupted_when_the_session_ends(
    start: Start, demonstration: Path, tmp_path: Path, name: str, heard: None
) -> None:
    """Nobody is asked: whoever would answer has left."""
    written = tmp_path / "document.pdf"

    def write() -> Iterator[Progress]:
        with written_beside(written) as temporary:
            temporary.write_bytes(b"half")
            for done in itertools.count():
                begun.set()
                never.wait(0.001)
                yield Progress(done, 0, "Page")

    begun, never = threading.Event(), threading.Event()
    with start(demonstration) as person:
        end = session_end(person)
        try:
            person.window.operations.job("Document", write, parent=person.window)
            wait_until(begun.is_set, "the work to begin")
            os.kill(os.getpid(), signal.Signals[name])
            wait_until(lambda: not person.window.isVisible(), "the window to close")
        finally:
            end.remove()
    assert list(tmp_path.glob("*document.pdf*")) == []


@pytest.mark.skipif(os.name != "posix", reason="Windows tells the window itself")
def test_the_program_itself_ends_well(
    demonstration: Path, tmp_path: Path, qapp: QApplication
) -> None:
    """Started as a person does, from its entry point; ended once it has opened the notebook."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "desktop_app", str(demonstration)],
        cwd=Path(__file__).parents[2],
        env={**environment, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        settings = tmp_path / ".config" / "carnet-impact" / "settings.json"
        try:
            wait_until(
                lambda: settings.exists() and demonstration.name in settings.read_text("utf-8"),
                "the notebook to be open",
            )
            program.send_signal(signal.SIGTERM)
            out, err = program.communicate(timeout=30)
        finally:
            program.kill()
    assert (program.returncode, out, err) == (0, "", "")


def test_what_was_just_typed_is_saved_when_the_system_asks_first(
    start: Start, read: Read, demonstration: Path, qapp: QApplication
) -> None:
    """As Windows does before logging out, and X11: the window stays, it may not happen."""
    with start(demonstration) as person:
        page = journeys.create_visit(person, "Jexplore", "Session peut-être finie")
        end = session_end(person)
        try:
            person.fill("Notes libres", "Tapé avant la question.")
            qapp.commitDataRequest.emit(None)
            reference = page.work.visit.reference
            with read(demonstration) as services:
                assert services.visits.find(reference).notes == "Tapé avant la question."
            assert person.window.isVisible()
        finally:
            end.remove()
