"""The Debian package itself: what is in it, what it says, what Debian's own tools say of it."""

import gzip
import io
import re
import shutil
import stat
import subprocess
import tarfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from installer.common import PROGRAM, ROOT, missing_tools, tree_size, version
from installer.linux.bundle import BUDGET, distributions
from installer.linux.dependencies import LIBRARIES, needs, recommends

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


@pytest.fixture(scope="module")
def tree(linux_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package unpacked, with its control data under DEBIAN/."""
    if missing_tools("dpkg-deb"):
        pytest.skip("dpkg-deb is not installed")
    folder = tmp_path_factory.mktemp("unpacked") / "tree"
    subprocess.run(["dpkg-deb", "--raw-extract", linux_package, folder], check=True)  # noqa: S607
    return folder


def tool(name: str, *words: str | Path) -> str:
    """What a tool says, which must end well; skips where it is not installed."""
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    done = subprocess.run([name, *words], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_frozen_program_is_within_its_budget(tree: Path) -> None:
    assert tree_size(tree / "usr") < BUDGET


def test_only_what_the_program_runs_with_is_carried_along() -> None:
    locked = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    run = {_flat(name) for name in re.findall(r"^([\w.-]+)==", locked, re.MULTILINE)}
    carried = {_flat(each.name) for each in distributions()}
    assert carried - run <= {"pyinstaller"}  # its start-up modules
    assert {"pyside6essentials", "sqlalchemy", "reportlab", "pypdfium2"} <= carried


def _flat(name: str) -> str:
    return re.sub(r"[-_.]", "", name).lower()


def test_what_it_depends_on_is_what_it_loads(tree: Path) -> None:
    found = needs(tree / "usr" / "lib" / PROGRAM)
    assert set(found.packages) == set(LIBRARIES)
    control = (tree / "DEBIAN" / "control").read_text(encoding="utf-8")
    assert f"\nDepends: {found.depends()}\n" in control
    assert f"\nRecommends: {recommends()}\n" in control
    assert f"\nVersion: {version()}\n" in control


def test_every_file_belongs_to_root_and_nobody_else_may_write_it(linux_package: Path) -> None:
    told = subprocess.run(
        ["dpkg-deb", "--fsys-tarfile", linux_package],  # noqa: S607
        capture_output=True,
        check=True,
    )
    with tarfile.open(fileobj=io.BytesIO(told.stdout)) as archive:
        for member in archive:
            assert (member.uid, member.gid) == (0, 0), member.name
            assert member.issym() or not member.mode & (stat.S_IWGRP | stat.S_IWOTH), member.name


def test_the_icons_are_there_in_every_size(tree: Path) -> None:
    theme = tree / "usr" / "share" / "icons" / "hicolor"
    for folder, name in (("apps", PROGRAM), ("mimetypes", "application-x-carnet-impact")):
        assert (theme / "scalable" / folder / f"{name}.svg").is_file()
        for size in SIZES:
            data = (theme / f"{size}x{size}" / folder / f"{name}.png").read_bytes()
            assert data[16:24] == size.to_bytes(4, "big") * 2


def test_the_manuals_are_well_formed(tree: Path) -> None:
    for page in sorted(tree.glob("usr/share/man/**/*.gz")):
        told = tool("man", "--warnings", "--encoding=UTF-8", "-l", "-Tutf8", page)
        assert "warning" not in told


def test_the_desktop_entry_is_valid(tree: Path) -> None:
    entry = tree / "usr" / "share" / "applications" / f"{PROGRAM}.desktop"
    assert tool("desktop-file-validate", entry) == ""
    assert "MimeType=application/x-carnet-impact;" in entry.read_text(encoding="utf-8")


def test_the_software_centre_is_told_what_it_needs(tree: Path) -> None:
    (metainfo,) = (tree / "usr" / "share" / "metainfo").iterdir()
    root = ET.parse(metainfo).getroot()  # noqa: S314  (our own)
    assert next(each.get("version") for each in root.iter("release")) == version()
    tool("appstreamcli", "validate", "--no-net", metainfo)


def test_lintian_finds_nothing(linux_package: Path) -> None:
    told = tool("lintian", "--allow-root", "--fail-on", "error,warning", linux_package)
    assert not re.search(r"^[EW]:", told, re.MULTILINE), told


def test_the_example_policy_and_the_licences_are_there(tree: Path) -> None:
    documents = tree / "usr" / "share" / "doc" / PROGRAM
    assert any((documents / "examples").glob("*.toml"))
    assert "EUPL" in (documents / "copyright").read_text(encoding="utf-8")
    texts = gzip.decompress((documents / "third-party-licences.gz").read_bytes()).decode()
    for each in distributions():
        assert f"\n{each.name} {each.version}: " in f"\n{texts}"


def test_no_settings_of_the_organisation_are_shipped(tree: Path) -> None:
    assert [path.name for path in sorted(tree.iterdir())] == ["DEBIAN", "usr"]
    assert not (tree / "DEBIAN" / "conffiles").exists()
