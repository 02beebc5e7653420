"""The panel of a long job: what is being done, how far it is, and a way to stop it."""

import threading

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import secondary
from desktop_app.views.widgets.text import small, strong

REFRESH = 80  # milliseconds between two looks at the worker's progress


class ProgressPanel(QFrame):
    """Floats at the lower right of ``window``. ``report`` may be called from any thread."""

    def __init__(self, title: str, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("panel")
        self.setAccessibleName(title)
        self.cancelled = threading.Event()
        self._latest = (0, 0, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(16), dp(12), dp(16), dp(12))
        column.addWidget(strong(title))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(f"Avancement\u00a0: {title}")
        column.addWidget(self.bar)
        row = QHBoxLayout()
        self.step = small("")
        row.addWidget(self.step, 1)
        self.stop = secondary("Interrompre")
        self.stop.clicked.connect(self.cancel)
        row.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(row)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._show_latest)
        self._timer.start(REFRESH)
        window.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def report(self, done: int, total: int, label: str) -> None:
        self._latest = (done, total, label)

    def cancel(self) -> None:
        self.cancelled.set()
        self.stop.setEnabled(False)
        self.step.setText("Interruption…")

    def close_panel(self) -> None:
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _show_latest(self) -> None:
        if self.cancelled.is_set():
            return
        done, total, label = self._latest
        self.bar.setRange(0, max(0, total))
        self.bar.setValue(done)
        self.step.setText(label)

    def _place(self) -> None:
        window = self._window
        width = min(dp(360), window.width() - dp(40))
        height = self.sizeHint().height()
        self.setGeometry(
            window.width() - width - dp(24), window.height() - height - dp(56), width, height
        )
