"""Signs the packages when a certificate is given: ``python -m installer.windows.sign FILE…``.

CARNET_SIGN_PFX names the certificate (PKCS #12) and CARNET_SIGN_PASSWORD_FILE a file that holds its
password, which therefore never stands on a command line, in a log or in a script.
CARNET_SIGN_TIMESTAMP, if given, is the address of a time-stamping service (RFC 3161): without it,
signatures end with the certificate. Both files may be named relatively to where the build starts.
"""

import os
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from installer.common import PROGRAM, ROOT, SHOWN_NAME, BuildError, run, say

CERTIFICATE = "CARNET_SIGN_PFX"
PASSWORD_FILE = "CARNET_SIGN_PASSWORD_FILE"  # noqa: S105  (the variable's name)
TIMESTAMP = "CARNET_SIGN_TIMESTAMP"
_ASCII_NAME = SHOWN_NAME.replace("’", "'")


def wanted() -> bool:
    """Whether a certificate was given. Raises BuildError when what was given cannot do.

    Makes the two paths absolute in the environment: NSIS has the uninstaller signed elsewhere.
    """
    if not os.environ.get(CERTIFICATE):
        return False
    for name in (CERTIFICATE, PASSWORD_FILE):
        value = os.environ.get(name)
        if not value:
            raise BuildError(f"{CERTIFICATE} is set: {name} must be set too")
        if not Path(value).is_file():
            raise BuildError(f"{name} names no file")
        os.environ[name] = str(Path(value).absolute())
    return True


def command(file: str) -> str:
    """What NSIS runs, through ``sh -c``, to sign the uninstaller it just made.

    ``file`` may be ``%1``, which NSIS replaces as it stands: ``shlex`` cannot quote it.
    """
    words = [sys.executable, "-m", "installer.windows.sign"]
    return f'cd {shlex.quote(str(ROOT))} && {shlex.join(words)} "{file}"'


def sign(path: Path) -> None:
    """Signs a program or an .msi in place."""
    signed = path.with_name(f"{path.name}.signed")
    signed.unlink(missing_ok=True)
    stamp = os.environ.get(TIMESTAMP)
    run(
        [
            *("osslsigncode", "sign", "-h", "sha256", "-n", _ASCII_NAME),
            *("-pkcs12", os.environ[CERTIFICATE], "-readpass", os.environ[PASSWORD_FILE]),
            *(("-ts", stamp) if stamp else ()),
            *("-in", path, "-out", signed),
        ],
        timeout=300,
    )
    shutil.copymode(path, signed)
    signed.replace(path)


def main(arguments: Sequence[str]) -> int:
    """Signs every file named."""
    if not wanted():
        say(f"{CERTIFICATE} is not set: {PROGRAM} stays unsigned")
        return 1
    for argument in arguments:
        sign(Path(argument))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
