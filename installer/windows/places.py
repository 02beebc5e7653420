"""Where the Windows build keeps its things, and the names fixed for both packages."""

from installer.common import ARTEFACTS, BUILD, PROGRAM, ROOT, version

HERE = ROOT / "installer" / "windows"
WORK = BUILD / "windows"
CACHE = WORK / "cache"
PREFIX = WORK / "prefix"
PYTHON = WORK / "python"
PAYLOAD = WORK / "dist" / PROGRAM
SIGNATURES = WORK / "signatures.txt"
ICONS = ROOT / "resources" / "icons" / "app"

WINDOW = "CarnetImpact.exe"
COMMAND = "carnet-impact.exe"
# Administrators type it, hence the straight apostrophe.
FOLDER = "Carnet d'impact"
MANUFACTURER = "Équipe Carnet d’impact"
PROGID = "CarnetImpact.Notebook"
# Qt 6.9 asks for Windows 10 1809.
OLDEST_BUILD = 17763
NOTEBOOK_ICON = r"_internal\resources\icons\app\notebook.ico"

SETUP = ARTEFACTS / f"{PROGRAM}-{version()}-setup.exe"
MSI = ARTEFACTS / f"{PROGRAM}-{version()}-x64.msi"
