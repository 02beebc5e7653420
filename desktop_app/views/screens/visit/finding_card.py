"""A finding as it reads: its polarity, its question, its audience, its words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app import french
from desktop_app.services.visits.visit_rows import FindingRow
from desktop_app.services.vocabulary import EvaluationQuestion, FindingKind, Polarity, label
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.elided import ElidedLabel
from desktop_app.views.widgets.pill import Pill
from desktop_app.views.widgets.text import small, text

POLARITY_TONES = {
    Polarity.POSITIVE: "good",
    Polarity.NEUTRAL: "neutral",
    Polarity.NEGATIVE: "bad",
}
QUESTIONS = {
    EvaluationQuestion.Q1: "Q1 Conditions de vie",
    EvaluationQuestion.Q2: "Q2 Bénéfices",
    EvaluationQuestion.Q3: "Q3 Viabilité",
    EvaluationQuestion.Q4: "Q4 Réajustements",
}
"""Short enough for a pill; the whole wording is its tool tip."""

_REMOVE = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


def finding_text(row: FindingRow) -> str:
    """Reported speech stands between guillemets, unless it already does."""
    words = row.text.strip()
    if row.kind is FindingKind.REPORTED and words and not words.startswith("«"):
        return french.quoted(words)
    return words or "(sans texte)"


def details(row: FindingRow) -> str:
    """« Interprétation · Entretien · effet non prévu · intensité 2 sur 3 »; '' for plain facts."""
    parts = []
    if row.kind is FindingKind.INTERPRETATION:
        parts.append(label(row.kind))
    if row.source_type is not None:
        parts.append(label(row.source_type))
    if not row.intended:
        parts.append("effet non prévu")
    if row.intensity is not None:
        parts.append(f"intensité {row.intensity} sur 3")
    return " · ".join(parts)


class FindingCard(Card):
    """Signals: ``chosen`` on click or Enter (edit it), ``removed`` on Delete."""

    chosen = Signal(str)
    removed = Signal(str)

    def __init__(self, row: FindingRow, *, editable: bool) -> None:
        super().__init__(clickable=editable)
        self.row = row
        self.editable = editable
        if not editable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.setSpacing(dp(6))
        head = QHBoxLayout()
        head.setSpacing(dp(8))
        head.addWidget(Pill(label(row.polarity), POLARITY_TONES[row.polarity]))
        question = Pill(QUESTIONS[row.evaluation_question], "neutral")
        question.setToolTip(label(row.evaluation_question))
        head.addWidget(question)
        audience = ElidedLabel(row.audience, "small")
        audience.setAlignment(Qt.AlignmentFlag.AlignRight)
        head.addWidget(audience, 1)
        self.body.addLayout(head)
        words = text(finding_text(row))
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(words, 1)
        if details(row):
            self.body.addWidget(small(details(row)))
        said = f"{label(row.polarity)}, {label(row.evaluation_question)}"
        self.setAccessibleName(f"Constat, {said}{french.NBSP}: {finding_text(row)}")
        if editable:
            self.setToolTip("Entrée pour modifier, Suppr pour supprimer")
        self.clicked.connect(lambda: self.chosen.emit(row.id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.editable and event.key() in _REMOVE:
            self.removed.emit(self.row.id)
            return
        if self.editable and event.key() == Qt.Key.Key_F2:
            self.chosen.emit(self.row.id)
            return
        super().keyPressEvent(event)


def previous_finding(row: FindingRow) -> QWidget:
    """A finding of another visit, in a list: not to be edited here."""
    holder = QFrame()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, dp(6), 0, dp(6))
    column.setSpacing(dp(4))
    head = QHBoxLayout()
    head.setSpacing(dp(8))
    head.addWidget(Pill(label(row.polarity), POLARITY_TONES[row.polarity]))
    head.addWidget(Pill(QUESTIONS[row.evaluation_question], "neutral"))
    head.addStretch(1)
    column.addLayout(head)
    column.addWidget(text(finding_text(row)))
    return holder
