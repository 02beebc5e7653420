"""The system ends the session while someone types: nothing is lost."""

import os
import signal
from pathlib import Path

import pytest
from conftest import Read, Start

from desktop_app.views.session_end import SessionEnd
from tests.end_to_end import journeys
from tests.end_to_end.driver import wait_until


@pytest.mark.skipif(os.name != "posix", reason="Windows tells the window itself")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_what_was_just_typed_is_saved_when_the_session_ends(
    start: Start, read: Read, demonstration: Path, name: str
) -> None:
    before = signal.getsignal(signal.Signals[name])
    with start(demonstration) as person:
        page = journeys.create_visit(person, "Jexplore", "Session finie")
        end = SessionEnd(person.window)
        try:
            person.fill("Notes libres", "Tapé puis déconnecté.")
            os.kill(os.getpid(), signal.Signals[name])
            wait_until(lambda: not person.window.isVisible(), "the window to close")
        finally:
            end.remove()
        reference = page.work.visit.reference
    assert signal.getsignal(signal.Signals[name]) is before
    with read(demonstration) as services:
        assert services.visits.find(reference).notes == "Tapé puis déconnecté."
