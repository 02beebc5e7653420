"""Every setting, declared once as data: the Paramètres screen is drawn from this list."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"
    FOLDER = "folder"
    FILE = "file"
    LINES = "lines"  # several « CODE — Nom », one a line
    STATE = "state"  # remembered by the program, never shown


class Holds(StrEnum):
    """What a setting is of. Fixed by the organisation, a RULE holds in every notebook."""

    COMPUTER = "computer"
    RULE = "rule"  # each notebook keeps its own: this is what a new one starts with
    START = "start"  # what a new notebook starts with, no rule of it


class Setting(NamedTuple):
    """``default`` gives the type; numbers carry bounds and a unit, choices their (value, label).

    A number that must stay above another names it in ``above``. A text that is ``required`` is
    never empty; any other text, path or list may be, which means « none » whoever decides it. What
    is declared here is shown in Paramètres, can be fixed by the organisation, and stands in the
    templates of installer/policy.
    """

    key: str
    kind: Kind
    default: object
    label: str = ""
    help: str = ""
    group: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    minimum: int = 0
    maximum: int = 0
    unit: str = ""
    above: str = ""
    required: bool = False
    holds: Holds = Holds.COMPUTER


APPEARANCE = "Apparence"
IDENTITY = "Poste et auteur"
DOCUMENTS = "Documents"
NOTEBOOKS = "Programme"
RESULTS = "Lecture des résultats"
FOLDERS = "Dossiers"

DECLARED: tuple[Setting, ...] = (
    Setting(
        "theme",
        Kind.CHOICE,
        "system",
        "Thème",
        "« Système » suit le réglage de l’ordinateur.",
        APPEARANCE,
        choices=(("system", "Système"), ("light", "Clair"), ("dark", "Sombre")),
    ),
    Setting(
        "text_scale",
        Kind.NUMBER,
        100,
        "Taille du texte",
        "De 100 à 200\u202f%.",
        APPEARANCE,
        minimum=100,
        maximum=200,
        unit="%",
    ),
    Setting(
        "agent",
        Kind.TEXT,
        "Mission innovation",
        "Auteur",
        "Votre fonction ou votre service\u00a0: c’est ce que portent les visites et l’historique. "
        "Pas de nom de personne.",
        IDENTITY,
        required=True,
    ),
    Setting(
        "device_label",
        Kind.TEXT,
        "poste 1",
        "Nom du poste",
        "Distingue les ordinateurs qui écrivent dans un même carnet.",
        IDENTITY,
        required=True,
    ),
    Setting(
        "organisation",
        Kind.TEXT,
        "",
        "En-tête des documents",
        "En haut des PDF et dans le classeur. Vide\u00a0: le territoire du programme.",
        DOCUMENTS,
        holds=Holds.RULE,
    ),
    Setting(
        "logo",
        Kind.FILE,
        "",
        "Logo",
        "Image PNG ou JPEG en tête des PDF, dont le carnet garde une copie. Facultatif.",
        DOCUMENTS,
        holds=Holds.RULE,
    ),
    Setting(
        "mask_below",
        Kind.NUMBER,
        5,
        "Masquer les effectifs inférieurs à",
        "Dans tout ce qui sort du carnet. 0 ne masque rien.",
        DOCUMENTS,
        maximum=50,
        unit="personnes",
        holds=Holds.RULE,
    ),
    Setting(
        "directorates",
        Kind.LINES,
        (
            "AUT — Autonomie (PA-PH)",
            "EFS — Enfance-famille-santé",
            "COL — Éducation et collèges",
            "VSI — Vie sociale et insertion",
            "TEC — Transition écologique",
            "INN — Mission innovation",
        ),
        "Directions métiers",
        "Celles d’un nouveau carnet, une par ligne\u00a0: «\u00a0CODE — Nom\u00a0». Un carnet déjà "
        "créé garde les siennes et propose d’ajouter celles qui lui manquent.",
        NOTEBOOKS,
        holds=Holds.START,
    ),
    Setting(
        "min_n_percentage",
        Kind.NUMBER,
        10,
        "Pas de pourcentage sous",
        "En dessous, un pourcentage se lit «\u00a08 sur 9\u00a0».",
        RESULTS,
        maximum=100,
        unit="personnes",
        holds=Holds.RULE,
    ),
    Setting(
        "on_track",
        Kind.NUMBER,
        80,
        "«\u00a0En bonne voie\u00a0» à partir de",
        "Part du progrès attendu à la date de la dernière mesure.",
        RESULTS,
        minimum=1,
        maximum=100,
        unit="% du progrès attendu",
        above="watch",
        holds=Holds.RULE,
    ),
    Setting(
        "watch",
        Kind.NUMBER,
        50,
        "«\u00a0À surveiller\u00a0» à partir de",
        "En dessous, l’indicateur est «\u00a0en retard\u00a0».",
        RESULTS,
        minimum=0,
        maximum=99,
        unit="% du progrès attendu",
        holds=Holds.RULE,
    ),
    Setting(
        "notebook_folder",
        Kind.FOLDER,
        "",
        "Dossier des carnets",
        "Proposé à la création et à l’ouverture.",
        FOLDERS,
    ),
    Setting(
        "document_folder",
        Kind.FOLDER,
        "",
        "Dossier des documents",
        "Proposé pour les PDF et les classeurs.",
        FOLDERS,
    ),
    Setting("device_id", Kind.STATE, ""),
    Setting("last_notebook", Kind.STATE, ""),
    Setting("recent_notebooks", Kind.STATE, ()),
    Setting("last_backups", Kind.STATE, {}),
    Setting("window_geometry", Kind.STATE, ""),
    Setting("visit_filter", Kind.STATE, {}),
    Setting("document_choices", Kind.STATE, {}),
)

BY_KEY = {setting.key: setting for setting in DECLARED}


def can_be_fixed(setting: Setting) -> bool:
    """Whether an organisation's policy may hold it: what the program remembers is nobody's rule."""
    return setting.kind is not Kind.STATE
