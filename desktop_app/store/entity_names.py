"""How the store names a record's kind in its messages."""

_NAMES = {
    "attachment": "la pièce jointe",
    "cohort": "la promotion",
    "device": "le poste",
    "directorate": "la direction",
    "enterprise": "l’entreprise",
    "experiment": "l’expérimentation",
    "experiment_directorate": "le lien expérimentation-direction",
    "experiment_site": "le lien expérimentation-terrain",
    "finding": "le constat",
    "follow_up": "l’action",
    "indicator": "l’indicateur",
    "measurement": "la mesure",
    "notebook": "le carnet",
    "objective": "l’objectif",
    "programme": "le programme",
    "site": "le terrain",
    "visit": "la visite",
}


def entity_name(table: str) -> str:
    """« la visite »: French, with its article."""
    return _NAMES.get(table, table)
