"""The workbook's long sheets, row by row: constant memory, one unchanging state of the notebook."""

import copy
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from desktop_app.models.enums import EvaluationQuestion, FindingKind, Polarity, SourceType
from desktop_app.services.base import Service
from desktop_app.services.documents import measurement_reader
from desktop_app.services.documents.rows import MeasurementRow
from desktop_app.services.results.perimeter import EVERYTHING, perimeter
from desktop_app.services.results.scope import Scope
from desktop_app.services.visits.follow_up_reader import follow_up_row
from desktop_app.services.visits.visit_list import list_row
from desktop_app.services.visits.visit_rows import FindingRow, FollowUpRow, VisitListRow
from desktop_app.store.glance import lent
from desktop_app.store.queries import documents as queries
from desktop_app.store.queries.live import AnyRow
from desktop_app.store.queries.visits import list_rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class DocumentStreams(Service):
    """Each stream is one read transaction, held until its last row or its ``close()``.

    Within ``unchanging`` they are all the same one, and so is the workbook's frozen part: what is
    written meanwhile is in none of them.
    """

    session: "Session | None" = None

    @contextmanager
    def unchanging(self) -> Iterator[Self]:
        """These documents on one state of the notebook, for as long as the block lasts."""
        with self.notebook.read() as session:
            held = copy.copy(self)
            held.session = session
            yield held

    @contextmanager
    def reading(self) -> "Iterator[Session]":
        if self.session is not None:
            yield self.session
            return
        with self.notebook.read() as session:
            yield session

    def iter_measurements(
        self, scope: Scope = EVERYTHING, hidden: Collection[str] = frozenset()
    ) -> Iterator[MeasurementRow]:
        """By experiment, objective, indicator, then date; those ``hidden`` say nothing."""
        with self.reading() as session:
            yield from measurement_reader.of_scope(session, scope, hidden)

    def iter_visits(self, scope: Scope = EVERYTHING) -> Iterator[VisitListRow]:
        """By date. Planned visits are not yet visits."""
        with self.reading() as session:
            for references in queries.visit_references(session, perimeter(lent(session), scope)):
                yield from map(list_row, list_rows(session, references))

    def iter_findings(self, scope: Scope = EVERYTHING) -> Iterator[FindingRow]:
        """By visit, in order of date, then as they were written down."""
        with self.reading() as session:
            for references in queries.visit_references(session, perimeter(lent(session), scope)):
                yield from map(_finding, queries.findings(session, references))

    def iter_follow_ups(self, scope: Scope = EVERYTHING) -> Iterator[FollowUpRow]:
        """The open ones first, the most urgent on top, as in ``FollowUpService.list``."""
        today = self.notebook.today()
        with self.reading() as session:
            for row in queries.follow_ups(session, perimeter(lent(session), scope)):
                yield follow_up_row(row, today)


def _finding(row: AnyRow) -> FindingRow:
    return FindingRow(
        id=row.id,
        visit_id=row.visit_id,
        position=row.position,
        evaluation_question=EvaluationQuestion(row.evaluation_question),
        kind=FindingKind(row.kind),
        polarity=Polarity(row.polarity),
        intended=row.intended,
        intensity=row.intensity,
        audience=row.audience,
        source_type=None if row.source_type is None else SourceType(row.source_type),
        text=row.text,
        visit_reference=row.reference,
        visit_date=row.date,
        site_name=row.site_name,
        commune=row.commune,
        experiment_code=row.code,
    )
