"""Who signed a Windows binary: CPython's must be the Python Software Foundation's or Microsoft's.

Revocation lists are not fetched, since builds may run without a network; the pinned hash of the
archive says the same file was looked at when it was chosen. Microsoft's two roots are not in
Debian's list of authorities: they stand beside this file, under their published thumbprints.
"""

import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from installer.common import BuildError, files_of, run
from installer.windows.places import HERE, WORK

CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
PYTHON = "Python Software Foundation"
MICROSOFT = ("Microsoft Corporation", "Microsoft Windows Software Compatibility Publisher")
_SECURITY_DIRECTORY = 4
_SIGNER = re.compile(r"Signer's certificate:.*?Subject: .*?CN ?= ?([^/\n]+)", re.DOTALL)
_GOOD = re.compile(r"^Signature verification: ok$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Signature:
    """``signer`` is empty for a file without a signature; ``valid``: chain, time and contents.

    A file may bear several signatures: its first one is meant, the only one Windows must look at.
    """

    file: str
    signer: str
    valid: bool


def read(path: Path, name: str) -> Signature:
    """Verifies one binary against the known authorities, at the time its timestamp proves."""
    if not carries_one(path):
        return Signature(name, "", valid=False)
    authorities = str(_authorities())
    command = ["osslsigncode", "verify", "-CAfile", authorities, "-TSA-CAfile", authorities]
    if _knows("-ignore-crl"):
        command.append("-ignore-crl")
    try:
        text, well = run([*command, "-in", str(path)], timeout=60), True
    except BuildError as error:
        text, well = str(error), False
    first = "".join(text.split("Signature Index:")[1:2])
    signer = _SIGNER.search(first)
    valid = well and _GOOD.search(first) is not None
    return Signature(name, signer[1].strip() if signer else "?", valid)


def require_runtime(folder: Path) -> None:
    """Raises BuildError unless every binary of CPython's archive bears a good signature."""
    found_ones = binaries(folder)
    for path in found_ones:
        found = read(path, path.name)
        allowed = MICROSOFT if path.name.startswith("vcruntime") else (PYTHON,)
        if not found.valid or found.signer not in allowed:
            raise BuildError(f"{path.name} of the runtime: signed by « {found.signer} », refused")
    if not found_ones:
        raise BuildError("the runtime holds no binary")


def survey(folder: Path) -> list[Signature]:
    """Every binary of a payload and who signed it."""
    return [read(path, path.relative_to(folder).as_posix()) for path in binaries(folder)]


def binaries(folder: Path) -> list[Path]:
    """What Windows loads as code; names there know no case."""
    return [path for path in files_of(folder) if path.suffix.lower() in {".exe", ".dll", ".pyd"}]


def report(found: Iterable[Signature]) -> str:
    """One line a binary, those nobody signed first."""
    rows = sorted(found, key=lambda one: (one.valid, one.signer, one.file))
    return "".join(f"{_said(one)}\t{one.file}\n" for one in rows)


def _said(one: Signature) -> str:
    if not one.signer:
        return "not signed"
    return one.signer if one.valid else f"NOT VALID ({one.signer})"


def carries_one(path: Path) -> bool:
    """Whether a 64-bit Windows binary has a certificate table."""
    data = path.read_bytes()
    if data[:2] != b"MZ":
        return False
    header = int(struct.unpack_from("<I", data, 0x3C)[0]) + 24
    directories = header + (112 if data[header : header + 2] == b"\x0b\x02" else 96)
    return bool(struct.unpack_from("<II", data, directories + 8 * _SECURITY_DIRECTORY)[1])


@cache
def _authorities() -> Path:
    if not CERTIFICATES.exists():
        raise BuildError("ca-certificates is not installed: signatures cannot be verified")
    WORK.mkdir(parents=True, exist_ok=True)
    both = WORK / "authorities.pem"
    roots = (HERE / "microsoft_roots.pem").read_text(encoding="ascii")
    both.write_text(CERTIFICATES.read_text(encoding="utf-8") + roots, encoding="utf-8")
    return both


@cache
def _knows(option: str) -> bool:
    try:
        return option in run(["osslsigncode", "verify", "--help"], timeout=30)
    except BuildError as error:
        return option in str(error)
