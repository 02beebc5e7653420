"""The tables of an .msi, read and written back as text by msitools: what wixl cannot say.

wixl knows no conditions on components, no transitive components, no custom actions that set a
property, and no choice of when the version before is removed.
"""

from collections.abc import Iterable
from pathlib import Path

from installer.common import reproducible_environment, run
from installer.policy.msi import PolicyProperty
from installer.windows.wxs import setting_component

SET_PROPERTY = 51
TRANSITIVE = 64
_BEFORE_COSTING = 200


class Table:
    """One table: ``rows`` are lists of texts in the order of ``columns``."""

    def __init__(self, text: str) -> None:
        lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
        self.head = lines[:3]
        self.columns = lines[0].split("\t")
        self.rows = [line.split("\t") for line in lines[3:]]

    def row(self, key: str) -> list[str]:
        return next(row for row in self.rows if row[0] == key)

    def set(self, key: str, column: str, value: str) -> None:
        self.row(key)[self.columns.index(column)] = value

    def add(self, *values: str) -> None:
        self.rows.append(list(values))

    def text(self) -> str:
        return "".join(f"{line}\r\n" for line in [*self.head, *map("\t".join, self.rows)])


def read(package: Path, name: str) -> Table:
    return Table(run(["msiinfo", "export", package, name]))


def write(package: Path, name: str, table: Table, work: Path) -> None:
    text = work / f"{name}.idt"
    text.write_bytes(table.text().encode("utf-8"))
    run(["msibuild", package, "-i", text], env=reproducible_environment())


def set_code_page(package: Path, number: int, work: Path) -> None:
    """Says which code page the texts are in: msitools write 1252 and say nothing."""
    text = work / "_ForceCodepage.idt"
    text.write_bytes(f"\r\n\r\n{number}\t_ForceCodepage\r\n".encode("ascii"))
    run(["msibuild", package, "-i", text], env=reproducible_environment())


def complete(package: Path, settings: tuple[PolicyProperty, ...], work: Path) -> None:
    """Gives ``package`` what wixl left out."""
    names = ("Component", "CustomAction", "InstallExecuteSequence", "InstallUISequence", "Property")
    tables = {name: read(package, name) for name in names}
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
    for name in names:
        write(package, name, tables[name], work)


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
    properties.set(
        "SecureCustomProperties",
        "Value",
        ";".join(sorted({*known, *ours, "INSTALLDIR", "POLICYRESET"})),
    )
