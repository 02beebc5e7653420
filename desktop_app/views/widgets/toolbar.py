"""A row of actions that folds onto more lines when the place is short."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import Button, secondary
from desktop_app.views.widgets.keys import key_names

Action = tuple[str, str, Callable[[], object]]


class Toolbar(QWidget):
    """Each action's key is in its tool tip and works anywhere under the toolbar's parent."""

    def __init__(self, actions: Sequence[Action], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, Button] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(dp(8))
        for name, keys, act in actions:
            button = secondary(name)
            button.setToolTip(f"{name.removesuffix('…')} ({key_names(keys)})")
            button.clicked.connect(lambda _=False, act=act: act())
            self.buttons[name] = button
        self._actions = tuple(actions)
        self._shortcuts: list[QShortcut] = []
        self._columns = 0
        self._place(len(actions))

    def rename(self, name: str, text: str, keys: str) -> None:
        """Changes what an action says; ``keys`` is named in its tool tip."""
        button = self.buttons[name]
        if button.text() != text:
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(f"{text} ({keys})")

    def bind(self, owner: QWidget, *, everywhere: Sequence[str] = ()) -> None:
        """The keys work while the focus is in ``owner``; some as soon as it shows."""
        contexts = Qt.ShortcutContext
        for _, keys, act in self._actions:
            shortcut = QShortcut(QKeySequence(keys), owner)
            wide = keys in everywhere
            shortcut.setContext(
                contexts.WindowShortcut if wide else contexts.WidgetWithChildrenShortcut
            )
            shortcut.activated.connect(lambda act=act: act())
            self._shortcuts.append(shortcut)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for position, button in enumerate(self.buttons.values()):
            self._grid.addWidget(button, position // columns, position % columns)
        for column in range(len(self.buttons) + 1):
            self._grid.setColumnStretch(column, 1 if column == columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widths = [button.sizeHint().width() + dp(8) for button in self.buttons.values()]
        columns = len(widths)
        while columns > 1 and _widest(widths, columns) > self.width() + dp(8):
            columns -= 1
        self._place(columns)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        hint.setWidth(dp(120))
        return hint


def _widest(widths: Sequence[int], columns: int) -> int:
    """The width of a grid of that many columns."""
    return sum(max(widths[column::columns]) for column in range(columns))
