"""A page that scrolls, downwards as a rule."""

import time

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.views.look.theme import dp

SETTLING = 0.3
"""Seconds during which a field that has just taken the focus is followed as the page moves."""


class ScrollPage(QScrollArea):
    """Fill ``body``; the field that takes the focus, by whatever key, is brought into view."""

    def __init__(self, parent: QWidget | None = None, *, margins: bool = True) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content = QWidget()
        self.content.setObjectName("scrollContent")
        self.body = QVBoxLayout(self.content)
        edge = dp(24) if margins else 0
        self.body.setContentsMargins(edge, dp(20) if margins else 0, edge, edge)
        self.body.setSpacing(dp(14))
        self.setWidget(self.content)
        self._focused_at = 0.0
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)
        self.verticalScrollBar().rangeChanged.connect(self._keep_up)

    def _follow(self, _before: QWidget | None, focused: QWidget | None) -> None:
        """Qt does it for Tab alone, not for Enter in a column or an editor just opened."""
        if focused is not None and self.content.isAncestorOf(focused):
            self._focused_at = time.monotonic()
            QTimer.singleShot(0, self, self._reveal)

    def _keep_up(self) -> None:
        """An editor that takes the focus as it is made finds its place only once laid out."""
        if time.monotonic() - self._focused_at < SETTLING:
            QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        """The whole field when it fits; Qt alone would be content with its caret."""
        focused = QApplication.focusWidget()
        if focused is None or not self.content.isAncestorOf(focused):
            return
        place = QRect(focused.mapTo(self.content, QPoint()), focused.size())
        if place.height() > self.viewport().height() - 2 * dp(24):
            self.ensureWidgetVisible(focused, 0, dp(24))
            return
        for edge in (place.bottom(), place.top()):
            self.ensureVisible(place.center().x(), edge, 0, dp(24))
