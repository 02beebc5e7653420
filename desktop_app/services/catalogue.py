"""All the services of one open notebook, built once by the composition root."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.services.attachments import AttachmentService
from desktop_app.services.directory import DirectoryService
from desktop_app.services.documents import DocumentService, Sources
from desktop_app.services.experiments import ExperimentService
from desktop_app.services.findings import FindingService
from desktop_app.services.follow_ups import FollowUpService
from desktop_app.services.framework import FrameworkService
from desktop_app.services.history import HistoryService
from desktop_app.services.measures import MeasureService
from desktop_app.services.overview import OverviewService
from desktop_app.services.preparation import PreparationService
from desktop_app.services.result_rows import Thresholds
from desktop_app.services.result_service import ResultService
from desktop_app.services.search_service import SearchService
from desktop_app.services.sites import SiteService
from desktop_app.services.visits import VisitService

if TYPE_CHECKING:
    from desktop_app.config.settings import Settings
    from desktop_app.store.notebook import Notebook


@dataclass(frozen=True)
class NotebookServices:
    visits: VisitService
    preparation: PreparationService
    measures: MeasureService
    findings: FindingService
    follow_ups: FollowUpService
    attachments: AttachmentService
    history: HistoryService
    directory: DirectoryService
    experiments: ExperimentService
    framework: FrameworkService
    sites: SiteService
    results: ResultService
    overview: OverviewService
    search: SearchService
    documents: DocumentService
    notebook: "Notebook"


def thresholds(settings: "Settings") -> Thresholds:
    """The settings of the judgement, as they are now."""
    return Thresholds(
        on_track=settings.number("on_track") / 100,
        watch=settings.number("watch") / 100,
        min_n_percentage=settings.number("min_n_percentage"),
        mask_below=settings.number("mask_below"),
    )


def build_services(notebook: "Notebook", settings: "Settings") -> NotebookServices:
    results = ResultService(notebook, lambda: thresholds(settings))
    sources = Sources(
        visits=VisitService(notebook),
        measures=MeasureService(notebook),
        findings=FindingService(notebook),
        follow_ups=FollowUpService(notebook),
        attachments=AttachmentService(notebook),
        results=results,
    )
    return NotebookServices(
        visits=sources.visits,
        preparation=PreparationService(notebook),
        measures=sources.measures,
        findings=sources.findings,
        follow_ups=sources.follow_ups,
        attachments=sources.attachments,
        history=HistoryService(notebook),
        directory=DirectoryService(notebook),
        experiments=ExperimentService(notebook),
        framework=FrameworkService(notebook),
        sites=SiteService(notebook),
        results=results,
        overview=OverviewService(notebook, results),
        search=SearchService(notebook),
        documents=DocumentService(notebook, sources, settings),
        notebook=notebook,
    )
