"""What the Windows packages are made of: libraries, signatures, size, and the signing step."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer.common import ROOT, BuildError, run, tree_size
from installer.tests.windows_machine import Machine
from installer.windows import fetch, in_use, nsis, sign, signatures
from installer.windows.freeze import BUDGET
from installer.windows.places import COMMAND, PAYLOAD, PYTHON, WINDOW

_WINDOWS_10 = """
advapi32 authz bcrypt comctl32 comdlg32 crypt32 d3d11 d3d12 d3d9 dwmapi dwrite dxgi gdi32 imm32
iphlpapi kernel32 mpr netapi32 ole32 oleaut32 rpcrt4 setupapi shell32 shlwapi uiautomationcore
user32 userenv uxtheme version winmm winspool ws2_32 wtsapi32
"""
OF_WINDOWS_10 = frozenset(_WINDOWS_10.split())
LIBRARY = re.compile(r"DLL Name: (\S+)\.(?:dll|drv)", re.IGNORECASE)


def test_every_library_comes_with_the_program_or_with_windows(setup: Path) -> None:
    assert setup.exists()
    if shutil.which("objdump") is None:
        pytest.skip("not installed: binutils")
    binaries = signatures.binaries(PAYLOAD)
    carried = {path.stem.casefold() for path in binaries}
    for path in binaries:
        found = LIBRARY.findall(run(["objdump", "-p", path]))
        wanted = {name.casefold() for name in found if not name.startswith("api-ms-win-")}
        assert wanted <= carried | OF_WINDOWS_10, path.name


def test_the_payload_is_small_and_signed_where_others_sign(setup: Path) -> None:
    assert setup.exists()
    assert tree_size(PAYLOAD) <= BUDGET
    read = {name: signatures.read(PAYLOAD / name, name) for name in (
        "_internal/python311.dll", "_internal/PySide6/Qt6Core.dll", "_internal/VCRUNTIME140.dll",
    )}  # fmt: skip
    assert [(one.signer, one.valid) for one in read.values()] == [
        ("Python Software Foundation", True),
        ("The Qt Company Oy", True),
        ("Microsoft Windows Software Compatibility Publisher", True),
    ]


def test_a_runtime_that_was_touched_is_refused(setup: Path, tmp_path: Path) -> None:
    assert setup.exists()
    shutil.copy(PYTHON / "python3.dll", tmp_path)
    signatures.require_runtime(tmp_path)
    data = bytearray((tmp_path / "python3.dll").read_bytes())
    data[0x400] ^= 1
    (tmp_path / "PYTHON3.DLL").write_bytes(data)
    with pytest.raises(BuildError, match=r"PYTHON3\.DLL"):
        signatures.require_runtime(tmp_path)


def test_a_runtime_that_others_signed_or_nobody_is_refused(setup: Path, tmp_path: Path) -> None:
    assert setup.exists()
    with pytest.raises(BuildError, match="no binary"):
        signatures.require_runtime(tmp_path)
    shutil.copy(PAYLOAD / "_internal/PySide6/Qt6Core.dll", tmp_path / "python3.dll")
    with pytest.raises(BuildError, match=r"python3\.dll .*The Qt Company"):
        signatures.require_runtime(tmp_path)
    shutil.copy(PAYLOAD / COMMAND, tmp_path / "python3.dll")
    with pytest.raises(BuildError, match=r"python3\.dll of the runtime: signed by «  »"):
        signatures.require_runtime(tmp_path)


def test_a_good_signature_beside_the_first_does_not_count(
    setup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One may bear any name on a certificate of one's own, and add a valid signature to it."""
    assert setup.exists()
    named, other = (self_signed(tmp_path / name, name) for name in (signatures.PYTHON, "Other"))
    once, twice = tmp_path / "once.exe", tmp_path / "python3.dll"
    unsigned = PAYLOAD / COMMAND
    for (pem, key), source, target, more in (
        (named, unsigned, once, []),
        (other, once, twice, ["-nest"]),
    ):
        run(["osslsigncode", "sign", "-h", "sha256", *more, "-certs", pem, "-key", key,
             "-in", source, "-out", target])  # fmt: skip
    (once).unlink()
    monkeypatch.setattr(signatures, "_authorities", lambda: other[0])
    assert signatures.read(twice, twice.name) == signatures.Signature(
        twice.name, signatures.PYTHON, valid=False
    )
    with pytest.raises(BuildError, match=signatures.PYTHON):
        signatures.require_runtime(tmp_path)


def self_signed(folder: Path, name: str) -> tuple[Path, Path]:
    """A throw-away certificate for signing code, and its key."""
    folder.mkdir()
    pem, key = folder / "cert.pem", folder / "key.pem"
    subject = ["-subj", f"/CN={name}", "-addext", "extendedKeyUsage=codeSigning"]
    run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-noenc", "-days", "2", *subject,
         "-keyout", key, "-out", pem])  # fmt: skip
    return pem, key


def test_a_file_that_is_not_what_was_pinned_is_not_used(tmp_path: Path) -> None:
    requirements = tmp_path / "pins.txt"
    requirements.write_text(f"one==1.0 --hash=sha256:{'0' * 64}\n", encoding="ascii")
    (tmp_path / "held").mkdir()
    (tmp_path / "held" / "one-1.0-py3-none-any.whl").write_bytes(b"something else")
    pins = fetch.pins(requirements)
    assert pins == {"one": {"0" * 64}}
    assert not fetch.complete(pins, tmp_path / "held")


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A throw-away certificate, given as a person would."""
    password = tmp_path / "password"
    password.write_text("not for anything\n", encoding="ascii")
    pem, key = self_signed(tmp_path / "essai", "Essai")
    pfx = tmp_path / "essai.pfx"
    run(["openssl", "pkcs12", "-export", "-inkey", key, "-in", pem, "-out", pfx,
         "-passout", f"file:{password}"])  # fmt: skip
    monkeypatch.setenv(sign.CERTIFICATE, str(pfx))
    monkeypatch.setenv(sign.PASSWORD_FILE, str(password))
    return pem


def verified(path: Path, authority: Path) -> str:
    return run(["osslsigncode", "verify", "-CAfile", authority, "-in", path])


def test_signs_programs_package_and_uninstaller(
    certificate: Path, windows: Machine, package: Path, tmp_path: Path
) -> None:
    payload = tmp_path / "payload"
    payload.mkdir()
    for name in (WINDOW, COMMAND):
        shutil.copy(PAYLOAD / name, payload)
        sign.sign(payload / name)
        assert "Signature verification: ok" in verified(payload / name, certificate)
    copy = tmp_path / "package.msi"
    shutil.copy(package, copy)
    sign.sign(copy)
    assert "Signature verification: ok" in verified(copy, certificate)
    asked = in_use.build("1.0.0", tmp_path)
    assert "Signature verification: ok" in verified(asked, certificate)

    made = nsis.Setup(payload, "1.0.0", tmp_path / "signed.exe", tmp_path / "nsis", nsis.FAST)
    nsis.build(made)
    sign.sign(made.output)
    assert "Signature verification: ok" in verified(made.output, certificate)
    assert windows.setup(made.output) == 0
    uninstaller = windows.per_user / "uninstall.exe"
    assert "Signature verification: ok" in verified(uninstaller, certificate)
    text = (tmp_path / "nsis" / "settings.nsh").read_text(encoding="utf-8")
    assert "not for anything" not in text


def test_signs_the_uninstaller_where_paths_have_spaces(
    certificate: Path, windows: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = tmp_path / "check out d'essai"
    checkout.symlink_to(ROOT)
    monkeypatch.setattr(sign, "ROOT", checkout)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(sign.CERTIFICATE, "essai.pfx")
    monkeypatch.setenv(sign.PASSWORD_FILE, "password")
    payload = tmp_path / "payload"
    payload.mkdir()
    for name in (WINDOW, COMMAND):
        shutil.copy(PAYLOAD / name, payload)

    work = tmp_path / "n s i s"
    made = nsis.Setup(payload, "1.0.0", tmp_path / "signed one.exe", work, nsis.FAST)
    nsis.build(made)

    assert windows.setup(made.output) == 0
    uninstaller = windows.per_user / "uninstall.exe"
    assert "Signature verification: ok" in verified(uninstaller, certificate)

    program = payload / "un programme.exe"
    shutil.copy(PAYLOAD / COMMAND, program)
    run(["sh", "-c", sign.command(str(program))], cwd=payload)
    assert "Signature verification: ok" in verified(program, certificate)


def test_a_certificate_without_its_password_stops_the_build(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sign.wanted()
    monkeypatch.delenv(sign.PASSWORD_FILE)
    with pytest.raises(BuildError, match=sign.PASSWORD_FILE):
        sign.wanted()
    monkeypatch.delenv(sign.CERTIFICATE)
    assert not sign.wanted()
    done = subprocess.run(
        [sys.executable, "-m", "installer.windows.sign", certificate],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"unsigned" in done.stdout
