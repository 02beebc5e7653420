"""What changing a setting does at once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.views.look.theme import apply_theme

if TYPE_CHECKING:
    from desktop_app.views.window.main_window import MainWindow


def setting_changed(window: "MainWindow", key: str) -> None:
    if key in {"theme", "text_scale"}:
        restyle(window)
    if key == "text_scale":
        QTimer.singleShot(0, window, lambda: rebuild(window))
    if key in {"agent", "device_label"}:
        if window.services is not None:
            window.doors.sign(window.services)
        window.show_identity()


def restyle(window: "MainWindow") -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        apply_theme(app, window.settings.text("theme"), window.settings.number("text_scale"))
        window.sidebar.set_icons()


def rebuild(window: "MainWindow") -> None:
    """Makes the screens again: their margins were measured for the former size of the text."""
    place = window.trail.current
    window.flush()
    window.dispose_screens()
    window.sidebar.set_compact(compact=window.narrow)
    window.sidebar.set_icons()
    window.status.set_margins()
    if place is not None:
        window.go(place)
