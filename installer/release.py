"""``make release``: what is handed to a department, built twice, compared, then installed.

The second build is made in a clone of the commit, in another folder, from nothing: what differs
between the two would also differ for whoever rebuilds the program to see what is in it. The
packages' checks then install the first build's files, the very ones that are handed out.
"""

import shlex
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from installer import tools
from installer.__main__ import check
from installer.common import (
    ARTEFACTS,
    BUILD,
    PROGRAM,
    ROOT,
    BuildError,
    file_hash,
    files_of,
    git,
    release_date,
    reproducible_environment,
    run,
    say,
    tree_hash,
    version,
)
from installer.origins import Frozen, product_version
from installer.sbom import write_bill
from installer.windows.sign import wanted

AGAIN = BUILD / "again"
RELEASES = BUILD / "release"
SUMS = "SHA256SUMS"


def main() -> int:
    number = version()
    release_date(ROOT / "CHANGELOG.md", number)
    require_clean_tree()
    for system in tools.SYSTEMS:
        tools.install(system)
    target = RELEASES / number
    for left in (ARTEFACTS, target):  # a release that is refused leaves no earlier one in its place
        shutil.rmtree(left, ignore_errors=True)
    build(ROOT)
    require_same_again()
    require_checks()
    target.mkdir(parents=True)
    for artefact in files_of(ARTEFACTS):
        shutil.copy2(artefact, target)
    for frozen in bundles():
        write_bill(frozen, target / f"{PROGRAM}-{number}-{frozen.system}.cdx.json")
    write_sums(target)
    say(f"Release {number}: {target.relative_to(ROOT)}\n{(target / SUMS).read_text('ascii')}")
    return 0


def require_clean_tree() -> None:
    """Raises BuildError when what would be built is no commit."""
    changed = git("status", "--porcelain")
    if changed:
        raise BuildError(f"commit first; what follows is in no commit:\n{changed}")


def build(root: Path) -> None:
    """Builds every package of the checkout at ``root``, showing its progress."""
    command = [sys.executable, "-m", "installer", "--build-only"]
    done = subprocess.run(command, cwd=root, env=reproducible_environment(), check=False)
    if done.returncode:
        raise BuildError(f"the packages of {root.name} could not be built")


def require_same_again() -> None:
    """Builds the commit again elsewhere. Raises BuildError naming what came out otherwise."""
    require_complete(ROOT)
    say("Building the same commit again, in another folder…")
    shutil.rmtree(AGAIN, ignore_errors=True)
    clone(ROOT, AGAIN)
    build(AGAIN)
    require_complete(AGAIN)
    differing = list(differences(ROOT, AGAIN))
    if differing:
        raise BuildError(f"two builds of one commit differ: {', '.join(differing)}")
    shutil.rmtree(AGAIN)


def require_complete(root: Path) -> None:
    """Raises BuildError unless a checkout's build made all there is to hand out, and only that.

    Two builds that both made nothing would be the same.
    """
    for system in tools.SYSTEMS:
        if not any(files_of(root / payload(system))):
            raise BuildError(f"the build made no program for {system} in {root / payload(system)}")
    made = {path.name for path in files_of(root / ARTEFACTS.relative_to(ROOT))}
    wanted = artefacts(version())
    if made != wanted:
        raise BuildError(
            f"the build did not make {', '.join(sorted(wanted - made)) or 'only what it should'};"
            f" it made {', '.join(sorted(made)) or 'nothing'}"
        )


def artefacts(number: str) -> set[str]:
    """The names of what is handed out."""
    return {
        f"{PROGRAM}_{number}_amd64.deb",
        f"{PROGRAM}-{number}-setup.exe",
        f"{PROGRAM}-{number}-x64.msi",
        f"{PROGRAM}-{number}-policy.zip",
    }


def payload(system: str) -> Path:
    """The frozen program's folder within a checkout."""
    return Path("build", system, "dist", PROGRAM)


def require_checks() -> None:
    """Runs both systems' checks on the packages. Raises BuildError if any fails or changes them."""
    before = tree_hash(ARTEFACTS)
    failing = [system for system in tools.SYSTEMS if check(system)]
    if failing:
        raise BuildError(f"the packages for {' and '.join(failing)} did not pass their checks")
    if tree_hash(ARTEFACTS) != before:
        raise BuildError("the packages are no longer those that were checked")


def clone(root: Path, target: Path) -> None:
    """Clones a checkout, whoever owns it (see ``git``).

    Both ends must be told, and which folder they name, the checkout or one of git's, depends on
    git's version and on the kind of checkout.
    """
    trusting = ("git", "-c", "safe.directory=*")
    other_end = shlex.join([*trusting, "upload-pack"])
    run([*trusting, "clone", "--quiet", "--no-hardlinks", "--upload-pack", other_end, root, target])


def differences(one: Path, other: Path) -> Iterator[str]:
    """The files of the payloads and the packages that differ between two checkouts' builds.

    A signature holds the moment it was made: the Windows packages are not compared when they are
    signed. What is frozen is never signed, copies of it are.
    """
    for system in tools.SYSTEMS:
        yield from changed(one / payload(system), other / payload(system))
    signed = {".exe", ".msi"} if wanted() else set()
    folder = ARTEFACTS.relative_to(ROOT)
    yield from changed(one / folder, other / folder, signed)


def changed(one: Path, other: Path, left_out: Collection[str] = ()) -> list[str]:
    """Names of the files that are not the same in both folders, but for some suffixes."""
    names = {path.relative_to(folder) for folder in (one, other) for path in files_of(folder)}
    return [
        name.as_posix()
        for name in sorted(names)
        if name.suffix not in left_out
        and not (
            (one / name).exists()
            and (other / name).exists()
            and file_hash(one / name) == file_hash(other / name)
        )
    ]


def bundles() -> Iterator[Frozen]:
    """What the bills of materials are made from."""
    linux, windows = BUILD / "linux", BUILD / "windows"
    wheels = linux / "wheels"
    pinned = ["--no-deps", "--require-hashes", "-r", str(ROOT / "requirements" / "freeze.txt")]
    python = linux / "venv" / "bin" / "python"
    run([python, "-m", "pip", "download", "--quiet", "--dest", str(wheels), *pinned])
    [site] = linux.glob("venv/lib/python3.*/site-packages")
    asked = "import platform, sys; print(platform.python_version(), sys.base_prefix)"
    number, prefix = run([python, "-c", asked]).strip().split(" ", 1)
    yield Frozen(
        "linux",
        linux / "dist" / PROGRAM,
        linux / "work" / PROGRAM / "contents.json",
        site,
        wheels,
        number,
        Path(prefix),
    )
    yield Frozen(
        "windows",
        windows / "dist" / PROGRAM,
        windows / "freeze" / PROGRAM / "contents.json",
        windows / "python" / "Lib" / "site-packages",
        windows / "cache" / "wheels",
        product_version(windows / "python" / "python.exe"),
        windows / "python",
    )


def write_sums(folder: Path) -> None:
    """``sha256sum --check SHA256SUMS`` verifies the whole release."""
    lines = [f"{file_hash(path)}  {path.name}\n" for path in sorted(folder.iterdir())]
    (folder / SUMS).write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BuildError as problem:
        sys.exit(f"No release: {problem}")
