"""Keys by the names a French keyboard gives them, whatever Qt's own translation is loaded."""

NAMES = {
    "Shift": "Maj",
    "Return": "Entrée",
    "Enter": "Entrée",
    "Escape": "Échap",
    "Esc": "Échap",
    "Space": "Espace",
    "Del": "Suppr",
    "Delete": "Suppr",
    "Ins": "Inser",
    "Home": "Début",
    "End": "Fin",
    "PgDown": "Page suivante",
    "PgUp": "Page précédente",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
}


def key_names(keys: str, join: str = "+") -> str:
    """« Ctrl+Shift+N » → « Ctrl+Maj+N »; several combinations are separated by « , »."""
    return ", ".join(
        join.join(NAMES.get(part, part) for part in combination.split("+"))
        for combination in keys.split(", ")
    )
