"""The small arrow at the right of what opens something."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from desktop_app.views.look.icons import icon
from desktop_app.views.look.theme import dp

SIDE = 14


def paint_chevron(painter: QPainter, right: int, middle: int, color: str = "muted") -> None:
    """Ends at ``right``, centred on ``middle``: nothing to read, nothing to click."""
    side = dp(SIDE)
    icon("caret-right", color).paint(
        painter, QRect(right - side, middle + 1 - side // 2, side, side)
    )
