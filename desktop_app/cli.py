"""The command line: thin, calls services and exports. Says problems in one French line.

Exit status: 0 done, 1 a problem, 2 wrong usage. With no command, the window opens: that path
imports nothing it does not need, because it is the program's start time.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

_TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
COMMANDS = ("demo", "show", "export", "check", "backup", "restore")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program. Returns the exit status."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    if argv and (argv[0] in COMMANDS or argv[0].startswith("-")):
        return _command(argv)
    if len(argv) > 1 or (argv and _looks_like_a_slip(argv[0])):
        from desktop_app.commands import parser

        _speak_utf8()
        parser.misuse(argv)
    if _no_display():
        return _say("Aucun écran ici\u00a0: la fenêtre ne peut pas s’ouvrir. Essayez --help.")
    from desktop_app.app import run_window

    return run_window(Path(argv[0]) if argv else None)


def _looks_like_a_slip(argument: str) -> bool:
    """A word that is no file and could be no path: a command mistyped, not a notebook."""
    return argument.isalpha() and not Path(argument).exists()


def _no_display() -> bool:
    """Asked before Qt, which otherwise ends the program on its own."""
    known = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform == "linux" and not any(os.environ.get(name) for name in known)


def _command(argv: list[str]) -> int:
    from desktop_app.commands import parser

    _speak_utf8()
    options = parser.parse(argv)
    if sys.stdout is None:  # closed by the caller: what is written is for nobody
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    try:
        options.run(options)
        sys.stdout.flush()
    except UserError as error:
        return _say(str(error))
    except OSError as error:
        return _refused_output(error)
    except KeyboardInterrupt:
        return _say("Interrompu. Aucun fichier n’est resté à moitié écrit.")
    except Exception as error:  # noqa: BLE001  (the crash boundary of the command line)
        return _bug(error)
    return 0


def _refused_output(error: OSError) -> int:
    """Nobody or nothing takes what is printed: Python must not fail again on its own flush."""
    if error.errno not in (errno.EPIPE, errno.ENOSPC):
        return _bug(error)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error.errno == errno.EPIPE:  # the reader left (| head): nothing to say
        return 1
    return _say("Le disque est plein. Libérez de la place, puis recommencez.")


def _bug(error: Exception) -> int:
    from desktop_app.commands.crash import record

    return _say(record(error))


def _say(sentence: str) -> int:
    """One line, which a file's name cannot break, colour or turn around in the terminal."""
    if sys.stderr is not None:
        line = "".join(" " if _acts(letter) else letter for letter in sentence)
        sys.stderr.write(f"carnet-impact\u00a0: {line}\n")
    return 1


def _acts(letter: str) -> bool:
    import unicodedata

    return unicodedata.category(letter) == "Cc" or unicodedata.bidirectional(letter) in _TURNS


def _speak_utf8() -> None:
    """French needs UTF-8 even where the console's code page or the C locale says otherwise."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
