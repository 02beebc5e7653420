"""``carnet-impact settings``: what is in force on this machine, where it comes from, and why."""

import argparse
import json
import sys
from pathlib import Path

from desktop_app import french
from desktop_app.config.declared import DECLARED, Holds, Kind, Setting
from desktop_app.config.settings import Settings, load_settings
from desktop_app.errors import UserError
from desktop_app.french import NBSP
from desktop_app.system.folders import folder_lack

ORIGINS = {
    "fixed": "fixé par votre organisation",
    "chosen": "choisi ici",
    "default": "par défaut",
}
APPLIES = {
    "computer": "",
    "new_notebooks": ", pour les nouveaux carnets",
    "every_notebook": ", pour tous les carnets",
}


def run(options: argparse.Namespace) -> None:
    """Raises UserError, after the rest, when something of the organisation's policy is refused.

    Also when a file or a folder that it fixes cannot be used by whoever asks.
    """
    settings = load_settings()
    if options.json:
        sys.stdout.write(json.dumps(described(settings)) + "\n")
    else:
        sys.stdout.write("\n".join(lines(settings)) + "\n")
    wrong = _refused(len(settings.policy.refusals)) + _unusable(
        sum(1 for setting in _shown() if settings.fixed(setting.key) and problem(settings, setting))
    )
    if wrong:
        raise UserError(f"{wrong}Corrigez la politique ou le poste, puis relancez cette commande.")


def _refused(count: int) -> str:
    if not count:
        return ""
    said = french.plural(count, "refus", "refus")
    return f"{said} dans la politique de ce poste{NBSP}: les réglages concernés restent libres. "


def _unusable(count: int) -> str:
    if not count:
        return ""
    said = french.plural(count, "chemin fixé est inutilisable", "chemins fixés sont inutilisables")
    return f"{said} par ce compte. "


def described(settings: Settings) -> dict[str, object]:
    """The JSON object: values as they are stored; origins « fixed », « chosen », « default ».

    ``applies_to``: « computer »; « new_notebooks », which then keep their own; « every_notebook »,
    a rule that the organisation fixes.
    """
    return {
        "file": str(settings.path),
        "settings": [
            {
                "key": setting.key,
                "label": setting.label,
                "value": settings.value(setting.key),
                "origin": origin(settings, setting.key),
                "applies_to": applies_to(settings, setting),
                "problem": problem(settings, setting),
            }
            for setting in _shown()
        ],
        "policy": {
            "source": settings.policy.source,
            "refusals": list(settings.policy.refusals),
        },
    }


def lines(settings: Settings) -> list[str]:
    """One a setting, then the policy and what of it was refused."""
    said = []
    for setting in _shown():
        value = words(setting, settings.value(setting.key))
        who = ORIGINS[origin(settings, setting.key)] + APPLIES[applies_to(settings, setting)]
        said.append(f"{setting.key} · {setting.label}{NBSP}: {value} ({who})")
        wrong = problem(settings, setting)
        said += [f"  Problème{NBSP}: {wrong}"] if wrong else []
    policy = settings.policy
    source = policy.source or "aucune sur ce poste"
    refused = [f"  Refusé{NBSP}: {refusal}" for refusal in policy.refusals]
    return [*said, "", f"Politique{NBSP}: {source}", *refused]


def origin(settings: Settings, key: str) -> str:
    if settings.fixed(key):
        return "fixed"
    return "chosen" if settings.chosen(key) else "default"


def applies_to(settings: Settings, setting: Setting) -> str:
    """What the value in force is that of: this computer, or notebooks to come, or all of them."""
    if setting.holds is Holds.COMPUTER:
        return "computer"
    everywhere = setting.holds is Holds.RULE and settings.fixed(setting.key)
    return "every_notebook" if everywhere else "new_notebooks"


def problem(settings: Settings, setting: Setting) -> str:
    """Why the file or the folder in force cannot be used by this account; '' when it can."""
    path = settings.text(setting.key)
    if not path:
        return ""
    if setting.kind is Kind.FOLDER:
        lack = folder_lack(Path(path), made=settings.fixed(setting.key))
        return f"ce dossier {lack}." if lack else ""
    if setting.kind is Kind.FILE:
        from desktop_app.exports.pdf.logo import logo_lack

        lack = logo_lack(path)
        return f"ce fichier {lack}." if lack else ""
    return ""


def words(setting: Setting, value: object) -> str:
    """A value as a person reads it, on one line."""
    match setting.kind:
        case Kind.FLAG:
            return "oui" if value else "non"
        case Kind.NUMBER:
            return " ".join(filter(None, (str(value), setting.unit)))
        case Kind.LINES if isinstance(value, (list, tuple)):
            return f"{french.NNBSP}; ".join(map(str, value)) or french.MISSING
    return dict(setting.choices).get(str(value), str(value)) or french.MISSING


def _shown() -> tuple[Setting, ...]:
    return tuple(setting for setting in DECLARED if setting.kind is not Kind.STATE)
