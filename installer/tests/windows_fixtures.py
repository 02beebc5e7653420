"""The Windows packages, others made from the same payload, and machines to install them on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from installer import tools
from installer.common import version
from installer.tests.windows_machine import Machine, copy, copy_tree, discard
from installer.windows import msi, nsis
from installer.windows.build import build
from installer.windows.places import MSI, PAYLOAD, PREFIX, SETUP
from installer.windows.wine import Wine

PREVIOUS = "0.0.9"
NEXT = "99.0.0"
MARKER = Path("_internal") / "only-in-the-previous-version" / "marker.txt"


@pytest.fixture(scope="session")
def windows_packages() -> tuple[Path, Path]:
    """The setup.exe and the .msi, built unless they are there."""
    lacking = tools.missing("windows")
    if lacking:
        pytest.skip(f"not installed: {', '.join(sorted(lacking))}")
    if not (SETUP.exists() and MSI.exists() and PAYLOAD.is_dir()):
        build()
    Wine(PREFIX).create()
    return SETUP, MSI


@pytest.fixture(scope="session")
def setup(windows_packages: tuple[Path, Path]) -> Path:
    return windows_packages[0]


@pytest.fixture(scope="session")
def package(windows_packages: tuple[Path, Path]) -> Path:
    return windows_packages[1]


@pytest.fixture(scope="session")
def older_payload(setup: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same payload with one file that the version under test no longer has."""
    assert setup.exists()
    payload = tmp_path_factory.mktemp("older") / PAYLOAD.name
    copy_tree(PAYLOAD, payload)
    (payload / MARKER).parent.mkdir()
    (payload / MARKER).write_text("previous", encoding="ascii")
    return payload


@pytest.fixture(scope="session")
def older_setup(older_payload: Path) -> Path:
    folder = older_payload.parent
    made = nsis.Setup(older_payload, PREVIOUS, folder / "older.exe", folder / "nsis", nsis.FAST)
    return nsis.build(made)


@pytest.fixture(scope="session")
def unchecked_setup(setup: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The version under test, blind to how much room there is: the copy itself must fail well."""
    assert setup.exists()
    folder = tmp_path_factory.mktemp("unchecked")
    output = folder / "unchecked.exe"
    return nsis.build(
        nsis.Setup(PAYLOAD, version(), output, folder / "nsis", nsis.FAST, margin_mb=-1000)
    )


@pytest.fixture(scope="session")
def older_package(older_payload: Path) -> Path:
    folder = older_payload.parent
    return msi.build(older_payload, PREVIOUS, folder / "older.msi", folder / "msi")


@pytest.fixture(scope="session")
def next_package(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert package.exists()
    folder = tmp_path_factory.mktemp("next")
    return msi.build(PAYLOAD, NEXT, folder / "next.msi", folder / "msi")


@pytest.fixture
def windows(windows_packages: tuple[Path, Path], tmp_path: Path) -> Iterator[Machine]:
    """A fresh Windows for one test."""
    assert windows_packages
    machine = copy(PREFIX, tmp_path)
    yield machine
    discard(machine)
