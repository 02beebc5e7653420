"""The frozen program's start against that of the same program run from its sources.

Nothing in the program helps: it is watched from outside, by the files it opens (inotify), which
is the same for both. Right after the window's first painting it opens Qt's French, then the
notebook; once the first screen is painted with its data it loads SQLAlchemy, whose libraries are
files in both. Both run on the Python that the program is frozen with.
"""

import ctypes
import os
import select
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from benchmarks.notebooks import Notebooks
from benchmarks.report import Measure, median

ROUNDS = 11
LIMIT = 1.3
ROOT = Path(__file__).resolve().parent.parent
FROZEN = ROOT / "build" / "linux" / "dist" / "carnet-impact" / "carnet-impact"
ENVIRONMENT = ROOT / "build" / "linux" / "venv"
FRENCH = "PySide6/Qt/translations"
LIBRARY = "sqlalchemy/util"
SHOWN = ("window painted", "window painted and notebook opened", "first screen with its data")
_IN_OPEN = 0x20
_EVENT = struct.Struct("iIII")


def measure(notebooks: Notebooks) -> Iterator[Measure]:
    """Interleaves both programs, so that a noisy moment falls on both."""
    if not sys.platform.startswith("linux") or not FROZEN.is_file():
        print("     no frozen program here: make deb builds it")
        return
    [packages] = ENVIRONMENT.glob("lib/python3.*/site-packages")
    programs = {
        "sources": ([str(ENVIRONMENT / "bin" / "python"), "-m", "desktop_app"], packages),
        "frozen": ([str(FROZEN)], FROZEN.parent / "_internal"),
    }
    found: dict[str, list[list[float]]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS + 1):
            for name, (command, packages) in programs.items():
                watched = (packages / FRENCH, notebooks.demo, packages / LIBRARY)
                found[name].append(_start(command, notebooks.demo, watched, Path(folder)))

    def at(name: str, column: int) -> float:
        """The median, after a first round that fills the disk's cache."""
        return median([times[column] for times in found[name][1:]])

    for column, shown in enumerate(SHOWN):
        yield Measure(
            f"frozen, {shown}", at("frozen", column), "ms", LIMIT, at("sources", column), "unfrozen"
        )


def _start(
    command: Sequence[str], notebook: Path, watched: Sequence[Path], home: Path
) -> list[float]:
    """Milliseconds from the spawn to the first opening in each of what is watched, in order."""
    environment = {**os.environ, "XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home)}
    with ExitStack() as open_:
        watches = [open_.enter_context(closing(Watch(path))) for path in watched]
        begun = time.monotonic()
        program = subprocess.Popen(
            [*command, str(notebook)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            return [(watch.opened(".qm", ".so") - begun) * 1000 for watch in watches]
        finally:
            program.terminate()
            program.wait(timeout=30)


class Watch:
    """Tells when a file, or one in a folder, is opened."""

    def __init__(self, path: Path) -> None:
        library = ctypes.CDLL(None, use_errno=True)
        self._descriptor: int = library.inotify_init1(os.O_CLOEXEC)
        self._is_folder = path.is_dir()
        if library.inotify_add_watch(self._descriptor, os.fsencode(path), _IN_OPEN) < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(path))

    def opened(self, *suffixes: str, seconds: float = 60) -> float:
        """The monotonic time of the first opening of a file whose name ends so."""
        end = time.monotonic() + seconds
        while select.select([self._descriptor], [], [], end - time.monotonic())[0]:
            now = time.monotonic()
            if any(name.endswith(suffixes) or not self._is_folder for name in self._names()):
                return now
        raise TimeoutError("the program opened nothing")

    def _names(self) -> Iterator[str]:
        data = os.read(self._descriptor, 65536)
        place = 0
        while place < len(data):
            length = _EVENT.unpack_from(data, place)[3]
            place += _EVENT.size
            yield os.fsdecode(data[place : place + length].rstrip(b"\0"))
            place += length

    def close(self) -> None:
        os.close(self._descriptor)
