"""Small made-up bundles: what PyInstaller would have written of them."""

import json
from pathlib import Path


def install(site: Path, wheels: Path, name: str, number: str, licence: str) -> None:
    """A package of one file, and the wheel it came from."""
    info = site / f"{name}-{number}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.4\nName: {name}\nVersion: {number}\n{licence}\n", encoding="utf-8"
    )
    (info / "RECORD").write_text(f"{name}/Core.py,,\n", encoding="utf-8")
    (wheels / f"{name}-{number}-py3-none-any.whl").write_bytes(name.encode())


def record(contents: Path, *sources: str, kind: str = "DATA") -> None:
    """The bundle's contents, each file under its own name."""
    names = [source.replace("\\", "/").rpartition("/")[2] for source in sources]
    entries = [
        {"name": name, "source": source, "kind": kind}
        for name, source in zip(names, sources, strict=True)
    ]
    contents.write_text(json.dumps(entries), encoding="utf-8")


def resource(number: str) -> bytes:
    """A Windows program whose resources tell its version."""
    return b"MZ" + f"ProductVersion\0\0{number}\0\0".encode("utf-16-le") + b"end"
