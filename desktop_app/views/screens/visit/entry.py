"""« Saisie »: the heart of the notebook, one page to be typed through without the mouse."""

from PySide6.QtWidgets import QWidget

from desktop_app.services.programme.experiment_rows import ExperimentRow, SiteRow
from desktop_app.services.visits.visit_rows import VisitRow
from desktop_app.views.screens.visit.attachments import AttachmentsTab
from desktop_app.views.screens.visit.briefing import BriefingCard
from desktop_app.views.screens.visit.bundle import VisitBundle
from desktop_app.views.screens.visit.columns import Columns
from desktop_app.views.screens.visit.findings import FindingsCard
from desktop_app.views.screens.visit.identification import IdentificationCard
from desktop_app.views.screens.visit.measures import MeasuresCard
from desktop_app.views.screens.visit.notes import NotesCard, ReportTextsCard
from desktop_app.views.screens.visit.photos import PhotosCard
from desktop_app.views.screens.visit.work import VisitWork
from desktop_app.views.widgets.scroll import ScrollPage

Lists = tuple[tuple[ExperimentRow, ...], tuple[SiteRow, ...]]


class EntryTab(ScrollPage):
    def __init__(self, work: VisitWork, attachments: AttachmentsTab) -> None:
        super().__init__(margins=False)
        self._work = work
        self._lists: Lists = ((), ())
        self.identification = IdentificationCard(work)
        self.measures = MeasuresCard(work)
        self.measures.follow(self.identification.purpose)
        self.findings = FindingsCard(work)
        self.briefing = BriefingCard()
        self.notes = NotesCard(work)
        self.report_texts = ReportTextsCard(work)
        self.photos = PhotosCard(attachments.open_row, attachments.ask)
        columns = Columns()
        left: tuple[QWidget, ...] = (self.identification, self.measures, self.findings)
        right = (self.briefing, self.notes, self.photos, self.report_texts)
        for column, cards in ((columns.left, left), (columns.right, right)):
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        self.body.addWidget(columns)
        self.body.addStretch(1)

    def load(self, bundle: VisitBundle) -> None:
        visit = bundle.visit
        self.identification.load(visit)
        self._set_lists(visit)
        self.measures.load(bundle.lines)
        self.findings.load(bundle.findings)
        self.briefing.load(bundle.preparation)
        self.notes.load(visit)
        self.report_texts.load(visit)
        self.photos.load(bundle.attachments, editable=self._work.editable)

    def refresh_lists(self) -> None:
        """Reads the experiments and sites to choose from."""
        services = self._work.services
        self._work.operations.query(
            lambda: (services.experiments.list(), services.sites.list()),
            self._lists_read,
            owner=self,
            key="lists",
        )

    def flush(self) -> None:
        self.findings.flush()

    def _lists_read(self, lists: Lists) -> None:
        self._lists = lists
        if self._work.visit_id:
            self._set_lists(self._work.visit)

    def _set_lists(self, visit: VisitRow) -> None:
        experiments = {row.id: row for row in self._lists[0]}
        row = experiments.get(visit.experiment_id)
        self._work.audience = row.target_audience if row else ""
        self.identification.set_lists(visit, *self._lists)
