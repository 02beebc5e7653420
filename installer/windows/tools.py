"""The Debian packages the Windows build needs: installed when root, else named in one line."""

import os
from pathlib import Path

from installer.common import BuildError, missing_tools, run, say

PACKAGES = {
    "wine": ("wine", "wine64"),
    "makensis": ("nsis",),
    "wixl": ("wixl",),
    "msibuild": ("msitools",),
    "osslsigncode": ("osslsigncode",),
}
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def missing() -> tuple[str, ...]:
    """The commands that are not on this machine."""
    return missing_tools(*PACKAGES)


def ensure() -> None:
    """Installs what is missing. Raises BuildError with the line to type when it may not."""
    packages = [package for tool in missing() for package in PACKAGES[tool]]
    if not CERTIFICATES.exists():
        packages.append("ca-certificates")
    if not packages:
        return
    line = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        raise BuildError(f"missing tools; type: sudo {' '.join(line)}")
    say(f"Installing {' '.join(packages)}…")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], env=env)
    run(line, env=env)
