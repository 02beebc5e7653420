"""A file is written beside its place, then takes it in one step: whole, or not at all."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.errors import UserError, reason
from desktop_app.french import quoted
from desktop_app.system.rights import allow

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)
_SQLITE = b"SQLite format 3\x00"
_DENIED = (errno.EACCES, errno.EPERM)


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """Yields a temporary path in the same folder, which replaces ``path`` when the block succeeds.

    On any exception, or when the generator that holds the block is closed (the person cancels),
    the temporary file goes and a previous ``path`` stays as it was. An OSError of the block or of
    the replacement becomes a UserError, and so does a ``path`` that is a notebook: a slip in a
    name must not destroy one.

    A new file has the rights of any document one saves: unlike a notebook, it is made to be sent.
    """
    with _sentences(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if _is_database(path):
            raise UserError(
                f"{quoted(path.name)} est un carnet\u00a0: un document ne peut pas le remplacer. "
                "Donnez un autre nom."
            )
        handle, name = tempfile.mkstemp(prefix=".", suffix=".partiel", dir=path.parent)
        os.close(handle)
    temporary = Path(name)
    try:
        with _sentences(path):
            yield temporary
            _settle(temporary, path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _is_database(path: Path) -> bool:
    """An open notebook is told by the file SQLite keeps beside it.

    Reading it here, then closing it, would drop the locks this very process has on it.
    """
    if not path.is_file():
        return False
    if path.with_name(f"{path.name}-wal").exists():
        return True
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _settle(temporary: Path, path: Path) -> None:
    """Flushes to the disk, gives the rights of the former file or of a new one, and renames."""
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    if os.name == "posix":
        allow(temporary, _rights(path))
    temporary.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _rights(path: Path) -> int:
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(_sentence(path, error)) from error


def _sentence(path: Path, error: OSError) -> str:
    name, folder = quoted(path.name), quoted(str(path.parent))
    known = {
        **dict.fromkeys(
            _NO_SPACE,
            f"Le disque est plein\u00a0: {name} n’a pas été écrit et l’ancien fichier, s’il "
            "existe, est intact. Libérez de la place ou choisissez un autre dossier.",
        ),
        **dict.fromkeys(
            _DENIED,
            f"{name} ne peut pas être écrit\u00a0: le dossier est protégé, ou le fichier est "
            "ouvert dans un autre logiciel. Fermez-le ou choisissez un autre emplacement.",
        ),
        **dict.fromkeys(
            (errno.ENOENT, errno.ENOTDIR),
            f"Le dossier {folder} n’existe pas. Choisissez un autre emplacement.",
        ),
        errno.EISDIR: f"{name} est un dossier. Donnez un nom de fichier.",
        errno.EROFS: f"Le dossier {folder} est en lecture seule. Choisissez un autre emplacement.",
        errno.ENAMETOOLONG: "Le nom du fichier est trop long. Choisissez un nom plus court.",
    }
    return known.get(
        error.errno or 0,
        f"{name} n’a pas été écrit ({reason(error)}). Choisissez un autre emplacement.",
    )
