"""``policy.example.toml``: every setting, commented out, for an administrator to pick from."""

import json
import textwrap
from collections.abc import Iterable

from desktop_app.config.declared import DECLARED, Kind, Setting, can_be_fixed
from desktop_app.config.policy import LINUX_FILE, MAC_FILE
from desktop_app.french import typeset
from installer.policy.words import default_words, expected

SAMPLES: dict[str | Kind, str] = {
    "document_folder": "~/Documents/Synthèses",
    "organisation": "Département de l’Essai",
    Kind.FOLDER: "~/Carnets",
    Kind.FILE: "/usr/local/share/carnet-impact/logo.png",
}
"""What stands where the default is nothing: of that setting, else of its kind."""
WIDTH = 96
HEAD = f"""\
# Carnet d’impact : réglages fixés pour tous les utilisateurs de ce poste.
#
# Copiez ce fichier, retirez le « # » devant les réglages à fixer, et placez-le ici :
#   Linux : {LINUX_FILE}
#   macOS : {MAC_FILE}
# Il doit appartenir à root et n’être modifiable que par lui (chmod 644), sinon il n’est pas suivi.
# Sous Windows, les mêmes réglages se fixent par stratégie de groupe (carnet-impact.admx) ou par les
# propriétés du .msi.
#
# Un réglage fixé se lit dans Paramètres, « Fixé par votre organisation », et ne s’y change plus.
# Un chemin ou un en-tête vide (""), une liste vide ([]) fixent « aucun ». Un autre texte vide est
# refusé.
# Un réglage mal écrit reste libre ; « carnet-impact settings » dit lequel et pourquoi.
# Dans les chemins, ~ et les variables ($HOME, $USER) sont ceux de chaque utilisateur.
"""


def example(declared: Iterable[Setting] = DECLARED) -> str:
    """The whole file; as it is, it fixes nothing."""
    parts = [typeset(HEAD)]
    group = ""
    for setting in declared:
        if not can_be_fixed(setting):
            continue
        if setting.group != group:
            group = setting.group
            parts.append(f"\n# ── {group} ──\n")
        parts.append("\n" + "".join(f"# {line}\n" for line in _lines(setting)))
    return "".join(parts)


def _lines(setting: Setting) -> list[str]:
    about = (setting.label, setting.help, f"{expected(setting)} {default_words(setting)}")
    told = (line for words in about for line in textwrap.wrap(words, WIDTH, break_on_hyphens=False))
    return [*told, *_assignment(setting)]


def _assignment(setting: Setting) -> list[str]:
    value = (
        setting.default or SAMPLES.get(setting.key) or SAMPLES.get(setting.kind, setting.default)
    )
    if not isinstance(value, tuple):
        return [f"{setting.key} = {_toml(value)}"]
    return [f"{setting.key} = [", *(f"    {_toml(item)}," for item in value), "]"]


def _toml(value: object) -> str:
    """TOML's basic strings, whole numbers and booleans are JSON's."""
    return json.dumps(value, ensure_ascii=False)
