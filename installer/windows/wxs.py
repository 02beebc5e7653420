"""The source wixl compiles: the payload, the shortcut, the association, the policy's values.

Everything that identifies something is derived from what it identifies, so that two builds agree
and an upgrade knows what it replaces.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from installer.common import SHOWN_NAME, files_of, tree_size
from installer.policy.msi import REGISTRY_KEY, PolicyProperty
from installer.windows import in_use
from installer.windows.places import (
    FOLDER,
    MANUFACTURER,
    NOTEBOOK_ICON,
    OLDEST_BUILD,
    PROGID,
    WINDOW,
)

UPGRADE_CODE = UUID("c33581a3-2135-4929-b588-7ac4e4ebc00c")  # never to change: it makes upgrades
WINDOWS_KEY = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion"
MACHINE_KEY = rf"SOFTWARE\{FOLDER}"
ICON = "app.ico"
OLDER_OVER_NEWER = (
    "Une version plus récente de Carnet d’impact est installée sur cet ordinateur. "
    "Désinstallez-la d’abord si vous tenez à revenir en arrière."
)
OLD_WINDOWS = "Carnet d’impact demande Windows 10 (1809) ou une version plus récente."
WINDOWS_BUILD = "WINDOWS_BUILD"  # Windows Installer says 603 of Windows 8.1, of 10 and of 11 alike


@dataclass(frozen=True, slots=True)
class Product:
    """What one .msi holds. ``settings``: the policy's values it can write."""

    payload: Path
    version: str
    settings: tuple[PolicyProperty, ...]

    @property
    def code(self) -> UUID:
        return uuid5(UPGRADE_CODE, f"product {self.version}")


def braced(code: UUID) -> str:
    return f"{{{str(code).upper()}}}"


def identifier(kind: str, name: str) -> str:
    """A name for a table's row: letters, digits, the same for the same thing."""
    return f"{kind}_{hashlib.sha256(name.encode()).hexdigest()[:20]}"


def setting_component(setting: PolicyProperty) -> str:
    return f"policy_{setting.key}"


def source(product: Product) -> bytes:
    """The whole document."""
    root = Element("Wix", xmlns="http://schemas.microsoft.com/wix/2006/wi")
    top = SubElement(
        root,
        "Product",
        Id=braced(product.code),
        UpgradeCode=braced(UPGRADE_CODE),
        Name=SHOWN_NAME,
        Version=product.version,
        Language="1036",
        Manufacturer=MANUFACTURER,
    )
    SubElement(top, "Package", InstallerVersion="500", Compressed="yes", InstallScope="perMachine")
    SubElement(top, "MajorUpgrade", DowngradeErrorMessage=OLDER_OVER_NEWER)
    SubElement(top, "Icon", Id=ICON, SourceFile=ICON)
    SubElement(top, "Binary", Id=Path(in_use.PROGRAM).stem, SourceFile=in_use.PROGRAM)
    recent = SubElement(top, "Condition", Message=OLD_WINDOWS)
    recent.text = f"Installed OR {WINDOWS_BUILD} >= {OLDEST_BUILD}"
    _properties(top, tree_size(product.payload))
    _searches(top, product.settings)
    SubElement(top, "Media", Id="1", Cabinet="payload.cab", EmbedCab="yes")
    components = [*_folders(top, product.payload), *_registry(top, product)]
    feature = SubElement(top, "Feature", Id="Program", Level="1", Title=SHOWN_NAME)
    for component in components:
        SubElement(feature, "ComponentRef", Id=component)
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _properties(top: Element, size: int) -> None:
    values = {
        "REINSTALLMODE": "amus",
        "ARPPRODUCTICON": ICON,
        "ARPSIZE": str(size // 1024),
        "ARPNOMODIFY": "1",
        "ARPCONTACT": MANUFACTURER,
        "ARPCOMMENTS": "Visites, mesures et synthèses des expérimentations",
    }
    for name, value in values.items():
        SubElement(top, "Property", Id=name, Value=value)


def _searches(top: Element, settings: Iterable[PolicyProperty]) -> None:
    """What an earlier version left, and which Windows this is.

    Raw values keep their registry type when written again.
    """
    wanted = [(f"REMEMBERED_{one.name}", REGISTRY_KEY, one.key) for one in settings]
    wanted.append(("REMEMBERED_INSTALLDIR", MACHINE_KEY, "InstallDir"))
    wanted.append((WINDOWS_BUILD, WINDOWS_KEY, "CurrentBuildNumber"))
    for name, key, value in wanted:
        holder = SubElement(top, "Property", Id=name)
        SubElement(
            holder,
            "RegistrySearch",
            {"Id": identifier("search", name), "Root": "HKLM", "Key": key, "Name": value},
            Type="raw",
            Win64="yes",
        )


def _folders(top: Element, payload: Path) -> list[str]:
    """One component a file, as Windows Installer's rules have it. Gives their names."""
    target = SubElement(top, "Directory", Id="TARGETDIR", Name="SourceDir")
    SubElement(target, "Directory", Id="ProgramMenuFolder")
    programs = SubElement(target, "Directory", Id="ProgramFiles64Folder")
    main = SubElement(programs, "Directory", Id="INSTALLDIR", Name=FOLDER)
    known = {PurePosixPath("."): main}
    names = []
    for path in files_of(payload):
        name = PurePosixPath(path.relative_to(payload).as_posix())
        component = _component(
            _folder(known, name.parent), identifier("file", str(name)), str(name)
        )
        file_source = f"$(var.Payload)/{name}"
        SubElement(component, "File", Id=component.get("Id", ""), Source=file_source, KeyPath="yes")
        names.append(component.get("Id", ""))
    return names


def _folder(known: dict[PurePosixPath, Element], folder: PurePosixPath) -> Element:
    if folder not in known:
        above = _folder(known, folder.parent)
        key = identifier("folder", str(folder))
        known[folder] = SubElement(above, "Directory", Id=key, Name=folder.name)
    return known[folder]


def _component(parent: Element, key: str, identity: str) -> Element:
    code = str(uuid5(UPGRADE_CODE, f"component {identity}")).upper()
    return SubElement(parent, "Component", Id=key, Guid=code, Win64="yes")


def _registry(top: Element, product: Product) -> list[str]:
    """The shortcut, the association, what is known of the installation, the policy's values."""
    menu = _component(
        SubElement(top, "DirectoryRef", Id="ProgramMenuFolder"), "shortcut", "shortcut"
    )
    SubElement(
        menu,
        "Shortcut",
        Id="shortcut",
        Name=SHOWN_NAME,
        Target=f"[INSTALLDIR]{WINDOW}",
        WorkingDirectory="INSTALLDIR",
        Icon=ICON,
    )
    _value(menu, MACHINE_KEY, "Shortcut", "1")
    here = SubElement(top, "DirectoryRef", Id="INSTALLDIR")
    known = _component(here, "known", "known")
    _value(known, MACHINE_KEY, "Version", product.version)
    _value(known, MACHINE_KEY, "InstallDir", "[INSTALLDIR]", key_path=False)
    _association(_component(here, "association", "association"))
    names = ["shortcut", "known", "association"]
    for setting in product.settings:
        component = _component(here, setting_component(setting), f"policy {setting.key}")
        _value(component, REGISTRY_KEY, setting.key, f"[POLICY_{setting.name}]")
        names.append(setting_component(setting))
    return names


def _association(component: Element) -> None:
    classes = r"SOFTWARE\Classes"
    program = f"[INSTALLDIR]{WINDOW}"
    _value(component, rf"{classes}\.carnet", None, PROGID)
    rest = [
        (rf"{classes}\.carnet\OpenWithProgids", PROGID, ""),
        (rf"{classes}\{PROGID}", None, SHOWN_NAME),
        (rf"{classes}\{PROGID}", "FriendlyTypeName", SHOWN_NAME),
        (rf"{classes}\{PROGID}\DefaultIcon", None, f"[INSTALLDIR]{NOTEBOOK_ICON}"),
        (rf"{classes}\{PROGID}\shell\open\command", None, f'"{program}" "%1"'),
    ]
    for key, name, value in rest:
        _value(component, key, name, value, key_path=False)


def _value(
    component: Element, key: str, name: str | None, value: str, *, key_path: bool = True
) -> None:
    attributes = {"Root": "HKLM", "Key": key, "Type": "string", "Value": value}
    if name is not None:
        attributes["Name"] = name
    if key_path:
        attributes["KeyPath"] = "yes"
    SubElement(component, "RegistryValue", attributes)
