"""The file leaves its place while it is open: nothing more is said to be saved, nothing is lost."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_app.errors import UserError
from desktop_app.models.site import Site
from desktop_app.store import integrity
from desktop_app.store.backup import backup, restore
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows forbids it while it is open")


def add(notebook: Notebook, name: str) -> None:
    with notebook.write() as uow:
        uow.add(Site(name=name))


def names(notebook: Notebook) -> set[str]:
    with notebook.read() as session:
        return set(session.scalars(select(Site.name)))


def rename(path: Path) -> None:
    path.rename(path.with_name("renommé.carnet"))


def move_the_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("ailleurs"))


def replace(path: Path) -> None:
    copy = path.with_name("copie")
    shutil.copyfile(path, copy)
    copy.replace(path)


@pytest.fixture
def away(tmp_path: Path, device: DeviceIdentity) -> Notebook:
    folder = tmp_path / "dossier"
    folder.mkdir()
    notebook = Notebook.create(folder / "a.carnet", title="A", device=device)
    add(notebook, "avant")
    assert names(notebook) == {"avant"}
    return notebook


@pytest.mark.parametrize("harm", [Path.unlink, rename, move_the_folder, replace])
def test_a_write_to_a_file_that_left_its_place_is_refused(
    away: Notebook, harm: Callable[[Path], None]
) -> None:
    with away:
        harm(away.path)
        with pytest.raises(UserError, match=r"plus à sa place.*Rien n’est plus enregistré"):
            add(away, "après")
        assert names(away) == {"avant"}  # what the window shows can still be read


def test_it_works_again_once_put_back(away: Notebook, device: DeviceIdentity) -> None:
    with away:
        elsewhere = away.path.with_name("renommé.carnet")
        away.path.rename(elsewhere)
        with pytest.raises(UserError):
            add(away, "perdu")
        elsewhere.rename(away.path)
        add(away, "après")
    with Notebook.open(away.path, device) as again:
        assert names(again) == {"avant", "après"}


@pytest.mark.parametrize("harm", [rename, move_the_folder])
def test_what_was_saved_before_goes_with_the_file(
    away: Notebook, device: DeviceIdentity, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    """It was still in the WAL, which keeps the former name."""
    harm(away.path)
    away.close()
    (moved,) = [*tmp_path.rglob("renommé.carnet"), *tmp_path.glob("ailleurs/a.carnet")]
    copy = tmp_path / "seul.carnet"
    shutil.copyfile(moved, copy)
    with Notebook.open(copy, device) as found:
        assert names(found) == {"avant"}
        assert integrity.check(found) == []


@pytest.mark.parametrize("harm", [Path.unlink, rename])
def test_a_copy_can_still_be_made(
    away: Notebook, device: DeviceIdentity, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    with away:
        harm(away.path)
        backup(away, tmp_path / "sauvée.carnet")
        backup(away, tmp_path / "encore.carnet")
    for saved in ("sauvée.carnet", "encore.carnet"):
        with Notebook.open(tmp_path / saved, device) as copy:
            assert names(copy) == {"avant"}


def test_an_open_notebook_is_no_backup_to_restore(away: Notebook, tmp_path: Path) -> None:
    with away:
        with pytest.raises(UserError, match="déjà ouvert"):
            restore(away.path, tmp_path / "rétabli.carnet")
        add(away, "après")
    restore(away.path, tmp_path / "rétabli.carnet")
