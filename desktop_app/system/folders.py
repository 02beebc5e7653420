"""Folders that the settings name: what they lack, and which are known to be there."""

import os
from pathlib import Path

from desktop_app.system.paths import APP_NAME, is_folder, there
from desktop_app.system.rights import make_folder

WINDOWS = os.name == "nt"


def folder_lack(path: Path, *, made: bool, tried: bool = WINDOWS) -> str:
    """What keeps this person from putting files there, after « ce dossier »; '' when nothing does.

    ``made``: the program makes it when it is not there, so that its parents are asked instead.
    ``tried``: by writing there, and leaving nothing; else the system is asked. A share may sleep.
    """
    place = path
    while made and not there(place) and place != place.parent:
        place = place.parent
    below = place != path
    if is_folder(place) and (_takes(place, below=below) if tried else _may_write(place)):
        return ""
    if below:
        return f"ne peut pas être créé dans {place}"
    return "n’accepte pas d’écriture" if is_folder(place) else "est introuvable"


def _may_write(place: Path) -> bool:
    return os.access(place, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids)


def _takes(place: Path, *, below: bool) -> bool:
    r"""Windows says of any folder that it may be written: only trying tells.

    ``below`` tries a folder: everyone makes folders in C:\, and no file.
    """
    import uuid

    trial = place / f".{APP_NAME}-{uuid.uuid4().hex}"
    try:
        if below:
            trial.mkdir()
            trial.rmdir()
        else:
            trial.touch(exist_ok=False)
            trial.unlink()
    except OSError:
        return False
    return True


class SeenFolders:
    """Those that were there when last looked for, since a share that is gone answers in a minute.

    ``path in seen`` never waits. ``look`` does, and is for other threads than the window's.
    """

    def __init__(self) -> None:
        self._there: set[Path] = set()
        self._awaited: set[Path] = set()

    def __contains__(self, path: object) -> bool:
        return path in self._there

    def add(self, path: Path) -> None:
        self._there.add(path)

    def look(self, path: Path, *, made: bool = False) -> None:
        """Makes it first if ``made``. Returns at once when another thread waits for its answer."""
        if path in self._awaited:
            return
        self._awaited.add(path)
        try:
            if made:
                make_folder(path)
            found = path.is_dir()
        except (OSError, ValueError):
            found = False
        finally:
            self._awaited.discard(path)
        (self._there.add if found else self._there.discard)(path)
