"""One category in the list: its name, its measures, and what one does with it."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app import french
from desktop_app.services.programme.categories import NEW
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import quiet
from desktop_app.views.widgets.fields import TextLine
from desktop_app.views.widgets.text import text

_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Return: 1,
    Qt.Key.Key_Enter: 1,
}


def labels_in(words: str) -> tuple[str, ...]:
    """« Femmes ; Hommes » pasted at once are two."""
    found = (word.strip() for word in re.split(r"[;\n]", words))
    return tuple(word for word in found if word)


class CategoryLine(QWidget):
    """Signals: ``moved(line, step)``, ``removed(line)``, ``left(line, step)``, ``edited``."""

    moved = Signal(object, int)
    removed = Signal(object)
    left = Signal(object, int)
    edited = Signal()

    def __init__(self, identity: str, label: str) -> None:
        super().__init__()
        self.identity = identity
        self.name = _Name(self)
        self.name.set_value(label)
        self.name.setAccessibleName("Nom du public")
        self.name.edited.connect(self.edited)
        self._count = text("", "small", wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dp(4))
        row.addWidget(self.name, 1)
        row.addWidget(self._count)
        for icon, words, key, act in (
            ("arrow-up", "Monter", "Alt ↑", lambda: self.moved.emit(self, -1)),
            ("arrow-down", "Descendre", "Alt ↓", lambda: self.moved.emit(self, 1)),
            ("x", "Retirer", "Alt Suppr", lambda: self.removed.emit(self)),
        ):
            button = quiet(icon, f"{words} ce public ({key})")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each has its key
            button.clicked.connect(act)
            row.addWidget(button)

    @property
    def pair(self) -> tuple[str, str]:
        return self.identity, self.name.value()

    def count(self, measures: int) -> None:
        self._count.setText(french.plural(measures, "mesure") if measures else "")
        new = self.identity == NEW
        said = "nouveau" if new else french.plural(measures, "mesure")
        self.name.setAccessibleDescription(said)


class _Name(TextLine):
    """Alt+↑ and Alt+↓ move the line, Alt+Suppr removes it, Enter and the arrows leave it."""

    def __init__(self, line: CategoryLine) -> None:
        super().__init__()
        self._line = line

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, line = Qt.Key(event.key()), self._line
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and key is Qt.Key.Key_Delete:
            line.removed.emit(line)
        elif alt and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            line.moved.emit(line, _STEPS[key])
        elif key in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            line.left.emit(line, _STEPS[key])
        else:
            super().keyPressEvent(event)
