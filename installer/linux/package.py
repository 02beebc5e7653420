"""The .deb: control data beside the tree, then dpkg-deb."""

import hashlib
from pathlib import Path

from installer.common import PROGRAM, files_of, reproducible_environment, run
from installer.linux.dependencies import Needs, recommends
from installer.linux.releases import MAINTAINER
from installer.linux.tree import FILES, settle

_CONTROL = """Package: {program}
Version: {version}
Architecture: amd64
Maintainer: {maintainer}
Installed-Size: {size}
Depends: {depends}
Recommends: {recommends}
Section: misc
Priority: optional
Description: field notebook to measure the impact of social experiments
 An offline notebook for the staff of a French departement who follow
 experiments run by social enterprises: visits with their measures, findings,
 photos and promised actions, results against the baseline and the targets,
 an Excel workbook and PDF documents. Everything is in one file.
 .
 The program speaks French.
"""


def pack(root: Path, out: Path, version: str, needs: Needs) -> Path:
    """Adds DEBIAN/ to ``root`` and writes ``out/carnet-impact_<version>_amd64.deb``."""
    control = root / "DEBIAN"
    control.mkdir()
    text = _CONTROL.format(
        program=PROGRAM,
        version=version,
        maintainer=MAINTAINER,
        size=installed_size(root),
        depends=needs.depends(),
        recommends=recommends(),
    )
    (control / "control").write_text(text, encoding="utf-8")
    (control / "md5sums").write_text(_sums(root), encoding="utf-8")
    for script in ("preinst", "prerm"):
        source = (FILES / script).read_text(encoding="utf-8")
        (control / script).write_text(source.replace("@VERSION@", version), encoding="utf-8")
    settle(root)
    out.mkdir(parents=True, exist_ok=True)
    package = out / f"{PROGRAM}_{version}_amd64.deb"
    build = ["dpkg-deb", "--build", "--root-owner-group", "-Zxz", "-z6"]
    run([*build, root, package], env=reproducible_environment())
    return package


def installed_size(root: Path) -> int:
    """Kibibytes as Debian Policy 5.6.20 counts them: each file rounded up, 1 for each folder."""
    total = 0
    for path in (root / "usr").rglob("*"):
        regular = path.is_file() and not path.is_symlink()
        total += -(-path.stat().st_size // 1024) if regular else 1
    return total


def _sums(root: Path) -> str:
    """What ``dpkg --verify`` reads."""
    return "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  "
        f"{path.relative_to(root).as_posix()}\n"
        for path in files_of(root)
        if not path.is_symlink() and path.parent != root / "DEBIAN"
    )
