"""The card of an experiment: its state, how far it is towards its targets, its sites and visits."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.exports.charts_bullet import bullet_bar
from desktop_app.exports.charts_scene import Scene
from desktop_app.french import NNBSP, percent, plural
from desktop_app.services.result_rows import ExperimentResult
from desktop_app.services.vocabulary import label
from desktop_app.views.charts.scene_view import SceneView
from desktop_app.views.screens.visit_counts import visits_text
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.elided import ElidedLabel
from desktop_app.views.widgets.pill import STATE_TONES, Pill
from desktop_app.views.widgets.text import small


def attainment_text(result: ExperimentResult) -> str:
    """« 72 % de la cible »: the mean of the indicators' rates."""
    if result.attainment is None:
        return "Pas encore de mesure" if result.indicator_count else "Pas encore d’indicateur"
    return f"{percent(result.attainment * 100, 0)} de la cible"


def reach_text(result: ExperimentResult) -> str:
    """« 4 sites · 7 visites · 2 prévues »: sites visited, visits made, then those to come."""
    visits = visits_text(result.visit_count, result.experiment.planned_count)
    return f"{plural(result.site_count, 'site')} · {visits}"


def attainment_scene(result: ExperimentResult, width: float, height: float) -> Scene:
    """From T0 (nothing of the way) to the target (all of it)."""
    return bullet_bar(
        result.attainment, 0.0, 1.0, width=width, height=height, alt=attainment_text(result)
    )


class ExperimentCard(Card):
    """Signal ``clicked()``: open the experiment."""

    def __init__(self, result: ExperimentResult, parent: QWidget | None = None) -> None:
        super().__init__(clickable=True, parent=parent)
        self.result = result
        experiment = result.experiment
        self._name = ElidedLabel(experiment.enterprise.name, "h2")
        self._pill = Pill(label(result.state), STATE_TONES[result.state])
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._pill)
        self._title = ElidedLabel(experiment.title, "muted")
        self._bar = SceneView(lambda w, h: attainment_scene(self.result, w, h), height=14)
        self._rate = small(attainment_text(result))
        self._reach = small(reach_text(result))
        foot = QHBoxLayout()
        for words in (self._rate, self._reach):
            words.setWordWrap(False)
        foot.addWidget(self._rate, 1)
        foot.addWidget(self._reach)
        self.body.setSpacing(5)
        self.body.addLayout(head)
        self.body.addWidget(self._title)
        self.body.addWidget(self._bar)
        self.body.addLayout(foot)
        self.setAccessibleName(self._said())

    def show_result(self, result: ExperimentResult) -> None:
        """Another state of the same experiment."""
        self.result = result
        self._name.setText(result.experiment.enterprise.name)
        self._title.setText(result.experiment.title)
        self._pill.set(label(result.state), STATE_TONES[result.state])
        self._rate.setText(attainment_text(result))
        self._reach.setText(reach_text(result))
        self._bar.redraw()
        self.setAccessibleName(self._said())

    def _said(self) -> str:
        experiment = self.result.experiment
        return (
            f"{experiment.enterprise.name}, {experiment.title}{NNBSP}; "
            f"{label(self.result.state)}, {attainment_text(self.result)}, {reach_text(self.result)}"
        )
