r"""The policy on Windows: group policy's key, over the one that the .msi writes.

Both are read in the 64-bit view of HKEY_LOCAL_MACHINE, where only administrators write. Names of
values are keys of settings, in any case; « SOFTWARE\Policies\Carnet d'impact » wins.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator

from desktop_app.config.declared import BY_KEY, Kind, Setting
from desktop_app.config.policy import Policy, joined, judged
from desktop_app.config.policy_paths import Expand, windows_path, windows_variables
from desktop_app.config.values import MisfitError
from desktop_app.errors import reason

GROUP_POLICY = r"SOFTWARE\Policies\Carnet d'impact"
INSTALLED = r"SOFTWARE\Carnet d'impact\Policy"

# As in winreg, which other systems do not have.
REG_SZ = 1
REG_EXPAND_SZ = 2
REG_DWORD = 4
REG_MULTI_SZ = 7
REG_QWORD = 11

Values = Iterable[tuple[str, object, int]]
"""Name, content and type of each value of one registry key."""


def read_registry(
    values_of: Callable[[str], Values] | None = None, expand: Expand | None = None
) -> Policy:
    """The machine's policy.

    ``values_of(key)`` gives what a key under HKLM holds; ``expand`` puts variables in a text.
    """
    values_of = values_of or _machine_values
    expand = expand or windows_variables()
    return joined(*(_read(key, values_of, expand) for key in (GROUP_POLICY, INSTALLED)))


def converted(setting: Setting, value: object, kind: int, expand: Expand) -> object:
    """What a value of that registry type says of the setting; an empty one says « none ».

    A path keeps its variables, which judging it puts in whatever the type. Numbers and flags may
    also be texts, and a list one text whose lines or ``;`` part it: that is what an .msi's
    property can carry. Raises MisfitError for a type that says nothing of it.
    """
    if kind in {REG_SZ, REG_EXPAND_SZ} and isinstance(value, str):
        text = value.strip("\x00")
        if kind == REG_EXPAND_SZ and setting.kind not in {Kind.FOLDER, Kind.FILE}:
            text = expand(text)
        return _from_text(setting, text.strip())
    if kind in {REG_DWORD, REG_QWORD} and isinstance(value, int):
        return _from_number(setting, value)
    if kind == REG_MULTI_SZ and setting.kind is Kind.LINES:
        return tuple(str(line) for line in value) if isinstance(value, (list, tuple)) else ()
    raise MisfitError(f"le type de cette valeur ne convient pas, prenez {_type(setting)}.")


def _from_text(setting: Setting, text: str) -> object:
    match setting.kind:
        case Kind.LINES:
            return tuple(re.split(r"[\r\n;]+", text)) if text else ()
        case Kind.NUMBER if re.fullmatch(r"\d{1,9}", text, re.ASCII):
            return int(text)
        case Kind.FLAG if text in {"0", "1"}:
            return text == "1"
    return text


def _from_number(setting: Setting, value: int) -> object:
    if setting.kind is Kind.NUMBER:
        return value
    if setting.kind is Kind.FLAG and value in {0, 1}:
        return value == 1
    raise MisfitError(f"un nombre ne convient pas, prenez {_type(setting)}.")


def _type(setting: Setting) -> str:
    match setting.kind:
        case Kind.NUMBER:
            return "REG_DWORD"
        case Kind.FLAG:
            return "REG_DWORD (0 ou 1)"
        case Kind.LINES:
            return "REG_MULTI_SZ"
    return "REG_SZ"


def _read(key: str, values_of: Callable[[str], Values], expand: Expand) -> Policy:
    source = f"HKLM\\{key}"
    raw: dict[str, object] = {}
    refusals: list[str] = []
    try:
        found = list(values_of(key))
    except OSError as error:
        return Policy({}, source, (f"{source} ne peut pas être lu ({reason(error)}).",))
    for name, value, kind in found:
        setting = BY_KEY.get(name.lower())
        if not name:
            continue
        try:
            content = value if setting is None else converted(setting, value, kind, expand)
        except MisfitError as misfit:
            refusals.append(f"{source}, «\u00a0{name}\u00a0»\u00a0: {misfit}")
            continue
        raw[name if setting is None else setting.key] = content
    return judged(
        raw, source if found else "", tuple(refusals), lambda path: windows_path(path, expand)
    )


def _machine_values(key: str) -> Iterator[tuple[str, object, int]]:
    """None when the key is not there. Raises OSError when it cannot be read."""
    if sys.platform != "win32":
        return
    import winreg

    access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
    try:
        opened = winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key, 0, access)
    except FileNotFoundError:
        return
    with opened:
        for index in range(winreg.QueryInfoKey(opened)[1]):
            yield winreg.EnumValue(opened, index)
