"""A page that scrolls, downwards as a rule."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.views.theme import dp


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
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, focused: QWidget | None) -> None:
        """Qt does it for Tab alone, not for Enter in a column or an editor just opened.

        Once laid out: an editor that takes the focus as it is made has no place yet.
        """
        if focused is not None and self.content.isAncestorOf(focused):
            QTimer.singleShot(0, focused, lambda: self._reveal(focused))

    def _reveal(self, focused: QWidget) -> None:
        if self.content.isAncestorOf(focused):
            self.ensureWidgetVisible(focused, 0, dp(24))
