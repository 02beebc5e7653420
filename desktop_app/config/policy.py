"""What the organisation fixes on this machine, for everyone who uses it.

Read once at start, before the settings, from a place where only an administrator writes. Nothing
in it can keep anyone from starting: what is refused leaves its setting free, and is told.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from desktop_app.config.declared import BY_KEY, Kind, Setting, can_be_fixed
from desktop_app.config.values import MisfitError, checked

LINUX_FILE = Path("/etc/xdg/carnet-impact/policy.toml")
MAC_FILE = Path("/Library/Application Support/carnet-impact/policy.toml")


class Policy(NamedTuple):
    """``values`` by setting's key; ``source`` says where they were read, '' when nothing is there.

    ``refusals`` are French sentences: what could not be used, and what to write instead.
    """

    values: Mapping[str, object] = MappingProxyType({})
    source: str = ""
    refusals: tuple[str, ...] = ()


NONE = Policy()


def machine_policy() -> Policy:
    """Reads this machine's: one look at the disk when there is none."""
    if sys.platform == "win32":
        from desktop_app.config.policy_registry import read_registry

        return read_registry()
    path = MAC_FILE if sys.platform == "darwin" else LINUX_FILE
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return NONE
    except OSError:
        pass  # something is there, which the reader will say it cannot read
    from desktop_app.config.policy_file import read_file

    return read_file(path)


def log_refusals(policy: Policy) -> None:
    """Keeps what was refused where the DSI looks; says nothing when all was followed."""
    if policy.refusals:
        import datetime as dt

        from desktop_app.system.log import log_text

        moment = f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
        log_text("\n".join(f"{moment} policy: {refusal}" for refusal in policy.refusals))


def _whole_here(written: str) -> str:
    """As ``local_path``, which most starts do without."""
    from desktop_app.config.policy_paths import local_path

    return local_path(written)


def judged(
    raw: Mapping[str, object],
    source: str,
    refusals: tuple[str, ...] = (),
    whole: Callable[[str], str] = _whole_here,
) -> Policy:
    """The policy made of what was read: each value held to its declaration.

    ``whole`` makes of a path the one that it is for this person.
    """
    values: dict[str, object] = {}
    refused = list(refusals)
    for key, value in raw.items():
        setting = BY_KEY.get(key)
        try:
            if setting is None or not can_be_fixed(setting):
                raise MisfitError("ce réglage n’existe pas dans cette version. Vérifiez son nom.")
            values[key] = checked(setting, _ready(setting, value, whole))
        except MisfitError as misfit:
            refused.append(_refusal(source, key, str(misfit)))
    for key in _crossed(values):
        low = BY_KEY[key].above
        refused.append(_refusal(source, key, f"écrivez plus que {_named(values, low)}."))
        del values[key], values[low]
    return Policy(values, source, tuple(refused))


def joined(first: Policy, second: Policy) -> Policy:
    """Two sources as one policy; the first wins, also over a threshold that it crosses."""
    source = " et ".join(policy.source for policy in (first, second) if policy.source)
    values = {**second.values, **first.values}
    refused = [*first.refusals, *second.refusals]
    for high in _crossed(values):
        low = BY_KEY[high].above
        lost, kept, side = (low, high, "moins") if high in first.values else (high, low, "plus")
        words = f"écrivez {side} que {_named(values, kept)} dans {first.source}."
        refused.append(_refusal(second.source, lost, words))
        del values[lost]
    return Policy(values, source, tuple(refused))


def _named(values: Mapping[str, object], key: str) -> str:
    from desktop_app.french import quoted

    return f"{values[key]}, la valeur de {quoted(key)}"


def _ready(setting: Setting, value: object, whole: Callable[[str], str]) -> object:
    """Texts on one line, and paths that hold for every user: « ~ » and variables are theirs."""
    if not isinstance(value, str):
        return value
    if setting.kind is Kind.LINES:
        return tuple(value.splitlines())
    if any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in value):
        raise MisfitError("écrivez un texte d’une seule ligne.")
    value = value.strip()
    if setting.kind not in {Kind.FOLDER, Kind.FILE} or not value:
        return value
    return whole(value)


def _crossed(values: Mapping[str, object]) -> list[str]:
    """Numbers not above the one they must stay above, both being fixed."""
    return [
        key
        for key, value in values.items()
        if (low := BY_KEY[key].above) in values and int(str(value)) <= int(str(values[low]))
    ]


def _refusal(source: str, key: str, reason: str) -> str:
    from desktop_app.french import NBSP, quoted

    return f"{source}, {quoted(key)}{NBSP}: {reason}"
