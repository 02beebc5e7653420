"""Files put in place whole or not at all."""

import errno
import os
import re
import stat
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from desktop_app.errors import UserError, reason
from desktop_app.french import NBSP, quoted
from desktop_app.store.file_checks import pending_wal, require_short
from desktop_app.store.lock import Lock
from desktop_app.system import rights
from desktop_app.system.paths import is_link, there

_SIDES = ("", "-wal", "-shm", "-journal", ".lock")


@contextmanager
def os_errors(path: Path) -> Iterator[None]:
    """What the system refuses about ``path``, as a sentence."""
    name = quoted(path.name)
    try:
        yield
    except FileNotFoundError as error:
        raise UserError(
            f"Le dossier {quoted(str(path.parent))} n’existe pas. Choisissez un autre dossier."
        ) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            text = f"Le disque est plein{NBSP}: {name} n’a pas été écrit. Libérez de la place."
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            text = (
                f"Vous n’avez pas le droit d’écrire {name} dans ce dossier. Choisissez-en un autre."
            )
        elif error.errno == errno.ENAMETOOLONG:
            text = "Ce nom de fichier est trop long. Choisissez-en un plus court."
        else:
            text = f"{name} ne peut pas être écrit ({reason(error)}). Vérifiez le disque."
        raise UserError(text) from error


def require_free(target: Path) -> None:
    """Raises UserError when a file stands there, or the remains of one SQLite would pick up."""
    if there(target) or is_link(target):
        raise UserError(
            f"{quoted(target.name)} existe déjà. Choisissez un autre nom{NBSP}: rien n’est écrasé."
        )
    if pending_wal(target):
        raise UserError(
            f"Un fichier {quoted(f'{target.name}-wal')}, reste d’un autre carnet, est à cet "
            "endroit. Choisissez un autre nom."
        )


def _require_merged(target: Path) -> None:
    if pending_wal(target):
        raise UserError(
            f"{quoted(target.name)} a été mal fermé{NBSP}: ouvrez-le une fois dans l’application, "
            "ou choisissez un autre nom."
        )


@contextmanager
def placed(target: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Gives a path beside ``target`` to build a database at; moves it there when all went well.

    The file is on the disk (fsync) before it takes its name, with the rights of the one it
    replaces, else those of ``system/rights.py``. On any error nothing of it is left
    and ``target`` is as it was. Raises UserError, also when the file to replace is open.
    """
    require_short(target)
    with ExitStack() as stack:
        mode = None
        if overwrite and there(target):
            stack.callback(Lock.take(target).release)
            _require_merged(target)
            mode = stat.S_IMODE(target.stat().st_mode)
        else:
            require_free(target)
        with _built(target, mode, overwrite=overwrite) as beside:
            yield beside


@contextmanager
def _built(target: Path, mode: int | None, *, overwrite: bool) -> Iterator[Path]:
    beside = target.with_name(f".{target.name[:100]}.{uuid.uuid4().hex[:8]}.part")
    try:
        with os_errors(target):
            rights.create(beside)
            yield beside
            _sync(beside)
            if mode is not None:
                rights.allow(beside, mode)
            if not overwrite:
                require_free(target)
            beside.replace(target)
            _sync_folder(target.parent)
    finally:
        remove(beside)


def sweep(target: Path) -> None:
    """Removes what killed processes had begun to build for ``target``, when it can be removed.

    Only for who knows that nobody else is building it now.
    """
    begun = re.compile(re.escape(f".{target.name[:100]}.") + r"[0-9a-f]{8}\.part")
    with suppress(OSError):
        for file in list(target.parent.iterdir()):
            if begun.fullmatch(file.name):
                remove(file)


def remove(path: Path) -> None:
    """A database that never took its name, and what SQLite put beside it.

    Where that is refused, the making of it was too: what is told is why.
    """
    for side in _SIDES:
        with suppress(OSError):
            path.with_name(f"{path.name}{side}").unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Makes the new name durable; Windows has no such call and does not need it."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some shares cannot
            raise
    finally:
        os.close(descriptor)
