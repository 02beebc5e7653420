"""What goes wrong on a PC: nothing is lost, and the person or the administrator is told."""

from pathlib import Path

import pytest

from installer.common import PROGRAM, version
from installer.tests.linux_fixtures import PREVIOUS
from installer.tests.linux_program import (
    NOTEBOOK,
    close,
    make_notebook,
    open_window,
    put,
    self_test,
    state,
)
from installer.tests.linux_root import HOME, SHARED, USER, Root, enlarge, read_only, small_disk

INSTALLED = f"/usr/lib/{PROGRAM}"
SHARED_NOTEBOOK = f"{SHARED}/Élèves/partagé.carnet"


def test_an_older_version_does_not_go_over_a_newer(machine: Root, previous_package: Path) -> None:
    notebook = make_notebook(machine)
    told = put(machine, previous_package)
    assert f"la version {version()}, plus récente que {PREVIOUS}, est installée" in told
    assert state(machine) == f"install ok installed {version()}"
    assert machine.run(["dpkg", "--verify", PROGRAM]).stdout == ""
    self_test(machine)
    machine.run(["dpkg", "--remove", PROGRAM])
    put(machine, previous_package, check=True)
    assert state(machine) == f"install ok installed {PREVIOUS}"
    assert machine.file(NOTEBOOK).read_bytes() == notebook
    self_test(machine)


def test_nothing_is_replaced_nor_removed_under_an_open_window(
    older_machine: Root, linux_package: Path, display: str
) -> None:
    root = older_machine
    make_notebook(root)
    process = open_window(root, display, NOTEBOOK)
    told = put(root, linux_package)
    assert f"Carnet d’impact est ouvert (processus {process})" in told
    assert state(root) == f"install ok installed {PREVIOUS}"
    told = root.run(["dpkg", "--remove", PROGRAM], check=False).stdout
    assert "Fermez-le, puis recommencez." in told
    assert state(root).endswith(f"ok installed {PREVIOUS}")
    assert root.run(["dpkg", "--verify", PROGRAM]).stdout == ""
    assert root.run(["dpkg", "--audit"]).stdout == ""
    close(root)
    self_test(root)
    put(root, linux_package, check=True)
    assert state(root) == f"install ok installed {version()}"
    self_test(root)


def test_a_full_disk_keeps_the_old_version(older_machine: Root, linux_package: Path) -> None:
    root = older_machine
    notebook = make_notebook(root)
    with small_disk(root, INSTALLED, "180m") as disk:
        told = put(root, linux_package)
        assert "No space left on device" in told
        assert state(root) == f"install ok installed {PREVIOUS}", told
        assert root.run(["dpkg", "--verify", PROGRAM]).stdout == ""
        assert root.run(["dpkg", "--audit"]).stdout == ""
        self_test(root)
        enlarge(disk)
        put(root, linux_package, check=True)
        assert state(root) == f"install ok installed {version()}"
        assert root.file(NOTEBOOK).read_bytes() == notebook
        self_test(root)


def test_a_full_disk_at_the_first_install_is_mended_by_installing_again(
    machine: Root, linux_package: Path
) -> None:
    notebook = make_notebook(machine)
    machine.run(["dpkg", "--purge", PROGRAM])
    with small_disk(machine, INSTALLED, "60m") as disk:
        assert "No space left on device" in put(machine, linux_package)
        assert [path.name for path in disk.rglob("*") if path.is_file()] == []
        enlarge(disk)
        put(machine, linux_package, check=True)
        assert state(machine) == f"install ok installed {version()}"
        assert machine.file(NOTEBOOK).read_bytes() == notebook
        self_test(machine)


def test_a_person_without_rights_on_their_home_works_all_the_same(machine: Root) -> None:
    make_notebook(machine, SHARED_NOTEBOOK)
    machine.run(["chown", "root:root", HOME])
    machine.run(["chmod", "555", HOME])
    shown = machine.run([PROGRAM, "show", SHARED_NOTEBOOK], user=USER)
    assert "6 expérimentations" in shown.stdout
    self_test(machine, folder=SHARED)


def test_a_notebook_on_a_read_only_share_is_read_and_not_touched(machine: Root) -> None:
    notebook = make_notebook(machine)
    folder, _, name = NOTEBOOK.rpartition("/")
    inside = f"/mnt/{name}"
    with read_only(machine, folder, "/mnt"):
        machine.run([PROGRAM, "show", inside], user=USER)
        machine.run([PROGRAM, "check", inside], user=USER)
        export = [PROGRAM, "export", "excel", inside, "-o"]
        machine.run([*export, f"{HOME}/synthèse.xlsx"], user=USER)
        told = machine.run([*export, "/mnt/synthèse.xlsx"], user=USER, check=False)
        assert told.returncode == 1
        assert len(told.stdout.splitlines()) == 1, told.stdout
    assert machine.file(NOTEBOOK).read_bytes() == notebook
    self_test(machine)


@pytest.mark.parametrize(
    ("package", "named"), [("libxcb-cursor0", "libxcb-cursor"), ("libegl1", "libEGL")]
)
def test_a_missing_library_is_said_in_a_sentence(
    machine: Root, display: str, package: str, named: str
) -> None:
    machine.run(["dpkg", "--force-depends", "--remove", package])
    told = machine.run(
        [PROGRAM], user=USER, environment={"DISPLAY": display}, check=False, timeout=30
    )
    assert told.returncode == 1, told.stdout
    assert named in told.stdout
    assert "Traceback" not in told.stdout
    assert len(told.stdout.strip().splitlines()) == 1, told.stdout
