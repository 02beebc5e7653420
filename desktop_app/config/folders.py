"""Whether the folders that the settings name can be used, asked without making any."""

import os
from pathlib import Path

from desktop_app.config.paths import is_folder, there


def folder_lack(path: Path, *, made: bool) -> str:
    """What keeps this person from putting files there, after « ce dossier »; '' when nothing does.

    ``made``: the program makes it when it is not there, so that its parents are asked instead.
    """
    place = path
    while made and not there(place) and place != place.parent:
        place = place.parent
    if not is_folder(place):
        return "est introuvable" if place == path else f"ne peut pas être créé dans {place}"
    if os.access(place, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        return ""
    return "n’accepte pas d’écriture" if place == path else f"ne peut pas être créé dans {place}"
