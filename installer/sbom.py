"""The bill of materials of a frozen program (CycloneDX 1.6): who made each thing that is in it.

It names the owners of what is in the bundle (installer/origins.py), and nothing else.
"""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from installer.common import PROGRAM, BuildError, epoch, file_hash, tree_hash, version
from installer.origins import Frozen, normal, owners

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
DEBIAN_LICENCES = {"libmpdec3": "BSD-2-Clause", "libpython3.11": PYTHON_LICENCE}
BOOTLOADER = "pyinstaller"  # its loader starts the program; no file of the bundle is named for it
QT_LICENCE = "LGPL-3.0-only"


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
    found = owners(frozen)
    installed = {
        normal(d.metadata["Name"]): d for d in distributions(path=[str(frozen.site_packages)])
    }
    found.packages[BOOTLOADER] = installed[BOOTLOADER]
    for name, distribution in sorted(found.packages.items()):
        yield _package(name, distribution, frozen.wheels)
    if found.qt:
        yield _component(
            "qt", found.packages["pyside6-essentials"].version, QT_LICENCE, cpe="qt:qt"
        )
    yield _component("cpython", frozen.python, PYTHON_LICENCE, cpe="python:python")
    for work, number in sorted(found.works.items()):
        yield _component(work.name, number, work.licence, cpe=work.cpe)
    for name, number in sorted(found.debian.items()):
        yield _debian(name, number)


def _package(name: str, distribution: Distribution, wheels: Path) -> Component:
    component = _component(name, distribution.version, _licence(name, distribution), kind="pypi")
    for wheel in wheels.glob("*.whl"):
        project, number = wheel.name.split("-")[:2]
        if normal(project) == name and number == distribution.version:
            digest = HashType(alg=HashAlgorithm.SHA_256, content=file_hash(wheel))
            component.hashes.add(digest)
    if not component.hashes:
        raise BuildError(
            f"{name} {distribution.version} is in the bundle, its wheel is not at hand"
        )
    return component


def _debian(name: str, number: str) -> Component:
    purl = PackageURL("deb", "debian", name, number, {"arch": "amd64"})
    licence = LicenseFactory().make_from_string(DEBIAN_LICENCES.get(name, "unknown"))
    return Component(
        name=name, version=number, purl=purl, bom_ref=purl.to_string(), licenses=[licence]
    )


def _component(
    name: str, number: str, licence: str, *, kind: str = "generic", cpe: str = ""
) -> Component:
    """``cpe``: maker and product, where lists of known weaknesses (CVE) name the work otherwise."""
    purl = PackageURL(kind, None, name, number)
    return Component(
        name=name,
        version=number,
        purl=purl,
        bom_ref=purl.to_string(),
        cpe=f"cpe:2.3:a:{cpe}:{number}:*:*:*:*:*:*:*" if cpe else None,
        licenses=[LicenseFactory().make_from_string(licence)],
    )


def _licence(name: str, distribution: Distribution) -> str:
    metadata = distribution.metadata
    return LICENCES.get(name) or metadata["License-Expression"] or metadata["License"] or "unknown"
