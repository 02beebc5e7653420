"""The program's icon, for title bars and task bars."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from desktop_app.system.paths import resource

SIZES = (16, 24, 32, 48, 64, 128, 256)


def app_icon() -> QIcon:
    """Pictures by size: each is read when it is first drawn, and none needs what reads SVG."""
    icon = QIcon()
    for size in SIZES:
        icon.addFile(str(resource("icons", "app", f"app-{size}.png")), QSize(size, size))
    return icon
