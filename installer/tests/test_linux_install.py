"""The Debian package where nothing but Debian is: installed, run, opened, upgraded, removed."""

from pathlib import Path

import pytest

from installer.common import PROGRAM, version
from installer.linux.dependencies import LIBRARIES, OPTIONAL
from installer.tests.linux_fixtures import MARKER, PREVIOUS
from installer.tests.linux_program import (
    NOTEBOOK,
    close,
    make_notebook,
    put,
    self_test,
    state,
    wait_for_window,
)
from installer.tests.linux_root import HOME, SHARED, USER, Root

MIME = "application/x-carnet-impact"
LINKED = f"""
export LD_LIBRARY_PATH=/usr/lib/{PROGRAM}/_internal
find /usr/lib/{PROGRAM} -type f \\( -name '*.so*' -o -name {PROGRAM} \\) | while read -r file; do
    case ${{file##*/}} in {"|".join(OPTIONAL)}) continue ;; esac
    echo "read $file"
    ldd "$file" | grep 'not found' || true
done
"""


def test_a_bare_system_gets_all_that_the_program_needs(installed: Root) -> None:
    assert state(installed) == f"install ok installed {version()}"
    assert installed.run(["dpkg", "--verify", PROGRAM]).stdout == ""
    assert installed.run([PROGRAM, "--version"], user=USER).stdout == f"{PROGRAM} {version()}\n"
    lines = installed.run(["sh", "-c", LINKED]).stdout.splitlines()
    assert len(lines) > 50
    assert [line for line in lines if not line.startswith("read ")] == []


def test_each_library_comes_from_the_package_said_to_bring_it(installed: Root) -> None:
    files = installed.run(["dpkg", "-L", *LIBRARIES]).stdout.splitlines()
    brought = {line.rpartition("/")[2] for line in files}
    assert {name for names in LIBRARIES.values() for name in names} <= brought


@pytest.mark.parametrize("platform", ["offscreen", "xcb"])
def test_the_bare_system_runs_the_program(installed: Root, display: str, platform: str) -> None:
    found = self_test(installed, {"QT_QPA_PLATFORM": platform, "DISPLAY": display})
    assert platform in str(found)


def test_a_notebook_is_known_by_its_name_and_by_what_it_holds(machine: Root) -> None:
    make_notebook(machine)
    asked = ["xdg-mime", "query", "filetype", NOTEBOOK]
    gnome = {"XDG_CURRENT_DESKTOP": "GNOME"}
    assert machine.run(asked, environment=gnome).stdout.strip() == MIME
    machine.run(["cp", NOTEBOOK, f"{SHARED}/sans-nom"])
    assert MIME in _kind(machine, f"{SHARED}/sans-nom")
    machine.file(f"{SHARED}/other").write_bytes(b"SQLite format 3\0" + bytes(200))
    assert MIME not in _kind(machine, f"{SHARED}/other")
    default = machine.run(["xdg-mime", "query", "default", MIME]).stdout.strip()
    assert default == f"{PROGRAM}.desktop"


def _kind(machine: Root, path: str) -> str:
    return machine.run(["gio", "info", "-a", "standard::content-type", path]).stdout


def test_a_double_click_opens_the_notebook(machine: Root, display: str) -> None:
    make_notebook(machine)
    desktop = {"DISPLAY": display, "XDG_CURRENT_DESKTOP": "GNOME"}
    machine.start(["xdg-open", NOTEBOOK], environment=desktop)
    process = wait_for_window(machine, display)
    words = Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8").split("\0")
    assert NOTEBOOK in words
    close(machine)
    self_test(machine)


def test_the_manual_opens_in_french_and_in_english(machine: Root) -> None:
    # Minimal systems leave manuals out; the pages are in the package all the same.
    pages = f"/usr/share/man/fr/man1/{PROGRAM}.1.gz", f"/usr/share/man/man1/{PROGRAM}.1.gz"
    for page, words in zip(pages, ("CODE DE RETOUR", "EXIT STATUS"), strict=True):
        told = machine.run(["man", "--encoding=UTF-8", "-l", page])
        assert words in _without_overstrikes(told.stdout)


def _without_overstrikes(text: str) -> str:
    parts = text.split("\b")
    return "".join(part[:-1] for part in parts[:-1]) + parts[-1]


def test_an_upgrade_keeps_what_the_person_has(older_machine: Root, linux_package: Path) -> None:
    root = older_machine
    assert state(root) == f"install ok installed {PREVIOUS}"
    assert root.file(MARKER).exists()
    notebook = make_notebook(root)
    settings = root.file(f"{HOME}/.config/{PROGRAM}/settings.json")
    root.run(["mkdir", "-p", f"{HOME}/.config/{PROGRAM}"], user=USER)
    settings.write_text('{"agent": "Zoé Éluard"}', encoding="utf-8")
    told = put(root, linux_package)
    assert state(root) == f"install ok installed {version()}", told
    assert not root.file(MARKER).exists()
    assert root.run(["dpkg", "--verify", PROGRAM]).stdout == ""
    assert root.file(NOTEBOOK).read_bytes() == notebook
    assert settings.read_text(encoding="utf-8") == '{"agent": "Zoé Éluard"}'
    root.run([PROGRAM, "check", NOTEBOOK], user=USER)
    self_test(root)


def test_removal_leaves_nothing_but_what_is_the_persons(machine: Root, linux_package: Path) -> None:
    policy = machine.file(f"/etc/xdg/{PROGRAM}/policy.toml")
    policy.parent.mkdir(parents=True)
    policy.write_text('organisation = "Département"\n', encoding="utf-8")
    notebook = make_notebook(machine)
    self_test(machine)
    machine.run(["dpkg", "--purge", PROGRAM])
    without = _system_files(machine)
    put(machine, linux_package, check=True)
    assert _system_files(machine) != without
    machine.run(["dpkg", "--remove", PROGRAM])
    assert _system_files(machine) == without
    named = [name for name in without if "carnet" in name.lower()]
    assert named == [f"/etc/xdg/{PROGRAM}", f"/etc/xdg/{PROGRAM}/policy.toml"]
    caches = ["/usr/share/applications", "/usr/share/mime", "/var/lib/dpkg/status"]
    assert machine.run(["grep", "-rl", PROGRAM, *caches], check=False).stdout == ""
    assert machine.file(NOTEBOOK).read_bytes() == notebook


def _system_files(machine: Root) -> list[str]:
    """All that is on the disk but people's files, and what the system notes for itself."""
    folders = "proc|dev|home|tmp|root|srv|var/(cache|log|lib/dpkg|lib/apt)"
    tests = ["-regextype", "posix-extended", "-regex", f"/({folders})", "-prune", "-o"]
    return sorted(machine.run(["find", "/", *tests, "-print"]).stdout.splitlines())
