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

from desktop_app.commands import COMMANDS
from desktop_app.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program. Returns the exit status."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    if argv and (argv[0] in COMMANDS or argv[0].startswith("-")):
        return _command(argv)
    if len(argv) > 1 or (argv and _looks_like_a_slip(argv[0])):
        from desktop_app.commands import parser

        _speak()
        parser.misuse(argv)
    return _window(argv[0] if argv else "")


def _window(asked: str) -> int:
    """Started from an icon as often as from a terminal: a refusal must be seen there too."""
    from desktop_app.system import messages, system_check

    nameless = True  # what the machine lacks; later on a sentence may name a notebook
    try:
        if system_check.no_display():
            raise UserError(
                "Aucun écran ici\u00a0: la fenêtre ne peut pas s’ouvrir. Essayez --help."
            )
        try:
            from desktop_app.app import run_window
        except ImportError as error:
            raise UserError(system_check.import_problem(error)) from error
        nameless = False
        return run_window(_path(asked))
    except UserError as error:
        messages.tell_person(str(error), logged=nameless)
    except Exception as error:  # noqa: BLE001  (before the crash dialog can be)
        from desktop_app.commands.crash import record

        messages.tell_person(record(error), logged=False)
    return 1


def _path(asked: str) -> Path | None:
    if not asked.lower().startswith("file:"):
        return Path(asked) if asked else None
    from desktop_app.commands.file_url import asked_path

    return asked_path(asked)


def _looks_like_a_slip(argument: str) -> bool:
    """A word that is no file and could be no path: a command mistyped, not a notebook."""
    from desktop_app.system.paths import there

    return argument.isalpha() and not there(Path(argument))


def _command(argv: list[str]) -> int:
    from desktop_app.commands import parser
    from desktop_app.system.running import tell_installer

    _speak()
    tell_installer()
    options = parser.parse(argv)
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
    if error.errno == errno.ENOENT and _nowhere():
        return _say(
            "Le dossier où la commande est lancée n’existe plus. Allez dans un autre, ou donnez "
            "des chemins complets."
        )
    if error.errno not in (errno.EPIPE, errno.ENOSPC):
        return _bug(error)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error.errno == errno.EPIPE:  # the reader left (| head): nothing to say
        return 1
    return _say("Le disque est plein. Libérez de la place, puis recommencez.")


def _nowhere() -> bool:
    """The folder that relative paths start from was removed."""
    try:
        os.getcwd()  # noqa: PTH109  (nothing is made of it)
    except OSError:
        return True
    return False


def _bug(error: Exception) -> int:
    from desktop_app.commands.crash import record

    return _say(record(error))


def _say(sentence: str) -> int:
    from desktop_app.system.messages import tell

    tell(sentence)
    return 1


def _speak() -> None:
    """In UTF-8, whatever the console.

    A stream may also be missing, closed by the caller or because Windows' program without a
    console has none: what is written there is for nobody, and the status tells.
    """
    from desktop_app.system.messages import speak_utf8

    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        else:
            speak_utf8(stream)


if __name__ == "__main__":
    sys.exit(main())
