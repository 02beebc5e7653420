"""Short messages at the foot of the window, with at most one action (« Annuler »)."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import Button
from desktop_app.views.widgets.text import text

SHOWN_FOR = 6000  # milliseconds
SHOWN_FOR_ACTION = 12000
READING = 70  # milliseconds a character, for a long message


class Notifier(QObject):
    """Shows one message at a time over ``window``; a newer one replaces it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._toast: QFrame | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)

    @property
    def message(self) -> str:
        """What is shown now; '' when nothing is."""
        return "" if self._toast is None else self._toast.accessibleName()

    def show(
        self,
        message: str,
        action_text: str = "",
        on_action: Callable[[], object] | None = None,
    ) -> None:
        """Shows a sentence; ``action_text`` adds a button that calls ``on_action``."""
        self.hide()
        toast = QFrame(self._window)
        toast.setObjectName("toast")
        toast.setAccessibleName(message)
        row = QHBoxLayout(toast)
        row.setContentsMargins(dp(16), dp(10), dp(12), dp(10))
        row.setSpacing(dp(14))
        label = text(message)
        widest = max(dp(240), self._window.width() - dp(360))
        label.setMaximumWidth(widest)
        label.setMinimumWidth(min(widest, label.fontMetrics().horizontalAdvance(message) + dp(4)))
        row.addWidget(label, 1)
        if action_text and on_action is not None:
            row.addWidget(self._button(action_text, on_action))
        row.addWidget(self._button("Fermer", None))
        self._toast = toast
        toast.show()
        self._place()
        toast.raise_()
        least = SHOWN_FOR_ACTION if action_text else SHOWN_FOR
        self._timer.start(max(least, READING * len(message)))

    def hide(self) -> None:
        self._timer.stop()
        if self._toast is not None:
            self._toast.hide()
            self._toast.deleteLater()
            self._toast = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._toast is not None:
            self._place()
        return super().eventFilter(watched, event)

    def _button(self, name: str, action: Callable[[], object] | None) -> Button:
        button = Button(name, "toast")
        button.setCursor(Qt.CursorShape.PointingHandCursor)

        def act() -> None:
            self.hide()
            if action is not None:
                action()

        button.clicked.connect(act)
        return button

    def _place(self) -> None:
        if self._toast is None:
            return
        area = self._window.rect()
        width = min(self._toast.sizeHint().width(), area.width() - dp(40))
        layout = self._toast.layout()
        wanted = layout.totalHeightForWidth(width) if layout and layout.hasHeightForWidth() else -1
        height = max(wanted, self._toast.sizeHint().height())
        left = (area.width() - width) // 2
        self._toast.setGeometry(left, area.height() - height - dp(48), width, height)
