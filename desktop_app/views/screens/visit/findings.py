"""« Constats et verbatims »: cards two a row, one of them open in its editor."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.services.visits.visit_rows import FindingRow
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.visit.columns import CardGrid, chain_tabs
from desktop_app.views.screens.visit.finding_card import FindingCard
from desktop_app.views.screens.visit.finding_editor import FindingEditor
from desktop_app.views.screens.visit.work import VisitWork
from desktop_app.views.widgets.buttons import link
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.instant_key import bind_key
from desktop_app.views.widgets.text import heading, muted

NEW = ""
"""What stands for the finding being written, in place of an id."""


class FindingsCard(Card):
    def __init__(self, work: VisitWork) -> None:
        super().__init__()
        self.setAccessibleName("Constats et verbatims")
        self._work = work
        self._visit_id = ""
        self._rows: tuple[FindingRow, ...] = ()
        self._editable = True
        self._editor: FindingEditor | None = None
        self._edited: str | None = None
        self._closed = ""
        head = QHBoxLayout()
        head.setSpacing(dp(10))
        head.addWidget(heading("Constats et verbatims"), 1)
        self.add = link("+ Ajouter un constat")
        self.add.setAccessibleName("Ajouter un constat")
        bind_key(self.add, "Ctrl+Return")
        self.add.clicked.connect(self.write_new)
        head.addWidget(self.add)
        self.body.addLayout(head)
        self._empty = muted(
            "Aucun constat pour l’instant : ce que vous avez vu, ce que l’on vous a dit, "
            "y compris l’inattendu et ce qui ne va pas.".replace(" :", "\u00a0:")
        )
        self.body.addWidget(self._empty)
        self.grid = CardGrid(column_width=290)
        self.body.addWidget(self.grid)
        work.editable_changed.connect(self._lock)

    @property
    def editor(self) -> FindingEditor | None:
        return self._editor

    @property
    def cards(self) -> tuple[FindingCard, ...]:
        return tuple(card for card in self.grid.widgets if isinstance(card, FindingCard))

    def load(self, rows: tuple[FindingRow, ...]) -> None:
        if self._visit_id != self._work.visit_id:
            self._visit_id = self._work.visit_id
            self._editor = self._edited = None
        elif rows == self._rows and self._editable == self._work.editable:
            return
        self._rows = rows
        if self._edited and all(row.id != self._edited for row in rows):
            self._editor = self._edited = None
        self._place()

    def write_new(self) -> None:
        """Opens an empty editor after the cards, its text focused."""
        if self._work.editable:
            self._open(NEW)

    def edit(self, finding_id: str) -> None:
        self._open(finding_id)

    def remove(self, finding_id: str) -> None:
        """Deletes with an offer to take it back; an unsaved new one is just closed."""
        if self._editor is not None and self._editor.finding_id == finding_id:
            self._editor = self._edited = None
        if finding_id:
            findings = self._work.services.findings
            self._rows = tuple(row for row in self._rows if row.id != finding_id)
            self._work.write(lambda: findings.delete(finding_id), undo_text="Constat supprimé.")
        self._place()
        self.add.setFocus()

    def flush(self) -> None:
        if self._editor is not None:
            self._editor.commit()

    def _open(self, finding_id: str) -> None:
        if self._editor is not None:
            if self._edited == finding_id:
                self._editor.text.setFocus()
                return
            self._editor.commit()
        row = next((row for row in self._rows if row.id == finding_id), None)
        self._edited = finding_id
        self._editor = FindingEditor(self._work, row)
        self._editor.closed.connect(self._close)
        self._editor.removed.connect(self.remove)
        self._place()
        self._editor.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self._closed = self._editor.finding_id if self._editor else ""
        self._editor = self._edited = None
        self.add.setFocus()
        self._place()

    def _place(self) -> None:
        """One card a finding; the one being edited gives its place to the editor."""
        self._editable = self._work.editable
        open_id = self._editor.finding_id if self._editor else None
        widgets: list[QWidget] = []
        kept = {card.row: card for card in self.cards}
        for row in self._rows:
            if self._editor is not None and row.id == open_id:
                widgets.append(self._editor)
                continue
            card = kept.get(row)
            if card is None or card.editable != self._editable:
                card = FindingCard(row, editable=self._editable)
                card.chosen.connect(self.edit)
                card.removed.connect(self.remove)
            widgets.append(card)
        if self._editor is not None and self._editor not in widgets:
            widgets.append(self._editor)
        self.grid.set_widgets(widgets, wide=self._editor)
        chain_tabs(self.add, widgets)
        self._focus_closed()
        self._empty.setVisible(not widgets)
        self.add.setVisible(self._editable)

    def _focus_closed(self) -> None:
        """The card of what has just been written takes the focus once it is there."""
        card = next((card for card in self.cards if card.row.id == self._closed), None)
        if card is not None:
            self._closed = ""
            if self.add.hasFocus():
                card.setFocus()

    def _lock(self, editable: bool) -> None:  # noqa: FBT001  (a Qt slot)
        if not editable and self._editor is not None:
            self._editor.commit()
            self._editor = self._edited = None
        self._place()
