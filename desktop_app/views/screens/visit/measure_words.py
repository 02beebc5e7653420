"""What is said under a measure's row: why it is refused, or what to know of what is recorded."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.views.screens.visit.measure_field import Field
from desktop_app.views.tables.measure_entry import Refusal
from desktop_app.views.widgets.text import small, text

PATIENCE = 700
"""Milliseconds before a half-typed value is called wrong."""


class RowWords(QObject):
    """``problem`` is why the row is not written; ``remark`` prevents nothing.

    ``own`` gives the remark on the row itself; ``parts`` is what is said of its parts. ``shown``
    tells whether the row is.
    """

    def __init__(
        self,
        fields: Mapping[str, Field],
        own: Callable[[], str],
        shown: Callable[[], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._fields = fields
        self._own = own
        self._shown = shown
        self.refusal: Refusal | None = None
        self.parts = ""
        self.problem = _hidden(text("", "error"), parent)
        self.remark = _hidden(small(""), parent)
        self.remark.setProperty("tone", "warn")
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.say)

    def forget(self) -> None:
        """Another line is shown."""
        self._patience.stop()
        self.refusal, self.parts = None, ""

    def refuse(self, refusal: Refusal, *, soon: bool) -> None:
        """Said at once, or after a while if nothing else is typed."""
        self.refusal = refusal
        if soon:
            self.say()
        else:
            self._patience.start()

    def accept(self) -> None:
        self.refusal = None
        self.say()

    def say_parts(self, sentence: str) -> None:
        """Where the parts of this whole and it do not agree; '' when they do."""
        self.parts = sentence
        self.say_remark()

    def say(self) -> None:
        self._patience.stop()
        sentence = self.refusal.sentence if self.refusal else ""
        for name, field in self._fields.items():
            wrong = self.refusal is not None and self.refusal.field == name
            field.set_error(sentence if wrong else "")
        self.problem.setText(sentence)
        self.say_remark()

    def say_remark(self) -> None:
        """Nothing while the row is refused; nor of n while it is being typed."""
        typing = any(
            name in self._fields and self._fields[name].hasFocus() for name in ("value", "n")
        )
        own = "" if typing or self.refusal else self._own()
        parts = "" if self.refusal else self.parts
        self.remark.setText(" ".join(words for words in (parts, own) if words))
        self.show_if(shown=self._shown())

    def show_if(self, *, shown: bool) -> None:
        """Folded with its row."""
        for words in (self.problem, self.remark):
            words.setVisible(shown and bool(words.text()))


def _hidden(words: QLabel, parent: QWidget) -> QLabel:
    words.setParent(parent)
    words.hide()
    return words
