"""Fields of a measure's row: up and down with Enter and the arrows, marked with Alt+N, Alt+S."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop_app.services.vocabulary import MeasurementStatus, Reliability, label
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.fields import TextLine
from desktop_app.views.widgets.privacy_notice import cnil_notice
from desktop_app.views.widgets.text_area import TextArea

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
    ``rated(reliability or None)`` from the list that Alt+F opens; ``focused`` when the focus comes
    or goes.
    """

    moved = Signal(int)
    marked = Signal(object)
    rated = Signal(object)
    focused = Signal()

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder)
        self.reliability: Reliability | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _marked(self, event):
            return
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif event.key() in _ENTER or event.key() == _DOWN:
            self.commit()
            self.moved.emit(1)
        elif event.key() == _UP:
            self.commit()
            self.moved.emit(-1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        _add_marks(self, self.createStandardContextMenu()).popup(event.globalPos())


class AnswerArea(TextArea):
    """A qualitative answer: several lines, in a field that grows.

    The same signals. Enter writes a new line, and goes on to the next row where nothing is written
    yet; Up on the first line and Down on the last one leave it.
    """

    moved = Signal(int)
    marked = Signal(object)
    rated = Signal(object)

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder, rows=2, most_rows=16)
        self.reliability: Reliability | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _marked(self, event):
            return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = self._step(event) if plain else 0
        if step:
            self.commit()
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        _add_marks(self, self.createStandardContextMenu()).popup(event.globalPos())

    def _step(self, event: QKeyEvent) -> int:
        if event.key() in _ENTER:
            return 1 if self.isReadOnly() or not self.value() else 0
        if event.key() not in {_UP, _DOWN}:
            return 0
        cursor = self.textCursor()
        way = QTextCursor.MoveOperation.Up if event.key() == _UP else QTextCursor.MoveOperation.Down
        if cursor.movePosition(way):
            return 0
        return -1 if event.key() == _UP else 1


Field = CellField | AnswerArea


def answer_box(area: QWidget, parent: QWidget) -> QWidget:
    """The answer, and what must not be written in it."""
    box = QWidget(parent)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(dp(4))
    column.addWidget(area)
    column.addWidget(cnil_notice())
    return box


def ask_reliability(field: Field) -> None:
    """Opens the list under the field: arrows and Enter, or a first letter."""
    if field.isReadOnly():
        return
    menu = QMenu("Fiabilité de la mesure", field)
    menu.setObjectName("reliability")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _add_reliabilities(field, menu)
    menu.popup(field.mapToGlobal(QPoint(0, field.height())))


def _marked(field: Field, event: QKeyEvent) -> bool:
    """Whether the key was a mark, or asked for the reliability."""
    if not event.modifiers() & Qt.KeyboardModifier.AltModifier:
        return False
    if event.key() in _MARKS:
        field.marked.emit(_MARKS[Qt.Key(event.key())])
    elif event.key() == Qt.Key.Key_F:
        ask_reliability(field)
    else:
        return False
    return True


def _add_marks(field: Field, menu: QMenu) -> QMenu:
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if not field.isReadOnly():
        menu.addSeparator()
        for key, status in _MARKS.items():
            mark = menu.addAction(f"{label(status)}\tAlt+{chr(key)}")
            mark.triggered.connect(lambda _=False, status=status: field.marked.emit(status))
        _add_reliabilities(field, menu.addMenu("Fiabilité de la mesure\tAlt+F"))
    return menu


def _add_reliabilities(field: Field, menu: QMenu) -> None:
    for grade in (None, *Reliability):
        words = f"Fiabilité {label(grade).lower()}" if grade else _NO_RELIABILITY
        chosen = menu.addAction(words)
        chosen.setCheckable(True)
        chosen.setChecked(grade is field.reliability)
        chosen.triggered.connect(lambda _=False, grade=grade: field.rated.emit(grade))
        if grade is field.reliability:
            menu.setActiveAction(chosen)
