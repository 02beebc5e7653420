"""A page that scrolls, downwards as a rule."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.views.theme import dp


class ScrollPage(QScrollArea):
    """Fill ``body``; Qt brings the field that takes the focus into view."""

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
