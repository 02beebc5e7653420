"""Builds the Debian package, into build/dist."""

import sys
from pathlib import Path

from installer.common import ARTEFACTS, BUILD, BuildError, file_hash, say, version
from installer.linux.bundle import freeze
from installer.linux.dependencies import needs
from installer.linux.machine import prepare
from installer.linux.package import pack
from installer.linux.releases import releases
from installer.linux.tree import lay_out

TREE = BUILD / "linux" / "package"


def build() -> Path:
    """Freezes the program and packs it; gives the package. Raises BuildError."""
    if not sys.platform.startswith("linux"):
        raise BuildError("the Debian package is built on Linux")
    number = version()
    bundle = freeze(prepare())
    say("Packing…")
    lay_out(bundle, TREE, number, releases(number))
    package = pack(TREE, ARTEFACTS, number, needs(bundle))
    say(f"{package} ({package.stat().st_size / 1e6:.1f} MB)\nSHA-256 {file_hash(package)}")
    return package
