"""Rights of the files and folders that the program makes: they hold personal data.

They are their owner's alone, whatever the umask, unless the folder they go to was made to be
shared: with a setgid bit (``chmod g+s``) the folder's group gets what it has on the folder; with a
default ACL, what the ACL gives. A file that is replaced keeps its rights. On Windows a folder's
permissions are inherited, and nothing is done here.
"""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

POSIX = os.name == "posix"
_DEFAULT_ACL = "system.posix_acl_default"
_READ_WRITE = 0o060


def file_mode(folder: Path) -> int:
    """The rights of a new file in ``folder``."""
    return 0o600 | (_shared(folder) & _READ_WRITE)


def create(path: Path, mode: int | None = None) -> None:
    """An empty file, with the rights of a new one or ``mode``. Raises OSError when it exists."""
    mode = file_mode(path.parent) if mode is None else mode
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode)
    try:
        allow(path, mode)
    finally:
        os.close(descriptor)


def allow(path: Path, mode: int) -> None:
    """Gives these rights, which the umask may have cut; some disks know no rights at all."""
    if POSIX:
        with suppress(OSError):
            path.chmod(mode)


def opener(path: str, flags: int) -> int:
    """For ``open``: what it makes is its owner's alone."""
    return os.open(path, flags, 0o600)


def make_folder(path: Path) -> None:
    """With its missing parents; one that is there stays as it is. Raises OSError."""
    try:
        path.mkdir(mode=0o700)
    except FileNotFoundError:
        if path.parent == path:
            raise
        make_folder(path.parent)
        make_folder(path)
    except OSError:
        if not path.is_dir():
            raise
    else:
        shared = _shared(path.parent)
        if shared:
            allow(path, stat.S_IMODE(path.stat().st_mode) | shared)


def _shared(folder: Path) -> int:
    """What the group of a folder made to be shared may do in it; 0 in any other."""
    if not POSIX:
        return 0
    with suppress(OSError):
        mode = folder.stat().st_mode
        if _has_default_acl(folder):
            return stat.S_IRWXG
        if mode & stat.S_ISGID:
            return mode & stat.S_IRWXG
    return 0


def _has_default_acl(folder: Path) -> bool:
    ask: Callable[[Path, str], bytes] | None = getattr(os, "getxattr", None)  # Linux alone
    if ask is None:
        return False
    try:
        return bool(ask(folder, _DEFAULT_ACL))
    except OSError:
        return False
