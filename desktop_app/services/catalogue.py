"""All the services of one open notebook, each loaded when one of its methods is first called."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from desktop_app.config.settings import Settings
    from desktop_app.services.documents.documents import DocumentService
    from desktop_app.services.home.overview import OverviewService
    from desktop_app.services.notebook.history import HistoryService
    from desktop_app.services.notebook.rules import RulesService
    from desktop_app.services.notebook.search import SearchService
    from desktop_app.services.programme.directorates import DirectorateDefaults
    from desktop_app.services.programme.directory import DirectoryService
    from desktop_app.services.programme.experiments import ExperimentService
    from desktop_app.services.programme.framework import FrameworkService
    from desktop_app.services.programme.sites import SiteService
    from desktop_app.services.results.figures_notice import FiguresNoticeService
    from desktop_app.services.results.service import ResultService
    from desktop_app.services.visits.attachments import AttachmentService
    from desktop_app.services.visits.findings import FindingService
    from desktop_app.services.visits.follow_ups import FollowUpService
    from desktop_app.services.visits.measures import MeasureService
    from desktop_app.services.visits.preparation import PreparationService
    from desktop_app.services.visits.visits import VisitService
    from desktop_app.store.notebook import Notebook


S = TypeVar("S")


class _Later:
    """Stands for a service until one of its methods is called, in the thread that calls.

    Screens name services in the interface's thread, which so never waits for SQLAlchemy and the
    mapped classes to load (200 ms). Services hold no state of their own: two threads that call
    first may each make one.
    """

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make
        self._made: object = None

    def load(self) -> object:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*arguments: object, **named: object) -> Any:
            return getattr(self.load(), name)(*arguments, **named)

        return call


def _later(make: Callable[[], S]) -> S:
    return cast("S", _Later(make))


class NotebookServices:
    """Rules, results and the first screen's overview are made as they are: they load little."""

    def __init__(self, notebook: "Notebook", settings: "Settings") -> None:
        self.notebook = notebook
        self._settings = settings

    @cached_property
    def visits(self) -> "VisitService":
        def make() -> "VisitService":
            from desktop_app.services.visits.visits import VisitService

            return VisitService(self.notebook)

        return _later(make)

    @cached_property
    def preparation(self) -> "PreparationService":
        def make() -> "PreparationService":
            from desktop_app.services.visits.preparation import PreparationService

            return PreparationService(self.notebook)

        return _later(make)

    @cached_property
    def measures(self) -> "MeasureService":
        def make() -> "MeasureService":
            from desktop_app.services.visits.measures import MeasureService

            return MeasureService(self.notebook)

        return _later(make)

    @cached_property
    def findings(self) -> "FindingService":
        def make() -> "FindingService":
            from desktop_app.services.visits.findings import FindingService

            return FindingService(self.notebook)

        return _later(make)

    @cached_property
    def follow_ups(self) -> "FollowUpService":
        def make() -> "FollowUpService":
            from desktop_app.services.visits.follow_ups import FollowUpService

            return FollowUpService(self.notebook)

        return _later(make)

    @cached_property
    def attachments(self) -> "AttachmentService":
        def make() -> "AttachmentService":
            from desktop_app.services.visits.attachments import AttachmentService

            return AttachmentService(self.notebook)

        return _later(make)

    @cached_property
    def history(self) -> "HistoryService":
        def make() -> "HistoryService":
            from desktop_app.services.notebook.history import HistoryService

            return HistoryService(self.notebook)

        return _later(make)

    @cached_property
    def directory(self) -> "DirectoryService":
        def make() -> "DirectoryService":
            from desktop_app.services.programme.directory import DirectoryService

            return DirectoryService(self.notebook)

        return _later(make)

    @cached_property
    def directorate_defaults(self) -> "DirectorateDefaults":
        def make() -> "DirectorateDefaults":
            from desktop_app.services.programme.directorates import DirectorateDefaults

            return DirectorateDefaults(self.notebook)

        return _later(make)

    @cached_property
    def experiments(self) -> "ExperimentService":
        def make() -> "ExperimentService":
            from desktop_app.services.programme.experiments import ExperimentService

            return ExperimentService(self.notebook)

        return _later(make)

    @cached_property
    def framework(self) -> "FrameworkService":
        def make() -> "FrameworkService":
            from desktop_app.services.programme.framework import FrameworkService

            return FrameworkService(self.notebook)

        return _later(make)

    @cached_property
    def sites(self) -> "SiteService":
        def make() -> "SiteService":
            from desktop_app.services.programme.sites import SiteService

            return SiteService(self.notebook)

        return _later(make)

    @cached_property
    def results(self) -> "ResultService":
        from desktop_app.services.results.service import ResultService

        return ResultService(self.notebook, self.rules.thresholds)

    @cached_property
    def rules(self) -> "RulesService":
        from desktop_app.services.notebook.rules import RulesService

        return RulesService(self.notebook, self._settings)

    @cached_property
    def overview(self) -> "OverviewService":
        from desktop_app.services.home.overview import OverviewService

        return OverviewService(self.notebook, self.results)

    @cached_property
    def figures_notice(self) -> "FiguresNoticeService":
        def make() -> "FiguresNoticeService":
            from desktop_app.services.results.figures_notice import FiguresNoticeService

            return FiguresNoticeService(self.results)

        return _later(make)

    @cached_property
    def search(self) -> "SearchService":
        def make() -> "SearchService":
            from desktop_app.services.notebook.search import SearchService

            return SearchService(self.notebook)

        return _later(make)

    @cached_property
    def documents(self) -> "DocumentService":
        def make() -> "DocumentService":
            from desktop_app.services.documents.documents import DocumentService, Sources

            sources = Sources(
                visits=self.visits,
                measures=self.measures,
                findings=self.findings,
                follow_ups=self.follow_ups,
                attachments=self.attachments,
                results=self.results,
            )
            return DocumentService(self.notebook, sources, self.rules)

        return _later(make)

    def warm(self) -> None:
        """Loads what the first screen did without, in the calling thread."""
        from sqlalchemy.orm import configure_mappers

        for service in (
            self.visits, self.preparation, self.measures, self.findings, self.follow_ups,
            self.attachments, self.history, self.directory, self.experiments, self.framework,
            self.sites, self.search, self.documents, self.directorate_defaults,
        ):  # fmt: skip
            cast("_Later", service).load()
        configure_mappers()


def build_services(notebook: "Notebook", settings: "Settings") -> NotebookServices:
    return NotebookServices(notebook, settings)
