"""Saying one sentence outside the window: on the terminal, else in a small dialog, and in the log.

A program started from the desktop has no terminal that anyone sees.
"""

import os
import sys
from typing import IO

from desktop_app.system.paths import APP_NAME

TITLE = "Carnet d’impact"
_TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_DIALOGS = (
    ("zenity", "--error", f"--title={TITLE}", "--no-markup", "--text"),
    ("kdialog", "--title", TITLE, "--error"),
    ("xmessage", "-center", "-buttons", "Fermer"),
)
_WARNING_ICON = 0x30


def tell(sentence: str) -> None:
    """One line, which a file's name cannot break, colour or turn around in the terminal.

    In UTF-8, which the window asks for only now: most starts have nothing to say. Where it cannot
    be written (full disk, closed stream), the exit status, the log and the dialog remain.
    """
    if sys.stderr is None:
        return
    line = "".join(" " if _acts(letter) else letter for letter in sentence)
    try:
        speak_utf8(sys.stderr)
        sys.stderr.write(f"{APP_NAME}\u00a0: {line}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.stderr = None  # else Python tries again as it ends, and changes the status


def speak_utf8(stream: IO[str]) -> None:
    """French needs UTF-8 even where the console's code page or the C locale says otherwise."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def tell_person(sentence: str, *, logged: bool = True) -> None:
    """The same to whoever started the program, even from an icon.

    The log keeps it, unless ``logged`` is false: for a sentence that names a file or a person.
    """
    tell(sentence)
    if logged:
        from desktop_app.system.log import log_text

        log_text(sentence)
    if sys.platform == "win32":
        if sys.stderr is None:
            import ctypes

            ctypes.windll.user32.MessageBoxW(None, sentence, TITLE, _WARNING_ICON)
    elif sys.stderr is None or not sys.stderr.isatty():
        _show(sentence)


def _show(sentence: str) -> None:
    """With what the desktop has; nothing waits for it to be read."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return
    import shutil
    import subprocess

    for tool, *arguments in _DIALOGS:
        path = shutil.which(tool)
        if path is not None:
            shown = _plain(sentence) if tool == "xmessage" else sentence
            subprocess.Popen(  # noqa: S603  (no shell; the sentence is its last argument)
                [path, *arguments, shown],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            return


def _plain(sentence: str) -> bytes:
    """Wrapped and in Latin-1: xmessage knows nothing else."""
    import textwrap

    lines = textwrap.fill(sentence.replace("’", "'").replace("\u202f", "\u00a0"), 72)
    return lines.encode("latin-1", "replace")


def _acts(letter: str) -> bool:
    import unicodedata

    return unicodedata.category(letter) == "Cc" or unicodedata.bidirectional(letter) in _TURNS
