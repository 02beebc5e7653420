"""Which of the files and folders that the settings name cannot be used. No Qt here."""

from collections.abc import Iterable
from pathlib import Path

from desktop_app.config.declared import BY_KEY, Kind
from desktop_app.config.settings import Settings
from desktop_app.system.folders import folder_lack

NO_FILE = "Ce fichier {}. Les nouveaux carnets se font sans lui."
NO_FIXED_FILE = "Ce fichier {}. Les documents se font sans lui."
NO_FOLDER = "Ce dossier {}. Choisissez-en un autre."
NO_FIXED_FOLDER = (
    "Ce dossier {}. Vérifiez la connexion au réseau, sinon signalez-le à votre service "
    "informatique."
)


def lost_paths(settings: Settings, keys: Iterable[str]) -> dict[str, str]:
    """The sentence to show beside each setting whose path cannot be used. A share may sleep."""
    return {key: words for key in keys if settings.text(key) and (words := _lost(settings, key))}


def _lost(settings: Settings, key: str) -> str:
    if BY_KEY[key].kind is Kind.FILE:
        from desktop_app.exports.pdf.logo import logo_lack

        lack = logo_lack(settings.text(key))
        words = NO_FIXED_FILE if settings.fixed(key) else NO_FILE
        return words.format(lack) if lack else ""
    path, made = Path(settings.text(key)), settings.fixed(key)
    settings.seen.look(path, made=made)
    lack = folder_lack(path, made=made)
    return (NO_FIXED_FOLDER if made else NO_FOLDER).format(lack) if lack else ""
