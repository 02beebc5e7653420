"""One experiment: presentation, evaluation framework, results, visits."""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.french import NBSP
from desktop_app.services.programme.experiment_rows import ExperimentRow, SiteRow
from desktop_app.services.results.rows import ResultSheet, Thresholds
from desktop_app.services.results.scope import Scope
from desktop_app.services.visits.visit_rows import FindingRow, VisitFilter, VisitPage
from desktop_app.services.vocabulary import Movement
from desktop_app.views.dialogs.experiment_form import open_experiment_dialog
from desktop_app.views.dialogs.undo import run_with_undo
from desktop_app.views.screens.base import Place, Screen, ScreenContext
from desktop_app.views.screens.experiment.framework import FrameworkPanel
from desktop_app.views.screens.experiment.presentation import PresentationPanel
from desktop_app.views.screens.experiment.results import ResultsPanel
from desktop_app.views.screens.experiment.tally import TallyStrip
from desktop_app.views.screens.experiment.visits import VisitsPanel
from desktop_app.views.screens.visits.counts import made_text
from desktop_app.views.widgets.buttons import primary, secondary
from desktop_app.views.widgets.page_header import PageHeader
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.tabs import PageTabs

PRESENTATION, FRAMEWORK, RESULTS, VISITS = "presentation", "framework", "results", "visits"
TABS = (
    (PRESENTATION, "Présentation"),
    (FRAMEWORK, "Cadre d’évaluation"),
    (RESULTS, "Résultats"),
    (VISITS, "Visites"),
)


VISITS_SHOWN = 50

Panel = TypeVar("Panel", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that the page shows, read at once off the UI thread."""

    sheet: ResultSheet
    sites: tuple[SiteRow, ...]
    findings: tuple[FindingRow, ...]
    visits: VisitPage
    thresholds: Thresholds


def title_text(experiment: ExperimentRow) -> str:
    """« Duo for a job — Mentorat de jeunes par des seniors »."""
    return f"{experiment.enterprise.name} — {experiment.title}"


def cohort_step(experiment: ExperimentRow) -> str:
    """« Promotion 2 (2021) »."""
    cohort = experiment.cohort
    year = "" if cohort.start_date is None else f" ({cohort.start_date.year})"
    return f"Promotion {cohort.number}{year}"


class ExperimentScreen(Screen):
    kinds = (
        "experiment", "experiment_site", "experiment_directorate", "enterprise", "cohort",
        "directorate", "objective", "indicator", "site", "visit", "measurement", "finding",
        "follow_up", "notebook",
    )  # fmt: skip

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.dossier: Dossier | None = None
        self._unfilled: set[str] = set()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        page = ScrollPage()
        outer.addWidget(page)
        page.body.addWidget(self._header())
        self.tabs = PageTabs()
        for key, name in TABS:
            self.tabs.add(key, name)
        page.body.addWidget(self.tabs)
        self._panels: list[QWidget] = []
        self._room = QVBoxLayout()
        page.body.addLayout(self._room)
        page.body.addStretch(1)
        self.tabs.set_current(RESULTS)
        self.tabs.changed.connect(self._show_tab)
        self._show_tab(RESULTS)

    # Each tab is made when it is first looked at

    @cached_property
    def presentation(self) -> PresentationPanel:
        panel = PresentationPanel(self.context)
        panel.delete_asked.connect(self.delete)
        return self._placed(panel)

    @cached_property
    def framework(self) -> FrameworkPanel:
        return self._placed(FrameworkPanel(self.context))

    @cached_property
    def results(self) -> ResultsPanel:
        panel = ResultsPanel(self.context)
        panel.framework_asked.connect(lambda: self.tabs.set_current(FRAMEWORK))
        return self._placed(panel)

    @cached_property
    def visits(self) -> VisitsPanel:
        panel = VisitsPanel(self.context, "Visites de l’expérimentation")
        panel.all_asked.connect(lambda: self.context.go(Place("visits")))
        return self._placed(panel)

    def _placed(self, panel: Panel) -> Panel:
        panel.hide()
        self._panels.append(panel)
        self._room.addWidget(panel)
        return panel

    def _panel(self, key: str) -> QWidget:
        match key:
            case "presentation":
                return self.presentation
            case "framework":
                return self.framework
            case "visits":
                return self.visits
        return self.results

    def _header(self) -> PageHeader:
        self.header = PageHeader(" ")
        self.header.followed.connect(self.context.go)
        self.tally = TallyStrip()
        self.tally.asked.connect(self.show_movement)
        self.header.set_beside(self.tally)
        self._edit = secondary("Modifier")
        self._edit.setShortcut(QKeySequence("Ctrl+E"))
        self._edit.setToolTip("Modifier l’expérimentation (Ctrl+E)")
        self._edit.clicked.connect(self.edit)
        self._document = primary("Synthèse…")
        self._document.setShortcut(QKeySequence("Ctrl+P"))
        self._document.setToolTip("Préparer la synthèse PDF (Ctrl+P)")
        self._document.clicked.connect(self.open_document)
        self.header.add_action(self._edit)
        self.header.add_action(self._document)
        return self.header

    def show_place(self, place: Place) -> None:
        if self.dossier and self.dossier.sheet.experiment.experiment.id != place.record_id:
            self.results.current = self.dossier = None
        if place.tab in dict(TABS):
            self.tabs.set_current(place.tab)
        super().show_place(place)

    def refresh(self) -> None:
        experiment_id = self.place.record_id
        if experiment_id is None:
            return
        services = self.context.services

        def read() -> Dossier:
            theirs = VisitFilter(experiment_id=experiment_id)
            return Dossier(
                services.results.sheet(experiment_id),
                services.experiments.sites(experiment_id),
                services.findings.of_experiment(experiment_id, Scope()),
                services.visits.page(theirs, size=VISITS_SHOWN),
                services.results.thresholds(),
            )

        self.context.operations.query(read, self.show_dossier, owner=self, failed=self._on_gone)

    def _on_gone(self, sentence: str) -> None:
        self.context.notify.show(sentence)
        self.context.go(Place("experiments"))

    def show_dossier(self, dossier: Dossier) -> None:
        same, self.dossier = dossier == self.dossier, dossier
        if same:
            return
        result = dossier.sheet.experiment
        experiment = result.experiment
        self.header.set_breadcrumb(
            [("Expérimentations", Place("experiments")), (cohort_step(experiment), None)]
        )
        self.tally.show_result(result)
        self.header.set_title(title_text(experiment))
        made = made_text(experiment.visit_count, experiment.planned_count)
        self.tabs.set_text(VISITS, f"Visites{NBSP}({made})")
        self._unfilled = set(dict(TABS))
        self._fill(self.tabs.current)

    def _fill(self, key: str) -> None:
        """A tab is filled when it is looked at: one alone stays quick."""
        if self.dossier is None or key not in self._unfilled:
            return
        self._unfilled.discard(key)
        dossier = self.dossier
        experiment = dossier.sheet.experiment.experiment
        match key:
            case "presentation":
                self.presentation.show_experiment(dossier.sheet.experiment, dossier.sites)
            case "framework":
                objectives = tuple(row.objective for row in dossier.sheet.objectives)
                histories = {
                    result.indicator.id: result.history
                    for part in dossier.sheet.objectives
                    for result in part.results
                }
                self.framework.show_objectives(experiment.id, objectives, histories)
            case "results":
                self.results.show_sheet(dossier.sheet, dossier.findings, dossier.thresholds)
            case "visits":
                self.visits.show_page(dossier.visits)

    def _show_tab(self, key: str) -> None:
        """Filled before it is seen: laid out once."""
        shown = self._panel(key)
        self._fill(key)
        for panel in self._panels:
            panel.setVisible(panel is shown)

    def show_movement(self, movement: Movement) -> None:
        """The results, on the first indicator that stands so."""
        self.tabs.set_current(RESULTS)
        self.results.select_movement(movement)

    def edit(self) -> None:
        if self.place.record_id is not None:
            open_experiment_dialog(self.context, self, self.place.record_id, lambda _row: None)

    def delete(self) -> None:
        """Refused while it has visits; else it leaves, with a way back."""
        experiment_id = self.place.record_id
        if experiment_id is None:
            return
        delete = self.context.services.experiments.delete
        run_with_undo(
            self.context,
            lambda: delete(experiment_id),
            "Expérimentation supprimée.",
            initiator=self,
            done=lambda: self.context.go(Place("experiments")),
        )

    def open_document(self) -> None:
        self.context.go(Place("documents", self.place.record_id, "experiment"))
