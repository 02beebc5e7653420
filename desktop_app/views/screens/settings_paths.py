"""Which of the files and folders that the settings name are not there. No Qt here."""

from collections.abc import Mapping
from pathlib import Path

from desktop_app.config.declared import BY_KEY, Kind

NO_FILE = "Ce fichier est introuvable. Les documents se font sans lui."
NO_FOLDER = "Ce dossier est introuvable. Un autre sera proposé."


def lost_paths(named: Mapping[str, str]) -> dict[str, str]:
    """The sentence to show beside each setting (key → path) whose path leads nowhere."""
    lost = {}
    for key, name in named.items():
        is_file = BY_KEY[key].kind is Kind.FILE
        if name and not _found(Path(name), is_file=is_file):
            lost[key] = NO_FILE if is_file else NO_FOLDER
    return lost


def _found(path: Path, *, is_file: bool) -> bool:
    try:
        return path.is_file() if is_file else path.is_dir()
    except OSError:
        return False
