"""A finding edited in place: saved field by field like the rest, closed with Ctrl+Enter or Esc."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop_app.services.changes import Outcome
from desktop_app.services.visits.visit_rows import EditFinding, FindingRow, NewFinding
from desktop_app.services.vocabulary import (
    EvaluationQuestion,
    FindingKind,
    Polarity,
    SourceType,
    label,
)
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.visit.edit_queue import Edit
from desktop_app.views.screens.visit.work import VisitWork
from desktop_app.views.widgets.buttons import link, secondary
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.fields import Choice, TextLine, labelled
from desktop_app.views.widgets.privacy_notice import (
    PrivacyNotice,
    Surroundings,
    cnil_notice,
)
from desktop_app.views.widgets.text import text
from desktop_app.views.widgets.text_area import TextArea

INTENSITIES: tuple[tuple[object, str], ...] = (
    (None, "—"),
    (1, "1 – faible"),
    (2, "2 – moyenne"),
    (3, "3 – forte"),
)
INTENDED: tuple[tuple[object, str], ...] = ((True, "Attendu"), (False, "Non prévu"))
_CLOSING = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class FindingEditor(Card):
    """``row`` None writes a new finding, created at its first words.

    Signals: ``closed`` when the person is done; ``removed(id)`` when they delete it.
    """

    closed = Signal()
    removed = Signal(str)

    def __init__(self, work: VisitWork, row: FindingRow | None) -> None:
        super().__init__("Nouveau constat" if row is None else "Modifier le constat")
        self._work = work
        self._visit_id = work.visit_id
        self._finding_id = row.id if row else ""
        self._key = f"{work.visit_id}.finding.{self._finding_id or f'new {id(self)}'}"
        self._closing = False
        self.text = TextArea("Ce qui a été vu, ou entendu (sans nommer personne)", rows=3)
        self.text.setAccessibleName("Texte du constat")
        self.kind = Choice([(kind, label(kind)) for kind in FindingKind])
        self.polarity = Choice([(polarity, label(polarity)) for polarity in Polarity])
        self.question = Choice([(question, label(question)) for question in EvaluationQuestion])
        self.audience = TextLine("Résidents, 12–16 ans")
        self.intended = Choice(INTENDED)
        self.intensity = Choice(INTENSITIES)
        nothing: list[tuple[object, str]] = [(None, "—")]
        self.source = Choice(nothing + [(source, label(source)) for source in SourceType])
        self._inputs: dict[str, TextArea | TextLine | Choice] = {
            "text": self.text,
            "kind": self.kind,
            "polarity": self.polarity,
            "evaluation_question": self.question,
            "audience": self.audience,
            "intended": self.intended,
            "intensity": self.intensity,
            "source_type": self.source,
        }
        self._problem = text("", "error")
        self._problem.hide()
        self.privacy = PrivacyNotice(
            self.text, self._rewrite, around=self._around, stored=self._stored_text
        )
        self._fill(row)
        self._lay_out()
        for field in self._inputs.values():
            field.edited.connect(self._stage)
            field.committed.connect(self._stage_soon)
            field.installEventFilter(self)

    @property
    def finding_id(self) -> str:
        """'' until the first words are saved."""
        return self._finding_id

    @property
    def key(self) -> str:
        """Stable from the first word on, whether the finding exists yet or not."""
        return self._key

    def values(self) -> dict[str, object]:
        return {name: field.value() for name, field in self._inputs.items()}

    def commit(self) -> None:
        """Hands what is typed to the writer now."""
        self._stage(soon=True, leaving=True)

    def finish(self) -> None:
        """Commits what is pending, then closes; stays open, with the sentence, if that fails."""
        if not self.values()["text"]:
            self._work.queue.discard(self.key)
            self.removed.emit(self._finding_id)
            return
        self._closing = True
        self._stage(soon=True, leaving=True)
        if not self._work.queue.busy(self.key):
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter here ends this finding, before it can mean « another one » to the page."""
        if isinstance(event, QKeyEvent) and _closes(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.finish()
                return True
        return super().eventFilter(watched, event)

    def _fill(self, row: FindingRow | None) -> None:
        shown = row or NewFinding(self._visit_id)
        for name, field in self._inputs.items():
            field.set_value(getattr(shown, name))
        self._stored = self.values()
        self.privacy.check()

    def _lay_out(self) -> None:
        self.body.addWidget(self.text)
        self.body.addWidget(self.privacy)
        self.body.addWidget(self._problem)
        grid = QGridLayout()
        grid.setHorizontalSpacing(dp(12))
        grid.setVerticalSpacing(dp(8))
        places: tuple[tuple[str, QWidget, int, int, int], ...] = (
            ("Effet", self.polarity, 0, 0, 2),
            ("Question évaluative", self.question, 0, 2, 4),
            ("Nature", self.kind, 1, 0, 2),
            ("Public concerné", self.audience, 1, 2, 4),
            ("Effet attendu", self.intended, 2, 0, 2),
            ("Intensité", self.intensity, 2, 2, 2),
            ("Source", self.source, 2, 4, 2),
        )
        for name, field, row, column, span in places:
            grid.addWidget(labelled(name, field), row, column, 1, span)
        for column in range(6):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self.body.addWidget(cnil_notice())
        foot = QHBoxLayout()
        remove = link("Supprimer ce constat")
        remove.clicked.connect(lambda: self.removed.emit(self._finding_id))
        done = secondary("Terminer")
        done.show_shortcut("Ctrl+Return")
        done.clicked.connect(self.finish)
        foot.addWidget(remove)
        foot.addStretch(1)
        foot.addWidget(done)
        self.body.addLayout(foot)

    def _rewrite(self, words: str) -> None:
        self.text.set_value(words)
        self._stage(soon=True)

    def _stage_soon(self) -> None:
        self._stage(soon=True)

    def _around(self) -> Surroundings:
        around = self._work.around()
        audience = self.audience.value()
        return replace(around, audience=audience) if audience else around

    def _stored_text(self) -> str:
        return str(self._stored.get("text", ""))

    def _stage(self, *, soon: bool = False, leaving: bool = False) -> None:
        """``leaving``: not even a suspicion keeps it waiting."""
        self.privacy.check_soon()
        values = self.values()
        if values == self._stored and not self._work.queue.busy(self.key):
            return
        if not self._finding_id and not values["text"] and not self._work.queue.busy(self.key):
            return
        if self.text.error:
            return
        self._problem.hide()
        self._work.start_if_planned()
        soon = soon or isinstance(self.sender(), Choice)
        self._work.queue.stage(self.key, self._edit(values, leaving=leaving), soon=soon)

    def _edit(self, values: dict[str, object], *, leaving: bool) -> Edit:
        """Writes run one after the other: the second of a new finding finds its id."""
        findings = self._work.services.findings

        def call() -> Outcome[FindingRow]:
            if self._finding_id:
                outcome: Outcome[FindingRow] = findings.edit(EditFinding(self._finding_id, values))
                return outcome
            outcome = findings.add(NewFinding(self._visit_id, **values))  # type: ignore[arg-type]
            self._finding_id = outcome.value.id
            return outcome

        def saved() -> None:
            self._stored = values
            self.privacy.check()
            if self._closing:
                self.closed.emit()

        waits = None if leaving else self.privacy.waits
        return Edit(self, call, self._failed, saved, values, waits)

    def _failed(self, sentence: str) -> None:
        self._closing = False
        self._problem.setText(sentence)
        self._problem.show()


def _closes(event: QKeyEvent) -> bool:
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return event.key() == Qt.Key.Key_Escape or (control and event.key() in _CLOSING)
