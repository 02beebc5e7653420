"""The .msi's policy properties: ``ORGANISATION="…" MASK_BELOW=5`` on msiexec's command line."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.config.declared import DECLARED, Kind, Setting, can_be_fixed
from desktop_app.config.policy_registry import INSTALLED

REGISTRY_KEY = INSTALLED
"""Under HKEY_LOCAL_MACHINE, 64-bit view: where the .msi writes a property that was given."""


@dataclass(frozen=True, slots=True)
class PolicyProperty:
    """``registry``: « REG_SZ » or « REG_DWORD ». ``label``: French, for comments.

    A list is one text here, its lines parted by ``;``: a property cannot hold several. Paths keep
    their variables (%USERPROFILE%): the program expands them for each user. A property that is not
    given must write nothing: the program reads an empty value as « none », or refuses it.
    """

    key: str
    name: str
    registry: str
    label: str


def policy_properties(declared: Iterable[Setting] = DECLARED) -> tuple[PolicyProperty, ...]:
    """Every setting that can be fixed, in the order of the declarations."""
    return tuple(
        PolicyProperty(
            setting.key,
            setting.key.upper(),
            "REG_DWORD" if setting.kind in {Kind.NUMBER, Kind.FLAG} else "REG_SZ",
            setting.label,
        )
        for setting in declared
        if can_be_fixed(setting)
    )
