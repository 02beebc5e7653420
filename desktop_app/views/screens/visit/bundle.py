"""Everything the visit page shows, read in one go off the UI thread."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.services.visits.visit_rows import (
    AttachmentRow,
    FindingRow,
    FollowUpRow,
    MeasureLine,
    Preparation,
    VisitRow,
)

if TYPE_CHECKING:
    from desktop_app.services.catalogue import NotebookServices


@dataclass(frozen=True, slots=True)
class VisitBundle:
    visit: VisitRow
    lines: tuple[MeasureLine, ...]
    findings: tuple[FindingRow, ...]
    follow_ups: tuple[FollowUpRow, ...]
    attachments: tuple[AttachmentRow, ...]
    preparation: Preparation


def read_bundle(services: "NotebookServices", visit_id: str) -> VisitBundle:
    """Raises UserError when the visit is no longer there."""
    return VisitBundle(
        visit=services.visits.get(visit_id),
        lines=services.measures.lines(visit_id),
        findings=services.findings.of_visit(visit_id),
        follow_ups=services.follow_ups.list(visit_id=visit_id),
        attachments=services.attachments.of_visit(visit_id),
        preparation=services.preparation.prepare(visit_id),
    )
