"""Whose each file of a frozen program is.

It starts from what PyInstaller put in (``contents.json``, written by the specification), not from
what was asked for: a package that is installed and left out of the bundle owns nothing in it, and
a file that nobody can be named for stops the build.
"""

import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath

from installer.common import ROOT, BuildError, run

INTERNAL = "_internal"
OURS = ("desktop_app", "resources", "installer")
_NUMBER = rb"\0+((?:[\d.]\0)+)"  # UTF-16, as all that Windows reads in a program
RESOURCE = re.escape("ProductVersion".encode("utf-16-le")) + _NUMBER
SIGNED_LIBFFI = re.escape("libffi-".encode("utf-16-be")) + rb"((?:\0[\d.])+)"


@dataclass(frozen=True, slots=True, order=True)
class Work:
    """What CPython's archive for Windows holds that its authors took from others.

    ``files``: a pattern of names in the archive; ``tells``: what its version follows in them, and
    how many numbers it has there; ``cpe``: the maker and product that lists of known weaknesses
    name it by.
    """

    name: str
    licence: str
    files: str
    tells: bytes
    numbers: int = 3
    cpe: str = ""


# The names are CPython's (PCbuild/python.props and the projects beside it), in lower case.
WORKS = (
    Work("openssl", "Apache-2.0", r"lib(crypto|ssl)-3\.dll", RESOURCE, cpe="openssl:openssl"),
    Work("sqlite", "blessing", r"sqlite3\.dll", RESOURCE, cpe="sqlite:sqlite"),
    # It tells its version nowhere but in what the Python Software Foundation signed.
    Work("libffi", "MIT", r"libffi-8\.dll", SIGNED_LIBFFI, cpe="libffi_project:libffi"),
    # So named by CPython's LICENSE.txt, which repeats its terms.
    Work("vcruntime140", "Microsoft Distributable Code", r"vcruntime140(_1)?\.dll", RESOURCE, 4),
)
# CPython's own files under its folder: Windows' archive, or the prefix of an installed Python.
CPYTHON = {
    "windows": r"python3\d*\.dll|[^/]+\.pyd|python3\d+\.zip/.+",
    "linux": (
        r"lib/python3\.\d+/(?!(?:site|dist)-packages/).+"
        r"|lib/(?:[^/]+-linux-gnu/)?libpython3[^/]*\.so[^/]*"
    ),
}


@dataclass(frozen=True, slots=True)
class Frozen:
    """One frozen program: the bundle, what PyInstaller wrote of it, what it was made from.

    ``wheels`` is the folder of the wheels that were installed, whose hashes the bill repeats;
    ``python`` the interpreter's version and ``runtime`` the folder it stands in.
    """

    system: str
    payload: Path
    contents: Path
    site_packages: Path
    wheels: Path
    python: str
    runtime: Path


@dataclass(slots=True)
class Owners:
    """Distributions, Debian packages and what CPython carries (version by name), and Qt."""

    packages: dict[str, Distribution] = field(default_factory=dict)
    debian: dict[str, str] = field(default_factory=dict)
    works: dict[Work, str] = field(default_factory=dict)
    qt: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the bundle: its place there, where it was taken from, PyInstaller's word for it."""

    name: str
    source: str
    kind: str


def owners(frozen: Frozen) -> Owners:
    """Whose each file of the bundle is. Raises BuildError naming those that are nobody's."""
    entries = list(_entries(frozen.contents))
    search = _Search(frozen, {entry.name for entry in entries})
    unknown = [entry.source or entry.name for entry in entries if not search.finds(entry)]
    if unknown:
        raise BuildError(f"in the bundle, but of no known package: {', '.join(unknown[:10])}")
    return search.found


def product_version(program: Path) -> str:
    """The version that a Windows program's own resources tell."""
    return _told(program, RESOURCE)


def normal(name: str) -> str:
    """A distribution's name as the bill spells it."""
    return name.lower().replace("_", "-").replace(".", "-")


def _entries(contents: Path) -> Iterator[Entry]:
    for entry in json.loads(contents.read_text(encoding="utf-8")):
        name, source = (str(entry[key]).replace("\\", "/") for key in ("name", "source"))
        path = re.sub("^[Zz]:/", "/", source)  # the drive through which Wine shows this machine
        yield Entry(name, posixpath.normpath(path) if path else "", str(entry["kind"]))


class _Search:
    """Takes the files one by one; what was found so far stands in ``found``."""

    def __init__(self, frozen: Frozen, names: set[str]) -> None:
        self.found = Owners()
        self._frozen = frozen
        self._names = names
        self._by_file = dict(_files_by_package(frozen.site_packages))

    def finds(self, entry: Entry) -> bool:
        """Whether an owner is known, who is then remembered."""
        if entry.kind == "SYMLINK":  # to another file of the bundle, which has its own entry
            target = posixpath.join(posixpath.dirname(entry.name), entry.source)
            return posixpath.normpath(target) in self._names
        path = _within(self._frozen.site_packages, entry.source)
        if path is not None:
            return self._is_a_packages(path)
        return (
            _is_ours(entry, self._frozen.contents.parent)
            or self._is_of_the_runtime(entry)
            or (self._frozen.system == "linux" and self._is_debians(Path(entry.source)))
        )

    def _is_a_packages(self, path: str) -> bool:
        owner = self._by_file.get(path.lower())
        if owner is None:
            return False
        self.found.packages[normal(owner.metadata["Name"])] = owner
        self.found.qt = self.found.qt or "qt6core" in path.lower()
        return True

    def _is_of_the_runtime(self, entry: Entry) -> bool:
        """CPython's own, which the bill names in any case, or a work that it carries."""
        runtime, system = self._frozen.runtime, self._frozen.system
        # Debian's linker still says /lib for what stands in /usr/lib.
        path = _within(runtime, entry.source) or _within(runtime, f"/usr{entry.source}") or ""
        if re.fullmatch(CPYTHON[system], path.lower()):
            if system == "linux" and "libpython" in entry.name:
                # Debian mends its Python without another version of it: its package tells how far.
                self._is_debians(Path(entry.source))
            return True
        works = WORKS if system == "windows" else ()
        for work in works:
            if re.fullmatch(work.files, path.lower()):
                self._remember(work, self._frozen.payload / INTERNAL / entry.name)
                return True
        return False

    def _remember(self, work: Work, file: Path) -> None:
        number = ".".join(_told(file, work.tells).split(".")[: work.numbers])
        if self.found.works.setdefault(work, number) != number:
            raise BuildError(f"{file.name} is of {work.name} {number}, its other file is not")

    def _is_debians(self, source: Path) -> bool:
        for path in (source, source.resolve(), Path(str(source).removeprefix("/usr"))):
            try:
                owner = run(["dpkg-query", "-S", path]).partition(": ")[0].split(",")[0]
            except BuildError:
                continue
            told = run(["dpkg-query", "-W", "-f", "${Package} ${Version}", owner])
            package, number = told.split()
            self.found.debian[package] = number
            return True
        return False


def _files_by_package(site_packages: Path) -> Iterator[tuple[str, Distribution]]:
    for distribution in distributions(path=[str(site_packages)]):
        for file in distribution.files or ():
            yield PurePosixPath(file).as_posix().lower(), distribution


def _within(folder: Path, source: str) -> str | None:
    """The path under ``folder``; the case of names, which Windows does not look at, is left out."""
    start = f"{folder.as_posix()}/"
    return source[len(start) :] if source.lower().startswith(start.lower()) else None


def _is_ours(entry: Entry, work: Path) -> bool:
    """What we wrote, what PyInstaller made in its folder ``work``, and packages without a file."""
    if entry.source in {"", "-"}:
        return entry.kind == "PYMODULE"
    path = Path(entry.source)
    return path == ROOT / "LICENSE" or any(
        path.is_relative_to(folder) for folder in (work, *(ROOT / name for name in OURS))
    )


def _told(program: Path, tells: bytes) -> str:
    found = re.search(tells, program.read_bytes())
    if found is None:
        raise BuildError(f"{program.name} tells no version")
    return found[1].replace(b"\0", b"").decode("ascii").strip(".")
