"""A notebook and what stands beside it are their owner's, but in a folder made to be shared."""

import gzip
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import select
from store_samples import fill

from desktop_app.errors import UserError
from desktop_app.models.site import Site
from desktop_app.services.demo import write_demo
from desktop_app.store.backup import backup, restore
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights are inherited on Windows")
Unprivileged = Callable[[], AbstractContextManager[None]]
STORED = Path(__file__).with_name("files") / "format-1.carnet.gz"
ALONE = "rw-------"
GROUP = "rw-rw----"


def rights(folder: Path) -> dict[str, str]:
    """Each name → « rw------- »."""
    letters = "rwxrwxrwx"
    found = {}
    for file in folder.iterdir():
        mode = file.stat().st_mode
        bits = (letters[at] if mode & (0o400 >> at) else "-" for at in range(9))
        found[file.name] = "".join(bits)
    return found


@pytest.fixture(params=[0o022, 0o000, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    former = os.umask(request.param)
    yield
    os.umask(former)


@pytest.mark.usefixtures("umask")
def test_what_the_program_makes_is_its_owner_s_alone(
    tmp_path: Path, device: DeviceIdentity
) -> None:
    path = tmp_path / "a.carnet"
    with Notebook.create(path, title="A", device=device) as notebook:
        fill(notebook)
        backup(notebook, tmp_path / "copie.carnet")
        beside = ("", "-wal", "-shm", ".lock", ".lock-journal")
        wanted = [*(f"a.carnet{side}" for side in beside), "copie.carnet"]
        assert rights(tmp_path) == dict.fromkeys(wanted, ALONE)
    restore(tmp_path / "copie.carnet", tmp_path / "retour.carnet")
    write_demo(tmp_path / "démo.carnet")
    assert set(rights(tmp_path).values()) == {ALONE}


def test_nobody_else_reads_them(
    open_folder: Path, device: DeviceIdentity, unprivileged: Unprivileged
) -> None:
    path = open_folder / "a.carnet"
    with Notebook.create(path, title="A", device=device) as notebook:
        fill(notebook)
        with unprivileged():
            for file in open_folder.iterdir():
                if os.geteuid():
                    with pytest.raises(PermissionError):
                        file.read_bytes()
            with pytest.raises(UserError, match="pas le droit de lire"):
                backup(path, open_folder / "volé.carnet")


def test_the_copy_kept_before_an_upgrade_is_its_owner_s_alone(
    tmp_path: Path, device: DeviceIdentity
) -> None:
    path = tmp_path / "ancien.carnet"
    path.write_bytes(gzip.decompress(STORED.read_bytes()))
    path.chmod(0o644)
    Notebook.open(path, device).close()
    assert rights(tmp_path) == {"ancien.carnet": "rw-r--r--", "ancien (format 1).carnet": ALONE}


@pytest.mark.parametrize("mode", [0o640, 0o664])
def test_a_file_that_is_there_keeps_its_rights_and_gives_them_to_its_lock(
    closed: Path, device: DeviceIdentity, mode: int
) -> None:
    closed.chmod(mode)
    copy = closed.with_name("copie.carnet")
    shutil.copy(closed, copy)
    with Notebook.open(closed, device) as notebook, notebook.write() as uow:
        uow.add(Site(name="Autre"))
        uow.flush()
        backup(closed, copy, overwrite=True)
        assert {file.stat().st_mode & 0o777 for file in closed.parent.iterdir()} == {mode}


@pytest.fixture
def shared(open_folder: Path) -> Path:
    """As an administrator makes one for a team: its group, with the setgid bit."""
    folder = open_folder / "équipe"
    folder.mkdir()
    os.chown(folder, -1, os.getgid())
    folder.chmod(0o2770)
    return folder


@pytest.mark.usefixtures("umask")
def test_in_a_folder_shared_on_purpose_the_group_has_them_too(
    shared: Path, device: DeviceIdentity
) -> None:
    with Notebook.create(shared / "a.carnet", title="A", device=device) as notebook:
        fill(notebook)
        backup(notebook, shared / "copie.carnet")
        assert set(rights(shared).values()) == {GROUP}
    shared.chmod(0o2750)
    restore(shared / "copie.carnet", shared / "retour.carnet")
    assert rights(shared)["retour.carnet"] == "rw-r-----"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs two accounts")
@pytest.mark.usefixtures("loaded")
def test_a_colleague_of_the_group_opens_the_notebook_and_sees_that_it_is_open(
    shared: Path, open_folder: Path, device: DeviceIdentity
) -> None:
    team = 54321
    os.chown(shared, -1, team)
    path = shared / "a.carnet"
    former = os.getgroups()
    os.setgroups([team])
    try:
        with as_account(12001), Notebook.create(path, title="A", device=device) as notebook:
            with as_account(12002), pytest.raises(UserError, match="déjà ouvert"):
                Notebook.open(path, device)
            with notebook.write() as uow:
                uow.add(Site(name="du premier"))
        with as_account(12002), Notebook.open(path, device) as notebook:
            with notebook.write() as uow:
                uow.add(Site(name="du second"))
            with notebook.read() as session:
                assert len(session.scalars(select(Site)).all()) == 2
    finally:
        os.setgroups(former)


class as_account:  # noqa: N801  (used as a block)
    """The effective account of this process, from root or from another account."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.former = 0

    def __enter__(self) -> None:
        self.former = os.geteuid()
        os.seteuid(0)
        os.seteuid(self.number)

    def __exit__(self, *_: object) -> None:
        os.seteuid(0)
        os.seteuid(self.former)


def default_acl(folder: Path) -> bool:
    """user::rwx group::rwx other::--- for what is made there; False on a disk without ACLs."""
    entry = (1).to_bytes(2, "little"), (4).to_bytes(2, "little"), (32).to_bytes(2, "little")
    undefined = (0xFFFFFFFF).to_bytes(4, "little")
    rights = (7, 7, 0)
    value = (2).to_bytes(4, "little") + b"".join(
        tag + permission.to_bytes(2, "little") + undefined
        for tag, permission in zip(entry, rights, strict=True)
    )
    try:
        os.setxattr(folder, "system.posix_acl_default", value)
    except OSError:
        return False
    return True


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="ACLs of Linux")
def test_a_default_acl_decides(tmp_path: Path, device: DeviceIdentity) -> None:
    folder = tmp_path / "acl"
    folder.mkdir()
    expected = GROUP if default_acl(folder) else ALONE
    with Notebook.create(folder / "a.carnet", title="A", device=device) as notebook:
        fill(notebook)
        assert set(rights(folder).values()) == {expected}


def test_a_lock_left_behind_is_taken_again(closed: Path, device: DeviceIdentity) -> None:
    lock = closed.with_name(f"{closed.name}.lock")
    lock.touch(mode=0o600)
    Notebook.open(closed, device).close()
    assert not lock.exists()
    with sqlite3.connect(closed) as connection:
        assert connection.execute("SELECT count(*) FROM site").fetchone() == (1,)
    connection.close()
