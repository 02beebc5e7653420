"""All the services of one open notebook, each loaded when a screen first asks for it."""

from functools import cached_property
from typing import TYPE_CHECKING

from desktop_app.services.result_rows import Thresholds

if TYPE_CHECKING:
    from desktop_app.config.settings import Settings
    from desktop_app.services.attachments import AttachmentService
    from desktop_app.services.directory import DirectoryService
    from desktop_app.services.documents import DocumentService
    from desktop_app.services.experiments import ExperimentService
    from desktop_app.services.findings import FindingService
    from desktop_app.services.follow_ups import FollowUpService
    from desktop_app.services.framework import FrameworkService
    from desktop_app.services.history import HistoryService
    from desktop_app.services.measures import MeasureService
    from desktop_app.services.overview import OverviewService
    from desktop_app.services.preparation import PreparationService
    from desktop_app.services.result_service import ResultService
    from desktop_app.services.search_service import SearchService
    from desktop_app.services.sites import SiteService
    from desktop_app.services.visits import VisitService
    from desktop_app.store.notebook import Notebook


class NotebookServices:
    """Services hold no state of their own: two threads that ask first may each make one."""

    def __init__(self, notebook: "Notebook", settings: "Settings") -> None:
        self.notebook = notebook
        self._settings = settings

    @cached_property
    def visits(self) -> "VisitService":
        from desktop_app.services.visits import VisitService

        return VisitService(self.notebook)

    @cached_property
    def preparation(self) -> "PreparationService":
        from desktop_app.services.preparation import PreparationService

        return PreparationService(self.notebook)

    @cached_property
    def measures(self) -> "MeasureService":
        from desktop_app.services.measures import MeasureService

        return MeasureService(self.notebook)

    @cached_property
    def findings(self) -> "FindingService":
        from desktop_app.services.findings import FindingService

        return FindingService(self.notebook)

    @cached_property
    def follow_ups(self) -> "FollowUpService":
        from desktop_app.services.follow_ups import FollowUpService

        return FollowUpService(self.notebook)

    @cached_property
    def attachments(self) -> "AttachmentService":
        from desktop_app.services.attachments import AttachmentService

        return AttachmentService(self.notebook)

    @cached_property
    def history(self) -> "HistoryService":
        from desktop_app.services.history import HistoryService

        return HistoryService(self.notebook)

    @cached_property
    def directory(self) -> "DirectoryService":
        from desktop_app.services.directory import DirectoryService

        return DirectoryService(self.notebook)

    @cached_property
    def experiments(self) -> "ExperimentService":
        from desktop_app.services.experiments import ExperimentService

        return ExperimentService(self.notebook)

    @cached_property
    def framework(self) -> "FrameworkService":
        from desktop_app.services.framework import FrameworkService

        return FrameworkService(self.notebook)

    @cached_property
    def sites(self) -> "SiteService":
        from desktop_app.services.sites import SiteService

        return SiteService(self.notebook)

    @cached_property
    def results(self) -> "ResultService":
        from desktop_app.services.result_service import ResultService

        return ResultService(self.notebook, lambda: thresholds(self._settings))

    @cached_property
    def overview(self) -> "OverviewService":
        from desktop_app.services.overview import OverviewService

        return OverviewService(self.notebook, self.results)

    @cached_property
    def search(self) -> "SearchService":
        from desktop_app.services.search_service import SearchService

        return SearchService(self.notebook)

    @cached_property
    def documents(self) -> "DocumentService":
        from desktop_app.services.documents import DocumentService, Sources

        sources = Sources(
            visits=self.visits,
            measures=self.measures,
            findings=self.findings,
            follow_ups=self.follow_ups,
            attachments=self.attachments,
            results=self.results,
        )
        return DocumentService(self.notebook, sources, self._settings)


def thresholds(settings: "Settings") -> Thresholds:
    """The settings of the judgement, as they are now."""
    return Thresholds(
        on_track=settings.number("on_track") / 100,
        watch=settings.number("watch") / 100,
        min_n_percentage=settings.number("min_n_percentage"),
        mask_below=settings.number("mask_below"),
    )


def build_services(notebook: "Notebook", settings: "Settings") -> NotebookServices:
    return NotebookServices(notebook, settings)
