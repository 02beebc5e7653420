"""The first screen: what to do this week, where the experiments stand, what was promised."""

from itertools import pairwise

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop_app.exports.charts_bars import months
from desktop_app.exports.charts_scene import Scene
from desktop_app.french import NBSP, period, plural
from desktop_app.services.home.rows import Overview
from desktop_app.services.programme.experiment_words import drafts_left_out, drafts_text
from desktop_app.views.charts.scene_view import SceneView
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.base import Place, Screen, ScreenContext
from desktop_app.views.screens.home.board import ExperimentBoard
from desktop_app.views.screens.home.figures import KEYS, FigureCard, figure
from desktop_app.views.screens.home.rows import FollowUpButton, UpcomingRow
from desktop_app.views.screens.home.start import HomeStart
from desktop_app.views.widgets.buttons import link, primary, secondary
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.card_grid import CardGrid, share
from desktop_app.views.widgets.legend import LegendLine
from desktop_app.views.widgets.page_header import PageHeader
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.text import muted, small

WIDE = 900
"""Width from which the two columns stand side by side, in pixels at a text of 100 %."""

UPCOMING = 3
FOLLOW_UPS = 4
"""Rows shown: the page holds in a window of 1440 by 900."""

TARGETS = {
    "visits": Place("visits", tab="week"),
    "measures": Place("visits", tab="due"),
    "late": Place("actions", tab="late"),
    "observations": Place("visits", tab="validated"),
}
"""The list behind each figure: the visits it is counted on."""


def greeting(overview: Overview) -> str:
    """« Promotion 2 · mars – novembre 2021 · semaine 24 »."""
    week = overview.today.isocalendar().week
    cohort = overview.current_cohort
    if cohort is None:
        return f"Semaine {week}"
    when = period(cohort.start_date, cohort.end_date)
    return f"Promotion {cohort.number} · {when} · semaine {week}"


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
        self.drafts = link("")
        self.drafts.clicked.connect(lambda: self.context.go(Place("visits", tab="drafts")))
        self.drafts.hide()
        self.header.add_note(self.drafts)
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
        left.setSpacing(dp(8))
        left.addWidget(LegendLine("Expérimentations", "les plus fragiles d’abord"))
        self.board = ExperimentBoard()
        self.board.opened.connect(
            lambda record_id: self.context.go(Place("experiment", record_id, "results"))
        )
        left.addWidget(self.board)
        left.addSpacing(dp(4))
        self._when = small("")
        self._when.setWordWrap(False)
        chart = Card("Observations par mois", trailing=self._when)
        self.chart = SceneView(self._months, height=88, unit=1.45)
        chart.body.addWidget(self.chart)
        left.addWidget(chart)
        left.addStretch(1)
        return left

    def _right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(dp(14))
        self._planned = link("Toutes les prévues")
        self._planned.clicked.connect(lambda: self.context.go(Place("visits", tab="planned")))
        upcoming = Card("Prochaines visites", trailing=self._planned)
        self._upcoming = QVBoxLayout()
        self._upcoming.setSpacing(0)
        upcoming.body.addLayout(self._upcoming)
        self._every = link("Toutes les actions")
        self._every.clicked.connect(lambda: self.context.go(Place("actions")))
        actions = Card("Actions à suivre", trailing=self._every)
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
        self.context.operations.later(self.context.services.overview.keep)
        self._show_drafts(overview)
        self.header.set_subtitle(greeting(overview))
        self._news.setVisible(bool(overview.experiments))
        if overview.observation_count:
            self.start.hide()
        else:
            self.start.refresh(overview)
        for card in self.figures:
            card.show_count(figure(overview, card.key))
        self.board.show_results(overview.experiments, overview.today)
        counted = [entry.month for entry in overview.observations_by_month]
        self._when.setText(period(counted[0], counted[-1]) if counted else "")
        visits, actions = self._show_rows(overview)
        self.chart.redraw()
        order = (*self.figures, *self.board.cards, self._planned, *visits, self._every, *actions)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _show_drafts(self, overview: Overview) -> None:
        left_out = drafts_text(sum(drafts_left_out(row) for row in overview.experiments))
        self.drafts.setText(left_out)
        self.drafts.setAccessibleName(left_out)
        self.drafts.setVisible(bool(left_out))

    def _months(self, width: float, height: float) -> Scene:
        counts = self.overview.observations_by_month if self.overview else ()
        return months(counts, width=width, height=height)

    def _show_rows(self, overview: Overview) -> tuple[list[UpcomingRow], list[FollowUpButton]]:
        visits, actions = [], []
        _clear(self._upcoming)
        for visit in overview.upcoming[:UPCOMING]:
            row = UpcomingRow(visit)
            place = Place("visit", visit.visit_id, "preparation")
            row.clicked.connect(lambda _=False, place=place: self.context.go(place))
            self._upcoming.addWidget(row)
            visits.append(row)
        if not overview.upcoming:
            self._upcoming.addWidget(muted("Aucune visite prévue."))
        _clear(self._actions)
        for action in overview.follow_ups[:FOLLOW_UPS]:
            button = FollowUpButton(action)
            place = Place("actions", action.id)
            button.clicked.connect(lambda _=False, place=place: self.context.go(place))
            self._actions.addWidget(button)
            actions.append(button)
        if not overview.follow_ups:
            self._actions.addWidget(muted(f"Rien à suivre{NBSP}: {plural(0, 'action')} en cours."))
        return visits, actions

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
