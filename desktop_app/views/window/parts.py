"""Small things the window does once it is painted."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDropEvent

from desktop_app.errors import UserError
from desktop_app.services.changes import Changes

if TYPE_CHECKING:
    from desktop_app.views.window.main_window import MainWindow

SUFFIX = ".carnet"
AFTER_PAINTING = 20  # ms


def data_changed(window: "MainWindow", changes: Changes) -> None:
    if changes.touches("follow_up", "visit", "experiment"):
        show_late_actions(window)


def show_late_actions(window: "MainWindow") -> None:
    """Counts the late actions off the interface's thread, for the sidebar."""
    services = window.services
    if services is None:
        return

    def show(count: int) -> None:
        window.sidebar.buttons["actions"].set_badge(count, f"{count} en retard")

    window.operations.query(services.overview.late_follow_ups, show, owner=window, key="late")


def warm_up(window: "MainWindow") -> None:
    """Loads in a thread, once the first screen is there, what the other ones will need."""
    from desktop_app.views.screens.registry import SCREENS, screen_class

    services = window.services
    if services is None:
        return

    def load() -> None:
        services.warm()
        for name in SCREENS:
            screen_class(name)

    def begin() -> None:
        if window.services is services:
            window.operations.query(load, lambda _: done(), owner=window, key="warm")

    def done() -> None:
        """The page of a visit takes longest to make: it is ready before one is opened."""
        if window.services is services:
            window.make("visit")
        window.warmed.emit()

    def wait() -> None:
        QTimer.singleShot(AFTER_PAINTING, window, begin)

    window.operations.idle.connect(wait, Qt.ConnectionType.SingleShotConnection)


def undo(window: "MainWindow") -> None:
    """Undoes this session's last write, unless something came on top of it."""
    window.flush()
    window.operations.flush()
    services, clock = window.services, window.operations.take_undoable()
    if services is None or not clock:
        window.notify.show("Il n’y a rien à annuler dans cette séance.")
        return
    window.operations.run(
        lambda: services.history.undo(clock),
        initiator=window,
        done=lambda _: window.notify.show("La dernière modification est annulée."),
        undoable=False,
    )


def dropped(event: QDropEvent) -> Path | None:
    """The notebook being dropped, if the drop is one."""
    urls = event.mimeData().urls()
    if len(urls) == 1 and urls[0].isLocalFile():
        path = Path(urls[0].toLocalFile())
        return path if path.suffix.lower() == SUFFIX else None
    return None


def remember_geometry(window: "MainWindow") -> None:
    """A full disk must not keep the window from closing."""
    geometry = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
    with suppress(UserError):
        window.settings.set("window_geometry", geometry)
