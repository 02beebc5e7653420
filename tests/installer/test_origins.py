import json
import shutil
from pathlib import Path

import pytest

from installer.common import ROOT, BuildError
from installer.origins import owners, product_version
from tests.installer.bundles import record, resource

DEBIAN = "/usr/lib/x86_64-linux-gnu"


def works(frozen):
    return {work.name: number for work, number in owners(frozen).works.items()}


@pytest.fixture
def carry(windows):
    """Puts files of the runtime into the bundle, as Wine tells of them."""

    def put(**files: bytes) -> None:
        for name, content in files.items():
            (windows.payload / "_internal" / f"{name}.dll").write_bytes(content)
        record(windows.contents, *(f"Z:{windows.runtime}/{name}.dll" for name in files))

    return put


def test_paths_seen_through_wine_are_understood(frozen):
    site = str(frozen.site_packages).replace("/", "\\")
    ours = f"Z:{ROOT}\\desktop_app\\cli.py".replace("/", "\\")
    record(frozen.contents, f"Z:{site}\\Used_One\\Core.py", ours)
    assert list(owners(frozen).packages) == ["used-one"]


def test_each_work_that_windows_python_carries_tells_its_version(windows, carry):
    signed = "LibFFI for Python (libffi-3.4.4)".encode("utf-16-be")
    carry(**{
        "libcrypto-3": resource("3.0.13"),
        "libssl-3": resource("3.0.13"),
        "sqlite3": resource("3.45.1.0"),
        "libffi-8": b"MZ" + signed,
        "VCRUNTIME140": resource("14.38.33126.1"),
        "VCRUNTIME140_1": resource("14.38.33126.1"),
    })  # fmt: skip
    assert works(windows) == {
        "openssl": "3.0.13",
        "sqlite": "3.45.1",
        "libffi": "3.4.4",
        "vcruntime140": "14.38.33126.1",
    }


def test_two_files_of_one_work_are_of_one_version(windows, carry):
    carry(**{"libcrypto-3": resource("3.0.13"), "libssl-3": resource("3.0.14")})
    with pytest.raises(BuildError, match=r"libssl-3\.dll is of openssl 3\.0\.14"):
        owners(windows)


def test_a_work_must_tell_its_version(windows, carry):
    carry(**{"libffi-8": b"MZ"})
    with pytest.raises(BuildError, match=r"libffi-8\.dll tells no version"):
        owners(windows)


@pytest.mark.parametrize(
    "name", ["python311.dll", "python3.dll", "_ssl.pyd", "python311.zip/email/utils.pyc"]
)
def test_windows_pythons_own_files_are_known(windows, name):
    record(windows.contents, f"Z:{windows.runtime}/{name}".replace("/", "\\"))
    assert works(windows) == {}


@pytest.mark.parametrize(
    "source",
    [
        "{runtime}/stray.dll",
        "{runtime}/libcrypto-3.dll.old",
        "{runtime}/deeper/sqlite3.dll",
        "{runtime}/Lib/stray.py",
        "{root}/build/windows/cache/stray.dll",
        "{root}/stray.py",
        "{root}/resources/../build/stray.dll",
        "{site}/used_one/added.py",
        "C:/windows/system32/msvcp140.dll",
        "/usr/bin/dpkg",
        "",
    ],
)
def test_on_windows_a_file_of_nobody_stops_the_build(windows, source):
    places = {"runtime": windows.runtime, "root": ROOT, "site": windows.site_packages}
    record(windows.contents, source.format(**places))
    with pytest.raises(BuildError, match="of no known package"):
        owners(windows)


@pytest.mark.parametrize(
    "source",
    [
        "/usr/lib/python3.11/email/utils.py",
        "/usr/lib/python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so",
        f"{DEBIAN}/libpython3.99.so.1.0",
        "/lib/x86_64-linux-gnu/libpython3.99.so.1.0",
        "/usr/lib/libpython3.99.so.1.0",
        "{work}/base_library.zip",
        "{root}/desktop_app/cli.py",
        "{root}/resources/icons/app/app.svg",
        "{root}/installer/linux/runtime_hook.py",
        "{root}/LICENSE",
    ],
)
def test_on_linux_python_and_what_is_ours_are_known(frozen, source):
    record(frozen.contents, source.format(work=frozen.contents.parent, root=ROOT))
    found = owners(frozen)
    assert (found.packages, found.debian, found.works) == ({}, {}, {})


@pytest.mark.parametrize(
    "source",
    [
        "/opt/somebody/lib.so",
        "/opt/python3/lib.so",
        "/opt/somebody/libpython3.11.so.1.0",
        "/usr/lib/python3.11/dist-packages/stray.py",
        f"{DEBIAN}/stray-for-python3.so",
        "{root}/build/stray.so",
        "{site}/used_one/added.py",
    ],
)
def test_on_linux_a_file_of_nobody_stops_the_build(frozen, source):
    record(frozen.contents, source.format(root=ROOT, site=frozen.site_packages))
    with pytest.raises(BuildError, match="of no known package"):
        owners(frozen)


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="Debian's packages alone are known")
def test_on_debian_a_library_is_its_packages(frozen):
    record(frozen.contents, "/usr/bin/dpkg")
    assert list(owners(frozen).debian) == ["dpkg"]


@pytest.mark.skipif(
    not Path(f"{DEBIAN}/libpython3.11.so.1.0").exists(), reason="needs Debian 12's own Python"
)
def test_debians_python_is_its_packages_too(frozen):
    record(frozen.contents, f"{DEBIAN}/libpython3.11.so.1.0")
    assert list(owners(frozen).debian) == ["libpython3.11"]


@pytest.mark.parametrize(("target", "known"), [("../there.so", True), ("there.so", False)])
def test_a_link_leads_to_a_file_of_the_bundle(frozen, target, known):
    file = {
        "name": "there.so",
        "source": f"{frozen.site_packages}/used_one/core.py",
        "kind": "DATA",
    }
    link = {"name": "deep/link.so", "source": target, "kind": "SYMLINK"}
    frozen.contents.write_text(json.dumps([file, link]), encoding="utf-8")
    if known:
        assert list(owners(frozen).packages) == ["used-one"]
    else:
        with pytest.raises(BuildError, match="of no known package"):
            owners(frozen)


def test_a_package_without_a_file_is_nobodys_concern(frozen):
    record(frozen.contents, "-", kind="PYMODULE")
    assert owners(frozen).packages == {}


def test_a_windows_program_tells_its_version(tmp_path):
    program = tmp_path / "python.exe"
    program.write_bytes(resource("3.11.9"))
    assert product_version(program) == "3.11.9"
    program.write_bytes(b"MZ")
    with pytest.raises(BuildError, match=r"python\.exe tells no version"):
        product_version(program)
