"""What a list shows when it has nothing: why, and what to do."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.views.look.icons import icon
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import primary
from desktop_app.views.widgets.text import muted, text


class EmptyState(QWidget):
    """``action_text`` adds a button that calls ``on_action``."""

    def __init__(
        self,
        icon_name: str,
        title: str,
        text_: str,
        action_text: str = "",
        on_action: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(24), dp(32), dp(24), dp(32))
        column.setSpacing(dp(6))
        column.addStretch(1)
        if icon_name:
            picture = QLabel()
            side = dp(36)
            picture.setPixmap(icon(icon_name, "muted").pixmap(QSize(side, side)))
            column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self.title_label = text(title, "h2")
        self.text_label = muted(text_)
        for label in (self.title_label, self.text_label):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        if action_text and on_action is not None:
            button = primary(action_text)
            button.clicked.connect(lambda _=False: on_action())
            column.addSpacing(dp(8))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def set_text(self, title: str, text_: str) -> None:
        self.title_label.setText(title)
        self.text_label.setText(text_)
        self.setAccessibleName(title)
