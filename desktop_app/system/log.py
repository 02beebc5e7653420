"""The program's log: kinds of errors and places in its own files, never what someone typed."""

import os
from pathlib import Path

from desktop_app.system.paths import APP_NAME, user_dirs
from desktop_app.system.rights import make_folder, opener

LOG_NAME = f"{APP_NAME}.log"
LOG_LIMIT = 1_000_000  # bytes; then the log starts afresh beside the former one


def log_text(text: str) -> Path | None:
    """Adds to the person's log, else to one among the temporary files.

    Gives where it is; None when nothing can be written (nothing more can be done).
    """
    return append_log(user_dirs().log, text) or _append_aside(text)


def append_log(folder: Path, text: str) -> Path | None:
    """Adds to the log of ``folder``; None when it cannot be written."""
    path = folder / LOG_NAME
    try:
        make_folder(folder)
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".1.log"))
        with open(path, "a", encoding="utf-8", opener=opener) as log:
            log.write(text.rstrip("\n") + "\n")
    except OSError:
        return None
    return path


def _append_aside(text: str) -> Path | None:
    """In a folder of our own: temporary files are everybody's."""
    import tempfile

    try:
        owner = f"-{os.getuid()}" if os.name == "posix" else ""
        folder = Path(tempfile.gettempdir()) / f"{APP_NAME}{owner}"
        folder.mkdir(mode=0o700, exist_ok=True)
        if os.name == "posix" and (folder.is_symlink() or folder.stat().st_uid != os.getuid()):
            return None
    except OSError:
        return None
    return append_log(folder, text)
