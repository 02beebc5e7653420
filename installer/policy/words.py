"""How a setting is told to a DSI, in French: what to write, between which bounds, for what."""

from desktop_app.config.declared import BY_KEY, Holds, Kind, Setting
from desktop_app.french import NBSP, quoted

HOLDS = (
    "Activé, ce réglage est fixé pour tous les utilisateurs de l’ordinateur, qui le lisent dans "
    "Paramètres sans pouvoir le changer."
)
UNSET = "Non configuré, chacun le choisit, à moins que le .msi ne le fixe."
UNSET_TOO = "Non configuré ou désactivé, chacun le choisit, à moins que le .msi ne le fixe."
RULE = (
    "Activé, ce réglage est fixé dans tous les carnets ouverts sur l’ordinateur, quoi qu’ils "
    "disent. Non configuré, chaque carnet garde sa règle, et chacun choisit celle des nouveaux, à "
    "moins que le .msi ne la fixe."
)
_FILLED = "Texte d’une ligne, jamais vide."
_EXPECTED = {
    Kind.TEXT: "Texte d’une ligne.",
    Kind.FLAG: "Oui ou non.",
    Kind.LINES: f"Liste de lignes {quoted('CODE — Nom')}.",
    Kind.FOLDER: "Chemin complet d’un dossier, où ~ et les variables sont ceux de l’utilisateur.",
    Kind.FILE: "Chemin complet d’un fichier que tous les utilisateurs peuvent lire.",
}


def expected(setting: Setting) -> str:
    """What to write, with its bounds: « Nombre de 0 à 50 (personnes). »."""
    if setting.kind is Kind.NUMBER:
        unit = f" ({setting.unit})" if setting.unit else ""
        above = f", supérieur à {quoted(setting.above)}" if setting.above else ""
        return f"Nombre de {setting.minimum} à {setting.maximum}{unit}{above}."
    if setting.kind is Kind.CHOICE:
        known = ", ".join(f"{value} ({label})" for value, label in setting.choices)
        return f"Un choix parmi{NBSP}: {known}."
    return _FILLED if setting.required else _EXPECTED[setting.kind]


def default_words(setting: Setting) -> str:
    """What holds when nothing is written: « Par défaut : 5. »."""
    default = setting.default
    if isinstance(default, bool):
        shown = "oui" if default else "non"
    elif isinstance(default, tuple):
        shown = f"{len(default)} lignes" if default else "aucune"
    else:
        shown = str(default) or "rien"
    return f"Par défaut{NBSP}: {shown}."


def explained(setting: Setting) -> str:
    """The text a group policy editor shows beside a setting."""
    low = next((other for other in BY_KEY.values() if other.above == setting.key), None)
    crossing = f"Reste au-dessous de {quoted(low.label)}." if low else ""
    flag = setting.kind is Kind.FLAG
    parts = (
        setting.help,
        f"{expected(setting)} {default_words(setting)}",
        crossing,
        f"Activé{NBSP}: oui. Désactivé{NBSP}: non." if flag else "",
        RULE if setting.holds is Holds.RULE else f"{HOLDS} {UNSET if flag else UNSET_TOO}",
    )
    return "\n\n".join(filter(None, parts))
