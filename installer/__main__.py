"""``make installers``: builds every package this machine can build, then checks each.

What could not be built is said, with the reason, at the end; what was built must pass.
"""

import subprocess
import sys
import time

from installer import tools
from installer.common import ARTEFACTS, ROOT, BuildError, file_hash, say
from installer.linux.build import build as build_linux
from installer.policy.archive import archive
from installer.windows.build import build as build_windows

BUILD_ONLY = "--build-only"


def main(arguments: list[str]) -> int:
    """Builds and (unless told not to) checks the systems named, else all. Gives the status."""
    build_only = BUILD_ONLY in arguments
    named = [word for word in arguments if word != BUILD_ONLY]
    skipped: dict[str, str] = {}
    built: list[str] = []
    for system in named or list(tools.SYSTEMS):
        begun = time.monotonic()
        try:
            tools.install(system)
        except BuildError as error:
            skipped[system] = str(error)
            continue
        build(system)
        built.append(system)
        say(f"{system}: built in {time.monotonic() - begun:.0f} s")
    if built:
        archive(ARTEFACTS)
    status = check(built) if built and not build_only else 0
    for path in sorted(ARTEFACTS.glob("*")) if built else ():
        if path.is_file():
            say(f"{file_hash(path)}  {path.name}  {path.stat().st_size / 1e6:.1f} MB")
    for system, reason in skipped.items():
        say(f"SKIPPED: the packages for {system} were neither built nor checked ({reason})")
    return 1 if named and skipped else status


def build(system: str) -> None:
    """Builds one system's packages into build/dist."""
    if system == "linux":
        build_linux()
    else:
        build_windows()


def check(built: list[str]) -> int:
    """Runs the packages' tests, with the reason of each skip. Returns pytest's status."""
    files = [
        str(path)
        for name in built
        for path in sorted((ROOT / "installer/tests").glob(f"test_{name}_*.py"))
    ]
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", *files]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BuildError as problem:
        sys.exit(f"The packages could not be built: {problem}")
