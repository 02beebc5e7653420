import json
from pathlib import Path

import pytest

from installer.common import BuildError, tree_hash, version
from installer.sbom import write_bill
from tests.installer.bundles import record, resource


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


def test_what_pythons_archive_carries_is_named_as_lists_of_weaknesses_do(windows, tmp_path):
    record(windows.contents, f"{windows.runtime}/libcrypto-3.dll", f"{windows.runtime}/sqlite3.dll")
    (windows.payload / "_internal" / "libcrypto-3.dll").write_bytes(resource("3.0.13"))
    (windows.payload / "_internal" / "sqlite3.dll").write_bytes(resource("3.45.1.0"))
    found = components(write_bill(windows, tmp_path / "bill.json"))
    assert set(found) == {"pyinstaller", "cpython", "openssl", "sqlite"}
    assert found["openssl"]["purl"] == "pkg:generic/openssl@3.0.13"
    assert found["openssl"]["cpe"] == "cpe:2.3:a:openssl:openssl:3.0.13:*:*:*:*:*:*:*"
    assert found["openssl"]["licenses"] == [{"license": {"id": "Apache-2.0"}}]
    assert found["sqlite"]["version"] == "3.45.1"
    assert found["sqlite"]["licenses"] == [{"license": {"id": "blessing"}}]


def test_a_file_without_an_owner_leaves_no_bill(frozen, tmp_path):
    record(frozen.contents, "/opt/somebody/lib.so")
    with pytest.raises(BuildError, match="of no known package"):
        write_bill(frozen, tmp_path / "bill.json")
    assert not (tmp_path / "bill.json").exists()


def test_the_same_bundle_has_the_same_bill(frozen, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first = write_bill(frozen, tmp_path / "1.json").read_bytes()
    assert write_bill(frozen, tmp_path / "2.json").read_bytes() == first
    assert b"2023-11-14" in first


def test_a_package_whose_wheel_is_not_at_hand_stops_the_build(frozen, tmp_path):
    next(frozen.wheels.glob("used_one*")).unlink()
    with pytest.raises(BuildError, match=r"used-one 1\.0"):
        write_bill(frozen, tmp_path / "bill.json")
