"""Who may open a notebook: two windows, protected files and folders, network and cloud."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from sqlalchemy import select
from store_samples import Sample

from desktop_app.errors import UserError
from desktop_app.models.site import Site
from desktop_app.store import integrity
from desktop_app.store.connection import uri
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.locations import on_network, synced_by, warnings
from desktop_app.store.notebook import Notebook

Unprivileged = Callable[[], AbstractContextManager[None]]

HOLDER = """
import pathlib, sys
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook
with Notebook.open(pathlib.Path(sys.argv[1]), DeviceIdentity("autre", "", "")):
    print("open", flush=True)
    sys.stdin.read()
"""


def test_two_windows_of_one_process(notebook: Notebook, device: DeviceIdentity) -> None:
    with pytest.raises(UserError, match="déjà ouvert dans une autre fenêtre"):
        Notebook.open(notebook.path, device)
    notebook.close()
    Notebook.open(notebook.path, device).close()


def test_the_same_notebook_by_two_ways(
    notebook: Notebook, device: DeviceIdentity, tmp_path: Path
) -> None:
    link, folder = tmp_path / "lien.carnet", tmp_path / "dossier"
    link.symlink_to(notebook.path)
    folder.symlink_to(tmp_path)
    for path in (link, folder / notebook.path.name):
        with pytest.raises(UserError, match="déjà ouvert"):
            Notebook.open(path, device)


def test_two_processes(closed: Path, device: DeviceIdentity) -> None:
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", HOLDER, str(closed)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(UserError, match="déjà ouvert dans une autre fenêtre"):
            Notebook.open(closed, device)
        with Notebook.open(closed, device, read_only=True) as reader, reader.read() as session:
            assert session.scalars(select(Site)).all()
        other.stdin.close()
        assert other.wait() == 0
    Notebook.open(closed, device).close()
    assert [file.name for file in closed.parent.iterdir()] == [closed.name]


def placed(source: Path, folder: Path, mode: int = 0o666) -> Path:
    path = folder / "protégé.carnet"
    shutil.copyfile(source, path)
    path.chmod(mode)
    return path


def test_a_read_only_file(
    closed: Path, device: DeviceIdentity, open_folder: Path, unprivileged: Unprivileged
) -> None:
    path = placed(closed, open_folder, 0o444)
    with unprivileged():
        with pytest.raises(UserError, match=r"est en lecture seule. Retirez"):
            Notebook.open(path, device)
        with Notebook.open(path, device, read_only=True) as notebook:
            assert integrity.check(notebook) == []


def test_a_read_only_folder(
    closed: Path, device: DeviceIdentity, open_folder: Path, unprivileged: Unprivileged
) -> None:
    path = placed(closed, open_folder)
    open_folder.chmod(0o555)
    with unprivileged():
        with pytest.raises(UserError, match=r"dossier du carnet .* lecture seule"):
            Notebook.open(path, device)
        with Notebook.open(path, device, read_only=True) as notebook:
            assert integrity.check(notebook) == []
        with pytest.raises(UserError, match="pas le droit d’écrire"):
            Notebook.create(open_folder / "neuf.carnet", title="N", device=device)
    assert [file.name for file in open_folder.iterdir()] == [path.name]


def test_a_read_only_folder_where_saved_work_waits_in_the_wal(
    notebook: Notebook,
    sample: Sample,
    device: DeviceIdentity,
    open_folder: Path,
    unprivileged: Unprivileged,
) -> None:
    with notebook.write() as uow:
        uow.add(Site(name="dans le journal d’écriture"))
    path = placed(notebook.path, open_folder)
    shutil.copyfile(f"{notebook.path}-wal", f"{path}-wal")
    open_folder.chmod(0o555)
    with (
        unprivileged(),
        Notebook.open(path, device, read_only=True) as reader,
        reader.read() as session,
    ):
        assert len(session.scalars(select(Site)).all()) == 2


def test_a_file_nobody_may_read(
    closed: Path, device: DeviceIdentity, open_folder: Path, unprivileged: Unprivileged
) -> None:
    path = placed(closed, open_folder, 0o000)
    with unprivileged(), pytest.raises(UserError, match="pas le droit de lire"):
        Notebook.open(path, device)


def test_a_protected_lock_file(
    closed: Path, device: DeviceIdentity, open_folder: Path, unprivileged: Unprivileged
) -> None:
    path = placed(closed, open_folder)
    lock = open_folder / f"{path.name}.lock"
    lock.touch()
    lock.chmod(0o400)
    with unprivileged(), pytest.raises(UserError, match="lecture seule"):
        Notebook.open(path, device)


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (PurePosixPath("/home/c/OneDrive - CD95/a.carnet"), "OneDrive"),
        (PurePosixPath("/home/c/Dropbox/visites/a.carnet"), "Dropbox"),
        (PurePosixPath("/home/c/Nextcloud/a.carnet"), "Nextcloud"),
        (PureWindowsPath(r"C:\Users\c\Mon Drive\a.carnet"), "Google Drive"),
        (PureWindowsPath(r"D:\Sync\a.carnet"), "OneDrive"),
        (PurePosixPath("/home/c/Documents/OneDrive.carnet"), None),
        (PurePosixPath("/home/c/megaphone/a.carnet"), None),
    ],
)
def test_synchronised_folders(path: PurePosixPath, service: str | None) -> None:
    assert synced_by(path, {"OneDriveCommercial": r"D:\Sync"}) == service


MOUNTS = (
    "/dev/vda / ext4 rw 0 0\n"
    "//srv/commun /mnt/commun\\040CD95 cifs rw 0 0\n"
    "tmpfs /mnt/commun\\040CD95/local tmpfs rw 0 0\n"
    "malformed\n"
)


@pytest.mark.parametrize(
    ("path", "network"),
    [
        (PurePosixPath("/home/c/a.carnet"), False),
        (PurePosixPath("/mnt/commun CD95/a.carnet"), True),
        (PurePosixPath("/mnt/commun CD95/local/a.carnet"), False),
        (PureWindowsPath(r"\\srv\commun\a.carnet"), True),
        (PureWindowsPath(r"C:\Users\a.carnet"), False),
    ],
)
def test_network_shares(path: PurePosixPath, network: bool) -> None:
    assert on_network(path, MOUNTS) is network


def test_a_notebook_in_a_synchronised_folder_says_why(
    tmp_path: Path, device: DeviceIdentity
) -> None:
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    with Notebook.create(folder / "a.carnet", title="A", device=device) as notebook:
        (sentence,) = notebook.warnings
    assert "synchronisé (OneDrive)" in sentence
    assert warnings(tmp_path / "a.carnet") == ()


def test_uris_keep_every_character(tmp_path: Path) -> None:
    assert uri(Path("/a b/é?#%.carnet"), "rw") == "file:///a%20b/%C3%A9%3F%23%25.carnet?mode=rw"
    assert uri(Path("/a"), "immutable") == "file:///a?mode=ro&immutable=1"
