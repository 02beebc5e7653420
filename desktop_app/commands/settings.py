"""``carnet-impact settings``: what is in force on this machine, where it comes from, and why."""

import argparse
import json
import sys

from desktop_app import french
from desktop_app.config.declared import DECLARED, Kind, Setting
from desktop_app.config.settings import Settings, load_settings
from desktop_app.errors import UserError
from desktop_app.french import NBSP

ORIGINS = {
    "fixed": "fixé par votre organisation",
    "chosen": "choisi ici",
    "default": "par défaut",
}


def run(options: argparse.Namespace) -> None:
    """Raises UserError when the organisation's policy holds something refused, after the rest."""
    settings = load_settings()
    if options.json:
        sys.stdout.write(json.dumps(described(settings), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(lines(settings)) + "\n")
    refusals = settings.policy.refusals
    if refusals:
        count = french.plural(len(refusals), "refus", "refus")
        raise UserError(
            f"{count} dans la politique de ce poste{NBSP}: les réglages concernés restent libres. "
            "Corrigez-la, puis relancez cette commande."
        )


def described(settings: Settings) -> dict[str, object]:
    """The JSON object: values as they are stored; origins « fixed », « chosen », « default »."""
    return {
        "file": str(settings.path),
        "settings": [
            {
                "key": setting.key,
                "label": setting.label,
                "value": settings.value(setting.key),
                "origin": origin(settings, setting.key),
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
    said = [
        f"{setting.key} · {setting.label}{NBSP}: {words(setting, settings.value(setting.key))} "
        f"({ORIGINS[origin(settings, setting.key)]})"
        for setting in _shown()
    ]
    policy = settings.policy
    source = policy.source or "aucune sur ce poste"
    refused = [f"  Refusé{NBSP}: {refusal}" for refusal in policy.refusals]
    return [*said, "", f"Politique{NBSP}: {source}", *refused]


def origin(settings: Settings, key: str) -> str:
    if settings.fixed(key):
        return "fixed"
    return "chosen" if settings.chosen(key) else "default"


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
