"""What the Windows packages refuse: a program that runs, and a Windows that is too old."""

from pathlib import Path

from desktop_app.system.running import MUTEXES
from installer.common import tree_hash
from installer.tests.windows_fixtures import NEXT
from installer.tests.windows_machine import KNOWN, MSI_FAILED, MSI_IN_USE, Machine
from installer.windows import in_use, wxs
from installer.windows.places import OLDEST_BUILD, PYTHON

OLD_WINDOWS = 15
WITH_MUTEX = """
import ctypes, subprocess, sys
ctypes.windll.kernel32.CreateMutexW(None, False, sys.argv[1])
sys.exit(subprocess.call(sys.argv[2:]))
"""


def test_the_msi_changes_nothing_while_the_window_is_open(
    windows: Machine, package: Path, next_package: Path
) -> None:
    assert windows.msiexec("/i", package, "MASK_BELOW=7") == 0
    folder = windows.per_machine
    files, registry = tree_hash(folder), windows.registry()
    windows.open_window(folder)

    repair = ("REINSTALL=ALL", "WATCH=40")
    for verb, asked, given in (
        ("/i", package, repair),
        ("/i", next_package, ()),
        ("/x", package, ()),
    ):
        assert windows.msiexec(verb, asked, *given, "/l*v", r"C:\msi.log") == MSI_IN_USE
        assert in_use.STEP in windows.log("msi.log")
    assert windows.runs()

    assert tree_hash(folder) == files
    assert windows.registry() == registry
    assert windows.self_test(folder)["ok"] is True
    assert windows.msiexec("/x", package) == 0
    assert not folder.exists()


def test_the_msi_goes_ahead_when_forced(
    windows: Machine, package: Path, next_package: Path
) -> None:
    assert windows.msiexec("/i", package) == 0
    windows.open_window(windows.per_machine)
    assert windows.msiexec("/i", next_package, "FORCE=0") == MSI_IN_USE
    assert windows.msiexec("/i", next_package, "FORCE=1") == 0
    assert windows.value(KNOWN, "Version") == f'"{NEXT}"'
    windows.stop()
    assert windows.self_test(windows.per_machine)["ok"] is True


def test_the_msi_sees_the_program_of_another_session(windows: Machine, package: Path) -> None:
    call = ("msiexec", "/i", package, "/qn")
    done = windows.run(PYTHON / "python.exe", "-I", "-c", WITH_MUTEX, MUTEXES[1], *call)
    assert done.returncode == MSI_IN_USE
    assert not windows.per_machine.exists()


def test_a_windows_that_is_too_old_is_refused(
    windows: Machine, package: Path, older_setup: Path
) -> None:
    be(windows, OLDEST_BUILD - 1)
    assert windows.setup(older_setup) == OLD_WINDOWS
    assert windows.msiexec("/i", package) == MSI_FAILED
    assert not windows.per_user.exists()
    assert not windows.per_machine.exists()

    be(windows, OLDEST_BUILD)
    assert windows.setup(older_setup) == 0
    assert windows.self_test(windows.per_user)["ok"] is True
    assert windows.msiexec("/i", package) == 0
    assert windows.self_test(windows.per_machine)["ok"] is True


def be(windows: Machine, build: int) -> None:
    """Makes this Windows another one, of which Wine says what it finds there."""
    for name in ("CurrentBuild", "CurrentBuildNumber"):
        key = f"HKLM\\{wxs.WINDOWS_KEY}"
        windows.check("reg", "add", key, "/v", name, "/t", "REG_SZ", "/d", str(build), "/f")
