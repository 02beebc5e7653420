"""The first steps of an empty notebook, wired to their forms (imported when they open)."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.services.home.rows import Overview
from desktop_app.services.programme.experiment_rows import ExperimentRow
from desktop_app.views.screens.base import Place, ScreenContext
from desktop_app.views.screens.home.first_steps import FirstSteps, Step


@dataclass(frozen=True, slots=True)
class Progress:
    cohorts: int
    experiments: int
    sites: int

    @property
    def ready(self) -> bool:
        return bool(self.cohorts and self.experiments and self.sites)


class HomeStart(QWidget):
    """Shows itself until the three steps are done."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context
        self.progress = Progress(0, 0, 0)
        self.steps = FirstSteps()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.steps)

    def refresh(self, overview: Overview) -> None:
        services = self.context.services

        def read() -> Progress:
            return Progress(
                len(services.directory.cohorts()),
                len(overview.experiments),
                len(services.sites.list()),
            )

        self.context.operations.query(read, self.show_progress, owner=self)

    def show_progress(self, progress: Progress) -> None:
        self.progress = progress
        self.setVisible(not progress.ready)
        self.steps.show_steps(
            (
                Step(
                    "Décrire le programme et sa promotion",
                    "Son nom et l’année en cours\u00a0: ce que portent tous les documents.",
                    "Décrire le programme…",
                    bool(progress.cohorts),
                    self.describe_programme,
                ),
                Step(
                    "Créer une expérimentation",
                    "L’entreprise sociale, le public, puis ses objectifs et ses indicateurs.",
                    "Créer une expérimentation…",
                    bool(progress.experiments),
                    self.create_experiment,
                ),
                Step(
                    "Ajouter un site",
                    "L’établissement, le collège ou l’association où vous irez en visite.",
                    "Ajouter un site…",
                    bool(progress.sites),
                    self.add_site,
                ),
            )
        )

    def describe_programme(self, then: Callable[[object], object] | None = None) -> None:
        from desktop_app.views.dialogs.directory_form import ProgrammeStartDialog

        dialog = ProgrammeStartDialog(self.context, self.window())
        if then is not None:
            dialog.saved.connect(then)
        dialog.open()

    def create_experiment(self) -> None:
        """An experiment belongs to a promotion: without one, that comes first."""
        if not self.progress.cohorts:
            self.describe_programme(lambda _row: self._open_experiment())
        else:
            self._open_experiment()

    def _open_experiment(self) -> None:
        from desktop_app.views.dialogs.experiment_form import open_experiment_dialog

        open_experiment_dialog(self.context, self, None, self._show_framework)

    def add_site(self) -> None:
        from desktop_app.views.dialogs.site_form import SiteDialog

        SiteDialog(self.context, None, self.window()).open()

    def _show_framework(self, experiment: ExperimentRow) -> None:
        self.context.go(Place("experiment", experiment.id, "framework"))
