"""Whose work the package is: ours, then each package carried along with the texts it ships."""

import importlib.metadata
import re
from collections.abc import Iterator
from pathlib import Path

from installer.common import ROOT
from installer.linux.bundle import distributions
from installer.linux.machine import stdlib

_LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
_CARRIED = """What this package carries along

Qt 6 and PySide6 are used under the GNU Lesser General Public License, version 3, and linked
dynamically: each of their libraries under /usr/lib/carnet-impact/_internal/PySide6 may be
replaced by another build of the same version. Their sources are at
https://download.qt.io/official_releases/
The full texts: /usr/share/common-licenses/LGPL-3 and /usr/share/common-licenses/GPL-3

The executable holds the boot loader of PyInstaller, under the GNU General Public License,
version 2 or later, with the exception that lets it carry any program.

The licences of all of them stand in third-party-licences.gz, beside this file."""


def copyright_text() -> str:
    """Our licence, and the names, versions and licences of what is carried along."""
    ours = "Carnet d'impact\n\nCopyright: Equipe Carnet d'impact\nLicence: EUPL-1.2, as follows."
    carried = "\n".join(_title(each) for each in distributions())
    return _ruled(ours, _read(ROOT / "LICENSE"), f"{_CARRIED}\n\n{carried}")


def carried_licences() -> str:
    """The licence texts of what is carried along: packages by name, files by path."""
    texts = [
        "\n\n".join([_title(each), *(_read(path) for path in _licence_files(each))])
        for each in distributions()
    ]
    return _ruled(*texts, *_python())


def _title(each: importlib.metadata.Distribution) -> str:
    words = each.metadata
    names = [name for name in ("License-Expression", "License") if name in words]
    licence = words[names[0]] if names else "see its text"
    return f"{each.name} {each.version}: {licence.splitlines()[0]}"


def _ruled(*parts: str) -> str:
    return f"\n\n{'=' * 79}\n\n".join(part.strip() for part in parts) + "\n"


def _licence_files(each: importlib.metadata.Distribution) -> Iterator[Path]:
    """Those of its metadata, or those that stand among its files."""
    names = sorted(str(file) for file in each.files or ())
    metadata = [name for name in names if ".dist-info/" in name and _LICENCE_FILE.search(name)]
    others = [name for name in names if _LICENCE_FILE.search(Path(name).name)]
    for name in metadata or others:
        path = Path(str(each.locate_file(name)))
        if path.suffix not in {".py", ".pyc"} and path.is_file():
            yield path


def _python() -> Iterator[str]:
    path = stdlib() / "LICENSE.txt"
    if path.is_file():
        yield f"Python, its interpreter and standard library\n\n{_read(path)}"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").strip()
