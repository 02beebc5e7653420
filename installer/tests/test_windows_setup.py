"""The per-user package under Wine: installed without a word, used, upgraded, removed."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from installer.common import run, tree_hash, version
from installer.tests.windows_fixtures import MARKER, PREVIOUS
from installer.tests.windows_machine import Machine, listed
from installer.windows.nsis import LIST, UNINSTALL_KEY, UNINSTALLER
from installer.windows.places import COMMAND, PAYLOAD, PROGID, PYTHON, WINDOW

KEY = f"HKEY_CURRENT_USER\\{UNINSTALL_KEY}"
CLASSES = r"HKEY_CURRENT_USER\Software\Classes"
NOTEBOOK = "visites de l’été.carnet"
OURS = (UNINSTALLER, LIST.replace("\\", "/"))
STAGING = "~installation"
ASIDE = "~precedente"
HOLD = """
import os, sys, time
with open(sys.argv[1], "rb"):
    open(sys.argv[2], "x").close()
    while os.path.exists(sys.argv[2]):
        time.sleep(0.1)
"""


def in_order(folder: Path) -> list[Path]:
    """The files an installation put into ``folder``, in the order in which it moves them."""
    lines = (folder / OURS[-1]).read_text(encoding="ascii").splitlines()
    return [Path(line.replace("\\", "/")) for line in lines if not line.endswith("\\")]


@contextmanager
def held(windows: Machine, path: Path) -> Iterator[None]:
    """While a program keeps a file open, and lets nobody move it."""
    flag = windows.drive / "held"
    program = windows.leave_running(PYTHON / "python.exe", "-I", "-c", HOLD, path, flag)
    windows.until(flag.exists)
    yield
    flag.unlink()
    program.wait(30)


def demo(windows: Machine, folder: Path, target: Path) -> bytes:
    """Puts a real notebook somewhere; gives what it holds."""
    windows.command(folder, "demo", target)
    return target.read_bytes()


def test_installs_runs_and_leaves_nothing(windows: Machine, setup: Path) -> None:
    files, registry = windows.files(), windows.registry()

    assert windows.setup(setup) == 0

    folder = windows.per_user
    assert listed(folder) - listed(PAYLOAD) == set(OURS)
    assert listed(PAYLOAD) <= listed(folder)
    menu = windows.user / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"
    assert (menu / "Carnet d’impact.lnk").exists()
    assert not (windows.user / "Desktop" / "Carnet d’impact.lnk").exists()
    assert windows.value(KEY, "DisplayVersion") == f'"{version()}"'
    assert "/S" in (windows.value(KEY, "QuietUninstallString") or "")
    assert windows.value(f"{CLASSES}\\.carnet", "@") == f'"{PROGID}"'
    assert WINDOW in (windows.value(rf"{CLASSES}\{PROGID}\shell\open\command", "@") or "")
    icon = (windows.value(rf"{CLASSES}\{PROGID}\DefaultIcon", "@") or "").strip('"')
    assert (windows.drive / icon.replace("\\\\", "/").removeprefix("C:/")).exists()
    verdict = windows.self_test(folder)
    assert verdict["ok"] is True
    assert verdict["frozen"] is True
    assert verdict["version"] == version()
    (windows.drive / "verdict.json").unlink()

    windows.uninstall(folder)

    kept = {name for name in windows.files() - files if "AppData/Local/carnet-impact" not in name}
    assert kept <= {str((windows.local / "Programs").relative_to(windows.drive))}
    assert windows.registry() - registry == set()


def test_the_command_line_speaks_utf8_through_a_pipe(windows: Machine, setup: Path) -> None:
    assert windows.setup(setup) == 0
    done = windows.run(windows.per_user / COMMAND, "--help")
    assert "synthèses des expérimentations" in " ".join(done.stdout.decode("utf-8").split())
    assert windows.self_test(windows.per_user)["ok"] is True


def test_replaces_the_version_before_and_keeps_notebooks(
    windows: Machine, setup: Path, older_setup: Path
) -> None:
    assert windows.setup(older_setup, "/DESKTOP=1") == 0
    folder = windows.per_user
    assert windows.value(KEY, "DisplayVersion") == f'"{PREVIOUS}"'
    assert (folder / MARKER).exists()
    shortcut = windows.user / "Desktop" / "Carnet d’impact.lnk"
    assert shortcut.exists()
    places = [windows.user / "Documents" / NOTEBOOK, folder / NOTEBOOK]
    held = demo(windows, folder, places[0])
    places += [folder / "_internal" / NOTEBOOK]
    for place in places[1:]:
        shutil.copy(places[0], place)

    assert windows.setup(setup) == 0

    assert not (folder / MARKER).exists()
    assert not (folder / MARKER).parent.exists()
    assert windows.value(KEY, "DisplayVersion") == f'"{version()}"'
    assert shortcut.exists()
    assert [place.read_bytes() for place in places] == [held] * 3
    assert listed(PAYLOAD) <= listed(folder)
    assert windows.self_test(folder)["ok"] is True

    windows.uninstall(folder)
    assert [place.read_bytes() for place in places] == [held] * 3
    assert listed(folder) == {NOTEBOOK, f"_internal/{NOTEBOOK}"}
    assert not shortcut.exists()


def test_a_file_that_is_held_leaves_the_version_before(
    windows: Machine, setup: Path, older_setup: Path
) -> None:
    assert windows.setup(older_setup) == 0
    folder = windows.per_user
    files, whole = listed(folder), tree_hash(folder)
    font = next(path for path in reversed(in_order(folder)) if path.suffix == ".ttf")

    with held(windows, folder / font):
        assert windows.setup(setup) == 13

    assert listed(folder) == files
    assert (folder / MARKER).exists()
    assert tree_hash(folder) == whole
    assert windows.self_test(folder)["ok"] is True
    assert windows.value(KEY, "DisplayVersion") == f'"{PREVIOUS}"'

    assert windows.setup(setup) == 0
    assert listed(folder) == listed(PAYLOAD) | set(OURS)
    assert not list(folder.glob("~*"))
    assert windows.self_test(folder)["ok"] is True


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_swap_killed_while_the_old_files_move_out_is_mended(
    windows: Machine, setup: Path, older_setup: Path, *, elsewhere: bool
) -> None:
    assert windows.setup(older_setup) == 0
    folder = windows.per_user
    order = in_order(folder)
    place = next(place for place, path in enumerate(order) if path.suffix == ".ttf")
    with held(windows, folder / order[place]):
        windows.leave_running(setup, "/S")
        windows.until((folder / ASIDE / order[place - 1]).exists)
        windows.stop()
    assert (folder / order[place]).exists()
    assert not (folder / order[0]).exists()

    target = windows.user / "Ailleurs" if elsewhere else folder
    options = (f"/D={windows.windows(target)}",) if elsewhere else ()
    assert windows.setup(setup, *options) == 0

    assert listed(target) == listed(PAYLOAD) | set(OURS)
    assert not list(target.glob("~*"))
    assert elsewhere != folder.exists()
    assert windows.self_test(target)["ok"] is True
    for leftover in (ASIDE, STAGING):
        shutil.copytree(target / "_internal" / "resources", target / leftover / "_internal")
    windows.uninstall(target)
    assert not target.exists()


def test_a_swap_killed_while_the_new_files_move_in_is_mended(
    windows: Machine, setup: Path, older_setup: Path
) -> None:
    assert windows.setup(older_setup) == 0
    folder = windows.per_user
    order = in_order(folder)
    (folder / UNINSTALLER).unlink()
    (folder / UNINSTALLER).mkdir()  # no place for the new one
    notebook = folder / UNINSTALLER / NOTEBOOK
    demo(windows, folder, notebook)
    whole = tree_hash(folder)
    last = order[order.index(Path(UNINSTALLER)) - 1]
    windows.leave_running(setup, "/S")
    windows.until(lambda: (folder / ASIDE / last).exists() and (folder / last).exists())
    windows.stop()
    assert not (folder / MARKER).exists()

    with held(windows, folder / ASIDE / order[len(order) // 2]):
        assert windows.setup(setup) == 13, "undone with a file missing"
    assert (folder / ASIDE / MARKER).exists()
    assert windows.setup(setup) == 13

    assert tree_hash(folder) == whole
    assert not list(folder.glob("~*"))
    assert windows.self_test(folder)["ok"] is True

    notebook.rename(folder / "_internal" / NOTEBOOK)
    notebook.parent.rmdir()
    assert windows.setup(setup) == 0
    assert listed(folder) == listed(PAYLOAD) | {*OURS, f"_internal/{NOTEBOOK}"}
    assert not list(folder.glob("~*"))
    assert windows.self_test(folder)["ok"] is True
    windows.uninstall(folder)
    assert listed(folder) == {f"_internal/{NOTEBOOK}"}


def test_an_older_version_is_refused_unless_forced(
    windows: Machine, setup: Path, older_setup: Path
) -> None:
    assert windows.setup(setup) == 0
    assert windows.setup(older_setup) == 11
    assert windows.value(KEY, "DisplayVersion") == f'"{version()}"'
    assert not (windows.per_user / MARKER).exists()
    assert windows.setup(older_setup, "/FORCE") == 0
    assert windows.value(KEY, "DisplayVersion") == f'"{PREVIOUS}"'
    assert windows.self_test(windows.per_user)["ok"] is True


def test_nothing_is_replaced_or_removed_while_the_window_is_open(
    windows: Machine, setup: Path
) -> None:
    assert windows.setup(setup) == 0
    windows.open_window(windows.per_user)
    before = listed(windows.per_user)
    assert windows.setup(setup) == 10
    folder = str(windows.windows(windows.per_user))
    assert windows.raw(windows.per_user / "uninstall.exe", f"/S _?={folder}") == 10
    assert listed(windows.per_user) == before
    windows.stop()
    assert windows.setup(setup) == 0
    assert windows.self_test(windows.per_user)["ok"] is True


def test_nothing_is_replaced_while_a_command_runs(windows: Machine, setup: Path) -> None:
    assert windows.setup(setup) == 0
    target = windows.drive / "verdict.json"
    command = windows.leave_running(windows.per_user / COMMAND, "--self-test", target)
    assert windows.setup(setup) == 10
    assert command.wait(120) == 0
    assert windows.self_test(windows.per_user)["ok"] is True


def test_a_path_with_accents_spaces_and_an_apostrophe(windows: Machine, setup: Path) -> None:
    folder = windows.user / "Été à l'essai" / "Carnet d’impact"
    assert windows.raw(setup, f"/S /D={windows.windows(folder)}") == 0
    assert not windows.per_user.exists()
    assert windows.self_test(folder)["ok"] is True

    elsewhere = windows.user / "Ailleurs"
    assert windows.setup(setup, f"/D={windows.windows(elsewhere)}") == 0
    assert not folder.exists(), "the version before stays where nothing knows of it any more"
    assert windows.self_test(elsewhere)["ok"] is True
    windows.uninstall(elsewhere)
    assert not elsewhere.exists()


def test_an_association_taken_by_another_program_is_left_to_it(
    windows: Machine, setup: Path
) -> None:
    assert windows.setup(setup) == 0
    windows.check("reg", "add", r"HKCU\Software\Classes\.carnet", "/ve", "/d", "Other.File", "/f")
    assert windows.self_test(windows.per_user)["ok"] is True
    windows.uninstall(windows.per_user)
    assert windows.value(f"{CLASSES}\\.carnet", "@") == '"Other.File"'
    assert windows.value(rf"{CLASSES}\{PROGID}\shell\open\command", "@") is None


def test_an_installation_for_everyone_is_told_apart(windows: Machine, setup: Path) -> None:
    key = r"HKLM\SOFTWARE\Carnet d'impact"
    windows.check("reg", "add", key, "/v", "Version", "/d", "0.1.0", "/f")
    assert windows.setup(setup) == 14
    assert not windows.per_user.exists()
    assert windows.setup(setup, "/FORCE") == 0
    assert windows.self_test(windows.per_user)["ok"] is True


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
class TestFullDisk:
    """A disk of its own, as drive E:."""

    @pytest.fixture
    def disk(self, windows: Machine, tmp_path: Path) -> Iterator[Path]:
        folder = tmp_path / "disk"
        folder.mkdir()
        run(["mount", "-t", "tmpfs", "-o", "size=150m", "tmpfs", folder])
        (windows.prefix / "dosdevices" / "e:").symlink_to(folder)
        yield folder
        windows.stop()
        run(["umount", folder])

    def test_too_little_room_is_seen_before_anything_is_written(
        self, windows: Machine, setup: Path, disk: Path
    ) -> None:
        (disk / "big").write_bytes(bytes(100 * 2**20))
        assert windows.setup(setup, r"/D=E:\Carnet") == 12
        assert list(disk.iterdir()) == [disk / "big"]
        assert windows.value(KEY, "DisplayVersion") is None

    def test_a_copy_that_fails_half_way_leaves_the_version_before(
        self, windows: Machine, setup: Path, unchecked_setup: Path, disk: Path
    ) -> None:
        folder = disk / "Carnet"
        assert windows.setup(setup, r"/D=E:\Carnet") == 0
        before = listed(folder)
        assert windows.setup(unchecked_setup) == 13
        assert listed(folder) == before
        assert windows.self_test(folder)["ok"] is True
