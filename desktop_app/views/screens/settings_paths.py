"""Which of the files and folders that the settings name cannot be used. No Qt here."""

from collections.abc import Iterable

from desktop_app.config.declared import BY_KEY, Kind
from desktop_app.config.settings import Settings

NO_FILE = "Ce fichier {}. Les documents se font sans lui."
NO_FOLDER = "Ce dossier est introuvable. Un autre sera proposé."
NO_FIXED_FOLDER = (
    "Ce dossier ne peut pas être atteint. Vérifiez la connexion au réseau, sinon signalez-le à "
    "votre service informatique."
)


def lost_paths(settings: Settings, keys: Iterable[str]) -> dict[str, str]:
    """The sentence to show beside each setting whose path leads nowhere."""
    return {key: words for key in keys if settings.text(key) and (words := _lost(settings, key))}


def _lost(settings: Settings, key: str) -> str:
    if BY_KEY[key].kind is Kind.FILE:
        from desktop_app.exports.pdf.logo import logo_lack

        lack = logo_lack(settings.text(key))
        return NO_FILE.format(lack) if lack else ""
    if settings.folder(key) is not None:
        return ""
    return NO_FIXED_FOLDER if settings.fixed(key) else NO_FOLDER
