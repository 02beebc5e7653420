"""French alphabetical order."""

import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})


def folded(text: str) -> str:
    """A key that sorts « École » between « Ecluse » and « Ecoute », whatever the case."""
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
