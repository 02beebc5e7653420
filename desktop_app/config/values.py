"""What a setting accepts: the same rules for what a person types and what an organisation fixes."""

import re
from collections.abc import Iterable

from desktop_app.config.declared import Kind, Setting

LONGEST_TEXT = 4096
LONGEST_CODE = 20
MOST_LINES = 200
_PARTS = re.compile(r"(\S.*?)(?:\s*[—–\t]\s*|\s+-\s+)(\S.*)")


class MisfitError(ValueError):
    """A refused value. Its text says what is expected, after « … : » (« écrivez un nombre… »)."""


def checked(setting: Setting, value: object) -> object:
    """The value as it is kept. Raises MisfitError."""
    match setting.kind:
        case Kind.NUMBER:
            return _number(setting, value)
        case Kind.CHOICE:
            return _choice(setting, value)
        case Kind.LINES:
            return _lines(value)
        case Kind.TEXT | Kind.FOLDER | Kind.FILE:
            return _filled(_text(value)) if setting.required else _text(value)
        case Kind.FLAG if not isinstance(value, bool):
            raise MisfitError("choisissez oui ou non.")
        case Kind.STATE if not isinstance(value, _like(setting.default)):
            raise MisfitError("cette valeur n’est pas acceptée.")
    return value


def _number(setting: Setting, value: object) -> int:
    whole = None if isinstance(value, bool) or not isinstance(value, int) else value
    if whole is not None and setting.minimum <= whole <= setting.maximum:
        return whole
    raise MisfitError(f"écrivez un nombre de {setting.minimum} à {setting.maximum}.")


def _choice(setting: Setting, value: object) -> object:
    known = [choice for choice, _ in setting.choices]
    if value not in known:
        raise MisfitError(f"choisissez parmi {', '.join(known)}.")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise MisfitError("écrivez un texte.")
    if len(value) > LONGEST_TEXT:
        raise MisfitError("ce texte est trop long.")
    return value


def _filled(text: str) -> str:
    if not text.strip():
        raise MisfitError("écrivez un texte, ce réglage ne peut pas être vide.")
    return text


def _lines(value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)):
        raise MisfitError("écrivez une liste de textes.")
    return tuple(f"{code} — {name}" for code, name in coded_lines(map(_text, value)))


def _like(default: object) -> tuple[type, ...]:
    return (list, tuple) if isinstance(default, tuple) else (type(default),)


def fits(setting: Setting, value: object) -> bool:
    try:
        checked(setting, value)
    except MisfitError:
        return False
    return True


def coded_lines(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """« AUT — Autonomie » → (« AUT », « Autonomie »); blank lines do not count.

    A dash between spaces or a tabulation parts them too. Raises MisfitError for a line that is not
    made so, and for a code given twice.
    """
    found: dict[str, tuple[str, str]] = {}
    for line in (line.strip() for line in lines):
        if not line:
            continue
        parts = _PARTS.fullmatch(line)
        if parts is None or len(parts[1]) > LONGEST_CODE:
            raise MisfitError(
                f"la ligne «\u00a0{_short(line)}\u00a0» doit s’écrire «\u00a0CODE — Nom\u00a0», "
                "par exemple «\u00a0AUT — Autonomie\u00a0»."
            )
        if parts[1].casefold() in found:
            raise MisfitError(f"le code «\u00a0{parts[1]}\u00a0» est donné deux fois.")
        found[parts[1].casefold()] = (parts[1], parts[2])
    if len(found) > MOST_LINES:
        raise MisfitError(f"pas plus de {MOST_LINES} lignes.")
    return tuple(found.values())


def _short(line: str) -> str:
    return line if len(line) <= 60 else f"{line[:59]}…"
