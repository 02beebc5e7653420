"""An attachment at full size: a photo in the window, a document in the machine's own program."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.services.visits.visit_rows import AttachmentRow
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import secondary
from desktop_app.views.widgets.text import muted


class PhotoDialog(QDialog):
    """Closes with Escape. ``content`` are the stored JPEG's bytes."""

    def __init__(self, parent: QWidget, row: AttachmentRow, content: bytes) -> None:
        super().__init__(parent)
        self.setWindowTitle(row.caption or row.filename)
        self._pixmap = QPixmap()
        self._pixmap.loadFromData(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(16), dp(16), dp(16), dp(12))
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setMinimumSize(QSize(dp(320), dp(240)))
        self._picture.setAccessibleName(f"Photo, {row.caption or row.filename}")
        column.addWidget(self._picture, 1)
        foot = QHBoxLayout()
        foot.addWidget(muted(row.caption or row.filename), 1)
        close = secondary("Fermer")
        close.clicked.connect(self.accept)
        foot.addWidget(close)
        column.addLayout(foot)
        screen = QGuiApplication.primaryScreen().availableSize()
        room = QSize(round(screen.width() * 0.85), round(screen.height() * 0.85))
        wanted = self._pixmap.size() + QSize(dp(32), dp(90))
        self.resize(wanted.boundedTo(room).expandedTo(QSize(dp(420), dp(320))))

    @property
    def readable(self) -> bool:
        return not self._pixmap.isNull()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._pixmap.isNull():
            self._picture.setText("Cette photo ne peut pas être affichée.")
            return
        room = self._picture.size().boundedTo(self._pixmap.size())
        self._picture.setPixmap(
            self._pixmap.scaled(
                room,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
