"""Windows programs run here by Wine, each call with an end.

What was learnt: standard output must be a pipe and standard input empty, or some programs wait for
ever; Wine hides QT_* variables and gives WINEQT_* in their place; the menu builder would write
desktop entries into the home of whoever builds; a message box that nobody sees waits for ever.
"""

import os
import select
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

from installer.common import BuildError, run

Argument = str | Path | PureWindowsPath
_LOOK_EVERY = 0.05


@dataclass(frozen=True)
class Wine:
    """One Windows of its own under ``prefix``; ``more`` is added to the environment."""

    prefix: Path
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        shown = ("DISPLAY", "WAYLAND_DISPLAY")  # nothing comes up on the builder's own screen
        return {
            **{name: value for name, value in os.environ.items() if name not in shown},
            "HOME": str(self.prefix.parent),
            "LC_ALL": "C.UTF-8",
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d",
            "WINEPREFIX": str(self.prefix),
            "WINEQT_QPA_PLATFORM": "offscreen",
            **self.more,
        }

    @property
    def drive(self) -> Path:
        return self.prefix / "drive_c"

    def create(self) -> None:
        """Makes the prefix once: a 64-bit Windows 10, and its build number in the registry."""
        if (self.prefix / "made").exists():
            return
        shutil.rmtree(self.prefix, ignore_errors=True)  # what a killed run began
        self.prefix.mkdir(parents=True)
        self.check("wineboot", "-i", timeout=180)
        self.check("winecfg", "-v", "win10")
        box = ("/v", "ShowCrashDialog", "/t", "REG_DWORD", "/d", "0", "/f")
        self.check("reg", "add", r"HKCU\Software\Wine\WineDbg", *box)
        self.stop()
        self._keep_to_itself()
        (self.prefix / "made").touch()

    def _keep_to_itself(self) -> None:
        """Wine links Documents, Desktop and others to the home of whoever builds."""
        for folder in self.drive.glob("users/*/*"):
            if folder.is_symlink():
                folder.unlink()
                folder.mkdir()

    def run(
        self,
        program: Argument,
        *arguments: Argument,
        timeout: float = 120,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        """Runs a program to its end, whatever its exit status."""
        process = self.start(program, *arguments, cwd=cwd, env=env)
        written = _until_it_ends(process, time.monotonic() + timeout)
        if written is None:
            process.kill()
            process.wait()
            raise BuildError(f"{program} did not end under Wine within {timeout:.0f} s")
        return subprocess.CompletedProcess(process.args, process.returncode, *written)

    def start(
        self,
        program: Argument,
        *arguments: Argument,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Starts a program and leaves it running."""
        command = ["wine", *self._words((program, *arguments))]
        return subprocess.Popen(
            command,
            cwd=cwd,
            env={**self.environment, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def check(
        self,
        program: Argument,
        *arguments: Argument,
        timeout: float = 120,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> str:
        """Runs a program that must succeed; gives what it printed."""
        done = self.run(program, *arguments, timeout=timeout, cwd=cwd, env=env)
        out = done.stdout.decode("utf-8", "replace")
        if done.returncode:
            tail = "\n".join((out + done.stderr.decode("utf-8", "replace")).splitlines()[-30:])
            raise BuildError(f"{program} ended with status {done.returncode}:\n{tail}")
        return out

    def windows(self, path: Path) -> PureWindowsPath:
        """How Windows names a file: C: inside the prefix, Z: elsewhere."""
        path = path.absolute()
        if path.is_relative_to(self.drive):
            return PureWindowsPath("C:\\", *path.relative_to(self.drive).parts)
        return PureWindowsPath("Z:\\", *path.parts[1:])

    def stop(self) -> None:
        """Ends every Windows program of this prefix, and the prefix's server."""
        with suppress(BuildError):  # nothing runs
            run(["wineserver", "-k"], env=self.environment, timeout=60)

    def settle(self) -> None:
        """Waits until every Windows program of this prefix has ended."""
        run(["wineserver", "-w"], env=self.environment, timeout=120)

    def _words(self, arguments: Sequence[Argument]) -> list[str]:
        return [
            str(self.windows(word)) if isinstance(word, Path) else str(word) for word in arguments
        ]


def _until_it_ends(process: "subprocess.Popen[bytes]", limit: float) -> tuple[bytes, bytes] | None:
    """What a program wrote until it ended; None when it did not end in time.

    The end of the pipes is not waited for: Wine's own services hold them for seconds.
    """
    pipes = [pipe for pipe in (process.stdout, process.stderr) if pipe is not None]
    written = {pipe: bytearray() for pipe in pipes}
    open_ones = list(pipes)
    while True:
        ended = process.poll() is not None
        ready = select.select(open_ones, [], [], 0 if ended else _LOOK_EVERY)[0]
        for pipe in ready:
            some = os.read(pipe.fileno(), 65536)
            written[pipe] += some
            if not some:
                open_ones.remove(pipe)
        if time.monotonic() > limit or (ended and not ready):
            break
    for pipe in pipes:
        pipe.close()
    out, err = (bytes(written[pipe]) for pipe in pipes)
    return (out, err) if ended else None
