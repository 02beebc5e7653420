"""Layouts that follow the room there is: side by side when wide, one under the other when not."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from desktop_app.views.look.theme import dp


def chain_tabs(first: QWidget, containers: Sequence[QWidget]) -> None:
    """Tab goes from ``first`` through what the containers hold, however late it was made."""
    before = first
    for container in containers:
        for stop in (container, *container.findChildren(QWidget)):
            tabbed = stop.focusPolicy() & Qt.FocusPolicy.TabFocus and stop.focusProxy() is None
            if tabbed and stop.window() is first.window():  # a list's choices are a window
                QWidget.setTabOrder(before, stop)
                before = stop


class Columns(QWidget):
    """A wide column and a narrow one; under ``narrow`` the second goes below the first."""

    def __init__(self, *, narrow: int = 860, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = dp(narrow)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(dp(16))
        self.left = QVBoxLayout()
        self.right = QVBoxLayout()
        for column, stretch in ((self.left, 67), (self.right, 33)):
            column.setSpacing(dp(14))
            self._row.addLayout(column, stretch)

    def minimumSizeHint(self) -> QSize:
        """No minimal width: the columns stack rather than overflow."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = event.size().width() >= self._narrow
        directions = QBoxLayout.Direction
        wanted = directions.LeftToRight if wide else directions.TopToBottom
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
        super().resizeEvent(event)


class CardGrid(QWidget):
    """Widgets in equal columns, as many as fit at ``column_width`` or more, ``most`` at the most.

    One widget may take the whole width of its row (``wide``): the editor opened in place.
    """

    def __init__(
        self, *, column_width: int = 300, most: int = 2, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._column_width = dp(column_width)
        self._most = most
        self._columns = most
        self._widgets: tuple[QWidget, ...] = ()
        self._wide: QWidget | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(dp(10))

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        return self._widgets

    def set_widgets(self, widgets: Sequence[QWidget], wide: QWidget | None = None) -> None:
        """Those no longer there are deleted."""
        gone = [widget for widget in self._widgets if widget not in widgets]
        self._widgets = tuple(widgets)
        self._wide = wide
        self._place()
        for widget in gone:
            widget.hide()
            widget.deleteLater()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = max(1, min(self._most, event.size().width() // self._column_width))
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _place(self) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        row = column = 0
        for widget in self._widgets:
            if widget is self._wide:
                row, column = (row + 1, 0) if column else (row, 0)
                self._grid.addWidget(widget, row, 0, 1, self._columns)
                row += 1
            else:
                self._grid.addWidget(widget, row, column)
                column += 1
                if column == self._columns:
                    row, column = row + 1, 0
            widget.show()
        for index in range(self._most):
            self._grid.setColumnStretch(index, 1 if index < self._columns else 0)
            used = index < self._columns
            self._grid.setColumnMinimumWidth(index, dp(60) if used else 0)
