"""All the experiments, by promotion, with what narrows the list."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.french import period, plural
from desktop_app.services.programme.experiment_rows import (
    CohortRow,
    DirectorateRow,
    ExperimentRow,
)
from desktop_app.services.results.rows import WORST_FIRST, ExperimentResult, drift
from desktop_app.services.vocabulary import LABELS, Movement, Phase, label
from desktop_app.views.dialogs.directory_dialog import DirectoryDialog
from desktop_app.views.dialogs.experiment_form import cohort_text, open_experiment_dialog
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.base import Place, Screen, ScreenContext
from desktop_app.views.screens.experiments.card import ExperimentCard
from desktop_app.views.widgets.buttons import primary, secondary
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.card_grid import CardGrid
from desktop_app.views.widgets.empty_state import EmptyState
from desktop_app.views.widgets.fields import Choice, TextLine, labelled
from desktop_app.views.widgets.legend import LegendLine
from desktop_app.views.widgets.page_header import PageHeader
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.text import heading, muted

STALE = "stale"
STANDINGS: tuple[tuple[object, str], ...] = (
    (Movement.DECLINE, label(Movement.DECLINE)),
    (Movement.UNCHANGED, label(Movement.UNCHANGED)),
    (STALE, "non mesurée à temps"),
    *((movement, label(movement)) for movement in WORST_FIRST[2:]),
)
"""What at least one indicator of an experiment is, to find those that have one."""


def has_one(result: ExperimentResult, standing: object) -> bool:
    """Whether one of its indicators stands so; None asks for nothing."""
    if standing == STALE:
        return result.stale > 0
    return not isinstance(standing, Movement) or result.tally.of(standing) > 0


@dataclass(frozen=True, slots=True)
class Portfolio:
    results: tuple[ExperimentResult, ...]
    cohorts: tuple[CohortRow, ...]
    directorates: tuple[DirectorateRow, ...]
    today: dt.date = dt.date.min


class ExperimentsScreen(Screen):
    kinds = (
        "experiment", "experiment_site", "experiment_directorate", "enterprise", "cohort",
        "programme", "directorate", "objective", "indicator", "visit", "measurement", "finding",
        "notebook",
    )  # fmt: skip

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.portfolio = Portfolio((), (), ())
        self._wanted: list[tuple[str, CohortRow]] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        page = ScrollPage()
        outer.addWidget(page)
        page.body.addWidget(self._header())
        page.body.addWidget(self._filters())
        self._legend = LegendLine("", "Dans chaque promotion, les plus fragiles d’abord")
        page.body.addWidget(self._legend)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(dp(14))
        page.body.addLayout(self._groups)
        self._empty = EmptyState(
            "flask",
            "Aucune expérimentation",
            "Créez la première\u00a0: son entreprise, sa promotion, son public.",
            "Nouvelle expérimentation…",
            self.add,
        )
        self._empty.hide()
        page.body.addWidget(self._empty)
        self._none = muted("Aucune expérimentation ne répond à ces filtres.")
        self._none.hide()
        page.body.addWidget(self._none)
        page.body.addStretch(1)

    def _header(self) -> PageHeader:
        self.header = PageHeader("Expérimentations")
        directory = secondary("Programme et promotions…")
        directory.setShortcut(QKeySequence("Alt+P"))
        directory.setToolTip("Programme, promotions, entreprises et directions métiers (Alt+P)")
        directory.clicked.connect(lambda: self.open_directory("programme"))
        create = primary("Nouvelle expérimentation")
        create.setShortcut(QKeySequence("Alt+N"))
        create.setToolTip("Nouvelle expérimentation (Alt+N)")
        create.clicked.connect(self.add)
        self.header.add_action(directory)
        self.header.add_action(create)
        return self.header

    def _filters(self) -> Card:
        self.text = TextLine("Entreprise, titre, code")
        self.cohort = Choice()
        self.directorate = Choice()
        self.phase = Choice(_all("Toutes", [(p, LABELS[p]) for p in Phase]))
        self.standing = Choice(_all("Peu importe", STANDINGS))
        self.filters = Card()
        row = CardGrid(150, 5)
        fields = (
            ("Rechercher", self.text),
            ("Promotion", self.cohort),
            ("Direction métier", self.directorate),
            ("Phase", self.phase),
            ("Avec une cible…", self.standing),
        )
        row.set_widgets([labelled(name, field) for name, field in fields])
        for _, field in fields:
            field.edited.connect(self._show)
        self.filters.body.addWidget(row)
        return self.filters

    def first_field(self) -> QWidget | None:
        """The first experiment, else what makes one."""
        first = self.findChild(ExperimentCard)
        return first if first is not None and first.isVisible() else super().first_field()

    def refresh(self) -> None:
        services = self.context.services

        def read() -> Portfolio:
            return Portfolio(
                services.results.experiments(),
                services.directory.cohorts(),
                services.directory.directorates(),
                services.notebook.today(),
            )

        self.context.operations.query(read, self.show_portfolio, owner=self)

    def show_portfolio(self, portfolio: Portfolio) -> None:
        self.portfolio = portfolio
        self.cohort.set_items(_all("Toutes", [(c.id, cohort_text(c)) for c in portfolio.cohorts]))
        directorates = [(d.id, d.name) for d in portfolio.directorates]
        self.directorate.set_items(_all("Toutes", directorates))
        self._show()

    def shown(self) -> tuple[ExperimentResult, ...]:
        """The experiments that pass the filters, the most fragile first in each promotion."""
        passing = [result for result in self.portfolio.results if self._passes(result)]
        return tuple(sorted(passing, key=lambda row: (-row.experiment.cohort.number, *drift(row))))

    def _passes(self, result: ExperimentResult) -> bool:
        experiment = result.experiment
        words = self.text.value().casefold().split()
        place = f"{experiment.enterprise.name} {experiment.title} {experiment.code}".casefold()
        directorates = {row.id for row in experiment.directorates}
        return (
            all(word in place for word in words)
            and self.cohort.value() in (None, experiment.cohort.id)
            and self.phase.value() in (None, experiment.phase)
            and has_one(result, self.standing.value())
            and (self.directorate.value() is None or self.directorate.value() in directorates)
        )

    def _show(self) -> None:
        results = self.shown()
        total = len(self.portfolio.results)
        self.header.set_subtitle(
            plural(total, "expérimentation")
            if len(results) == total
            else f"{len(results)} sur {plural(total, 'expérimentation')}"
        )
        self.filters.setVisible(total > 0)
        self._legend.setVisible(bool(results))
        self._empty.setVisible(total == 0)
        self._none.setVisible(total > 0 and not results)
        self._show_cards(results)

    def _show_cards(self, results: Sequence[ExperimentResult]) -> None:
        """The same experiments stay on their cards, which keep the focus."""
        known = {result.experiment.id: result for result in results}
        cohorts = {result.experiment.cohort.id: result.experiment.cohort for result in results}
        wanted = [(result.experiment.id, result.experiment.cohort) for result in results]
        if wanted == self._wanted:
            for card in self.findChildren(ExperimentCard):
                if card.result.experiment.id in known:
                    card.show_result(known[card.result.experiment.id], self.portfolio.today)
            return
        self._wanted = wanted
        while (item := self._groups.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for cohort in sorted(cohorts.values(), key=lambda row: row.number, reverse=True):
            inside = [row for row in results if row.experiment.cohort.id == cohort.id]
            self._groups.addWidget(self._group(cohort, inside))

    def _group(self, cohort: CohortRow, results: list[ExperimentResult]) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dp(10))
        when = period(cohort.start_date, cohort.end_date) if cohort.start_date else ""
        column.addWidget(heading(" · ".join(p for p in (cohort_text(cohort), when) if p)))
        grid = CardGrid(300, 3)
        cards = []
        for result in results:
            card = ExperimentCard(result, self.portfolio.today)
            place = Place("experiment", result.experiment.id, "results")
            card.clicked.connect(lambda place=place: self.context.go(place))
            cards.append(card)
        grid.set_widgets(cards)
        column.addWidget(grid)
        return box

    def add(self) -> None:
        """A notebook without a promotion starts with it."""
        if not self.portfolio.cohorts:
            from desktop_app.views.dialogs.directory_form import ProgrammeStartDialog

            dialog = ProgrammeStartDialog(self.context, self.window())
            dialog.saved.connect(lambda _row: self._open_form())
            dialog.open()
            return
        self._open_form()

    def _open_form(self) -> None:
        open_experiment_dialog(self.context, self, None, self._show_framework)

    def _show_framework(self, experiment: ExperimentRow) -> None:
        self.context.go(Place("experiment", experiment.id, "framework"))

    def open_directory(self, tab: str) -> None:
        DirectoryDialog(self.context, tab, self.window()).open()


def _all(word: str, items: Sequence[tuple[object, str]]) -> list[tuple[object, str]]:
    """The choice that narrows nothing comes first."""
    return [(None, word), *items]
