"""A Windows of its own for one test: a copy of a fresh Wine prefix, and ways to look at it."""

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.system.running import MUTEXES
from installer.common import BuildError, files_of
from installer.windows.places import COMMAND, FOLDER, PYTHON, WINDOW
from installer.windows.wine import Argument, Wine

NSIS_LEFT = re.compile(r"/Temp/~nsu[^/]*\.tmp(/|$)")
NOISE = (
    "NetworkCards",
    "Software\\Wine\\",
    "CurrentVersion\\Explorer",
    "\\Print\\",
    "\\Control\\Class",
    "Session Manager",
)
HIVES = {"user.reg": "HKEY_CURRENT_USER", "system.reg": "HKEY_LOCAL_MACHINE"}
KNOWN = rf"HKEY_LOCAL_MACHINE\Software\{FOLDER}"
MSI_FAILED = 1603 % 256
MSI_IN_USE = 1627 % 256  # Wine's own; Windows says 1603 here too
_LOOK = """
import ctypes, sys
sys.exit(0 if ctypes.windll.kernel32.OpenMutexW(0x100000, 0, sys.argv[1]) else 3)
"""


@dataclass(frozen=True)
class Machine(Wine):
    """``per_user`` and ``per_machine`` are where the two packages install by default."""

    started: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def user(self) -> Path:
        return next(path for path in (self.drive / "users").iterdir() if path.name != "Public")

    @property
    def local(self) -> Path:
        return self.user / "AppData" / "Local"

    @property
    def per_user(self) -> Path:
        return self.local / "Programs" / FOLDER

    @property
    def per_machine(self) -> Path:
        return self.drive / "Program Files" / FOLDER

    def setup(self, package: Path, *options: str) -> int:
        """Runs a setup.exe silently; gives its exit status."""
        return self.run(package, "/S", *options, timeout=120).returncode

    def raw(self, program: Path, rest: str) -> int:
        """Runs a program with the end of its command line as it is: NSIS takes no quotes there."""
        line = f'"{self.windows(program)}" {rest}'
        call = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1]))"
        return self.run(PYTHON / "python.exe", "-I", "-c", call, line).returncode

    def msiexec(self, verb: str, package: Path, *properties: str) -> int:
        """Runs Windows Installer silently; its exit status comes back modulo 256."""
        return self.run("msiexec", verb, package, "/qn", *properties, timeout=180).returncode

    def log(self, name: str) -> str:
        """What Windows Installer wrote into a file of C:, as Wine does."""
        return (self.drive / name).read_text(encoding="cp1252")

    def uninstall(self, folder: Path) -> None:
        """Runs the uninstaller as Windows does, and waits for its child, which does the work."""
        assert self.run(folder / "uninstall.exe", "/S").returncode == 0
        self.until(lambda: not (folder / "uninstall.exe").exists())
        self.settle()

    def self_test(self, folder: Path) -> dict[str, Any]:
        """The verdict of the installed program."""
        verdict = self.drive / "verdict.json"
        done = self.run(folder / COMMAND, "--self-test", verdict, timeout=180)
        found = json.loads(verdict.read_text(encoding="utf-8"))
        assert isinstance(found, dict)
        assert done.returncode == 0, [step for step in found["steps"] if not step["ok"]]
        return found

    def command(self, folder: Path, *arguments: str | Path) -> str:
        return self.check(folder / COMMAND, *arguments)

    def leave_running(
        self, program: Argument, *arguments: Argument, env: Mapping[str, str] | None = None
    ) -> "subprocess.Popen[bytes]":
        """Starts a program that ends by itself or with the machine."""
        process = self.start(program, *arguments, env=env)
        self.started.append(process)
        return process

    def open_window(self, folder: Path) -> None:
        """Starts the window and waits until the program says it runs."""
        self.leave_running(folder / WINDOW)
        self.until(self.runs)

    def runs(self) -> bool:
        """Whether the program holds its name, as the installer sees it."""
        try:
            look = self.run(PYTHON / "python.exe", "-I", "-c", _LOOK, MUTEXES[0], timeout=10)
        except BuildError:  # two programs that start at once under Wine may wait for each other
            return False
        return look.returncode == 0

    @staticmethod
    def until(condition: Callable[[], bool], seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "what was waited for did not happen"
            time.sleep(0.2)

    def files(self) -> set[str]:
        """Every file and folder but Windows' own and what NSIS leaves until the next start."""
        names = (path.relative_to(self.drive).as_posix() for path in self.drive.rglob("*"))
        return {name for name in names if not name.startswith("windows/") and not left(name)}

    def registry(self) -> set[tuple[str, str]]:
        """Every value: (key, line). A key without a value does not count. Ends what runs."""
        self.stop()
        found = set()
        for file, root in HIVES.items():
            text = (self.prefix / file).read_text(encoding="utf-8").replace("\\\n", "")
            key = ""
            for line in text.splitlines():
                if line.startswith("["):
                    name = line[1 : line.rindex("]")].replace("\\\\", "\\")
                    key = f"{root}\\{name}"
                elif line[:1] in {'"', "@"} and not any(part in f"{key}\\" for part in NOISE):
                    found.add((key, line))
        return found

    def value(self, key: str, name: str) -> str | None:
        """One value's line, e.g. ``"x"`` or ``dword:00000007``; ``@`` names the default one."""
        start = f"{name}=" if name == "@" else f'"{name}"='
        wanted = key.casefold()
        known = self.registry()
        lines = [line for key, line in known if key.casefold() == wanted and line.startswith(start)]
        return lines[0].removeprefix(start) if lines else None


def left(name: str) -> bool:
    """Whether NSIS left this: a program cannot remove its own file; Windows does at its start."""
    return NSIS_LEFT.search(f"/{name}") is not None


def copy(prefix: Path, folder: Path) -> Machine:
    """A machine under ``folder``, as fresh as ``prefix``."""
    copy_tree(prefix, folder / "prefix")
    return Machine(folder / "prefix")


def listed(folder: Path) -> set[str]:
    """The files under a folder, as the packages name them."""
    return {path.relative_to(folder).as_posix() for path in files_of(folder)}


def copy_tree(source: Path, target: Path) -> None:
    """Copies a folder as it is, without taking room where the disk knows how."""
    subprocess.run(["cp", "-a", "--reflink=auto", source, target], check=True)  # noqa: S607


def discard(machine: Machine) -> None:
    try:
        machine.stop()
        for process in machine.started:
            process.communicate(timeout=30)
    finally:
        shutil.rmtree(machine.prefix, ignore_errors=True)
