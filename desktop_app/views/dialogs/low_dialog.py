"""A dialog that fits a low screen: its fields scroll, its sentence and its buttons always show."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import Button, secondary
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.text import heading, text


class LowDialog(QDialog):
    """Fill ``fields``, then call ``finish``; it grows with them as far as the screen allows."""

    def __init__(self, parent: QWidget, title: str, *, width: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(dp(width))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(dp(20), dp(16), dp(4), dp(16))
        self._column.setSpacing(dp(12))
        self._page = ScrollPage(margins=False)
        self._page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fields = self._page.body
        self.fields.setContentsMargins(0, 0, dp(16), dp(2))
        self.fields.setSpacing(dp(12))
        self.problem = text("", "error")
        self.problem.hide()
        self._column.addWidget(heading(title))
        self._column.addWidget(self._page, 1)
        self._column.addWidget(self.problem)

    def finish(self, save: Button) -> None:
        """Adds « Annuler » and ``save`` under the fields."""
        self.fields.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 0, dp(16), 0)
        buttons.setSpacing(dp(10))
        buttons.addStretch(1)
        cancel = secondary("Annuler")
        cancel.clicked.connect(self.reject)
        save.setDefault(True)
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        self._column.addLayout(buttons)
        self._page.content.installEventFilter(self)
        self._grow()

    def say(self, sentence: str) -> None:
        """Why it stays open; '' when nothing is wrong."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self._grow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field or a warning more: the dialog makes room for it."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._grow()
        return super().eventFilter(watched, event)

    def _grow(self) -> None:
        width = max(self.width(), self.minimumWidth())
        margins = self._column.contentsMargins()
        inside = width - margins.left() - margins.right()
        tall = margins.top() + margins.bottom()
        shown = 0
        for place in range(self._column.count()):
            item = self._column.itemAt(place)
            if item.widget() is self._page:
                tall += self._fields_height(inside)
            elif item.isEmpty():
                continue
            else:
                wraps = item.hasHeightForWidth()
                tall += item.heightForWidth(inside) if wraps else item.sizeHint().height()
            shown += 1
        tall += self._column.spacing() * (shown - 1)
        most = self.screen().availableGeometry().height() - dp(30)
        self.resize(width, min(max(tall, self.height() if self.isVisible() else 0), most))

    def _fields_height(self, width: int) -> int:
        """With a little air: a scroll bar for a pixel would be silly."""
        wraps = self.fields.hasHeightForWidth()
        hint = self.fields.totalSizeHint().height()
        return dp(6) + max(self.fields.totalHeightForWidth(width) if wraps else 0, hint)
