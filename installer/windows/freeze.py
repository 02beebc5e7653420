"""The frozen program: PyInstaller run by Windows' Python under Wine, on the one specification."""

import hashlib
import os
import shutil
from pathlib import Path

from installer.common import (
    ROOT,
    BuildError,
    file_hash,
    files_of,
    reproducible_environment,
    say,
    tree_hash,
    tree_size,
)
from installer.windows import fetch, signatures
from installer.windows.places import (
    COMMAND,
    HERE,
    PAYLOAD,
    PREFIX,
    PYTHON,
    SIGNATURES,
    WINDOW,
    WORK,
)
from installer.windows.wine import Wine

SPECIFICATION = ROOT / "installer" / "carnet-impact.spec"
BUDGET = 110_000_000
STAMP = WORK / "frozen-from.txt"
_SOURCES = ("desktop_app", "resources")
_FILES = (
    SPECIFICATION,
    fetch.WHEELS,
    fetch.RUNTIME,
    ROOT / "LICENSE",
    ROOT / "installer" / "common.py",
    *(HERE / f"{module}.py" for module in ("fetch", "freeze", "signatures", "wine")),
)


def freeze() -> Path:
    """The payload's folder, frozen anew unless what it comes from has not changed."""
    fixed = reproducible_environment()["SOURCE_DATE_EPOCH"]
    wanted = f"{_inputs()} {fixed}\n"
    if PAYLOAD.is_dir() and STAMP.exists():
        kept = STAMP.read_text(encoding="ascii")
        if kept == wanted + tree_hash(PAYLOAD):
            say("The frozen program is up to date.")
            return PAYLOAD
    STAMP.unlink(missing_ok=True)
    _prepare()
    _pyinstaller()
    _finish(int(fixed))
    STAMP.write_text(wanted + tree_hash(PAYLOAD), encoding="ascii")
    return PAYLOAD


def date_files(folder: Path, moment: int) -> None:
    """Gives every file and folder the build's date: packages keep it."""
    for path in (*files_of(folder), folder):
        os.utime(path, (moment, moment))


def _prepare() -> None:
    say("Laying out Windows' Python and its packages…")
    fetch.unpack_runtime(PYTHON)
    signatures.require_runtime(PYTHON)
    fetch.unpack_wheels(PYTHON / "Lib" / "site-packages")


def _pyinstaller() -> None:
    say("Freezing the program under Wine…")
    shutil.rmtree(PAYLOAD.parent, ignore_errors=True)
    wine = Wine(PREFIX, reproducible_environment())
    wine.create()
    try:
        output = wine.check(
            PYTHON / "python.exe",
            *("-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
            *("--distpath", PAYLOAD.parent, "--workpath", WORK / "freeze", SPECIFICATION),
            cwd=WORK,
            timeout=900,
        )
    finally:
        wine.stop()
    (WORK / "freeze.log").write_text(output, encoding="utf-8")


def _finish(moment: int) -> None:
    for name in (WINDOW, COMMAND):
        if not (PAYLOAD / name).is_file():
            raise BuildError(f"the frozen program has no {name}")
    shutil.copy(ROOT / "LICENSE", PAYLOAD / "_internal" / "LICENSE.txt")
    foreign = [str(path) for path in files_of(PAYLOAD) if not str(path.name).isascii()]
    if foreign:  # the list of installed files is read back by NSIS, a byte a letter
        raise BuildError(f"names beyond ASCII in the payload: {', '.join(foreign)}")
    date_files(PAYLOAD, moment)
    size = tree_size(PAYLOAD)
    if size > BUDGET:
        raise BuildError(f"the payload weighs {size / 1e6:.1f} MB: over {BUDGET / 1e6:.0f} MB")
    found = signatures.survey(PAYLOAD)
    SIGNATURES.write_text(signatures.report(found), encoding="utf-8")
    unsigned = sum(1 for one in found if not one.signer)
    say(
        f"Payload: {size / 1e6:.1f} MB, {len(found)} binaries, {unsigned} signed by nobody "
        f"({SIGNATURES.relative_to(ROOT)}), tree {tree_hash(PAYLOAD)}"
    )


def _inputs() -> str:
    """One hash for all that decides what the payload holds."""
    digest = hashlib.sha256()
    sources = [
        path for folder in _SOURCES for path in files_of(ROOT / folder) if path.suffix != ".pyc"
    ]
    for path in (*sources, *_FILES):
        digest.update(f"{file_hash(path)} {path.relative_to(ROOT)}\n".encode())
    return digest.hexdigest()
