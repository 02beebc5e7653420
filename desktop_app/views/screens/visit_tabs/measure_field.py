"""A field of a measure's row: up and down with Enter and the arrows, marked with Alt+N, Alt+S."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu

from desktop_app.services.vocabulary import MeasurementStatus, Reliability, label
from desktop_app.views.widgets.fields import TextLine

_UP, _DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_MARKS = {
    Qt.Key.Key_N: MeasurementStatus.NOT_OBSERVED,
    Qt.Key.Key_S: MeasurementStatus.NOT_APPLICABLE,
}
_NO_RELIABILITY = "Fiabilité non précisée"


class CellField(TextLine):
    """Moves, marks and reliability by keys; the last two also in the right button's menu.

    Signals: ``moved(step)`` on Enter, Up and Down; ``marked(status)`` on Alt+N and Alt+S;
    ``rated(reliability or None)`` from the list that Alt+F opens.
    """

    moved = Signal(int)
    marked = Signal(object)
    rated = Signal(object)

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder)
        self.reliability: Reliability | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in _MARKS:
            self.marked.emit(_MARKS[Qt.Key(event.key())])
        elif alt and event.key() == Qt.Key.Key_F:
            self.ask_reliability()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif event.key() in _ENTER or event.key() == _DOWN:
            self.commit()
            self.moved.emit(1)
        elif event.key() == _UP:
            self.commit()
            self.moved.emit(-1)
        else:
            super().keyPressEvent(event)

    def ask_reliability(self) -> None:
        """Opens the list under the field: arrows and Enter, or a first letter."""
        if self.isReadOnly():
            return
        menu = QMenu("Fiabilité de la mesure", self)
        menu.setObjectName("reliability")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_reliabilities(menu)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not self.isReadOnly():
            menu.addSeparator()
            for key, status in _MARKS.items():
                mark = menu.addAction(f"{label(status)}\tAlt+{chr(key)}")
                mark.triggered.connect(lambda _=False, status=status: self.marked.emit(status))
            self._add_reliabilities(menu.addMenu("Fiabilité de la mesure\tAlt+F"))
        menu.popup(event.globalPos())

    def _add_reliabilities(self, menu: QMenu) -> None:
        for grade in (None, *Reliability):
            words = f"Fiabilité {label(grade).lower()}" if grade else _NO_RELIABILITY
            chosen = menu.addAction(words)
            chosen.setCheckable(True)
            chosen.setChecked(grade is self.reliability)
            chosen.triggered.connect(lambda _=False, grade=grade: self.rated.emit(grade))
            if grade is self.reliability:
                menu.setActiveAction(chosen)
