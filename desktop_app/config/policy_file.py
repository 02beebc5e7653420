"""The policy on Linux and macOS: one TOML file whose keys are the settings' keys."""

import stat
import tomllib
from pathlib import Path

from desktop_app.config.policy import NONE, Policy, judged
from desktop_app.errors import reason
from desktop_app.french import NBSP

ROOT = 0
LARGEST = 1_000_000  # bytes


def read_file(path: Path, owner: int = ROOT) -> Policy:
    """The policy of a file; none when it is not there, a refusal when it cannot be used.

    A file that others than ``owner`` could write is not obeyed: on a shared machine anyone could
    send everybody's notebooks to a folder of theirs, and it would read « fixé par votre
    organisation ».
    """
    source = str(path)
    try:
        refusal = _distrusted(path, owner)
        raw = {} if refusal else tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return NONE
    except OSError as error:
        refusal = f"ne peut pas être lu ({reason(error)}). Vérifiez ses droits."
    except UnicodeDecodeError:
        refusal = "n’est pas écrit en UTF-8. Enregistrez-le dans cet encodage."
    except (ValueError, RecursionError) as error:  # also an integer of thousands of digits
        refusal = f"n’est pas un fichier TOML correct ({_place(error)})."
    if refusal:
        return Policy({}, source, (f"{source} {refusal}",))
    return judged(raw, source)


def _distrusted(path: Path, owner: int) -> str:
    """Why the file is not obeyed; '' when it may be. Raises OSError."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
        return "n’est pas un fichier de politique. Rien n’en est retenu."
    if found.st_uid != owner or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return (
            "peut être modifié par d’autres que l’administrateur, et n’est donc pas suivi. "
            f"Corrigez ses droits{NBSP}: chown root {path} && chmod 644 {path}."
        )
    return ""


def _place(error: Exception) -> str:
    """« ligne 3, colonne 5 », from tomllib's words."""
    where = str(error).partition("(at ")[2].rstrip(")")
    if not where:
        return "vérifiez les nombres, les guillemets et les crochets"
    for english, french in (("line", "ligne"), ("column", "colonne"), ("end of document", "fin")):
        where = where.replace(english, french)
    return where
