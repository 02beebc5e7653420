"""The white rounded panel every screen is made of."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.views.look.theme import dp, repolish
from desktop_app.views.widgets.text import heading


class Card(QFrame):
    """A panel with an optional title and a widget at the title's right; fill ``body``.

    With ``clickable`` it takes the focus and emits ``clicked`` on click, Enter and Space: give
    it an accessible name.
    """

    clicked = Signal()

    def __init__(
        self,
        title: str = "",
        *,
        trailing: QWidget | None = None,
        clickable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(dp(16), dp(13), dp(16), dp(14))
        outer.setSpacing(dp(10))
        self.title_label = heading(title)
        if title or trailing:
            head = QHBoxLayout()
            head.setSpacing(dp(10))
            head.addWidget(self.title_label, 1)
            if trailing:
                head.addWidget(trailing, 0, Qt.AlignmentFlag.AlignVCenter)
            outer.addLayout(head)
        else:
            self.title_label.setParent(self)
            self.title_label.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(dp(8))
        outer.addLayout(self.body, 1)
        if title:
            self.setAccessibleName(title)
        self._clickable = clickable
        if clickable:
            self.setProperty("clickable", True)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_title(self, title: str) -> None:
        self.title_label.setText(title)
        self.setAccessibleName(title)

    def set_selected(self, selected: bool) -> None:  # noqa: FBT001  (a Qt-like setter)
        self.setProperty("selected", selected)
        repolish(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self._clickable and event.button() == Qt.MouseButton.LeftButton and inside:
            self.clicked.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._clickable and event.key() in {
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Space,
        }:
            self.clicked.emit()
            return
        super().keyPressEvent(event)
