"""What building and checking the packages needs from Debian, and installing it when allowed to."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from installer.common import BuildError, run, say

LINUX = {
    "appstreamcli": "appstream",
    "debootstrap": "debootstrap",
    "desktop-file-validate": "desktop-file-utils",
    "dpkg-deb": "dpkg",
    "dpkg-shlibdeps": "dpkg-dev",
    "lintian": "lintian",
    "objdump": "binutils",
    "Xvfb": "xvfb",
}
WINDOWS = {
    "makensis": "nsis",
    "msiinfo": "msitools",
    "osslsigncode": "osslsigncode",
    "wine": "wine",
    "wine64": "wine64",
    "wixl": "wixl",
    "Xvfb": "xvfb",
}
SYSTEMS = {"linux": LINUX, "windows": WINDOWS}
EXTRA_PATHS = ("/usr/sbin", "/sbin", "/usr/lib/wine")


def missing(system: str) -> dict[str, str]:
    """The commands a system's packages need and this machine lacks, with their Debian package."""
    path = os.pathsep.join([os.environ.get("PATH", ""), *EXTRA_PATHS])
    wanted = SYSTEMS[system]
    return {tool: package for tool, package in wanted.items() if not shutil.which(tool, path=path)}


def install(system: str) -> None:
    """Installs what is missing. Raises BuildError, with the line to type, when not allowed to."""
    install_packages(sorted(set(missing(system).values())))
    left = missing(system)
    if left:
        raise BuildError(f"still missing once installed: {', '.join(left)}")


def install_packages(packages: Sequence[str]) -> None:
    """Installs Debian packages. Raises BuildError, with the line to type, when not allowed to."""
    if not packages:
        return
    line = ["apt-get", "install", "--no-install-recommends", *packages]
    prefix = _allowed()
    if prefix is None or not shutil.which("apt-get"):
        raise BuildError(f"not installed: {', '.join(packages)}. Type: sudo {' '.join(line)}")
    say(f"Installing {' '.join(packages)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    run([*apt, "apt-get", "update", "-qq"])
    run([*apt, *line, "-qq", "-y"])


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
