"""``python -m installer.linux.build``: the Debian package, into build/dist."""

import sys
from pathlib import Path

from installer.common import ARTEFACTS, BUILD, BuildError, file_hash, say
from installer.common import version as program_version
from installer.linux.bundle import freeze
from installer.linux.dependencies import needs
from installer.linux.machine import prepare
from installer.linux.package import pack
from installer.linux.releases import releases
from installer.linux.tree import lay_out

TREE = BUILD / "linux" / "package"


def build(out: Path = ARTEFACTS, version: str | None = None) -> Path:
    """Freezes the program and packs it; gives the package. Raises BuildError."""
    if not sys.platform.startswith("linux"):
        raise BuildError("the Debian package is built on Linux")
    version = version or program_version()
    bundle = freeze(prepare())
    say("Packing…")
    lay_out(bundle, TREE, version, releases(version))
    package = pack(TREE, out, version, needs(bundle))
    say(f"{package} ({package.stat().st_size / 1e6:.1f} MB)\nSHA-256 {file_hash(package)}")
    return package


def main() -> int:
    try:
        build()
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
