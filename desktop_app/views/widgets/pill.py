"""The small rounded word that gives a state: a word and a colour, never the colour alone."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.services.vocabulary import ResultState, VisitState, label
from desktop_app.views.look.theme import current_tokens, repolish

TONES = ("good", "warn", "bad", "info", "neutral", "accent", "badge")

_GROUND = {"accent": "accent_soft", "badge": "badge"}

STATE_TONES: dict[object, str] = {
    ResultState.REACHED: "good",
    ResultState.ON_TRACK: "good",
    ResultState.WATCH: "warn",
    ResultState.LATE: "bad",
    ResultState.DECLINE: "bad",
    ResultState.MISSED: "warn",
    ResultState.NO_DATA: "neutral",
    ResultState.UNJUDGED: "neutral",
    ResultState.ANSWERED: "info",
    VisitState.PLANNED: "info",
    VisitState.DRAFT: "warn",
    VisitState.VALIDATED: "good",
}


class Pill(QLabel):
    """``tone`` is good, warn, bad, info, neutral, accent or badge (a count in a red dot)."""

    def __init__(
        self, text: str = "", tone: str = "neutral", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "pill")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._tone = ""
        self.set(text, tone)

    @property
    def tone(self) -> str:
        return self._tone

    def set(self, text: str, tone: str) -> None:
        """Changes word and tone; an empty text shows nothing. Raises ValueError: unknown tone."""
        if tone not in TONES:
            raise ValueError(tone)
        self.setText(text)
        self.updateGeometry()
        if tone != self._tone:
            self._tone = tone
            self.setProperty("tone", tone)
            repolish(self)

    def sizeHint(self) -> QSize:
        return super().sizeHint() if self.text() else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() if self.text() else QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.text():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = _GROUND.get(self._tone, f"{self._tone}_bg")
        painter.setBrush(QColor(current_tokens()[ground]))
        area = QRectF(self.rect())
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.end()
        super().paintEvent(event)


def state_pill(state: ResultState | VisitState) -> Pill:
    """The pill of a result's or a visit's state."""
    return Pill(label(state), STATE_TONES[state])


def set_state(pill: Pill, state: ResultState | VisitState) -> None:
    pill.set(label(state), STATE_TONES[state])
