"""Builds both Windows packages from Debian.

A certificate given in the environment signs everything that is ours (installer/windows/sign.py).
"""

import shutil
import time
from pathlib import Path

from installer import tools
from installer.common import file_hash, say, version
from installer.windows import freeze, msi, nsis, sign
from installer.windows.places import COMMAND, MSI, PAYLOAD, SETUP, WINDOW, WORK


def build() -> tuple[Path, Path]:
    """The per-user and the per-machine package. Raises BuildError in one line."""
    started = time.monotonic()
    tools.install("windows", building_only=True)
    signing = sign.wanted()
    payload = freeze.freeze()
    if signing:
        payload = _signed(payload)
    say("Making the per-user package…")
    setup = nsis.build(nsis.Setup(payload, version(), SETUP, WORK / "setup"))
    say("Making the per-machine package…")
    package = msi.build(payload, version(), MSI, WORK / "msi")
    for made in (setup, package):
        if signing:
            sign.sign(made)
        state = "signed" if signing else "unsigned"
        say(f"{made.name}: {made.stat().st_size / 1e6:.1f} MB, {state}, {file_hash(made)}")
    if not signing:
        say("No certificate was given: the packages are unsigned, and Windows will say so.")
    say(f"Built in {time.monotonic() - started:.0f} s.")
    return setup, package


def _signed(payload: Path) -> Path:
    """A copy of the payload whose two programs are signed: the frozen one stays as it was made."""
    copy = WORK / "signed" / PAYLOAD.name
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(payload, copy)
    for name in (WINDOW, COMMAND):
        sign.sign(copy / name)
    return copy
