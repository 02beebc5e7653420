"""Keys by the names a French keyboard gives them, whatever Qt's own translation is loaded."""

from PySide6.QtGui import QKeySequence

FRENCH_DIGITS = dict(zip("1234567890", "&é\"'(-è_çà", strict=True))
"""What the digits' keys give on a French keyboard without Maj: Qt hears these."""

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


def sequences(keys: str) -> list[QKeySequence]:
    """What to bind for « Ctrl+1 »: the digit, and what its key gives on a French keyboard."""
    found = [QKeySequence(keys)]
    if keys[-1] in FRENCH_DIGITS:
        found.append(QKeySequence(keys[:-1] + FRENCH_DIGITS[keys[-1]]))
    return found
