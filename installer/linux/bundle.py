"""The frozen program, and what PyInstaller put into it."""

import importlib.metadata
import json
from pathlib import Path

from installer.common import (
    BUILD,
    PROGRAM,
    ROOT,
    BuildError,
    reproducible_environment,
    run,
    say,
    tree_size,
)
from installer.linux.dependencies import unresolved

SPECIFICATION = ROOT / "installer" / "carnet-impact.spec"
FOLDER = BUILD / "linux" / "dist" / PROGRAM
WORK = BUILD / "linux" / "work"
BUDGET = 170_000_000


def freeze(python: Path) -> Path:
    """Makes ``build/linux/dist/carnet-impact``; raises BuildError if a library is missing."""
    say("Freezing the program…")
    environment = reproducible_environment()
    environment["PYINSTALLER_CONFIG_DIR"] = str(BUILD / "linux" / "cache")
    places = ["--distpath", str(FOLDER.parent), "--workpath", str(WORK)]
    quiet = ["--noconfirm", "--clean", "--log-level", "ERROR"]
    run([python, "-m", "PyInstaller", *quiet, *places, SPECIFICATION], cwd=ROOT, env=environment)
    missing = unresolved(FOLDER)
    if missing:
        raise BuildError("the frozen program does not find " + ", ".join(missing))
    size = tree_size(FOLDER)
    if size > BUDGET:
        raise BuildError(f"the frozen program is too large: {size / 1e6:.0f} MB")
    say(f"The frozen program: {size / 1e6:.1f} MB")
    return FOLDER


def distributions() -> list[importlib.metadata.Distribution]:
    """The Python packages of which at least one file is in the frozen program, by name."""
    site = next((BUILD / "linux" / "venv" / "lib").glob("python3.*/site-packages"))
    used = {path for path in _sources() if path.is_relative_to(site)}
    found = [
        each
        for each in importlib.metadata.distributions(path=[str(site)])
        if any(Path(str(each.locate_file(file))) in used for file in each.files or ())
    ]
    return sorted(found, key=lambda each: each.name.lower())


def _sources() -> set[Path]:
    """Every file PyInstaller took, as the specification recorded it."""
    contents = (WORK / PROGRAM / "contents.json").read_text(encoding="utf-8")
    return {Path(entry["source"]) for entry in json.loads(contents)}
