"""What can be said of a notebook's file before SQLite touches it, in plain sentences."""

import errno
import os
import struct
from pathlib import Path

from desktop_app.errors import UserError, reason
from desktop_app.french import NBSP, quoted
from desktop_app.system.paths import is_folder

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
_READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)
_LONGEST_NAME = 255 - len(".lock-journal")  # bytes: the longest of the files put beside
_LONGEST_PATH = 512 - len(".lock-journal")  # bytes: SQLite's own limit, but on Windows

Identity = tuple[int, int]


def real_path(path: Path) -> Path:
    """Where links lead; one that turns in a circle is left as it is, for its reader to say so."""
    return Path(os.path.realpath(path))


def wal(path: Path) -> Path:
    """Where SQLite puts what is not merged yet: beside the real file, not beside a link to it."""
    path = real_path(path)
    return path.with_name(f"{path.name}-wal")


def pending_wal(path: Path) -> bool:
    """A previous session ended badly: what it saved last is still in the file beside."""
    try:
        return wal(path).stat().st_size > 0
    except OSError:
        return False


def require_short(path: Path) -> None:
    """Raises UserError when SQLite or the system could not name the files it puts beside."""
    if len(os.fsencode(path.name)) > _LONGEST_NAME:
        raise UserError(
            f"Le nom {quoted(f'{path.name[:40]}…')} est trop long pour un carnet. Choisissez-en un "
            "de moins de cent lettres."
        )
    if os.name == "posix" and len(os.fsencode(path.absolute())) > _LONGEST_PATH:
        raise UserError(
            f"Le carnet {quoted(path.name)} est au fond de trop de dossiers{NBSP}: son chemin est "
            "trop long. Placez-le plus haut."
        )


def identity(path: Path) -> Identity | None:
    """Which file stands there, to know it again; None when there is none.

    Only asks the system: opening a notebook and closing it would drop SQLite's locks on it.
    """
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def displaced(path: Path) -> UserError:
    return UserError(
        f"Le carnet {quoted(path.name)} n’est plus à sa place{NBSP}: il a été déplacé, renommé, "
        "remplacé ou supprimé, ou sa clé débranchée. Rien n’est plus enregistré. Remettez-le au "
        "même endroit, ou sauvegardez une copie ailleurs."
    )


def require_readable(path: Path) -> None:
    """Raises UserError when the file is missing, unreadable, cut short or no notebook."""
    name = quoted(path.name)
    require_short(path)
    if is_folder(path):
        raise UserError(f"{name} est un dossier, pas un carnet. Choisissez un fichier .carnet.")
    try:
        if not path.is_file() and path.exists():  # a pipe would be waited for, for ever
            raise UserError(f"{name} n’est pas un fichier. Choisissez un fichier .carnet.")
        with path.open("rb") as file:
            head = file.read(_HEADER)
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        raise UserError(
            f"Le carnet {name} n’existe pas à cet endroit. Il a peut-être été déplacé ou renommé."
        ) from None
    except PermissionError:
        raise UserError(
            f"Vous n’avez pas le droit de lire le carnet {name}. Demandez l’accès à son "
            "propriétaire."
        ) from None
    except OSError as error:
        raise UserError(
            f"Le carnet {name} ne peut pas être lu ({reason(error)}). Vérifiez que le disque ou "
            "la clé est bien branché."
        ) from None
    if not head:
        raise UserError(
            f"Le fichier {name} est vide{NBSP}: ce n’est pas un carnet. Restaurez une sauvegarde."
        )
    if not head.startswith(_MAGIC[: len(head)]):
        raise UserError(f"{name} n’est pas un carnet. Choisissez un fichier .carnet.")
    if len(head) < _HEADER:
        raise _cut_short(name)
    _require_whole(path, head, size)


def _require_whole(path: Path, head: bytes, size: int) -> None:
    """The header says how long the file is, except while a WAL waits to be merged."""
    page = int.from_bytes(head[16:18])
    page = 65536 if page == 1 else page
    changes, pages = struct.unpack(">II", head[24:32])
    (valid_for,) = struct.unpack(">I", head[92:96])
    if page < 512 or page & (page - 1):
        raise damaged(path)
    if changes == valid_for and size < page * pages and not pending_wal(path):
        raise _cut_short(quoted(path.name))


def damaged(path: Path) -> UserError:
    return UserError(
        f"Le carnet {quoted(path.name)} est endommagé. N’y écrivez plus{NBSP}: restaurez la "
        "dernière sauvegarde."
    )


def _cut_short(name: str) -> UserError:
    return UserError(
        f"Le carnet {name} est tronqué{NBSP}: la fin du fichier manque, sans doute après une copie "
        "interrompue. Copiez-le de nouveau ou restaurez une sauvegarde."
    )


def require_writable(path: Path) -> None:
    """Really opens the file for writing: permission bits alone do not tell."""
    try:
        os.close(os.open(path, os.O_RDWR))
    except OSError as error:
        if error.errno not in _READ_ONLY:
            raise
        raise UserError(
            f"Le carnet {quoted(path.name)} est en lecture seule. Retirez cette protection, ou "
            "copiez-le dans un de vos dossiers."
        ) from None
