"""« À savoir avant d’entrer »: what was promised, and what was wrong last time."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app import french
from desktop_app.services.visits.visit_rows import FollowUpRow, Preparation
from desktop_app.services.vocabulary import Polarity
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.pill import Pill
from desktop_app.views.widgets.text import muted, rule, text

MOST = 6


def due_pill(row: FollowUpRow) -> Pill:
    """« dans 3 j », « aujourd’hui », « − 6 j », « faite » or « sans échéance »."""
    return Pill(*due_words(row))


def due_words(row: FollowUpRow) -> tuple[str, str]:
    """The pill's word and tone."""
    if row.done_date is not None:
        return "faite", "good"
    if row.days_left is None:
        return "sans échéance", "neutral"
    days = french.number(abs(row.days_left), 0)
    if row.days_left < 0:
        return f"{french.MINUS}{french.NNBSP}{days}{french.NNBSP}j", "bad"
    if row.days_left == 0:
        return "aujourd’hui", "warn"
    return f"dans {days}{french.NNBSP}j", "warn" if row.days_left <= 7 else "neutral"


class BriefingCard(Card):
    def __init__(self) -> None:
        super().__init__("À savoir avant d’entrer")
        self._shown: Preparation | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)

    def load(self, preparation: Preparation) -> None:
        if preparation == self._shown:
            return
        self._shown = preparation
        clear(self._rows)
        if preparation.previous is not None:
            day = french.long_date(preparation.previous.date)
            self._rows.addWidget(muted(f"Dernière visite{french.NBSP}: {day}"))
        else:
            self._rows.addWidget(muted("Première visite sur ce site."))
        for row in preparation.open_follow_ups[:MOST]:
            self._add(f"Action ouverte{french.NBSP}: {row.what}", due_pill(row))
        reserves = [
            f for f in preparation.previous_findings if f.polarity is Polarity.NEGATIVE and f.text
        ]
        for finding in reserves[: MOST // 2]:
            month = french.month(finding.visit_date, short=True)
            first_line = finding.text.strip().split("\n")[0]
            self._add(f"Réserve{french.NBSP}: {first_line}", Pill(month, "neutral"))
        hidden = len(preparation.open_follow_ups) - MOST
        if hidden > 0:
            more = french.plural(hidden, "autre action ouverte", "autres actions ouvertes")
            self._rows.addWidget(muted(f"et {more}, dans Préparation."))

    def _add(self, words: str, pill: Pill) -> None:
        self._rows.addLayout(line(words, pill))
        self._rows.addWidget(rule())


def line(words: str, pill: QWidget) -> QHBoxLayout:
    """A text and a pill at its right."""
    row = QHBoxLayout()
    row.setContentsMargins(0, dp(8), 0, dp(8))
    row.setSpacing(dp(8))
    row.addWidget(text(words), 1)
    row.addWidget(pill, 0, Qt.AlignmentFlag.AlignVCenter)
    return row


def clear(layout: QVBoxLayout) -> None:
    """Removes everything from the layout, its layouts' widgets included."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            while (cell := inner.takeAt(0)) is not None:
                if widget := cell.widget():
                    widget.hide()
                    widget.deleteLater()
            inner.deleteLater()
