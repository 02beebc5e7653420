"""What is known of a record, name beside words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.text import muted, text

Facts = Sequence[tuple[str, str]]


class FactsForm(QGridLayout):
    """A grid: a form layout asks each of its words for its height again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(dp(14))
        self.setVerticalSpacing(dp(6))
        self.setColumnStretch(1, 1)
        self._lines: list[tuple[QLabel, QLabel]] = []

    def show_facts(self, facts: Facts) -> None:
        """Replaces the rows; those without words are left out."""
        said = [(name, value) for name, value in facts if value]
        while len(self._lines) > len(said):
            for label in self._lines.pop():
                self.removeWidget(label)
                label.deleteLater()
        for (caption, words), (name, value) in zip(self._lines, said, strict=False):
            caption.setText(name)
            words.setText(value)
        for name, value in said[len(self._lines) :]:
            self._add(muted(name), text(value))

    def _add(self, caption: QLabel, words: QLabel) -> None:
        row = len(self._lines)
        caption.setWordWrap(False)
        self.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        self.addWidget(words, row, 1)
        self._lines.append((caption, words))
