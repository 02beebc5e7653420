"""The per-machine package under Wine: policy, upgrade, removal; and what its tables hold."""

import json
from pathlib import Path

import pytest

from installer.common import BuildError, files_of, run, version
from installer.policy.msi import REGISTRY_KEY, policy_properties
from installer.tests.windows_fixtures import MARKER, NEXT, PREVIOUS
from installer.tests.windows_machine import KNOWN, MSI_FAILED, Machine, listed
from installer.windows import in_use, msi, tables, wxs
from installer.windows.places import PAYLOAD, PROGID, WINDOW

POLICY = f"HKEY_LOCAL_MACHINE\\{REGISTRY_KEY}".replace("SOFTWARE", "Software")


def fixed(windows: Machine) -> dict[str, object]:
    """What the installed program says its organisation fixed."""
    text = windows.command(windows.per_machine, "settings", "--json")
    settings = json.loads(text)["settings"]
    return {one["key"]: one["value"] for one in settings if one["origin"] != "default"}


def test_installs_with_its_policy_and_leaves_nothing(windows: Machine, package: Path) -> None:
    files, registry = windows.files(), windows.registry()

    given = ("MASK_BELOW=7", "ORGANISATION=Département d’à côté", r"DOCUMENT_FOLDER=C:\Été")
    assert windows.msiexec("/i", package, *given) == 0

    folder = windows.per_machine
    assert listed(folder) == listed(PAYLOAD)
    assert windows.self_test(folder)["ok"] is True
    told = fixed(windows)
    assert told["mask_below"] == 7
    assert told["organisation"] == "Département d’à côté"
    assert set(told) == {"mask_below", "organisation", "document_folder"}
    assert windows.value(POLICY, "mask_below") == "dword:00000007"
    classes = r"HKEY_LOCAL_MACHINE\Software\Classes"
    assert windows.value(rf"{classes}\.carnet", "@") == f'"{PROGID}"'
    assert WINDOW in (windows.value(rf"{classes}\{PROGID}\shell\open\command", "@") or "")
    menu = windows.user / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"
    everyone = windows.drive / "ProgramData/Microsoft/Windows/Start Menu/Programs"
    assert any((place / "Carnet d’impact.lnk").exists() for place in (menu, everyone))

    (windows.drive / "verdict.json").unlink()
    assert windows.msiexec("/x", package) == 0
    kept = {name for name in windows.files() - files if "AppData/Local/carnet-impact" not in name}
    assert kept == set()
    assert windows.registry() - registry == set()


def test_an_upgrade_keeps_the_policy_and_the_command_line_wins(
    windows: Machine, older_package: Path, package: Path, next_package: Path
) -> None:
    folder = windows.drive / "Logiciels" / "Carnet à nous"
    place = f"INSTALLDIR={windows.windows(folder)}"
    options = ("MASK_BELOW=7", "WATCH=40", "AGENT=Mission d’été", place)
    assert windows.msiexec("/i", older_package, *options) == 0
    assert windows.value(KNOWN, "Version") == f'"{PREVIOUS}"'
    assert (folder / MARKER).exists()
    notebook = folder / "mes visites.carnet"
    notebook.write_bytes(b"kept")

    assert windows.msiexec("/i", package, "MASK_BELOW=9") == 0
    assert windows.value(KNOWN, "Version") == f'"{version()}"'
    assert windows.value(POLICY, "mask_below") == "dword:00000009"
    assert windows.value(POLICY, "watch") == "dword:00000028"
    assert "Mission d" in (windows.value(POLICY, "agent") or "")
    assert listed(folder) == {*listed(PAYLOAD), notebook.name}
    assert notebook.read_bytes() == b"kept"
    assert windows.self_test(folder)["ok"] is True

    assert windows.msiexec("/i", older_package) == MSI_FAILED
    assert windows.value(KNOWN, "Version") == f'"{version()}"'

    assert windows.msiexec("/i", next_package, "POLICYRESET=1", "WATCH=30") == 0
    assert windows.value(KNOWN, "Version") == f'"{NEXT}"'
    assert windows.value(POLICY, "mask_below") is None
    assert windows.value(POLICY, "watch") == "dword:0000001e"
    assert windows.self_test(folder)["ok"] is True

    assert windows.msiexec("/x", next_package) == 0
    assert [path.name for path in folder.iterdir()] == [notebook.name]
    assert windows.value(POLICY, "watch") is None


def test_a_repair_keeps_the_policy(windows: Machine, package: Path) -> None:
    assert windows.msiexec("/i", package, "MASK_BELOW=7") == 0
    (windows.per_machine / WINDOW).unlink()
    assert windows.msiexec("/i", package, "REINSTALL=ALL", "WATCH=40") == 0
    assert (windows.per_machine / WINDOW).exists()
    assert windows.value(POLICY, "mask_below") == "dword:00000007"
    assert windows.value(POLICY, "watch") == "dword:00000028"
    assert windows.self_test(windows.per_machine)["ok"] is True


def test_the_tables_hold_together(package: Path) -> None:
    held = {
        name: tables.read(package, name)
        for name in (
            *("File", "Component", "FeatureComponents", "Directory", "Registry", "Property"),
            "Error",
        )
    }
    keys = {name: [row[0] for row in table.rows] for name, table in held.items()}
    assert len(keys["File"]) == len(list(files_of(PAYLOAD)))
    components = set(keys["Component"])
    assert len({row[1] for row in held["Component"].rows}) == len(components)
    assert {row[1] for row in held["File"].rows} <= components
    assert {row[5] for row in held["Registry"].rows} <= components
    assert {row[1] for row in held["FeatureComponents"].rows} == components
    assert {row[2] for row in held["Component"].rows} <= set(keys["Directory"])
    key_paths = {row[5] for row in held["Component"].rows}
    assert key_paths <= {*keys["File"], *keys["Registry"]}
    texts = {row[0]: row[1] for row in held["Property"].rows}
    assert texts["ProductLanguage"] == "1036"
    assert texts["ProductName"] == "Carnet d’impact"
    assert texts["UpgradeCode"] == wxs.braced(wxs.UPGRADE_CODE)
    secure = texts["SecureCustomProperties"].split(";")
    assert {one.name for one in policy_properties()} <= set(secure)
    assert in_use.FORCE in secure
    assert held["Error"].rows == [["1722", in_use.SENTENCE]]
    assert "1252" in run(["msiinfo", "export", package, "_ForceCodepage"])
    summary = run(["msiinfo", "suminfo", package])
    assert "x64;1036" in summary


def test_a_letter_windows_installer_cannot_hold_stops_the_build() -> None:
    with pytest.raises(BuildError, match="202f"):
        msi._in_code_page("50\u202f%".encode())
