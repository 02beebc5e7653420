"""Where things are: alone knows whether the program runs from sources, a wheel or frozen."""

import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import desktop_app

APP_NAME = "carnet-impact"
NOWHERE = Path(os.devnull) / APP_NAME
"""Under a file: nothing can be written there, on any system."""


def resource(*parts: str) -> Path:
    """A bundled file or folder, e.g. ``resource("theme", "tokens.json")``."""
    return _resources_root().joinpath(*parts)


@cache
def _resources_root() -> Path:
    package = Path(desktop_app.__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [package / "resources", package.parent / "resources"]
    if frozen:
        candidates.insert(0, Path(frozen) / "resources")
    for candidate in candidates:
        if (candidate / "theme").is_dir():
            return candidate
    raise FileNotFoundError("resources are not beside the program")


def there(path: Path) -> bool:
    """Whether something is at ``path``, as far as this person can see.

    False for a name that no file can have, and in a folder that they may not enter: what they do
    there next is refused by the system itself, whose reason is worth a sentence.
    """
    return _asked(path.exists)


def is_file(path: Path) -> bool:
    """As ``there``."""
    return _asked(path.is_file)


def is_folder(path: Path) -> bool:
    """As ``there``."""
    return _asked(path.is_dir)


def is_link(path: Path) -> bool:
    """As ``there``, even of a link that leads nowhere."""
    return _asked(path.is_symlink)


def _asked(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:
        return False


class UserDirs(NamedTuple):
    """Per-user folders; none is created until something is written there."""

    config: Path
    data: Path
    log: Path
    documents: Path


def user_dirs() -> UserDirs:
    """The folders of the desktop's convention (XDG, %LOCALAPPDATA%, ~/Library)."""
    import platformdirs

    dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
    try:
        return UserDirs(
            config=Path(dirs.user_config_dir),
            data=Path(dirs.user_data_dir),
            log=Path(dirs.user_log_dir),
            documents=Path(dirs.user_documents_dir),
        )
    except (RuntimeError, ValueError, OSError):  # an account with no home
        return UserDirs(NOWHERE, NOWHERE, NOWHERE, documents=Path.cwd())
