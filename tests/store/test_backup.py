"""Whole, verified copies; the previous file stays when one fails."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select
from store_samples import Sample

from desktop_app.errors import UserError
from desktop_app.models.site import Site
from desktop_app.store import integrity
from desktop_app.store.backup import backup, restore
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook


def names(path: Path, device: DeviceIdentity) -> list[str]:
    with Notebook.open(path, device, read_only=True) as notebook:
        assert integrity.check(notebook) == []
        with notebook.read() as session:
            return list(session.scalars(select(Site.name).order_by(Site.name)))


def test_backup_of_an_open_notebook_and_restore(
    notebook: Notebook, sample: Sample, device: DeviceIdentity, tmp_path: Path
) -> None:
    copy, again = tmp_path / "copie.carnet", tmp_path / "restauré.carnet"
    steps: list[tuple[int, int]] = []
    backup(notebook, copy, lambda done, total: steps.append((done, total)))
    assert steps[-1][0] == steps[-1][1] > 50
    with notebook.write() as uow:
        uow.add(Site(name="après la sauvegarde"))
    restore(copy, again)
    assert names(again, device) == names(copy, device) == ["Collège des Bords d’Oise"]
    notebook.close()
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "copie.carnet",
        "essai.carnet",
        "restauré.carnet",
    ]


def test_backup_while_another_thread_writes(
    notebook: Notebook, sample: Sample, device: DeviceIdentity, tmp_path: Path
) -> None:
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with notebook.write() as uow:
                uow.bulk_insert(Site, [{"name": "pendant"} for _ in range(20)])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            backup(notebook, tmp_path / f"copie{number}.carnet")
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        assert names(tmp_path / f"copie{number}.carnet", device).count("pendant") % 20 == 0


def test_nothing_is_overwritten_silently(closed: Path, tmp_path: Path) -> None:
    target = tmp_path / "copie.carnet"
    target.write_text("précieux", encoding="utf-8")
    for act in (backup, restore):
        with pytest.raises(UserError, match="existe déjà"):
            act(closed, target)
    assert target.read_text(encoding="utf-8") == "précieux"
    backup(closed, target, overwrite=True)
    assert target.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(UserError, match="ne peut pas remplacer"):
        backup(closed, closed, overwrite=True)


def test_an_open_notebook_is_not_overwritten(
    notebook: Notebook, closed: Path, device: DeviceIdentity, tmp_path: Path
) -> None:
    with Notebook.create(tmp_path / "autre.carnet", title="B", device=device) as other:
        with pytest.raises(UserError, match="déjà ouvert"):
            backup(closed, other.path, overwrite=True)
        assert other.title == "B"


def test_a_cancelled_backup_leaves_nothing(closed: Path, tmp_path: Path) -> None:
    def cancel(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup(closed, tmp_path / "copie.carnet", cancel)
    assert [file.name for file in tmp_path.iterdir()] == [closed.name]


FULL = """
import pathlib, resource, sys
from desktop_app.errors import UserError
from desktop_app.store.backup import backup
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
try:
    backup(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), overwrite=True)
except UserError as error:
    print(error)
"""


def test_a_backup_that_does_not_fit_leaves_the_previous_one(
    closed: Path, device: DeviceIdentity, tmp_path: Path
) -> None:
    assert closed.stat().st_size > 100_000
    target = tmp_path / "copie.carnet"
    backup(closed, target)
    before = target.read_bytes()
    said = subprocess.run(  # noqa: S603
        [sys.executable, "-c", FULL, str(closed), str(target)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert said.stdout.startswith("Le disque")
    assert said.stderr == ""
    assert target.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copie.carnet", "essai.carnet"]


def test_a_damaged_notebook_is_not_taken_for_a_backup(
    closed: Path, device: DeviceIdentity, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(closed)) as connection:
        page = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'ix_journal_hlc'"
        ).fetchone()[0]
    data = bytearray(closed.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = bytes(4096)
    closed.write_bytes(data)
    with pytest.raises(UserError, match=r"n’est pas conforme|endommagé"):
        backup(closed, tmp_path / "copie.carnet")
    assert [file.name for file in tmp_path.iterdir()] == [closed.name]


@pytest.mark.parametrize("act", [backup, restore])
def test_only_notebooks_are_copied(act: Callable[[Path, Path], None], tmp_path: Path) -> None:
    source = tmp_path / "liste.carnet"
    source.write_text("texte " * 1000, encoding="utf-8")
    with pytest.raises(UserError, match="n’est pas un carnet"):
        act(source, tmp_path / "copie.carnet")
    with pytest.raises(UserError, match="n’existe pas"):
        act(tmp_path / "absent.carnet", tmp_path / "copie.carnet")


def test_a_backup_into_a_missing_folder(closed: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="dossier"):
        backup(closed, tmp_path / "clé" / "copie.carnet")
