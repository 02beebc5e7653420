"""The first screen: what to do this week, where the experiments stand, what was promised."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.exports.charts_bars import months
from desktop_app.exports.charts_scene import Scene
from desktop_app.french import NBSP, period, plural
from desktop_app.services.overview_rows import Overview
from desktop_app.views.charts.scene_view import SceneView
from desktop_app.views.screens.base import Place, Screen, ScreenContext
from desktop_app.views.screens.experiment_card import ExperimentCard
from desktop_app.views.screens.experiment_grid import CardGrid, share
from desktop_app.views.screens.home_figures import KEYS, FigureCard, figure
from desktop_app.views.screens.home_legend import TickLegend
from desktop_app.views.screens.home_rows import FollowUpButton, UpcomingRow
from desktop_app.views.screens.home_start import HomeStart
from desktop_app.views.theme import dp
from desktop_app.views.widgets.buttons import primary, secondary
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.page_header import PageHeader
from desktop_app.views.widgets.pill import Pill
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.text import heading, muted

WIDE = 900
"""Width from which the two columns stand side by side, in pixels at a text of 100 %."""

UPCOMING = 3
FOLLOW_UPS = 4
"""Rows shown: the page holds in a window of 1440 by 900."""

TARGETS = {
    "visits": Place("visits"),
    "measures": Place("visits"),
    "late": Place("actions", tab="late"),
    "observations": Place("experiments"),
}


def greeting(overview: Overview) -> str:
    """« Promotion 2 · mars – novembre 2021 · semaine 24 »."""
    week = overview.today.isocalendar().week
    cohort = overview.current_cohort
    if cohort is None:
        return f"Semaine {week}"
    when = period(cohort.start_date, cohort.end_date)
    return f"Promotion {cohort.number} · {when} · semaine {week}"


def cohorts_text(overview: Overview) -> str:
    """« Promotions 1 et 2 »: those whose experiments are shown."""
    numbers = sorted({result.experiment.cohort.number for result in overview.experiments})
    if not numbers:
        return ""
    if len(numbers) == 1:
        return f"Promotion {numbers[0]}"
    return f"Promotions {', '.join(str(n) for n in numbers[:-1])} et {numbers[-1]}"


class HomeScreen(Screen):
    kinds = (
        "notebook", "cohort", "enterprise", "experiment", "experiment_site", "indicator",
        "objective", "site", "visit", "measurement", "finding", "follow_up",
    )  # fmt: skip

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.overview: Overview | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        page = ScrollPage()
        outer.addWidget(page)
        page.body.addWidget(self._header())
        self.start = HomeStart(context)
        self.start.hide()
        page.body.addWidget(self.start)
        self._news = QWidget()
        page.body.addWidget(self._news)
        page.body.addStretch(1)
        self._lay_out_news()

    def _header(self) -> PageHeader:
        self.header = PageHeader("Bonjour")
        self.header.set_subtitle(" ")
        search = secondary("Rechercher…")
        search.show_shortcut("Ctrl+K")
        search.clicked.connect(lambda: self.command("search"))
        visit = primary("Nouvelle visite")
        visit.show_shortcut("Ctrl+N")
        visit.clicked.connect(lambda: self.command("new_visit"))
        self.header.add_action(search)
        self.header.add_action(visit)
        return self.header

    def _lay_out_news(self) -> None:
        column = QVBoxLayout(self._news)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dp(16))
        self.figures = tuple(FigureCard(key) for key in KEYS)
        figures = CardGrid(150, len(KEYS), even=True)
        figures.set_widgets(self.figures)
        for card in self.figures:
            card.clicked.connect(lambda key=card.key: self.context.go(TARGETS[key]))
        column.addWidget(figures)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(dp(16))
        share(self._columns, self._left(), 68)
        share(self._columns, self._right(), 32)
        column.addLayout(self._columns)

    def _left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(dp(12))
        head = QHBoxLayout()
        head.setSpacing(dp(10))
        self._cohorts = Pill("", "neutral", self)
        title = heading("Expérimentations")
        title.setWordWrap(False)
        head.addWidget(title)
        head.addWidget(self._cohorts)
        head.addStretch(1)
        head.addWidget(TickLegend())
        left.addLayout(head)
        self.cards = CardGrid(270, 2)
        left.addWidget(self.cards)
        chart = Card("Observations par mois")
        self.chart = SceneView(self._months, height=126, unit=1.45)
        chart.body.addWidget(self.chart)
        left.addWidget(chart)
        left.addStretch(1)
        return left

    def _right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(dp(14))
        upcoming = Card("Prochaines visites")
        self._upcoming = QVBoxLayout()
        self._upcoming.setSpacing(0)
        upcoming.body.addLayout(self._upcoming)
        actions = Card("Actions à suivre")
        self._actions = QVBoxLayout()
        self._actions.setSpacing(0)
        actions.body.addLayout(self._actions)
        right.addWidget(upcoming)
        right.addWidget(actions)
        right.addStretch(1)
        return right

    def refresh(self) -> None:
        services = self.context.services
        self.context.operations.query(services.overview.get, self.show_overview, owner=self)

    def show_overview(self, overview: Overview) -> None:
        self.overview = overview
        self.header.set_subtitle(greeting(overview))
        self._news.setVisible(bool(overview.experiments))
        if overview.observation_count:
            self.start.hide()
        else:
            self.start.refresh(overview)
        for card in self.figures:
            card.show_count(figure(overview, card.key))
        self._cohorts.set(cohorts_text(overview), "neutral")
        self._show_experiments(overview)
        self._show_rows(overview)
        self.chart.redraw()

    def _months(self, width: float, height: float) -> Scene:
        counts = self.overview.observations_by_month if self.overview else ()
        return months(counts, width=width, height=height)

    def _show_experiments(self, overview: Overview) -> None:
        shown = [card for card in self.cards.cells if isinstance(card, ExperimentCard)]
        wanted = [result.experiment.id for result in overview.experiments]
        if [card.result.experiment.id for card in shown] == wanted:
            for card, result in zip(shown, overview.experiments, strict=True):
                card.show_result(result)
            return
        cards = []
        for result in overview.experiments:
            card = ExperimentCard(result)
            place = Place("experiment", result.experiment.id, "results")
            card.clicked.connect(lambda place=place: self.context.go(place))
            cards.append(card)
        self.cards.set_widgets(cards)

    def _show_rows(self, overview: Overview) -> None:
        _clear(self._upcoming)
        for visit in overview.upcoming[:UPCOMING]:
            row = UpcomingRow(visit)
            place = Place("visit", visit.visit_id, "preparation")
            row.clicked.connect(lambda _=False, place=place: self.context.go(place))
            self._upcoming.addWidget(row)
        if not overview.upcoming:
            self._upcoming.addWidget(muted("Aucune visite prévue."))
        _clear(self._actions)
        for action in overview.follow_ups[:FOLLOW_UPS]:
            button = FollowUpButton(action)
            place = Place("actions", action.id)
            button.clicked.connect(lambda _=False, place=place: self.context.go(place))
            self._actions.addWidget(button)
        if not overview.follow_ups:
            self._actions.addWidget(muted(f"Rien à suivre{NBSP}: {plural(0, 'action')} en cours."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= dp(WIDE)
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
