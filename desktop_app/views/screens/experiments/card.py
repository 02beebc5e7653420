"""The card of an experiment: its phase, where its indicators stand, its sites and visits."""

import datetime as dt

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop_app.certain import known
from desktop_app.exports.charts_scene import Scene
from desktop_app.exports.charts_tally import tally_bar
from desktop_app.french import NNBSP, plural
from desktop_app.services.programme.experiment_words import (
    counts_text,
    drafts_left_out,
    drafts_text,
    ended_on_text,
    levels_text,
    phase_text,
    stale_text,
    standing_text,
)
from desktop_app.services.results.rows import ExperimentResult, Movement, Tally
from desktop_app.services.results.tally_words import tally_parts
from desktop_app.services.vocabulary import Phase
from desktop_app.views.charts.scene_view import SceneView
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.visits.counts import visits_text
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.chevron import SIDE, paint_chevron
from desktop_app.views.widgets.elided import ElidedLabel
from desktop_app.views.widgets.pill import Pill
from desktop_app.views.widgets.text import tip
from desktop_app.views.widgets.tone_line import Part, ToneLine

BAR = 10
"""Height of the segmented bar, in pixels at a text of 100 %."""


def reach_text(result: ExperimentResult) -> str:
    """« 4 sites · 7 visites · 2 prévues »: sites visited, visits that count, those to come."""
    visits = visits_text(result.visit_count, result.experiment.planned_count)
    return f"{plural(result.site_count, 'site')} · {visits}"


def count_parts(result: ExperimentResult) -> list[Part]:
    """The words of the bar, what declines in red."""
    parts = [
        Part(words, "bad", bold=True) if movement is Movement.DECLINE else Part(words)
        for movement, words in tally_parts(result.tally)
    ]
    if result.qualitative:
        parts.append(Part(plural(result.qualitative, "qualitatif")))
    return parts or [Part(counts_text(result), "muted")]


def phase_tone(result: ExperimentResult) -> str:
    return {Phase.IMPLANTED: "good", Phase.STOPPED: "neutral"}.get(result.experiment.phase, "info")


class ExperimentCard(Card):
    """Signal ``clicked()``: open the experiment. ``today`` dates what it says."""

    def __init__(
        self, result: ExperimentResult, today: dt.date, parent: QWidget | None = None
    ) -> None:
        super().__init__(clickable=True, parent=parent)
        self.result = result
        self.today = today
        self._tally, self._standing = Tally(), ""
        self._name = ElidedLabel("", "h2")
        self._pill = Pill(phase_text(result), phase_tone(result))
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setContentsMargins(0, 0, dp(SIDE + 8), 0)
        self._head.setSpacing(dp(4))
        self._head.addWidget(self._name, 1)
        self._head.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignLeft)
        self._title = ToneLine("muted")
        self._bar = SceneView(self._scene, height=BAR)
        self._barred = True
        self._words = ToneLine()
        self._foot = ToneLine()
        outer = known(self.layout())
        outer.setContentsMargins(dp(16), dp(11), dp(16), dp(12))
        self.body.setSpacing(dp(3))
        self.body.addLayout(self._head)
        self.body.addWidget(self._title)
        self.body.addSpacing(dp(2))
        self.body.addWidget(self._bar)
        self.body.addWidget(self._words)
        self.body.addWidget(self._foot)
        self.body.addStretch(1)
        self.show_result(result, today)

    def show_result(self, result: ExperimentResult, today: dt.date) -> None:
        """Another state of the same experiment."""
        self.result, self.today = result, today
        levels = levels_text(result)
        self._tally, self._standing = result.tally, standing_text(result, today, levels)
        self._name.setText(result.experiment.enterprise.name)
        self._title.set_parts([Part(result.experiment.title, "muted")])
        self._pill.set(phase_text(result), phase_tone(result))
        self._words.set_parts(count_parts(result))
        late = Part(stale_text(result, today), "warn", bold=True)
        past = Part(ended_on_text(result, today), "muted")
        reached = reach_text(result)
        shorter = " · ".join(reached.split(" · ")[:2])
        self._foot.set_parts([late, past], reached, shorter)
        if self._barred is not bool(self._tally.total):
            self._barred = not self._barred
            self._bar.setVisible(self._barred)
        self._bar.redraw()
        left_out = drafts_text(drafts_left_out(result))
        self.setToolTip(tip("\n".join([*levels, left_out] if left_out else levels)))
        self.setAccessibleName(self._said(left_out))
        if self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        paint_chevron(painter, self.width() - dp(16), self._name.geometry().center().y())
        painter.end()

    def _settle(self) -> None:
        """The phase goes under the name rather than cut it."""
        room = self.contentsRect().width() - dp(16 + 16 + 8 + SIDE)
        name = self._name.fontMetrics().horizontalAdvance(self._name.text())
        needed = name + dp(8) + self._pill.sizeHint().width()
        directions = QBoxLayout.Direction
        self._head.setDirection(
            directions.TopToBottom if needed > room > 0 else directions.LeftToRight
        )

    def _scene(self, width: float, height: float) -> Scene:
        return tally_bar(self._tally, width=width, height=height, alt=self._standing)

    def _said(self, left_out: str) -> str:
        experiment = self.result.experiment
        parts = [self._standing, ended_on_text(self.result, self.today), reach_text(self.result)]
        told = " ".join(part for part in (*parts, left_out) if part)
        return f"{experiment.enterprise.name}, {experiment.title}{NNBSP}; {told}"
