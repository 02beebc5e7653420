"""What every screen is given and what every screen answers to."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.services.changes import Changes
from desktop_app.views.navigation import Place
from desktop_app.views.runtime.context import ScreenContext
from desktop_app.views.widgets.fields import commit_fields
from desktop_app.views.widgets.page_header import PageHeader

__all__ = ["Place", "Screen", "ScreenContext"]


class Screen(QWidget):
    """Base of the screens.

    A subclass says in ``kinds`` which entities it shows (« visit », « measurement »…: table
    names), and writes ``refresh``.

    The window calls ``show_place`` on arriving, ``flush`` on leaving (other screen, minimise,
    deactivate, close), and ``dispose`` once, when the notebook closes.
    """

    kinds: tuple[str, ...] = ()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.context = context
        self.place = Place("")
        self._stale = False
        self._arriving = False
        self._connections: list[tuple[Any, Callable[..., object]]] = []
        self.listen(context.operations.data_changed, self.on_changed)
        self.listen(context.operations.idle, self._settle_later)

    def listen(self, signal: Any, slot: Callable[..., object]) -> None:
        """Connects a signal of something that outlives the screen; undone by ``dispose``."""
        signal.connect(slot)
        self._connections.append((signal, slot))

    def show_place(self, place: Place) -> None:
        """Arriving: remembers the place and refreshes. Override to read the record or the tab."""
        self.place = place
        self._stale = False
        self.refresh()

    def refresh(self) -> None:
        """Reads again what is shown, through ``context.operations.query``."""

    def on_changed(self, changes: Changes, initiator: object) -> None:
        """Reloads when what is shown was touched by someone else: now if visible, else when shown.

        A screen's own writes (``initiator is self``) do not reload it: it knows what it did.
        """
        if initiator is self or not changes.touches(*self.kinds):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def flush(self) -> None:
        """Commits pending edits at once. The default ends the edit of every field."""
        commit_fields(self)

    def command(self, name: str) -> None:
        """Does one of the window's commands (commands.py: « new_visit », « search »…)."""
        action = self.window().findChild(QAction, name)
        if action is not None:
            action.trigger()

    def take_focus(self) -> None:
        """On arriving: to ``first_field``, as soon as what was asked for is shown."""
        self._arriving = True
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._settle_focus()

    def first_field(self) -> QWidget | None:
        """What a person works with first: the first field under the header, unless overridden.

        None while it is not there yet.
        """
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            if self.isAncestorOf(widget) and takes_focus(widget) and not _in_header(widget):
                return widget
            widget = widget.nextInFocusChain()
        return None

    def _settle_later(self) -> None:
        """Once what was just added to the page is really shown."""
        if self._arriving:
            QTimer.singleShot(0, self, self._settle_focus)

    def _settle_focus(self) -> None:
        """Moves the focus once, unless the person already did."""
        focused = QApplication.focusWidget()
        inside = focused is not None and focused is not self and self.isAncestorOf(focused)
        if not self._arriving or not self.isVisible() or self.context.operations.busy:
            return
        target = None if inside else self.first_field()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        if inside or target is not None:
            self._arriving = False

    def dispose(self) -> None:
        """Undoes the connections; the screen is deleted just after."""
        for signal, slot in self._connections:
            signal.disconnect(slot)
        self._connections.clear()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()


def takes_focus(widget: QWidget) -> bool:
    """Whether Tab would stop there now."""
    tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(tab) and widget.isVisible() and widget.isEnabled()


def _in_header(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, (PageHeader, Screen)):
        above = above.parentWidget()
    return isinstance(above, PageHeader)
