"""The bill of materials of a frozen program (CycloneDX 1.6): who made each thing that is in it.

It starts from what PyInstaller put in (``contents.json``, written by the specification), not from
what was asked for: a package that is installed and left out of the bundle is not in the bill, and
a file that nobody can be named for stops the build.
"""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from installer.common import PROGRAM, ROOT, BuildError, epoch, file_hash, run, tree_hash, version

SCHEMA = SchemaVersion.V1_6
NAMESPACE = uuid.UUID("5a1d1c9e-4c8e-4f0e-8f3c-0b6f2d1f7a11")
LICENCES = {  # those whose metadata says it in words instead of an SPDX identifier
    "font-source-sans-pro": "OFL-1.1",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "python-stdnum": "LGPL-2.1-or-later",
    "reportlab": "BSD-3-Clause",
}
PYTHON_LICENCE = "PSF-2.0"
BOOTLOADER = "pyinstaller"  # its loader starts the program; no file of the bundle is named for it
QT_LICENCE = "LGPL-3.0-only"


@dataclass(frozen=True, slots=True)
class Frozen:
    """One frozen program: the bundle, what PyInstaller wrote of it, what it was made from.

    ``wheels`` is the folder of the wheels that were installed, whose hashes the bill repeats.
    """

    system: str
    payload: Path
    contents: Path
    site_packages: Path
    wheels: Path
    python: str


@dataclass(slots=True)
class Owners:
    """Distributions, Debian packages (name, version) and whether Python itself is there."""

    packages: dict[str, Distribution] = field(default_factory=dict)
    debian: dict[str, str] = field(default_factory=dict)
    qt: bool = False


def write_bill(frozen: Frozen, target: Path) -> Path:
    """Writes and validates the bill. Raises BuildError for a file without an owner."""
    program, components = _program(frozen), list(_components(frozen))
    bill = Bom(
        components=components,
        serial_number=uuid.uuid5(NAMESPACE, f"{frozen.system} {tree_hash(frozen.payload)}"),
        metadata=BomMetaData(
            component=program,
            timestamp=datetime.fromtimestamp(epoch(), UTC),
        ),
    )
    bill.metadata.tools.tools.clear()  # names its own version of the day: not the program's matter
    bill.register_dependency(program, components)
    text = make_outputter(bill, OutputFormat.JSON, SCHEMA).output_as_string(indent=1)
    refusal = JsonStrictValidator(SCHEMA).validate_str(text)
    if refusal is not None:
        raise BuildError(f"the bill of materials does not follow its schema: {refusal}")
    target.write_text(text + "\n", encoding="utf-8")
    return target


def _program(frozen: Frozen) -> Component:
    return Component(
        name=PROGRAM,
        version=version(),
        type=ComponentType.APPLICATION,
        bom_ref=PROGRAM,
        licenses=[LicenseFactory().make_from_string("EUPL-1.2")],
        properties=[
            Property(name="carnet-impact:system", value=frozen.system),
            Property(name="carnet-impact:payload-sha256", value=tree_hash(frozen.payload)),
        ],
    )


def _components(frozen: Frozen) -> Iterator[Component]:
    owners = _owners(frozen)
    installed = {
        _normal(d.metadata["Name"]): d for d in distributions(path=[str(frozen.site_packages)])
    }
    owners.packages[BOOTLOADER] = installed[BOOTLOADER]
    for name, distribution in sorted(owners.packages.items()):
        yield _package(name, distribution, frozen.wheels)
    if owners.qt:
        yield _component("qt", owners.packages["pyside6-essentials"].version, QT_LICENCE, "generic")
    yield _component("cpython", frozen.python, PYTHON_LICENCE, "generic")
    for name, number in sorted(owners.debian.items()):
        purl = PackageURL("deb", "debian", name, number, {"arch": "amd64"})
        yield Component(name=name, version=number, purl=purl, bom_ref=purl.to_string())


def _owners(frozen: Frozen) -> Owners:
    """Whose each file of the bundle is."""
    by_file = dict(_files_by_package(frozen.site_packages))
    owners = Owners()
    unknown: list[str] = []
    for entry in json.loads(frozen.contents.read_text(encoding="utf-8")):
        source = str(entry["source"]).replace("\\", "/")
        head, within, path = source.partition("/site-packages/")
        if within:
            owner = by_file.get(path.lower())
            if owner is None:
                unknown.append(source)
                continue
            owners.packages[_normal(owner.metadata["Name"])] = owner
            owners.qt = owners.qt or "qt6core" in path.lower()
        elif not (_is_ours(head) or _is_pythons(head, entry["kind"])):
            owners.debian.update([_debian_package(Path(source))])
    if unknown:
        raise BuildError(f"in the bundle, but of no known package: {', '.join(unknown[:10])}")
    return owners


def _files_by_package(site_packages: Path) -> Iterator[tuple[str, Distribution]]:
    for distribution in distributions(path=[str(site_packages)]):
        for file in distribution.files or ():
            yield PurePosixPath(file).as_posix().lower(), distribution


def _is_ours(source: str) -> bool:
    """Under the project, seen from Linux or through Wine's drive."""
    return source in {"", "-"} or source.removeprefix("Z:").startswith(f"{ROOT.as_posix()}/")


def _is_pythons(source: str, kind: str) -> bool:
    """The standard library and the interpreter, which the component « cpython » stands for."""
    name = PurePosixPath(source).name.lower()
    if name == "base_library.zip" or kind == "SYMLINK":
        return True
    return "/python3" in source.lower() or "python3" in name


def _debian_package(source: Path) -> tuple[str, str]:
    """The Debian package a library comes from, and its version. Raises BuildError if none."""
    for path in (source, source.resolve(), Path(str(source).removeprefix("/usr"))):
        try:
            owner = run(["dpkg-query", "-S", path]).partition(": ")[0].split(",")[0]
        except BuildError:
            continue
        package, number = run(["dpkg-query", "-W", "-f", "${Package} ${Version}", owner]).split()
        return package, number
    raise BuildError(f"in the bundle, but of no known package: {source}")


def _package(name: str, distribution: Distribution, wheels: Path) -> Component:
    component = _component(name, distribution.version, _licence(name, distribution), "pypi")
    for wheel in wheels.glob("*.whl"):
        project, number = wheel.name.split("-")[:2]
        if _normal(project) == name and number == distribution.version:
            digest = HashType(alg=HashAlgorithm.SHA_256, content=file_hash(wheel))
            component.hashes.add(digest)
    if not component.hashes:
        raise BuildError(
            f"{name} {distribution.version} is in the bundle, its wheel is not at hand"
        )
    return component


def _component(name: str, number: str, licence: str, kind: str) -> Component:
    purl = PackageURL(kind, None, name, number)
    licences = [LicenseFactory().make_from_string(licence)]
    return Component(
        name=name, version=number, purl=purl, bom_ref=purl.to_string(), licenses=licences
    )


def _licence(name: str, distribution: Distribution) -> str:
    metadata = distribution.metadata
    return LICENCES.get(name) or metadata["License-Expression"] or metadata["License"] or "unknown"


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
