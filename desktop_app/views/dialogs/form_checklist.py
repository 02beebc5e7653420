"""Several choices in a closed list, ticked with Espace."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop_app.views.look.theme import dp

_VALUE = int(Qt.ItemDataRole.UserRole)


class Checklist(QListWidget):
    """``value()`` is a tuple of the values ticked. Signal ``edited()``: by the person."""

    edited = Signal()

    def __init__(
        self, options: Iterable[tuple[object, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "checklist")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_options(options)
        self.itemChanged.connect(lambda _item: self.edited.emit())

    def set_options(self, options: Iterable[tuple[object, str]]) -> None:
        """Replaces the list, keeping what is ticked and still there."""
        ticked = set(self.value())
        self.blockSignals(True)
        self.clear()
        for value, text in options:
            item = QListWidgetItem(text, self)
            item.setData(_VALUE, value)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
            )
            state = Qt.CheckState.Checked if value in ticked else Qt.CheckState.Unchecked
            item.setCheckState(state)
        if self.count():
            self.setCurrentRow(0)
        self.blockSignals(False)
        self.updateGeometry()

    def value(self) -> tuple[object, ...]:
        return tuple(
            item.data(_VALUE)
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        )

    def set_value(self, value: object) -> None:
        wanted = set(value) if isinstance(value, (tuple, list, set, frozenset)) else set()
        self.blockSignals(True)
        for item in self._items():
            on = item.data(_VALUE) in wanted
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.blockSignals(False)

    def sizeHint(self) -> QSize:
        rows = min(max(self.count(), 2), 5)
        row = self.sizeHintForRow(0) if self.count() else dp(30)
        return QSize(dp(180), rows * row + 2 * self.frameWidth() + dp(8))

    def minimumSizeHint(self) -> QSize:
        return QSize(dp(120), self.sizeHint().height())

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]
