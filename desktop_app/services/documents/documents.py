"""What documents are made of, gathered once and frozen: exports never query."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from desktop_app import __version__
from desktop_app.errors import UserError
from desktop_app.models.enums import AttachmentKind
from desktop_app.models.experiment import Experiment
from desktop_app.models.programme import Cohort, Directorate
from desktop_app.models.site import Site
from desktop_app.services.base import get
from desktop_app.services.documents import measurement_reader
from desktop_app.services.documents.rows import (
    DocumentHeader,
    ExperimentDocument,
    VisitDocument,
    WorkbookCounts,
    WorkbookDocument,
)
from desktop_app.services.documents.scope_words import (
    PERIOD,
    period_text,
    scope_sentence,
    visit_sentence,
)
from desktop_app.services.documents.streams import DocumentStreams
from desktop_app.services.notebook.rule_reader import read_logo
from desktop_app.services.programme.directory import directorate_rows, programme_row
from desktop_app.services.programme.experiment_reader import cohort_rows, experiment_rows
from desktop_app.services.programme.experiment_rows import IndicatorRow, SiteRow
from desktop_app.services.programme.sites import site_rows
from desktop_app.services.results.perimeter import EVERYTHING, perimeter
from desktop_app.services.results.reader import Judgement, sheet
from desktop_app.services.results.rows import Thresholds
from desktop_app.services.results.scope import Scope
from desktop_app.services.results.service import ResultService, trajectory_of
from desktop_app.services.results.withholding import (
    NOTHING,
    Hidden,
    hidden_measures,
    hidden_of,
    shown_points,
    withheld_sheet,
)
from desktop_app.services.visits.attachments import AttachmentService
from desktop_app.services.visits.findings import FindingService
from desktop_app.services.visits.follow_ups import FollowUpService
from desktop_app.services.visits.measures import MeasureService
from desktop_app.services.visits.visit_rows import AttachmentRow
from desktop_app.services.visits.visits import VisitService
from desktop_app.store.glance import Reader, lent
from desktop_app.store.queries import documents as queries
from desktop_app.store.queries.counted import Perimeter, counted_measurements

if TYPE_CHECKING:
    from desktop_app.services.notebook.rules import RulesService
    from desktop_app.store.notebook import Notebook

EXPERIMENT_PHOTOS = 4


@dataclass(frozen=True, slots=True)
class Sources:
    """The services whose rows documents repeat as they are."""

    visits: VisitService
    measures: MeasureService
    findings: FindingService
    follow_ups: FollowUpService
    attachments: AttachmentService
    results: ResultService


class DocumentService(DocumentStreams):
    """``mask=False`` leaves small counts in, for a document that stays inside.

    It is not followed where the organisation has fixed what is masked.
    """

    def __init__(self, notebook: "Notebook", sources: Sources, rules: "RulesService") -> None:
        super().__init__(notebook)
        self._sources = sources
        self._rules = rules

    def visit_document(
        self, visit_id: str, *, with_photos: bool = True, mask: bool = True
    ) -> VisitDocument:
        """The compte rendu of one visit. Raises UserError when it is gone."""
        sources = self._sources
        visit = sources.visits.get(visit_id)
        attachments = sources.attachments.of_visit(visit_id)
        measures = sources.measures.lines(visit_id)
        with self.notebook.read() as session:
            reader = lent(session)
            thresholds = self._thresholds(reader, mask=mask)
            header = self._header(session, visit_sentence(visit.state, thresholds))
            hidden, guarded = hidden_measures(reader, visit, thresholds.mask_below)
        return VisitDocument(
            header=header,
            visit=visit,
            measures=measures,
            findings=sources.findings.of_visit(visit_id),
            follow_ups=sources.follow_ups.list(visit_id=visit_id),
            attachments=attachments,
            photos=self._photos(attachments) if with_photos else (),
            thresholds=thresholds,
            hidden=hidden,
            guarded=guarded,
        )

    def experiment_document(
        self,
        experiment_id: str,
        scope: Scope = EVERYTHING,
        *,
        with_photos: bool = True,
        mask: bool = True,
    ) -> ExperimentDocument:
        """The synthèse of one experiment. Raises UserError when it is gone."""
        sources = self._sources
        scope = replace(scope, experiment_id=experiment_id)
        with self.notebook.read() as session:
            reader = lent(session)
            judgement = self._judgement(reader, scope, mask=mask)
            labels = _scope_labels(session, replace(scope, experiment_id=None))
            said = scope_sentence(scope, labels, judgement.thresholds)
            header = self._header(session, said)
            found = sheet(reader, experiment_id, scope, judgement)
            indicators = [i for o in found.objectives for i in o.objective.indicators]
            limits = perimeter(reader, scope)
            hidden = _hidden(reader, limits, indicators, judgement)
            series = [
                (i.id, shown_points(trajectory_of(reader, i, scope), hidden.get(i.id, NOTHING)))
                for i in indicators
            ]
            sites = _sites(session, scope, limits)
            taken = queries.photo_visits(session, limits, EXPERIMENT_PHOTOS)
        photos = [
            row
            for visit_id in dict.fromkeys(visit_id for visit_id, _ in taken)
            for row in sources.attachments.of_visit(visit_id)
            if (visit_id, row.id) in taken
        ]
        return ExperimentDocument(
            header=header,
            scope=scope,
            sheet=withheld_sheet(found, hidden),
            trajectories=tuple((key, points) for key, points in series if points),
            findings=sources.findings.of_experiment(experiment_id, scope),
            follow_ups=tuple(self.iter_follow_ups(scope)),
            visits=tuple(self.iter_visits(scope)),
            sites=sites,
            thresholds=judgement.thresholds,
            photos=self._photos(photos) if with_photos else (),
            scope_labels=labels,
        )

    def workbook_document(
        self, scope: Scope = EVERYTHING, *, mask: bool = True
    ) -> WorkbookDocument:
        """The workbook's frozen part; its long sheets come from the ``iter_…`` streams."""
        with self.reading() as session:
            reader = lent(session)
            limits = perimeter(reader, scope)
            experiments = experiment_rows(reader, limits)
            judgement = self._judgement(reader, scope, mask=mask)
            found = [sheet(reader, row.id, scope, judgement) for row in experiments]
            asked = [i for s in found for o in s.objectives for i in o.objective.indicators]
            hidden = _hidden(reader, limits, asked, judgement)
            sheets = tuple(withheld_sheet(one, hidden) for one in found)
            gone = frozenset(cell for one in hidden.values() for cell in one.cells)
            sites = _sites(session, scope, limits)
            thresholds = judgement.thresholds
            labels = _scope_labels(session, scope)
            measurements, numbers, percentages = measurement_reader.totals(session, scope, gone)
            return WorkbookDocument(
                header=self._header(session, scope_sentence(scope, labels, thresholds)),
                scope=scope,
                scope_labels=labels,
                cohorts=cohort_rows(reader),
                directorates=directorate_rows(session),
                sheets=sheets,
                sites=sites,
                counts=WorkbookCounts(
                    measurements=measurements,
                    measured_sum=numbers,
                    percentage_sum=percentages,
                    visits=queries.visit_count(session, limits),
                    findings=queries.finding_count(session, limits),
                    follow_ups=queries.follow_up_count(session, limits),
                    sites=len(sites),
                    indicators=sum(len(o.results) for s in sheets for o in s.objectives),
                ),
                thresholds=thresholds,
                hidden=gone,
            )

    def _thresholds(self, reader: Reader, *, mask: bool) -> Thresholds:
        """Those in force; without masks for a document that stays inside."""
        rules = self._rules.read(reader)
        if mask or rules.fixed("mask_below"):
            return rules.thresholds
        return replace(rules.thresholds, mask_below=0)

    def _judgement(self, reader: Reader, scope: Scope, *, mask: bool) -> Judgement:
        judged = self._sources.results.judgement(reader, scope)
        return replace(judged, thresholds=self._thresholds(reader, mask=mask))

    def _header(self, session: Session, scope: str) -> DocumentHeader:
        """``scope``: the sentence that stands under the title."""
        reader = lent(session)
        rules = self._rules.read(reader)
        logo = read_logo(reader, rules)
        return DocumentHeader(
            programme=programme_row(session),
            notebook_title=self.notebook.title,
            organisation=rules.heading,
            territory=rules.territory,
            logo=logo.content,
            lacking=logo.lack,
            scope=scope,
            illustrative=self.notebook.illustrative,
            today=self.notebook.today(),
            generated_at=dt.datetime.now().astimezone(),
            version=__version__,
            author=self.notebook.device.agent,
        )

    def _photos(
        self, attachments: Iterable[AttachmentRow]
    ) -> tuple[tuple[AttachmentRow, bytes], ...]:
        """With their bytes; none (b"") when the notebook lost them, which the document says."""
        return tuple(
            (row, self._bytes(row)) for row in attachments if row.kind is AttachmentKind.PHOTO
        )

    def _bytes(self, row: AttachmentRow) -> bytes:
        try:
            return self._sources.attachments.content(row.id)
        except UserError:
            return b""


def _hidden(
    reader: Reader, limits: Perimeter, indicators: Sequence[IndicatorRow], judgement: Judgement
) -> dict[str, Hidden]:
    counted = counted_measurements(reader, limits)
    return hidden_of(reader, counted, indicators, judgement.thresholds.mask_below)


def _sites(session: Session, scope: Scope, limits: Perimeter) -> tuple[SiteRow, ...]:
    """With the visits of the scope alone, so that they add up to those of the document."""
    made = queries.site_visits(session, limits)
    return tuple(
        replace(row, visit_count=count, last_visit=last)
        for row in site_rows(session, scope)
        for count, last in (made.get(row.id, (0, None)),)
    )


def _scope_labels(session: Session, scope: Scope) -> tuple[tuple[str, str], ...]:
    """(« Promotion », « Promotion 2 »)… : what restricts the document, in French."""
    found: list[tuple[str, str]] = []
    if scope.experiment_id is not None:
        experiment = get(session, Experiment, scope.experiment_id)
        found.append(("Expérimentation", f"{experiment.code} – {experiment.title}"))
    if scope.cohort_id is not None:
        cohort = get(session, Cohort, scope.cohort_id)
        found.append(("Promotion", cohort.label or f"Promotion {cohort.number}"))
    if scope.directorate_id is not None:
        found.append(("Direction métier", get(session, Directorate, scope.directorate_id).name))
    if scope.site_id is not None:
        found.append(("Site", get(session, Site, scope.site_id).name))
    if scope.since is not None or scope.until is not None:
        found.append((PERIOD, period_text(scope)))
    return tuple(found)
