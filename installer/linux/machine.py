"""What the build needs of the machine: Debian packages, and a Python environment of its own."""

import hashlib
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from installer.common import BUILD, ROOT, BuildError, run, say
from installer.linux.dependencies import LIBRARIES
from installer.tools import install_packages

ENVIRONMENT = BUILD / "linux" / "venv"
REQUIREMENTS = ROOT / "requirements" / "freeze.txt"
DEBIAN_PYTHON = Path("/usr/bin/python3.11")


def prepare() -> Path:
    """Gives the Python that freezes, in an environment that holds what is locked alone."""
    python = _base_python()
    install_packages(_missing(_needed_packages(python)))
    stamp = ENVIRONMENT / ".ready"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes() + str(python).encode()).hexdigest()
    frozen_by = ENVIRONMENT / "bin" / "python"
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != wanted:
        say("Installing what freezes the program into build/linux/venv…")
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        run([python, "-m", "venv", ENVIRONMENT])
        words = ["--disable-pip-version-check", "--quiet", "install", "--only-binary=:all:"]
        run([frozen_by, "-m", "pip", *words, "--require-hashes", "-r", REQUIREMENTS])
        stamp.write_text(wanted, encoding="ascii")
    return frozen_by


def stdlib() -> Path:
    """The folder of the standard library that is frozen."""
    asked = "import sysconfig; print(sysconfig.get_path('stdlib'))"
    return Path(run([ENVIRONMENT / "bin" / "python", "-c", asked]).strip())


def _base_python() -> Path:
    """Debian 12's Python where it is, so that all who build freeze the same one.

    Elsewhere the one behind the environment this runs in, which itself has no libpython.
    """
    if DEBIAN_PYTHON.exists():
        return DEBIAN_PYTHON
    return Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"


def _needed_packages(python: Path) -> tuple[str, ...]:
    tools = ["binutils", "dpkg"]
    if python.is_relative_to("/usr/bin"):
        name = python.name
        tools += [f"lib{name}", f"{name}-venv"]
    elif not sysconfig.get_config_var("Py_ENABLE_SHARED"):
        raise BuildError(f"{python} has no shared library, which PyInstaller needs")
    return (*tools, *LIBRARIES)


def _missing(packages: Iterable[str]) -> tuple[str, ...]:
    return tuple(package for package in packages if not installed(package))


def installed(package: str) -> bool:
    told = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status} ", package],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return "installed" in told.stdout.split()
