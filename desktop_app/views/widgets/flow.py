"""Rows that wrap: what keeps a page usable with a text of 200 % in a small window."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QSizePolicy, QWidget

from desktop_app.views.look.theme import dp


class FlowLayout(QLayout):
    """Widgets side by side, each at its preferred width, going on the next line when full."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 10) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(dp(spacing))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Returns the height used; lines are centred vertically item by item."""
        top, gap = rect.y(), self.spacing()
        line: list[tuple[QLayoutItem, QSize]] = []
        used = 0

        def close_line() -> int:
            height = max((size.height() for _, size in line), default=0)
            left = rect.x()
            for item, size in line:
                if move:
                    drop = (height - size.height()) // 2
                    item.setGeometry(QRect(QPoint(left, top + drop), size))
                left += size.width() + gap
            return height

        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            size.setWidth(min(size.width(), max(rect.width(), item.minimumSize().width())))
            if line and used + size.width() > rect.width():
                top += close_line() + gap
                line, used = [], 0
            line.append((item, size))
            used += size.width() + gap
        return top + close_line() - rect.y()


class AdaptiveRow(QWidget):
    """Columns side by side while ``breakpoint`` (pixels at 100 %) fits, else one above the other.

    Fill it with ``add(widget, stretch)``.
    """

    def __init__(
        self, breakpoint_: int, *, spacing: int = 14, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._breakpoint = breakpoint_
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(dp(spacing))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def add(
        self, widget: QWidget, stretch: int = 0, alignment: Qt.AlignmentFlag | None = None
    ) -> None:
        if alignment is None:
            self._row.addWidget(widget, stretch)
        else:
            self._row.addWidget(widget, stretch, alignment)

    @property
    def stacked(self) -> bool:
        return self._row.direction() == QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        """The narrowest column: the row must be allowed to shrink below its breakpoint."""
        hint = super().minimumSizeHint()
        items = [self._row.itemAt(index) for index in range(self._row.count())]
        widest = max((item.minimumSize().width() for item in items if item), default=0)
        return QSize(widest, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < dp(self._breakpoint)
        if narrow != self.stacked:
            directions = QBoxLayout.Direction
            self._row.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
