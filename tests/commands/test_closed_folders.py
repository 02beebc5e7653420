"""Paths into a folder one may not enter, or that is no longer there: a sentence, never a bug."""

import os
import shutil
import stat
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from command_line import Run, refused

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights are set otherwise on Windows")
Unprivileged = Callable[[], AbstractContextManager[None]]
READS_ITS_OWN_FILES = {"demo", "--self-test"}
PDF = ["--document", "experiment", "--experiment", "DUO"]


def open_to_others(path: Path) -> bool:
    """Whether another account than root can read the program from here."""
    return os.geteuid() != 0 or all(folder.stat().st_mode & stat.S_IXOTH for folder in path.parents)


@pytest.fixture
def shared(demo: Path, open_folder: Path) -> Path:
    """A notebook that anyone may read."""
    path = open_folder / "carnet.carnet"
    shutil.copy(demo, path)
    path.chmod(0o666)
    return path


@pytest.fixture
def inside(shared: Path) -> Path:
    """A notebook in a folder that nobody may enter."""
    closed = shared.with_name("fermé")
    closed.mkdir()
    shutil.copy(shared, closed)
    closed.chmod(0)
    return closed / shared.name


@pytest.mark.parametrize(
    "command",
    [
        ["backup", "{shared}", "-o", "{inside}"],
        ["restore", "{shared}", "-o", "{inside}"],
        ["demo", "{inside}"],
        ["export", "excel", "{shared}", "-o", "{inside}"],
        ["export", "pdf", "{shared}", "-o", "{inside}", *PDF],
        ["--self-test", "{inside}"],
    ],
    ids=lambda command: command[0],
)
def test_what_cannot_be_written_there(
    run: Run, shared: Path, inside: Path, command: list[str], unprivileged: Unprivileged
) -> None:
    if command[0] in READS_ITS_OWN_FILES and not open_to_others(Path(__file__)):
        pytest.skip("root's checkout is in a folder that other accounts may not enter")
    words = [word.format(shared=shared, inside=inside) for word in command]
    with unprivileged():
        said = run(*words)
    assert "Erreur interne" not in said.err
    refused(said, inside.name, "écri")


@pytest.mark.parametrize(
    "command",
    [
        ["show", "{inside}"],
        ["check", "{inside}"],
        ["backup", "{inside}", "-o", "{copy}"],
        ["restore", "{inside}", "-o", "{copy}"],
        ["export", "excel", "{inside}", "-o", "{copy}"],
    ],
    ids=lambda command: command[0],
)
def test_what_cannot_be_read_there(
    run: Run, shared: Path, inside: Path, command: list[str], unprivileged: Unprivileged
) -> None:
    copy = shared.with_name("copie")
    words = [word.format(inside=inside, copy=copy) for word in command]
    with unprivileged():
        said = run(*words)
    refused(said, "pas le droit de lire", inside.name)
    assert not copy.exists()


def test_a_link_that_turns_in_a_circle(run: Run, demo: Path) -> None:
    loop = demo.with_name("boucle.carnet")
    loop.symlink_to(loop.name)
    for command in (["show", loop], ["restore", loop, "-o", demo.with_name("r.carnet")]):
        refused(run(*command), "lien qui tourne en rond")
    refused(run("backup", demo, "-o", loop), "existe déjà")


def test_a_folder_removed_under_the_command(
    run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = demo.with_name("parti")
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for command in (["show", "a.carnet"], ["backup", demo, "-o", "b.carnet"]):
        refused(run(*command), "n’existe plus", "chemins complets")
    assert run("backup", demo, "-o", demo.with_name("copie.carnet")).status == 0
