"""What an error leaves in the log, and what can be sent of it.

A report holds kinds of errors, and places in the program's own files. It never holds the error's
message, a value or a path of this laptop: those may carry what someone typed, or their name.
"""

import datetime as dt
import traceback
from pathlib import Path

_KNOWN_ROOTS = ("desktop_app", "site-packages", "lib")


def report_of(error: BaseException) -> str:
    """The error and its causes, without messages."""
    lines: list[str] = []
    current: BaseException | None = error
    while current is not None and len(lines) < 200:
        lines.append(type(current).__name__)
        lines.extend(
            f"  {place(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        )
        current = current.__cause__ or current.__context__
        if current is not None:
            lines.append("après")
    return "\n".join(lines)


def full_report(error: BaseException, moment: dt.datetime) -> str:
    """What the dialog shows: the program, the machine's kind, the error."""
    import platform

    from desktop_app import __version__

    head = (
        f"Carnet d’impact {__version__} · {moment:%Y-%m-%d %H:%M:%S}\n"
        f"Python {platform.python_version()} · {platform.system()} {platform.machine()}\n"
    )
    return f"{head}{report_of(error)}\n"


def place(filename: str) -> str:
    """A file's path from a folder of the program on: nothing of the person's own folders."""
    parts = Path(filename).parts
    for root in _KNOWN_ROOTS:
        if root in parts:
            at = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[at:])
    return Path(filename).name
