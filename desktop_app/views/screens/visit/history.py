"""« Historique »: who changed what, when, and the way back while there is one."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout

from desktop_app import french
from desktop_app.services.home.rows import HistoryChange, HistoryEntry
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.visit.briefing import clear
from desktop_app.views.screens.visit.columns import chain_tabs
from desktop_app.views.screens.visit.work import VisitWork
from desktop_app.views.widgets.buttons import link
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.pill import Pill
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.text import muted, rule, small, strong, text

PAGE = 20
"""Entries shown at once; « Afficher la suite » adds as many."""
AT_ONCE = 5
_LONGEST = 160


class EntryLine(QFrame):
    """What one transaction did to one record."""

    def __init__(self, entry: HistoryEntry) -> None:
        super().__init__()
        self.entry = entry
        line = QHBoxLayout(self)
        line.setContentsMargins(0, dp(9), 0, dp(9))
        line.setSpacing(dp(14))
        at = entry.at.astimezone()
        when = QVBoxLayout()
        when.setSpacing(0)
        when.addWidget(strong(french.date(at.date())))
        when.addWidget(small(f"{french.time(at.time())}:{at.second:02d}"))
        when.addStretch(1)
        line.addLayout(when)
        words = QVBoxLayout()
        words.setSpacing(dp(2))
        head = QHBoxLayout()
        head.setSpacing(dp(8))
        head.addWidget(strong(entry.title), 1)
        if entry.amendment:
            head.addWidget(Pill("Amendement", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(head)
        for said in changes_text(entry.changes):
            words.addWidget(text(said))
        words.addWidget(small(f"par {entry.author}" if entry.author else "auteur non indiqué"))
        line.addLayout(words, 1)
        self.undo = link("Annuler")
        self.undo.setAccessibleName(f"Annuler{french.NBSP}: {entry.title}")
        self.undo.setToolTip("Revenir à ce qu’il y avait avant")
        line.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignTop)
        self.undo.setVisible(entry.undoable)


class HistoryTab(ScrollPage):
    def __init__(self, work: VisitWork) -> None:
        super().__init__(margins=False)
        self._work = work
        self._entries: tuple[HistoryEntry, ...] = ()
        self._waiting: tuple[HistoryEntry, ...] = ()
        self._shown = PAGE
        self._card = Card("Historique de la visite")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._card.body.addLayout(self._list)
        self.more = link("Afficher la suite")
        self.more.clicked.connect(self._show_more)
        self._card.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._card)
        self.body.addStretch(1)

    @property
    def lines(self) -> tuple[EntryLine, ...]:
        return tuple(
            widget
            for position in range(self._list.count())
            if isinstance(widget := self._list.itemAt(position).widget(), EntryLine)
        )

    def refresh(self) -> None:
        """Reads the journal again; only when the tab shows."""
        history, visit_id = self._work.services.history, self._work.visit_id
        self._work.operations.query(
            lambda: history.of_visit(visit_id), self._load, owner=self, key="history"
        )

    def _load(self, entries: tuple[HistoryEntry, ...]) -> None:
        if entries == self._entries and self._list.count():
            return
        self._entries = entries
        self._show()

    def _show_more(self) -> None:
        already, self._shown = self._shown, self._shown + PAGE
        self._add(self._entries[already : self._shown])

    def _show(self) -> None:
        """Rebuilt where the person was: same scroll, focus on the entry of the same rank."""
        lines, bar = self.lines, self.verticalScrollBar()
        place = bar.value()
        focused = QApplication.focusWidget()
        rank = next((i for i, line in enumerate(lines) if line.isAncestorOf(focused or self)), -1)
        if rank >= 0:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocus()
        clear(self._list)
        if not self._entries:
            self._list.addWidget(muted("Rien n’a encore été enregistré."))
        self._add(self._entries[: self._shown], at_once=PAGE if rank >= 0 else AT_ONCE)
        if rank >= 0:
            after = [line.undo for line in self.lines[rank:] if not line.undo.isHidden()]
            before = [line.undo for line in self.lines[:rank] if not line.undo.isHidden()]
            for button in (after or before[::-1])[:1]:
                button.setFocus()
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        QTimer.singleShot(0, self, lambda: bar.setValue(place))

    def _add(self, entries: tuple[HistoryEntry, ...], *, at_once: int = AT_ONCE) -> None:
        """A few now, the rest at the window's next turn: they take time to lay out."""
        self._waiting = entries[at_once:]
        for entry in entries[:at_once]:
            line = EntryLine(entry)
            line.undo.clicked.connect(lambda _=False, hlc=entry.hlc: self._work.undo(hlc))
            self._list.addWidget(line)
            self._list.addWidget(rule())
        self.more.setVisible(len(self._entries) > self._shown)
        chain_tabs(self.more, (*self.lines, self.more))
        if self._waiting:
            QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        if self._waiting:
            self._add(self._waiting)


def changes_text(changes: tuple[HistoryChange, ...]) -> list[str]:
    """One line a change; what a new record held takes one paragraph."""
    said = [change_text(change.field, change.old, change.new) for change in changes]
    added = all(_short(change.old) == "" for change in changes)
    return [" · ".join(said)] if said and added else said


def change_text(field: str, old: str, new: str) -> str:
    """« Date : 08/06/2021 → 09/06/2021 »; long texts are shortened."""
    before, after = _short(old), _short(new)
    if not before:
        return f"{field}{french.NBSP}: {after}"
    return f"{field}{french.NBSP}: {before} → {after or french.MISSING}"


def _short(words: str) -> str:
    flat = " ".join(words.split()) if words != french.MISSING else ""
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"
