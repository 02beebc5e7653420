"""The four figures at the top of the first screen."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.french import number, plural
from desktop_app.services.home.rows import Overview
from desktop_app.views.look.theme import current_tokens, dp, repolish
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.chevron import SIDE, paint_chevron
from desktop_app.views.widgets.text import text
from desktop_app.views.widgets.tone_line import Part, line

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
        self._words = line(_WORDS[key][1], "muted")
        self.body.setSpacing(0)
        self.body.addWidget(self._figure)
        self.body.addWidget(self._words)
        self.body.addStretch(1)
        self.setAccessibleName(_WORDS[key][1])

    def show_count(self, count: int) -> None:
        singular, several = _WORDS[self.key]
        self._figure.setText(number(count, 0))
        self._words.set_parts([Part(singular if count < 2 else several, "muted")])
        tone = _TONES.get(self.key, "") if count else ""
        if self._figure.property("tone") != tone:
            self._figure.setProperty("tone", tone)
            repolish(self._figure)
        self.setAccessibleName(plural(count, singular, several))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """« Voir › » at the right of the figure: the whole card is what is clicked."""
        super().paintEvent(event)
        painter = QPainter(self)
        figure = self._figure.geometry()
        right, middle = self.width() - dp(16), figure.center().y()
        paint_chevron(painter, right, middle, "accent_text")
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(current_tokens()["accent_text"]))
        words = QRect(0, figure.top(), right - dp(SIDE + 4), figure.height())
        sides = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, int(sides), "Voir")
        painter.end()
