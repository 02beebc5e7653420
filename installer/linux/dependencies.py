"""The Debian libraries the frozen program loads: what its package depends on.

They are not carried along: Debian keeps them safe, and they match the desktop and the driver. A
library that no package here brings stops the build.
"""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from installer.common import BuildError, files_of

_XCB = {
    "libxcb1": ("libxcb.so.1",),
    "libxcb-cursor0": ("libxcb-cursor.so.0",),
    "libxcb-icccm4": ("libxcb-icccm.so.4",),
    "libxcb-image0": ("libxcb-image.so.0",),
    "libxcb-keysyms1": ("libxcb-keysyms.so.1",),
    "libxcb-randr0": ("libxcb-randr.so.0",),
    "libxcb-render-util0": ("libxcb-render-util.so.0",),
    "libxcb-render0": ("libxcb-render.so.0",),
    "libxcb-shape0": ("libxcb-shape.so.0",),
    "libxcb-shm0": ("libxcb-shm.so.0",),
    "libxcb-sync1": ("libxcb-sync.so.1",),
    "libxcb-util1": ("libxcb-util.so.1",),
    "libxcb-xfixes0": ("libxcb-xfixes.so.0",),
    "libxcb-xkb1": ("libxcb-xkb.so.1",),
}

LIBRARIES: dict[str, tuple[str, ...]] = {
    "libc6": (
        "ld-linux-x86-64.so.2",
        "libc.so.6",
        "libdl.so.2",
        "libm.so.6",
        "libpthread.so.0",
        "librt.so.1",
    ),
    "libbz2-1.0": ("libbz2.so.1.0",),
    "libdbus-1-3": ("libdbus-1.so.3",),
    "libegl1": ("libEGL.so.1",),
    "libexpat1": ("libexpat.so.1",),
    "libffi8": ("libffi.so.8",),
    "libfontconfig1": ("libfontconfig.so.1",),
    "libfreetype6": ("libfreetype.so.6",),
    "libgcc-s1": ("libgcc_s.so.1",),
    "libgl1": ("libGL.so.1",),
    "libglib2.0-0": ("libglib-2.0.so.0", "libgthread-2.0.so.0"),
    "liblzma5": ("liblzma.so.5",),
    "libsqlite3-0": ("libsqlite3.so.0",),
    "libssl3": ("libcrypto.so.3", "libssl.so.3"),
    "libstdc++6": ("libstdc++.so.6",),
    "libuuid1": ("libuuid.so.1",),
    "libwayland-client0": ("libwayland-client.so.0",),
    "libwayland-cursor0": ("libwayland-cursor.so.0",),
    "libx11-6": ("libX11.so.6",),
    "libx11-xcb1": ("libX11-xcb.so.1",),
    **_XCB,
    "libxkbcommon-x11-0": ("libxkbcommon-x11.so.0",),
    "libxkbcommon0": ("libxkbcommon.so.0",),
    "libzstd1": ("libzstd.so.1",),
    "zlib1g": ("libz.so.1",),
}
"""Package → the libraries asked of it. Releases after Debian 12 provide these names as well."""

OPTIONAL = {"libqgtk3.so": "libgtk-3-0"}
"""Plugins that Qt does without when their libraries are not there, and what brings them.

With GTK (any GNOME or Xfce desktop has it) the file dialogs are the desktop's own.
"""

RECOMMENDED = ("desktop-file-utils", "hicolor-icon-theme", "shared-mime-info", "xdg-utils")
"""What makes a double click on a notebook, and opening an exported document, work."""


@dataclass(frozen=True, slots=True)
class Needs:
    """``libc``: the lowest version of glibc; ``packages``: what brings every library."""

    libc: str
    packages: tuple[str, ...]

    def depends(self) -> str:
        """The Depends field."""
        versioned = {"libc6": f"libc6 (>= {self.libc})"}
        return ", ".join(versioned.get(name, name) for name in self.packages)


def recommends() -> str:
    """The Recommends field."""
    return ", ".join(sorted({*OPTIONAL.values(), *RECOMMENDED}))


def needs(bundle: Path) -> Needs:
    """Reads every ELF file of the frozen program. Raises BuildError for an unknown library."""
    carried = {path.name for path in files_of(bundle)}
    brings = {library: package for package, all_ in LIBRARIES.items() for library in all_}
    packages: set[str] = set()
    unknown: set[str] = set()
    versions = {(2, 17)}
    for path in elf_files(bundle):
        if path.name in OPTIONAL:
            continue
        headers = _headers(path)
        versions |= {
            (int(major), int(minor))
            for major, minor in re.findall(r"\bGLIBC_(\d+)\.(\d+)", headers)
        }
        for library in re.findall(r"^\s+NEEDED\s+(\S+)", headers, re.MULTILINE):
            if library in brings:
                packages.add(brings[library])
            elif library not in carried:
                unknown.add(f"{library} (for {path.name})")
    if unknown:
        raise BuildError(
            "no package of installer/linux/dependencies.py brings " + ", ".join(sorted(unknown))
        )
    return Needs(".".join(map(str, max(versions))), tuple(sorted(packages)))


def elf_files(bundle: Path) -> list[Path]:
    """The executable and the libraries, without links."""
    return [path for path in files_of(bundle) if not path.is_symlink() and _is_elf(path)]


def unresolved(bundle: Path) -> list[str]:
    """What the system's linker does not find on this machine, one line a library."""
    missing: list[str] = []
    # As the loader sets it: what is carried along stands there.
    environment = {**os.environ, "LD_LIBRARY_PATH": str(bundle / "_internal"), "LC_ALL": "C"}
    for path in elf_files(bundle):
        if path.name in OPTIONAL:
            continue
        told = subprocess.run(
            ["ldd", path],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )
        missing += [
            f"{line.split()[0]} (for {path.name})"
            for line in told.stdout.splitlines()
            if "not found" in line
        ]
    return missing


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _headers(path: Path) -> str:
    return subprocess.run(
        ["objdump", "-p", path],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    ).stdout
