"""What was changed before in the notebook's rules, and the way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop_app.services.home.rows import HistoryEntry
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.visit.briefing import clear
from desktop_app.views.screens.visit.history import EntryLine
from desktop_app.views.widgets.buttons import link
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.text import muted, rule

AT_FIRST = 3
"""Entries shown until all are asked for."""


class RulesTrail(Card):
    """Signal ``undo_asked(hlc)``."""

    undo_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("Historique des règles")
        self._entries: tuple[HistoryEntry, ...] = ()
        self._editable = True
        self._whole = False
        self._list = QVBoxLayout()
        self._list.setSpacing(dp(2))
        self.body.addLayout(self._list)
        self.more = link("Tout afficher")
        self.more.clicked.connect(self._show_all)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def lines(self) -> tuple[EntryLine, ...]:
        return tuple(
            widget
            for position in range(self._list.count())
            if isinstance(widget := self._list.itemAt(position).widget(), EntryLine)
        )

    def show_entries(self, entries: tuple[HistoryEntry, ...], *, editable: bool) -> None:
        """The latest first; in a notebook that is only read, none can be taken back."""
        if entries == self._entries and editable == self._editable and self._list.count():
            return
        self._entries, self._editable = entries, editable
        self._draw()

    def _show_all(self) -> None:
        self._whole = True
        self._draw()

    def _draw(self) -> None:
        clear(self._list)
        shown = self._entries if self._whole else self._entries[:AT_FIRST]
        if not shown:
            self._list.addWidget(muted("Aucun changement."))
        for place, entry in enumerate(shown):
            if place:
                self._list.addWidget(rule())
            line = EntryLine(entry)
            line.undo.clicked.connect(lambda _=False, hlc=entry.hlc: self.undo_asked.emit(hlc))
            if not self._editable:
                line.undo.hide()
            self._list.addWidget(line)
        self.more.setVisible(len(shown) < len(self._entries))
