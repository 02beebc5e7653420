"""``make installers``: builds every package this machine can build, then checks each.

The two systems go side by side. What could not be built is said, with the reason, at the end; what
was built must pass.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from installer import tools
from installer.common import ARTEFACTS, ROOT, BuildError, file_hash, say
from installer.linux.build import build as build_linux
from installer.policy.archive import archive
from installer.windows.build import build as build_windows

BUILD_ONLY = "--build-only"
SUFFIXES = {"linux": (".deb",), "windows": (".exe", ".msi")}
# A Windows test has a machine of its own, and waits for it as much as it computes.
TOGETHER = {"linux": [], "windows": ["-n", "2", "--dist", "worksteal"]}
LONGEST_CHECK = 2400.0
"""Seconds after which a check that does not end is ended: something waits for ever."""


def main(arguments: list[str]) -> int:
    """Builds and (unless told not to) checks the systems named, else all. Gives the status."""
    named = [word for word in arguments if word != BUILD_ONLY]
    options = [BUILD_ONLY] if BUILD_ONLY in arguments else []
    skipped: dict[str, str] = {}
    ready: list[str] = []
    for system in named or list(tools.SYSTEMS):
        try:
            tools.install(system, building_only=bool(options))
            ready.append(system)
        except tools.UnavailableError as error:
            skipped[system] = str(error)
    status = one(ready[0], *options) if len(ready) == 1 else side_by_side(ready, options)
    for system, reason in skipped.items():
        say(f"SKIPPED: the packages for {system} were neither built nor checked ({reason})")
    return 1 if named and skipped else status


def side_by_side(systems: list[str], options: list[str]) -> int:
    """Each system in a process of its own, to its end. 0 if all went well (a signal is below 0)."""
    with ThreadPoolExecutor() as pool:
        statuses = list(pool.map(lambda system: follow(system, options), systems))
    return int(any(statuses))


def follow(system: str, options: list[str]) -> int:
    """Runs one system's part, each line it says marked with its name."""
    command = [sys.executable, "-u", "-m", "installer", system, *options]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as part:
        for line in part.stdout or ():
            say(f"{system:<7} | {line.rstrip()}")
    return part.returncode


def one(system: str, *options: str) -> int:
    """Builds one system's packages into build/dist, then checks them."""
    begun = time.monotonic()
    archive(ARTEFACTS)
    build = build_linux if system == "linux" else build_windows
    build()
    say(f"built in {time.monotonic() - begun:.0f} s")
    status = 0 if BUILD_ONLY in options else check(system)
    for path in sorted(ARTEFACTS.iterdir()):
        if path.suffix in SUFFIXES[system]:
            say(f"{file_hash(path)}  {path.name}  {path.stat().st_size / 1e6:.1f} MB")
    return status


def check(system: str) -> int:
    """Runs the packages' tests, with the reason of each skip. Returns pytest's status."""
    found = sorted((ROOT / "installer" / "tests").glob(f"test_{system}_*.py"))
    files = [str(path) for path in found]
    told = ["-v", "-rs", "--color=no", "-o", "faulthandler_timeout=600", *TOGETHER[system]]
    command = [sys.executable, "-m", "pytest", *told, "-p", "no:cacheprovider", *files]
    try:
        return subprocess.run(
            [*_mounts_apart(), *command], cwd=ROOT, check=False, timeout=LONGEST_CHECK
        ).returncode
    except subprocess.TimeoutExpired:
        say(f"the checks for {system} did not end within {LONGEST_CHECK:.0f} s")
        return 1


def _mounts_apart() -> list[str]:
    """Before a command that mounts: however it ends, its mounts end with it, and none is seen."""
    words = ["unshare", "--mount", "--propagation", "private"]
    if os.geteuid() != 0 or subprocess.run([*words, "true"], check=False).returncode:
        return []
    return words


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BuildError as problem:
        sys.exit(f"The packages could not be built: {problem}")
