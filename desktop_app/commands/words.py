"""What the commands call the parts of a notebook; JSON keeps the codes."""

from desktop_app import french

AREAS = {
    "file": "fichier",
    "foreign_keys": "liens entre fiches",
    "journal": "journal",
    "attachments": "pièces jointes",
    "search": "index de recherche",
}
COUNTED = {
    "experiment": ("expérimentation", "expérimentations"),
    "indicator": ("indicateur", "indicateurs"),
    "site": ("site", "sites"),
    "visit": ("visite", "visites"),
    "measurement": ("mesure", "mesures"),
    "finding": ("constat", "constats"),
    "follow_up": ("action", "actions"),
    "attachment": ("pièce jointe", "pièces jointes"),
    "journal": ("écriture de journal", "écritures de journal"),
}


def area(code: str) -> str:
    """An area added by a later version keeps its code rather than failing."""
    return AREAS.get(code, code)


def counted(code: str, count: int) -> str:
    """« 70 visites », « 1 096 écritures de journal »."""
    one, several = COUNTED.get(code, (code, code))
    return french.plural(count, one, several)
