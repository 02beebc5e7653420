"""Everything the package installs, laid out as it will be on the disk."""

import gzip
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from installer.common import PROGRAM, ROOT, epoch
from installer.linux.legal import carried_licences, copyright_text
from installer.linux.releases import Release, appstream_releases, debian_changelog
from installer.policy.example import example
from installer.policy.write import EXAMPLE

FILES = Path(__file__).resolve().parent / "files"
ICONS = ROOT / "resources" / "icons" / "app"
APPSTREAM_ID = "fr.carnet_impact.CarnetImpact"
MIME_ICON = "application-x-carnet-impact"


def lay_out(bundle: Path, root: Path, version: str, found: list[Release]) -> None:
    """Fills ``root``, which is emptied first, with ``usr/`` and nothing else."""
    shutil.rmtree(root, ignore_errors=True)
    share = root / "usr" / "share"
    shutil.copytree(bundle, root / "usr" / "lib" / PROGRAM, symlinks=True)
    commands = root / "usr" / "bin"
    commands.mkdir(parents=True)
    (commands / PROGRAM).symlink_to(f"../lib/{PROGRAM}/{PROGRAM}")
    _desktop(share, found)
    _icons(share / "icons" / "hicolor")
    _manuals(share / "man", version)
    _documents(share / "doc" / PROGRAM, found)
    _overrides(share / "lintian" / "overrides")


def settle(root: Path) -> None:
    """Modes and dates that do not depend on who built, nor when."""
    for path in sorted(root.rglob("*"), reverse=True):
        if not path.is_symlink():
            runs = path.is_dir() or path == root / "usr" / "lib" / PROGRAM / PROGRAM
            scripts = path.parent.name == "DEBIAN" and path.suffix == "" and _is_script(path)
            path.chmod(0o755 if runs or scripts else 0o644)
        os.utime(path, (epoch(), epoch()), follow_symlinks=False)
    root.chmod(0o755)
    os.utime(root, (epoch(), epoch()))


def _is_script(path: Path) -> bool:
    return path.is_file() and path.read_bytes().startswith(b"#!")


def _desktop(share: Path, found: list[Release]) -> None:
    _put(share / "applications" / f"{PROGRAM}.desktop", _template("carnet-impact.desktop"))
    _put(share / "mime" / "packages" / f"{PROGRAM}.xml", _template("carnet-impact.mime.xml"))
    metainfo = _template("metainfo.xml").replace("@RELEASES@", appstream_releases(found))
    _put(share / "metainfo" / f"{APPSTREAM_ID}.metainfo.xml", metainfo)


def _icons(theme: Path) -> None:
    """The program's icon and its notebooks', in every size drawn and as a drawing."""
    for drawn, folder, name in (("app", "apps", PROGRAM), ("notebook", "mimetypes", MIME_ICON)):
        for picture in sorted(ICONS.glob(f"{drawn}-[0-9]*.png")):
            size = picture.stem.removeprefix(f"{drawn}-")
            _copy(picture, theme / f"{size}x{size}" / folder / f"{name}.png")
        _copy(ICONS / f"{drawn}.svg", theme / "scalable" / folder / f"{name}.svg")


def _manuals(manuals: Path, version: str) -> None:
    day = datetime.fromtimestamp(epoch(), UTC).strftime("%Y-%m-%d")
    for name, folder in (("carnet-impact.1", "man1"), ("carnet-impact.1.fr", "fr/man1")):
        text = _template(name).replace("@VERSION@", version).replace("@DATE@", day)
        _compress(manuals / folder / f"{PROGRAM}.1.gz", text)


def _documents(folder: Path, found: list[Release]) -> None:
    _put(folder / "copyright", copyright_text())
    _compress(folder / "third-party-licences.gz", carried_licences())
    _compress(folder / "changelog.gz", debian_changelog(found))
    _put(folder / "examples" / EXAMPLE, example())


def _overrides(folder: Path) -> None:
    _put(folder / PROGRAM, _template("lintian-overrides"))


def _template(name: str) -> str:
    return (FILES / name).read_text(encoding="utf-8")


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _compress(path: Path, text: str) -> None:
    """As ``gzip -9n``: no name, no date."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
