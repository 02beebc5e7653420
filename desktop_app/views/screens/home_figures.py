"""The four figures at the top of the first screen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.french import number, plural
from desktop_app.services.overview_rows import Overview
from desktop_app.views.theme import dp, repolish
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.chevron import Chevron
from desktop_app.views.widgets.text import muted, text

KEYS = ("visits", "measures", "late", "observations")

_WORDS: dict[str, tuple[str, str]] = {
    "visits": ("visite cette semaine", "visites cette semaine"),
    "measures": ("mesure à recueillir cette semaine", "mesures à recueillir cette semaine"),
    "late": ("action en retard", "actions en retard"),
    "observations": ("observation depuis le lancement", "observations depuis le lancement"),
}
_TONES = {"measures": "warn", "late": "bad"}


def figure(overview: Overview, key: str) -> int:
    return {
        "visits": overview.visits_this_week,
        "measures": overview.measures_due,
        "late": overview.late_follow_ups,
        "observations": overview.observation_count,
    }[key]


class FigureCard(Card):
    """Signal ``clicked()``: open the list behind the figure."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(clickable=True, parent=parent)
        self.key = key
        self._figure = text("…", "figure", wrap=False)
        self._words = muted(_WORDS[key][1])
        self.body.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(dp(4))
        head.addWidget(self._figure, 1)
        see = text("Voir", "strong", wrap=False)
        see.setProperty("tone", "accent")
        for hint in (see, Chevron("accent_text")):
            head.addWidget(hint, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(head)
        self.body.addWidget(self._words)
        self.body.addStretch(1)
        self.setAccessibleName(_WORDS[key][1])

    def show_count(self, count: int) -> None:
        singular, several = _WORDS[self.key]
        self._figure.setText(number(count, 0))
        self._words.setText(singular if count < 2 else several)
        tone = _TONES.get(self.key, "") if count else ""
        if self._figure.property("tone") != tone:
            self._figure.setProperty("tone", tone)
            repolish(self._figure)
        self.setAccessibleName(plural(count, singular, several))
