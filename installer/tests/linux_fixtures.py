"""Debian with the package: bare, then with what a desktop brings, then one a test."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer.common import ARTEFACTS, PROGRAM, version
from installer.tests.linux_program import put
from installer.tests.linux_root import SHARED, Root, bare, layer, why_not

DESKTOP = (
    "desktop-file-utils",
    "hicolor-icon-theme",
    "libglib2.0-bin",
    "man-db",
    "shared-mime-info",
    "x11-utils",
    "xdg-utils",
    "xvfb",
)
PREVIOUS = "0.0.9"
MARKER = f"/usr/lib/{PROGRAM}/_internal/only-in-the-previous-version"


@pytest.fixture(scope="session")
def linux_package() -> Path:
    package = ARTEFACTS / f"{PROGRAM}_{version()}_amd64.deb"
    if not package.is_file():
        pytest.fail(f"{package.name} is not there: run make deb")
    return package


@pytest.fixture(scope="session")
def previous_package(linux_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same program under a lower version, with one file that the next no longer has."""
    folder = tmp_path_factory.mktemp("previous")
    tree = folder / "tree"
    subprocess.run(["dpkg-deb", "--raw-extract", linux_package, tree], check=True)  # noqa: S607
    for name in ("control", "preinst"):
        file = tree / "DEBIAN" / name
        file.write_text(file.read_text(encoding="utf-8").replace(version(), PREVIOUS), "utf-8")
    (tree / MARKER.lstrip("/")).write_text("previous", encoding="utf-8")
    package = folder / f"{PROGRAM}_{PREVIOUS}_amd64.deb"
    words = ["--build", "--root-owner-group", "-Zgzip", "-z1", str(tree), str(package)]
    subprocess.run(["dpkg-deb", *words], check=True, capture_output=True)  # noqa: S607
    shutil.rmtree(tree)
    return package


@pytest.fixture(scope="session")
def just_installed(linux_package: Path) -> Iterator[Root]:
    """A bare Debian 12 where ``apt-get install ./….deb`` was typed, and nothing else.

    Others stand on it, on ``desktop`` and on ``older``: nothing may be done in these any more.
    """
    reason = why_not()
    if reason:
        pytest.skip(reason)
    with layer(bare()) as root:
        shutil.copyfile(linux_package, root.file(f"{SHARED}/{linux_package.name}"))
        root.run(["apt-get", "-qq", "update"])
        install = ["apt-get", "-qq", "-y", "install", "--no-install-recommends"]
        root.run([*install, f"{SHARED}/{linux_package.name}"])
        yield root


@pytest.fixture
def installed(just_installed: Root) -> Iterator[Root]:
    """Such a system for one test."""
    with layer(*just_installed.lower) as root:
        yield root


@pytest.fixture(scope="session")
def desktop(just_installed: Root) -> Iterator[Root]:
    """The same with what the package recommends and any desktop has, but GTK."""
    with layer(*just_installed.lower) as root:
        root.run(["apt-get", "-qq", "-y", "install", "--no-install-recommends", *DESKTOP])
        yield root


@pytest.fixture(scope="session")
def older(desktop: Root, previous_package: Path) -> Iterator[Root]:
    """A desktop where the previous version is installed."""
    with layer(*desktop.lower) as root:
        root.run(["dpkg", "--purge", PROGRAM])
        put(root, previous_package, check=True)
        yield root


@pytest.fixture
def older_machine(older: Root) -> Iterator[Root]:
    with layer(*older.lower) as root:
        yield root


@pytest.fixture
def machine(desktop: Root) -> Iterator[Root]:
    """A PC of its own for one test."""
    with layer(*desktop.lower) as root:
        yield root


@pytest.fixture(scope="session")
def display(desktop: Root) -> Iterator[str]:
    """The name of an X11 display, which programs in every layer reach."""
    with layer(*desktop.lower) as root:
        words = [
            "Xvfb",
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x800x24",
            "-nolisten",
            "tcp",
            "-ac",
        ]
        server = subprocess.Popen(
            ["chroot", root.path, "env", "-i", "PATH=/usr/bin:/bin", *words],  # noqa: S607
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        root.started.append(server)
        assert server.stdout is not None
        number = server.stdout.readline().strip()
        server.stdout.close()
        assert number, "Xvfb did not start"
        yield f":{number}"
