"""The sentences under a result: its reserves, the change on the same sites, its calculation."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop_app.french import NBSP
from desktop_app.services.results.definition_words import change_text
from desktop_app.services.results.reference_words import both_baselines_text, same_sites_text
from desktop_app.services.results.rows import IndicatorResult, Reserve
from desktop_app.services.results.words import (
    calculation_text,
    reserves_text,
)
from desktop_app.views.look.icons import icon
from desktop_app.views.look.theme import dp, repolish
from desktop_app.views.widgets.text import text

Note = tuple[str, str, str, str]


def notes(result: IndicatorResult) -> Iterable[Note]:
    """(icon, its colour, role, words): reserves, the change, the calculation, the history."""
    for sentence in reserves_text(result):
        yield "warning", "warn", "", sentence
    if baselines := both_baselines_text(result):
        yield "flag", "warn", "", f"{baselines}."
    if Reserve.OTHER_PERIMETER not in result.reserves and (same := same_sites_text(result)):
        yield "arrow-right", "accent", "strong", same
    if result.actual is not None or result.answers:
        yield "calculator", "muted", "small", f"Calcul{NBSP}: {calculation_text(result)}."
    for change in result.history:
        yield "clock-counter-clockwise", "muted", "small", change_text(result.indicator, change)


class NoteRow(QWidget):
    """A sign and words that can be selected; made once, for one indicator after the other."""

    def __init__(self) -> None:
        super().__init__()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(dp(8))
        self._name, self._colour = "", ""
        self._sign = QLabel()
        across.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self.words = text("")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        across.addWidget(self.words, 1)

    def show_note(self, note: Note) -> None:
        self._name, self._colour, role, words = note
        self._draw()
        self.words.setText(words)
        if self.words.property("role") != role:
            self.words.setProperty("role", role)
            repolish(self.words)
        self.show()

    def _draw(self) -> None:
        side = dp(16)
        self._sign.setPixmap(icon(self._name, self._colour).pixmap(QSize(side, side)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._name:
            self._draw()
