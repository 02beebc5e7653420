"""A photo or a document in small: its picture, its caption, its keys."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app import french
from desktop_app.services.visits.visit_rows import AttachmentRow
from desktop_app.services.vocabulary import AttachmentKind
from desktop_app.views.look.icons import icon
from desktop_app.views.look.theme import current_tokens, dp
from desktop_app.views.screens.visit.edit_queue import Edit
from desktop_app.views.screens.visit.work import VisitWork
from desktop_app.views.widgets.buttons import quiet
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.elided import ElidedLabel
from desktop_app.views.widgets.fields import TextLine
from desktop_app.views.widgets.text import text, tip


def attachment_name(row: AttachmentRow) -> str:
    kind = "Photo" if row.kind is AttachmentKind.PHOTO else "Document"
    return f"{kind}{french.NBSP}: {row.caption or row.filename}"


class Picture(QWidget):
    """The thumbnail, filling its place, corners rounded. ``opened`` on click, Enter, Space."""

    opened = Signal()

    def __init__(self, row: AttachmentRow, *, height: int = 74) -> None:
        super().__init__()
        self._height = dp(height)
        self._pixmap = QPixmap()
        if row.thumbnail:
            self._pixmap.loadFromData(row.thumbnail)
        self._photo = row.kind is AttachmentKind.PHOTO
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{attachment_name(row)}. Entrée pour ouvrir")
        self.setToolTip(tip(row.caption or row.filename))

    def sizeHint(self) -> QSize:
        return QSize(dp(100), self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(dp(60), self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        colours = current_tokens()
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), dp(5), dp(5))
        painter.fillPath(shape, QColor(colours["neutral_bg"]))
        if self._pixmap.isNull():
            side = min(dp(28), self.height() // 2)
            place = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
            icon("image" if self._photo else "file-text", "muted").paint(painter, place)
        else:
            painter.setClipPath(shape)
            painter.drawPixmap(self.rect(), self._pixmap, self._covering())
            painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours["focus"]), 2))
            painter.drawPath(shape)
        painter.end()

    def _covering(self) -> QRect:
        """The part of the picture that fills the place without distortion."""
        wide, high = self._pixmap.width(), self._pixmap.height()
        ratio = self.width() / max(1, self.height())
        if wide / max(1, high) > ratio:
            part = round(high * ratio)
            return QRect((wide - part) // 2, 0, part, high)
        part = round(wide / ratio)
        return QRect(0, (high - part) // 2, wide, part)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class AttachmentCard(Card):
    """A picture, the caption under it (saved as it is typed), what it weighs, and delete.

    Signals: ``opened(id)``, ``removed(id)``.
    """

    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, work: VisitWork, row: AttachmentRow, *, editable: bool) -> None:
        super().__init__()
        self.row = row
        self.editable = editable
        self._work = work
        self._key = work.key(f"attachment.{row.id}")
        self.setAccessibleName(attachment_name(row))
        self.picture = Picture(row, height=150)
        self.picture.opened.connect(lambda: self.opened.emit(row.id))
        self.caption = TextLine("Légende")
        self.caption.setAccessibleName(f"Légende de {row.filename}")
        self.caption.setReadOnly(not editable)
        self.caption.set_value(row.caption)
        self.caption.edited.connect(self._stage)
        self.caption.committed.connect(self._stage_soon)
        self._problem = text("", "error")
        self._problem.hide()
        foot = QHBoxLayout()
        foot.addWidget(ElidedLabel(_weight(row), "small"), 1)
        remove = quiet("trash", f"Supprimer {row.filename}")
        remove.clicked.connect(lambda: self.removed.emit(row.id))
        foot.addWidget(remove)
        if not editable:
            remove.hide()
        column = QVBoxLayout()
        column.setSpacing(dp(8))
        for widget in (self.picture, self.caption, self._problem):
            column.addWidget(widget)
        column.addLayout(foot)
        self.body.addLayout(column)
        self.body.addStretch(1)

    def load(self, row: AttachmentRow) -> None:
        self.row = row
        if not self._work.queue.busy(self._key) and self.caption.value() != row.caption:
            self.caption.set_value(row.caption)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.editable and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(self.row.id)
        else:
            super().keyPressEvent(event)

    def _stage_soon(self) -> None:
        self._stage(soon=True)

    def _stage(self, *, soon: bool = False) -> None:
        words, attachments, row_id = (
            self.caption.value(),
            self._work.services.attachments,
            self.row.id,
        )
        if words == self.row.caption and not self._work.queue.busy(self._key):
            return

        def failed(sentence: str) -> None:
            self._problem.setText(sentence)
            self._problem.show()

        edit = Edit(
            self, lambda: attachments.edit_caption(row_id, words), failed, self._problem.hide
        )
        self._work.queue.stage(self._key, edit, soon=soon)


def _weight(row: AttachmentRow) -> str:
    parts = [french.size(row.size)]
    if row.width and row.height:
        parts.insert(0, f"{row.width} × {row.height}")
    return " · ".join([row.filename, *parts])
