"""What the self-test checks of what is painted, and how it waits for it."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QFontDatabase, QFontInfo, QIcon, QImage, QImageReader
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app.services.notebook.trial import require
from desktop_app.system.paths import resource
from desktop_app.views.look.theme import FAMILY

PATIENCE = 30_000  # milliseconds
COLOURS = 12
"""A page with text on it has dozens; one that stayed blank, a few."""
TURN = QEventLoop.ProcessEventsFlag.WaitForMoreEvents


def until(held: Callable[[], object], otherwise: str) -> None:
    """Lets the window live, event after event, until ``held()``; fails when patience ends."""
    alarm = QTimer()  # wakes the loop too
    alarm.setSingleShot(True)
    alarm.start(PATIENCE)
    while not held():
        require(alarm.isActive(), otherwise)
        QApplication.processEvents(TURN)


def look(widget: QWidget) -> int:
    """Counts the colours of the widget's picture. Fails when it is blank."""
    QApplication.processEvents()
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    found = len(set(memoryview(image.constBits()).cast("I")))
    require(found >= COLOURS, f"image vide ({found} couleurs)")
    return found


def front() -> QDialog | None:
    """The dialog in front of the window."""
    widget = QApplication.activeModalWidget()
    return widget if isinstance(widget, QDialog) else None


def fonts() -> str:
    """The typeface is ours, in its three weights: Qt would fall back on another, saying nothing."""
    require(FAMILY in QFontDatabase.families(), f"police {FAMILY} non chargée")
    shown = QFontInfo(QApplication.font()).family()
    require(shown == FAMILY, f"police affichée\u00a0: {shown}")
    return ", ".join(QFontDatabase.styles(FAMILY))


def images() -> str:
    kinds = {bytes(kind.data()).decode() for kind in QImageReader.supportedImageFormats()}
    for kind in ("png", "jpeg", "svg"):
        require(kind in kinds, f"Qt ne lit pas les images {kind}")
    return ", ".join(sorted(kinds))


def icons() -> str:
    """Those of the style sheet, and a glyph of the icons' font."""
    from desktop_app.views.look.icons import glyph_family, icon

    require(glyph_family(), "police des icônes non chargée")
    drawn = {path.name: QIcon(str(path)) for path in sorted(resource("icons").glob("*.svg"))}
    for name, each in {**drawn, "house": icon("house")}.items():
        image = each.pixmap(32, 32).toImage()
        pixels = memoryview(image.convertToFormat(QImage.Format.Format_ARGB32).constBits())
        require(any(pixels), f"icône {name} vide")
    return f"{len(drawn) + 1} icônes"


def french() -> str:
    word = QApplication.translate("QPlatformTheme", "Cancel")
    require(word == "Annuler", f"Qt ne parle pas français ({word})")
    return word
