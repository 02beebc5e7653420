"""Cards in as many columns as the width takes at the size of the text."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout, QSizePolicy, QWidget

from desktop_app.certain import known
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.card import Card


class CardGrid(QWidget):
    """``column_width``: the least width of a column, in pixels at a text of 100 %.

    ``even``: only counts of columns that leave no hole in the last row. ``spacing``: between them.
    """

    def __init__(
        self,
        column_width: int,
        most: int,
        *,
        even: bool = False,
        spacing: int = 12,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._even = even
        self._spacing = spacing
        self._column_width = column_width
        self._most = most
        self._columns = most
        self._cells: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(dp(spacing))

    def set_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Replaces what is shown; widgets no longer there are deleted."""
        for old in self._cells:
            self._grid.removeWidget(old)
            if old not in widgets:
                old.hide()
                old.deleteLater()
        self._cells = list(widgets)
        self._place()

    @property
    def cells(self) -> tuple[QWidget, ...]:
        return tuple(self._cells)

    def _place(self) -> None:
        for position, widget in enumerate(self._cells):
            self._grid.addWidget(widget, position // self._columns, position % self._columns)
        for column in range(self._most):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        gap = dp(self._spacing)
        room = (self.width() + gap) // (dp(self._column_width) + gap)
        columns = max(1, min(self._most, room))
        while self._even and columns > 1 and len(self._cells) % columns:
            columns -= 1
        if columns != self._columns:
            self._columns = columns
            self._place()


def share(layout: QBoxLayout, content: QWidget | QLayout, stretch: int) -> None:
    """Adds what takes exactly its share of a row, however long its words are."""
    if isinstance(content, QLayout):
        box = QWidget()
        content.setContentsMargins(0, 0, 0, 0)
        box.setLayout(content)
        content = box
    policy = content.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    content.setSizePolicy(policy)
    layout.addWidget(content, stretch)


def framed(*widgets: QWidget) -> Card:
    """A card close around a table, and what goes with it; the first takes the height."""
    card = Card()
    outer = known(card.layout())
    outer.setContentsMargins(dp(6), dp(6), dp(6), dp(6))
    for position, widget in enumerate(widgets):
        card.body.addWidget(widget, 1 if position == 0 else 0)
    return card
