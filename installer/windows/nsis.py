"""The per-user package: writes what the NSIS script includes, then compiles it."""

import os
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from desktop_app.system.running import MUTEXES
from installer.common import (
    PROGRAM,
    SHOWN_NAME,
    epoch,
    files_of,
    reproducible_environment,
    run,
    tree_size,
)
from installer.windows import places, sign

SCRIPT = places.HERE / "setup" / "setup.nsi"
COMMENT = "Visites, mesures et synthèses des expérimentations"
MARGIN_MB = 10
LIST = r"_internal\installed.txt"
UNINSTALLER = "uninstall.exe"
MACHINE_KEY = rf"SOFTWARE\{places.FOLDER}"
UNINSTALL_KEY = rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{PROGRAM}"

BEST = "SetCompressor /SOLID /FINAL lzma\nSetCompressorDictSize 32"
FAST = "SetCompressor /FINAL zlib"


@dataclass(frozen=True, slots=True)
class Setup:
    """One package to make. ``work`` takes the files written for NSIS."""

    payload: Path
    version: str
    output: Path
    work: Path
    compressor: str = BEST
    margin_mb: int = MARGIN_MB


def build(wanted: Setup) -> Path:
    """Compiles ``wanted.output``; signs the uninstaller in it when a certificate is given."""
    wanted.work.mkdir(parents=True, exist_ok=True)
    wanted.output.parent.mkdir(parents=True, exist_ok=True)
    listed = wanted.work / "installed.txt"
    names = sorted(_windows(path, wanted.payload) for path in files_of(wanted.payload))
    listed.write_bytes("".join(f"{line}\r\n" for line in _listed(names)).encode("ascii"))
    _write(wanted.work / "files.nsh", _copies(wanted.payload, names, listed))
    _write(wanted.work / "settings.nsh", _settings(wanted, _dated(listed)))
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8"]
    run(
        [
            *command,
            f'-X!addincludedir "{wanted.work}"',
            f'-X!addincludedir "{SCRIPT.parent}"',
            SCRIPT,
        ],
        env=reproducible_environment(),
        cwd=wanted.work,
    )
    return wanted.output


def _windows(path: Path, payload: Path) -> str:
    return str(path.relative_to(payload)).replace("/", "\\")


def _listed(names: list[str]) -> list[str]:
    """What is ours in the folder: files, this list last, then folders from the deepest up."""
    folders = {folder for name in [*names, LIST] for folder in _parents(name)}
    deepest = sorted(folders, key=lambda folder: (-folder.count("\\"), folder))
    return [*names, UNINSTALLER, LIST, *(f"{folder}\\" for folder in deepest)]


def _parents(name: str) -> list[str]:
    parts = name.split("\\")[:-1]
    return ["\\".join(parts[: count + 1]) for count in range(len(parts))]


def _copies(payload: Path, names: list[str], listed: Path) -> str:
    """The copy commands, by folder, in the order of names: two builds agree."""
    lines = []
    folder = None
    for name in names:
        parent, _, _ = name.rpartition("\\")
        if parent != folder:
            lines.append(f'SetOutPath "$Staging\\{parent}"'.replace('\\"', '"'))
            folder = parent
        lines.append(f'File "{payload / name.replace(chr(92), "/")}"')
    lines += ['SetOutPath "$Staging\\_internal"', f'File "{listed}"']
    return "\n".join(lines)


def _settings(wanted: Setup, listed: Path) -> str:
    size = tree_size(wanted.payload)
    defines = {
        "SHOWN_NAME": SHOWN_NAME,
        "PROGRAM": PROGRAM,
        "VERSION": wanted.version,
        "FOLDER": places.FOLDER,
        "MANUFACTURER": places.MANUFACTURER,
        "COMMENT": COMMENT,
        "WINDOW": places.WINDOW,
        "COMMAND": places.COMMAND,
        "PROGID": places.PROGID,
        "OLDEST_BUILD": str(places.OLDEST_BUILD),
        "NOTEBOOK_ICON": places.NOTEBOOK_ICON,
        "ICON": str(places.ICONS / "app.ico"),
        "PICTURE": str(_picture(wanted.work / "picture.bmp")),
        "CLASSES": r"Software\Classes",
        "UNINSTALL_KEY": UNINSTALL_KEY,
        "MACHINE_KEY": MACHINE_KEY,
        "MUTEX": MUTEXES[0],
        "LIST": LIST,
        "LIST_FILE": str(listed),
        "OUT": str(wanted.output),
        "SIZE_KB": str(size // 1024),
        "NEEDED_MB": str(size // 2**20 + wanted.margin_mb),
    }
    if sign.wanted():
        defines["SIGN_COMMAND"] = sign.command("%1")
    lines = [f"!define {name} `{value}`" for name, value in defines.items()]
    return "\n".join([*lines, wanted.compressor])


def _picture(path: Path) -> Path:
    """What stands beside the first and the last page, in the size they want."""
    picture = Image.new("RGB", (164, 314), "white")
    with Image.open(places.ICONS / "app-128.png") as icon:
        picture.paste(icon, (18, 40), icon)
    picture.save(path, "BMP")
    return _dated(path)


def _dated(path: Path) -> Path:
    """NSIS keeps the dates of what it copies: the build's, so that two builds agree."""
    os.utime(path, (epoch(), epoch()))
    return path


def _write(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8")
