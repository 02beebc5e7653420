"""What wixl cannot say, put into its .msi afterwards.

wixl knows no conditions on components, no transitive components, no custom actions that set a
property or run a program, and no choice of when the version before is removed.
"""

from collections.abc import Iterable
from pathlib import Path

from installer.policy.msi import PolicyProperty
from installer.windows import in_use
from installer.windows.tables import Table, read, write
from installer.windows.wxs import WINDOWS_BUILD, setting_component

SET_PROPERTY = 51
TRANSITIVE = 64
_BEFORE_COSTING = 200
_COMPLETED = (
    *("Component", "CustomAction", "Error"),
    *("InstallExecuteSequence", "InstallUISequence", "Property"),
)


def complete(package: Path, settings: tuple[PolicyProperty, ...], work: Path) -> None:
    """Gives ``package`` what wixl left out."""
    tables = {name: read(package, name) for name in _COMPLETED}
    for setting in settings:
        component = tables["Component"].row(setting_component(setting))
        attributes = tables["Component"].columns.index("Attributes")
        component[attributes] = str(int(component[attributes]) | TRANSITIVE)
        key = setting_component(setting)
        tables["Component"].set(key, "Condition", f"POLICY_{setting.name}")
    _remember(tables, settings)
    tables["InstallExecuteSequence"].set("RemoveExistingProducts", "Sequence", "1510")
    tables["CustomAction"].add(
        "set_location", str(SET_PROPERTY), "ARPINSTALLLOCATION", "[INSTALLDIR]", ""
    )
    tables["InstallExecuteSequence"].add("set_location", "", "1010")
    _secure(tables["Property"], settings)
    in_use.ask(tables)
    for name, table in tables.items():
        write(package, name, table, work)


def _remember(tables: dict[str, Table], settings: Iterable[PolicyProperty]) -> None:
    """What the command line gives wins over what the version before wrote.

    The search's values are raw: « #5 » for a number, so that writing them again keeps their type.
    """
    order = _BEFORE_COSTING
    actions = [("INSTALLDIR", "REMEMBERED_INSTALLDIR", "[REMEMBERED_INSTALLDIR]", "NOT INSTALLDIR")]
    for one in settings:
        given = f"#[{one.name}]" if one.registry == "REG_DWORD" else f"[{one.name}]"
        kept = f"REMEMBERED_{one.name}"
        actions.append((f"POLICY_{one.name}", one.name, given, ""))
        actions.append(
            (f"POLICY_{one.name}", kept, f"[{kept}]", f"NOT {one.name} AND NOT POLICYRESET")
        )
    for target, origin, value, only in actions:
        name = f"set_{target}_from_{'registry' if origin.startswith('REMEMBERED') else 'given'}"
        condition = f"{origin} AND {only}" if only else origin
        tables["CustomAction"].add(name, str(SET_PROPERTY), target, value, "")
        for sequence in ("InstallExecuteSequence", "InstallUISequence"):
            tables[sequence].add(name, condition, str(order))
        order += 1


def _secure(properties: Table, settings: Iterable[PolicyProperty]) -> None:
    """Lets the properties through when someone who is no administrator starts the installation."""
    known = properties.row("SecureCustomProperties")[1].split(";")
    ours = [name for one in settings for name in (one.name, f"POLICY_{one.name}")]
    others = ("INSTALLDIR", "POLICYRESET", in_use.FORCE, WINDOWS_BUILD)
    allowed = sorted({*known, *ours, *others})
    properties.set("SecureCustomProperties", "Value", ";".join(allowed))
