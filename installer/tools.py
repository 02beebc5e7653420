"""What building and checking the packages needs from Debian, and installing it when allowed to."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from installer.common import BuildError, run, say

BUILDING = {
    "linux": {"dpkg-deb": "dpkg", "objdump": "binutils"},
    "windows": {
        "makensis": "nsis",
        "msiinfo": "msitools",
        "osslsigncode": "osslsigncode",
        "update-ca-certificates": "ca-certificates",
        "wine": "wine",
        "wine64": "wine64",
        "wixl": "wixl",
    },
}
CHECKING = {
    "linux": {
        "appstreamcli": "appstream",
        "debootstrap": "debootstrap",
        "desktop-file-validate": "desktop-file-utils",
        "lintian": "lintian",
        "man": "man-db",
        "unshare": "util-linux",
    },
    "windows": {"objdump": "binutils", "openssl": "openssl", "unshare": "util-linux"},
}
"""The commands each system's packages are built and checked with, and their Debian package."""
SYSTEMS = tuple(BUILDING)
EXTRA_PATHS = ("/usr/sbin", "/sbin", "/usr/lib/wine")


class UnavailableError(BuildError):
    """What is missing cannot be had here: no right to install it, or no such package."""


def missing(system: str, *, building_only: bool = False) -> dict[str, str]:
    """The commands a system's packages need and this machine lacks, with their Debian package."""
    path = os.pathsep.join([os.environ.get("PATH", ""), *EXTRA_PATHS])
    wanted = BUILDING[system] if building_only else {**BUILDING[system], **CHECKING[system]}
    return {tool: package for tool, package in wanted.items() if not shutil.which(tool, path=path)}


def install(system: str, *, building_only: bool = False) -> None:
    """Installs what is missing. Raises UnavailableError, with the line to type, or BuildError."""
    install_packages(sorted(set(missing(system, building_only=building_only).values())))
    left = missing(system, building_only=building_only)
    if left:
        raise BuildError(f"still missing once installed: {', '.join(left)}")


def install_packages(packages: Sequence[str]) -> None:
    """Installs Debian packages. Raises UnavailableError, with the line to type, or BuildError."""
    if not packages:
        return
    line = ["apt-get", "install", "--no-install-recommends", *packages]
    prefix = _allowed()
    if prefix is None or not shutil.which("apt-get"):
        raise UnavailableError(f"not installed: {', '.join(packages)}. Type: sudo {' '.join(line)}")
    say(f"Installing {' '.join(packages)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    patience = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    run([*apt, "apt-get", "update", "-qq", *patience])
    try:
        run([*line, "--simulate"])
    except BuildError as error:
        raise UnavailableError(f"apt knows no such packages: {', '.join(packages)}") from error
    run([*apt, *line, "-qq", "-y", *patience])


def _allowed() -> list[str] | None:
    """What to put before a command that needs root; None when that cannot be had."""
    if sys.platform != "linux":
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    asked = subprocess.run([sudo, "-n", "true"], capture_output=True, check=False)
    return [sudo, "-n"] if asked.returncode == 0 else None
