"""Someone without rights at home, a notebook on a protected share: the window still opens."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from conftest import Read, Start

from desktop_app.config.settings import Settings
from desktop_app.views.window.notebook_actions import UNKEPT
from tests.end_to_end import journeys
from tests.end_to_end.driver import wait_until


@pytest.fixture
def unkept(tmp_path: Path) -> Settings:
    """Settings in a folder that cannot be made."""
    (tmp_path / "personne").write_text("a file where the home goes")
    return Settings(tmp_path / "personne" / "settings.json")


def test_without_a_home_the_notebook_is_used_and_it_is_said_once(
    start: Start, read: Read, demonstration: Path, unkept: Settings
) -> None:
    with start(demonstration, unkept) as person:
        notify = person.window.notify
        assert notify.message == UNKEPT
        notify.hide()
        page = journeys.create_visit(person, "Jexplore", "Sans dossier personnel")
        reference = page.work.visit.reference
        assert unkept.text("last_notebook") == str(demonstration)
        person.press("Ctrl+W")
        wait_until(lambda: person.window.services is None, "the notebook to close")
        assert UNKEPT not in notify.message
    with read(demonstration) as services:
        assert services.visits.find(reference).purpose == "Sans dossier personnel"


@pytest.fixture
def share() -> Iterator[Path]:
    """A folder anyone may read and nobody may write (pytest's own are closed to others)."""
    folder = Path(tempfile.mkdtemp(prefix="carnet-essai-"))
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


@pytest.mark.skipif(os.name != "posix", reason="rights are set otherwise on Windows")
@pytest.mark.parametrize(
    ("mode", "remedy"),
    [(0o444, "copiez-le dans un de vos dossiers"), (0o666, "Copiez le carnet dans un de vos")],
    ids=["file", "folder"],
)
def test_a_notebook_on_a_protected_share_says_what_to_do(
    start: Start,
    demonstration: Path,
    share: Path,
    unprivileged: Callable[[], AbstractContextManager[None]],
    mode: int,
    remedy: str,
) -> None:
    path = share / "partagé.carnet"
    shutil.copy(demonstration, path)
    path.chmod(mode)
    share.chmod(0o555)
    with unprivileged(), start(path) as person:
        person.see("en lecture seule")
        person.see(remedy)
    assert [file.name for file in share.iterdir()] == [path.name]
