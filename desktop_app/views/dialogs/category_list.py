"""The publics a breakdown tells apart: added, renamed, moved, removed; by keyboard alone.

Each line is one category, whatever it is called: what a change does to its measures is said under
the list, and can be taken back there, before anything is saved.
"""

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.errors import UserError
from desktop_app.services.programme.categories import NEW, alike, alike_text
from desktop_app.views.dialogs.category_changes import CategoryChanges, Entry
from desktop_app.views.dialogs.category_line import CategoryLine, labels_in
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.fields import TextLine

Pairs = tuple[tuple[str, str], ...]
"""(identity, label of today); the identity of a new one is ``NEW``."""


class CategoryList(QWidget):
    """``value()`` is the pairs to save. Signal ``edited()``: by the person."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._loaded: Pairs = ()
        self.lines: list[CategoryLine] = []
        self.changes = CategoryChanges(self)
        self.changes.put_back.connect(self._put_back)
        self.changes.taken_up.connect(self._take_up)
        self.new = _NewLine("Ajouter un public, puis Entrée")
        self.new.setAccessibleName("Ajouter un public")
        self.new.entered.connect(self._add_typed)
        self.new.edited.connect(self.edited)
        self._column = QVBoxLayout()
        self._column.setSpacing(dp(4))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(dp(4))
        whole.addLayout(self._column)
        whole.addWidget(self.new)
        whole.addWidget(self.changes)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """A focus proxy would come back into the list from its last link."""
        self.new.setFocus(reason)

    def set_value(self, value: object) -> None:
        """Shows the categories of a record: (identity, label) pairs."""
        pairs = value if isinstance(value, (tuple, list)) else ()
        self._loaded = tuple((str(identity), str(label)) for identity, label in pairs)
        for line in self.lines:
            self._drop(line)
        self.lines = []
        for identity, label in self._loaded:
            self._insert(len(self.lines), identity, label)
        self.new.set_value("")
        self._tell()

    def set_facts(self, parts: Mapping[str, int], names: Mapping[str, str]) -> None:
        """``parts``: measures by identity, retired ones too; ``names``: other than the identity."""
        self.changes.set_facts(parts, names)
        self._tell()

    def value(self) -> Pairs:
        """What is typed in the last line and was not entered is a category too.

        Raises UserError for a line without name, or two alike.
        """
        pairs = (*(line.pair for line in self.lines), *((NEW, one) for one in self._waiting))
        if any(not label for _, label in pairs):
            raise UserError("Écrivez le nom de chaque public distingué, ou retirez-le.")
        if twice := alike(label for _, label in pairs):
            raise UserError(alike_text(*twice))
        return pairs

    def raw(self) -> object:
        return *(line.pair for line in self.lines), self.new.text()

    @property
    def _waiting(self) -> tuple[str, ...]:
        return labels_in(self.new.text())

    def add(self, label: str) -> None:
        self._insert(len(self.lines), NEW, label)
        self._changed()

    def shift(self, line: CategoryLine, step: int) -> None:
        """Up (-1) or down (1); the caret stays in it."""
        here = self.lines.index(line)
        there = min(max(here + step, 0), len(self.lines) - 1)
        if there == here:
            return
        self.lines.insert(there, self.lines.pop(here))
        self._column.removeWidget(line)
        self._column.insertWidget(there, line)
        line.name.setFocus()
        self._chain()
        self._changed()

    def remove(self, line: CategoryLine) -> None:
        """The caret goes to the next one."""
        here = self.lines.index(line)
        self.lines.remove(line)
        after = self.lines[here].name if here < len(self.lines) else self.new
        after.setFocus()
        self._drop(line)
        self._changed()

    def _insert(self, at: int, identity: str, label: str) -> CategoryLine:
        line = CategoryLine(identity, label)
        line.moved.connect(self.shift)
        line.removed.connect(self.remove)
        line.left.connect(self._step)
        line.edited.connect(self._changed)
        self.lines.insert(at, line)
        self._column.insertWidget(at, line)
        self._chain()
        return line

    def _drop(self, line: CategoryLine) -> None:
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _add_typed(self) -> None:
        for label in self._waiting:
            self._insert(len(self.lines), NEW, label)
        self.new.set_value("")
        self._changed()

    def _step(self, line: CategoryLine, step: int) -> None:
        """Enter and the arrows go from line to line."""
        fields = [*(one.name for one in self.lines), self.new]
        there = self.lines.index(line) + step
        if 0 <= there < len(fields):
            fields[there].setFocus()

    def _put_back(self, identity: str) -> None:
        """One that was removed here, at the end of those left, under its name of before."""
        label = dict(self._loaded)[identity]
        self._insert(len(self.lines), identity, label).name.setFocus()
        self._changed()

    def _take_up(self, label: str, identity: str) -> None:
        """A new one is said to be one that left, or not any more (``identity`` NEW)."""
        line = next(line for line in self.lines if line.pair[1] == label)
        line.identity = identity
        self._changed()

    def _changed(self) -> None:
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        loaded = dict(self._loaded)
        entries = [
            Entry(line.identity, loaded.get(line.identity, ""), line.pair[1]) for line in self.lines
        ]
        for line in self.lines:
            line.count(self.changes.measures(line.identity))
        if self.changes.tell(self._loaded, entries):
            self._chain()

    def _chain(self) -> None:
        """Tab goes from name to name, top to bottom, then to what can be taken back."""
        fields = [*(line.name for line in self.lines), self.new, *self.changes.links]
        for first, second in pairwise([self._before(), *fields]):
            QWidget.setTabOrder(first, second)

    def _before(self) -> QWidget:
        """The field that Tab leaves to come here."""
        found = self.previousInFocusChain()
        while found is not None and found is not self:
            if found.focusPolicy() & Qt.FocusPolicy.TabFocus and not self.isAncestorOf(found):
                return found
            found = found.previousInFocusChain()
        return self


class _NewLine(TextLine):
    """Signal ``entered()``: Enter was pressed on a text."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.value():
                self.entered.emit()
            event.accept()
            return
        super().keyPressEvent(event)
