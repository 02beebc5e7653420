"""The installed program, as a person and the tests of packages see it."""

import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from installer.common import PROGRAM
from installer.tests.linux_root import HOME, PROGRAM_FILE, SHARED, USER, Root

NOTEBOOK = f"{HOME}/Élèves & carnets/été 2026 – visites.carnet"
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def self_test(
    root: Root, environment: Mapping[str, str] = OFFSCREEN, folder: str = HOME
) -> dict[str, Any]:
    """Runs ``--self-test`` as a person, who owns the verdict; fails with what it says."""
    verdict = f"{folder}/verdict.json"
    words = [PROGRAM, "--self-test", verdict]
    told = root.run(words, user=USER, environment=environment, check=False)
    assert root.file(verdict).exists(), told.stdout
    found: dict[str, Any] = json.loads(root.file(verdict).read_text(encoding="utf-8"))
    assert found["ok"], told.stdout + json.dumps(found, ensure_ascii=False, indent=1)
    assert found["frozen"]
    assert told.returncode == 0, told.stdout
    root.file(verdict).unlink()
    return found


def put(root: Root, package: Path, *, check: bool = False) -> str:
    """``dpkg --install``; gives what it says."""
    inside = f"{SHARED}/{package.name}"
    shutil.copyfile(package, root.file(inside))
    told = root.run(["dpkg", "--install", inside], check=check).stdout
    root.file(inside).unlink()
    return told


def make_notebook(root: Root, path: str = NOTEBOOK) -> bytes:
    """A demonstration notebook of the person's; gives what it holds."""
    root.run(["mkdir", "-p", path.rpartition("/")[0]], user=USER)
    root.run([PROGRAM, "demo", path], user=USER)
    return root.file(path).read_bytes()


def state(root: Root) -> str:
    """What dpkg holds the package to be."""
    words = ["dpkg-query", "-W", "-f", "${Status} ${Version}", PROGRAM]
    return root.run(words, check=False).stdout.strip()


def open_window(root: Root, display: str, *arguments: str) -> int:
    """Starts the program as a person, waits until its window is shown; gives its process."""
    root.start([PROGRAM, *arguments], environment={"DISPLAY": display})
    return wait_for_window(root, display)


def wait_for_window(root: Root, display: str) -> int:
    wait_until(lambda: bool(processes(root)), "the program to start")
    words = ["xwininfo", "-root", "-tree"]

    def shown() -> bool:
        tree = root.run(words, environment={"DISPLAY": display}, check=False).stdout
        return f'("{PROGRAM}"' in tree

    wait_until(shown, "its window")
    return processes(root)[0]


def close(root: Root) -> None:
    """Ends the program as a closing session does, and waits for it to be gone."""
    for process in processes(root):
        os.kill(process, signal.SIGTERM)
    wait_until(lambda: not processes(root), "the program to end")


def processes(root: Root) -> list[int]:
    """Those that run the program installed in this root, and no other."""
    program = root.file(PROGRAM_FILE)
    found: list[int] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "exe").samefile(program):
                found.append(int(folder.name))
        except OSError:  # ended meanwhile, or the kernel's own
            continue
    return found


def wait_until(holds: Callable[[], bool], what: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"waited {seconds:.0f} s for {what}"
        time.sleep(0.1)
