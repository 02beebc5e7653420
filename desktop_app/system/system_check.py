"""What the system must offer before the window can open, and how to say what is missing.

Nothing here is asked on a good start: Qt is left to try, and its refusal is looked into.
"""

import os
import re
import sys
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""Debian's package of each library that Qt takes from the system."""
_LIBRARY = r"\blib[\w.+-]*?\.so(?:\.\d+)*"  # compiled where it is used: no good start needs it
_TOO_OLD = r"version `([A-Z]+)_([\d.]+)' not found"
_CARRIED = ("libQt6", "libpyside6", "libshiboken6")
_FAILED_PLUGIN = r'plugin "([\w-]+)"'
_UNOPENED = "la fenêtre ne peut pas s’ouvrir"


def no_display() -> bool:
    """Whether Qt has nowhere to show a window, known before it is asked."""
    known = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform == "linux" and not any(os.environ.get(name) for name in known)


def import_problem(error: ImportError) -> str:
    """Why Qt itself could not be loaded."""
    words = str(error) if sys.platform == "linux" else ""
    too_old = re.search(_TOO_OLD, words)
    if too_old:
        return (
            f"Ce système est trop ancien pour le programme, qui demande au moins {too_old[1]} "
            f"{too_old[2]}\u00a0: {_UNOPENED}. Demandez à votre service informatique de mettre à "
            "jour le système."
        )
    lacking = _foreign(re.findall(_LIBRARY, words))
    if lacking:
        return library_problem({*lacking, *missing_libraries([*_qt_files(), *_plugins("xcb")])})
    return (
        f"Le programme est incomplet ({error.name or type(error).__name__})\u00a0: {_UNOPENED}. "
        "Demandez à votre service informatique de le réinstaller."
    )


def abort_problem(complaints: Sequence[str]) -> str:
    """Why Qt was about to end the program, from what it complained of until then."""
    from desktop_app.french import quoted

    asked = os.environ.get("QT_QPA_PLATFORM", "")
    if asked and any(words.startswith("Could not find the Qt platform") for words in complaints):
        return (
            f"QT_QPA_PLATFORM demande {quoted(asked)}, que ce programme n’a pas\u00a0: "
            f"{_UNOPENED}. Retirez cette variable, puis recommencez."
        )
    failed = [name for words in complaints for name in re.findall(_FAILED_PLUGIN, words)]
    if sys.platform == "linux":
        lacking = missing_libraries(path for name in failed for path in _plugins(name))
        if lacking:
            return library_problem(lacking)
    if "xcb" in failed or any(name.startswith("wayland") for name in failed):
        where = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or ""
        shown = f" {quoted(where)}" if where else ""
        return (
            f"L’écran{shown} ne répond pas\u00a0: {_UNOPENED}. Vérifiez que la session graphique "
            "est ouverte et que vous pouvez l’utiliser."
        )
    return (
        f"L’affichage du système ne répond pas\u00a0: {_UNOPENED}. Demandez à votre service "
        "informatique de réinstaller le programme."
    )


def library_problem(names: Iterable[str]) -> str:
    """Names the libraries, and what to install."""
    lacking = sorted(set(names))
    packages = sorted({PACKAGES[name] for name in lacking if name in PACKAGES})
    several = len(lacking) > 1
    what = f"les bibliothèques {', '.join(lacking)}" if several else f"la bibliothèque {lacking[0]}"
    remedy = "de les installer" if several else "de l’installer"
    if packages:
        kind = "les paquets" if len(packages) > 1 else "le paquet"
        remedy = f"d’installer {kind} {', '.join(packages)}"
    return (
        f"Il manque à ce poste {what}\u00a0: {_UNOPENED}. "
        f"Demandez à votre service informatique {remedy}."
    )


def missing_libraries(files: Iterable[Path]) -> list[str]:
    """The system's libraries that these files of Qt need, however far, and that are not there."""
    import subprocess

    found: set[str] = set()
    for path in files:
        try:
            told = subprocess.run(  # noqa: S603  (a file of ours)
                ["/usr/bin/ldd", str(path)], capture_output=True, text=True, check=False
            ).stdout
        except OSError:  # no ldd here: the system's loader names the first one only
            told = _loading(path)
        for line in told.splitlines():
            if ("not found" in line or "cannot open" in line) and not re.search(_TOO_OLD, line):
                found.update(re.findall(_LIBRARY, line)[:1])
    return sorted(_foreign(found))


def _foreign(names: Iterable[str]) -> list[str]:
    """Those that are the system's: a lack of one of ours is a damaged program."""
    return [name for name in names if not name.startswith(_CARRIED)]


def _loading(path: Path) -> str:
    import ctypes

    try:
        ctypes.CDLL(str(path))
    except OSError as error:
        return str(error)
    return ""


def _qt_files() -> list[Path]:
    return [path for name in ("QtGui", "QtWidgets") for path in _qt_folder().glob(f"{name}.*so*")]


def _plugins(name: str) -> list[Path]:
    """Qt's plugins of a platform; « wayland » has several."""
    other = os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH")
    folders = [Path(other)] if other else []
    folders.append(_qt_folder() / "Qt" / "plugins" / "platforms")
    return [path for folder in folders for path in folder.glob(f"libq{name}*.so")]


def _qt_folder() -> Path:
    spec = find_spec("PySide6")
    return Path(spec.origin).parent if spec is not None and spec.origin else Path()
