"""What the program keeps of a person is theirs alone: settings, log, folders."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.config.settings import Settings
from desktop_app.system.folders import SeenFolders
from desktop_app.system.log import append_log
from desktop_app.system.rights import make_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights are inherited on Windows")


@pytest.fixture(autouse=True, params=[0o022, 0o000, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    former = os.umask(request.param)
    yield
    os.umask(former)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def test_settings_and_log_are_their_owner_s_alone(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "config" / "carnet-impact" / "settings.json")
    settings.set("agent", "Référente")
    log = append_log(tmp_path / "state" / "log", "une ligne")
    assert log is not None
    assert [mode(settings.path), mode(log)] == [0o600, 0o600]
    folders = (settings.path.parent, settings.path.parent.parent, log.parent, log.parent.parent)
    assert [mode(folder) for folder in folders] == [0o700] * 4


def test_a_folder_that_the_organisation_fixed_is_made_for_one_person(tmp_path: Path) -> None:
    folder = tmp_path / "Documents" / "Carnets"
    SeenFolders().look(folder, made=True)
    assert mode(folder) == 0o700


def test_below_a_shared_folder_it_is_shared_in_its_turn(tmp_path: Path) -> None:
    tmp_path.chmod(0o2770)
    make_folder(tmp_path / "équipe" / "carnets")
    assert mode(tmp_path / "équipe" / "carnets") == 0o2770


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_folder(tmp_path)
    assert mode(tmp_path) == 0o755
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(OSError, match=r"exists|directory"):
            make_folder(path)
