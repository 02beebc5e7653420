import json
from pathlib import Path

import pytest

from installer.common import ROOT, BuildError, tree_hash, version
from installer.sbom import Frozen, write_bill


@pytest.fixture
def frozen(tmp_path: Path) -> Frozen:
    """A bundle of two packages, of three that are installed."""
    site, wheels, payload = (tmp_path / name for name in ("site-packages", "wheels", "payload"))
    wheels.mkdir()
    payload.mkdir()
    (payload / "program").write_bytes(b"program")
    install(site, wheels, "used_one", "1.0", "License-Expression: MIT")
    install(site, wheels, "unused", "2.0", "License-Expression: MIT")
    install(site, wheels, "pyinstaller", "6.0", "License: GPL")
    contents = tmp_path / "contents.json"
    record(contents, f"{site}/used_one/core.py", f"{ROOT}/desktop_app/cli.py")
    return Frozen("linux", payload, contents, site, wheels, "3.11.2")


def install(site: Path, wheels: Path, name: str, number: str, licence: str) -> None:
    info = site / f"{name}-{number}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.4\nName: {name}\nVersion: {number}\n{licence}\n", encoding="utf-8"
    )
    (info / "RECORD").write_text(f"{name}/Core.py,,\n", encoding="utf-8")
    (wheels / f"{name}-{number}-py3-none-any.whl").write_bytes(name.encode())


def record(contents: Path, *sources: str) -> None:
    entries = [{"name": "x", "source": source, "kind": "DATA"} for source in sources]
    contents.write_text(json.dumps(entries), encoding="utf-8")


def components(path: Path) -> dict[str, dict[str, object]]:
    bill = json.loads(path.read_text(encoding="utf-8"))
    return {component["name"]: component for component in bill["components"]}


def test_the_bill_holds_what_is_in_the_bundle_and_nothing_else(frozen, tmp_path):
    target = write_bill(frozen, tmp_path / "bill.json")
    assert set(components(target)) == {"used-one", "pyinstaller", "cpython"}
    used = components(target)["used-one"]
    assert used["licenses"] == [{"license": {"id": "MIT"}}]
    assert used["purl"] == "pkg:pypi/used-one@1.0"
    assert len(used["hashes"]) == 1
    program = json.loads(target.read_text("utf-8"))["metadata"]["component"]
    assert program["version"] == version()
    assert tree_hash(frozen.payload) in target.read_text("utf-8")


def test_the_same_bundle_has_the_same_bill(frozen, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first = write_bill(frozen, tmp_path / "1.json").read_bytes()
    assert write_bill(frozen, tmp_path / "2.json").read_bytes() == first
    assert b"2023-11-14" in first


def test_paths_seen_through_wine_are_understood(frozen, tmp_path):
    site = str(frozen.site_packages).replace("/", "\\")
    record(frozen.contents, f"Z:{site}\\Used_One\\Core.py", f"Z:{ROOT}\\x.py".replace("/", "\\"))
    assert "used-one" in components(write_bill(frozen, tmp_path / "bill.json"))


@pytest.mark.parametrize("source", ["/opt/somebody/lib.so", "{site}/used_one/added.py"])
def test_a_file_without_an_owner_stops_the_build(frozen, tmp_path, source):
    record(frozen.contents, source.format(site=frozen.site_packages))
    with pytest.raises(BuildError, match="of no known package"):
        write_bill(frozen, tmp_path / "bill.json")
    assert not (tmp_path / "bill.json").exists()


def test_a_package_whose_wheel_is_not_at_hand_stops_the_build(frozen, tmp_path):
    next(frozen.wheels.glob("used_one*")).unlink()
    with pytest.raises(BuildError, match=r"used-one 1\.0"):
        write_bill(frozen, tmp_path / "bill.json")
