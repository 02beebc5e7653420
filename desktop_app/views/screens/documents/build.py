"""What each document is made from: gathered and written off the interface's thread. No Qt here."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.exports.progress import Progress
from desktop_app.services.documents.rows import (
    ExperimentDocument,
    VisitDocument,
    WorkbookCounts,
    WorkbookDocument,
)
from desktop_app.services.documents.scope_words import PERIOD
from desktop_app.services.results.scope import Scope
from desktop_app.services.vocabulary import MeasurementStatus, VisitState, label

if TYPE_CHECKING:
    from desktop_app.services.catalogue import NotebookServices

LONGEST_NAME = 120
LONGEST_PART = 32
DRAFTS = "brouillons-compris"
UNMASKED = "effectifs-non-masques"


class Kind(StrEnum):
    EXPERIMENT = "experiment"
    WORKBOOK = "workbook"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Order:
    """What the person asked for. ``visit_id`` matters to a visit's document only."""

    kind: Kind
    scope: Scope
    visit_id: str | None = None
    mask: bool = True
    photos: bool = True

    @property
    def missing(self) -> str:
        """The sentence that says what to choose first; '' when the order is complete."""
        if self.kind is Kind.EXPERIMENT and self.scope.experiment_id is None:
            return "Choisissez une expérimentation pour voir sa synthèse."
        if self.kind is Kind.VISIT and self.visit_id is None:
            return "Choisissez une visite pour voir son compte rendu."
        since, until = self.scope.since, self.scope.until
        if since is not None and until is not None and since > until:
            return "La période finit avant de commencer. Corrigez l’une des deux dates."
        return ""


@dataclass(frozen=True, slots=True)
class Preview:
    """``path`` is a temporary PDF, None for a workbook, which has ``counts`` instead.

    ``scope`` is the sentence under the document's title; ``lacking`` says what was asked of every
    document and could not be had: the logo.
    """

    observations: int
    name: str
    path: Path | None = None
    counts: WorkbookCounts | None = None
    lacking: str = ""
    scope: str = ""


Document = ExperimentDocument | VisitDocument | WorkbookDocument


def gather(services: "NotebookServices", order: Order) -> Document:
    """The frozen document. Raises UserError when something is missing or gone."""
    if order.missing:
        raise UserError(order.missing)
    documents = services.documents
    if order.kind is Kind.EXPERIMENT and order.scope.experiment_id is not None:
        scope = replace(order.scope, cohort_id=None, directorate_id=None)
        return documents.experiment_document(
            order.scope.experiment_id, scope, with_photos=order.photos, mask=order.mask
        )
    if order.kind is Kind.VISIT and order.visit_id is not None:
        return documents.visit_document(order.visit_id, with_photos=order.photos, mask=order.mask)
    return documents.workbook_document(order.scope, mask=order.mask)


def write(services: "NotebookServices", order: Order, path: Path) -> Iterator[Progress]:
    """Gathers, then writes; closing the iterator leaves the previous file as it was."""
    yield Progress(0, 1, "Lecture du carnet")
    if order.kind is Kind.WORKBOOK and not order.missing:
        from desktop_app.exports.excel.workbook import write_workbook

        with services.documents.unchanging() as documents:
            document = documents.workbook_document(order.scope, mask=order.mask)
            yield from write_workbook(document, documents, path)
        return
    found = gather(services, order)
    if not isinstance(found, WorkbookDocument):
        yield from _write_pdf(found, path)


def preview(services: "NotebookServices", order: Order, path: Path) -> Preview:
    """The document as it would be saved, in a temporary file (none for a workbook)."""
    document = gather(services, order)
    name, header = file_name(document), document.header
    if isinstance(document, WorkbookDocument):
        counts = document.counts
        return Preview(observations(document), name, counts=counts, scope=header.scope)
    import pypdfium2  # noqa: F401  (loaded here, not on the interface's thread)

    for _ in _write_pdf(document, path):
        pass
    seen = observations(document)
    return Preview(seen, name, path, lacking=header.lacking, scope=header.scope)


def _write_pdf(document: ExperimentDocument | VisitDocument, path: Path) -> Iterator[Progress]:
    from desktop_app.exports.pdf import write_experiment, write_visit

    if isinstance(document, VisitDocument):
        yield from write_visit(document, path)
    else:
        yield from write_experiment(document, path)


def observations(document: Document) -> int:
    """What was observed: values (T0 included) and findings; never what could not be observed."""
    match document:
        case ExperimentDocument():
            return document.sheet.experiment.observation_count
        case VisitDocument():
            seen = (line.status is MeasurementStatus.OBSERVED for line in document.measures)
            return sum(seen) + len(document.findings)
        case WorkbookDocument():
            return sum(sheet.experiment.observation_count for sheet in document.sheets)


def file_name(document: Document) -> str:
    """« Synthese-DUO-2021-03-01_2021-06-09-brouillons-compris.pdf »: what it is, and of what.

    Plain letters, for mail servers and shared folders; LONGEST_NAME characters at most.
    """
    unmasked = "" if document.thresholds.mask_below else UNMASKED
    match document:
        case VisitDocument():
            visit = document.visit
            draft = "" if visit.state is VisitState.VALIDATED else label(visit.state).lower()
            stem, day = f"Compte-rendu-{visit.reference}", visit.date.isoformat()
            return _joined(stem, (day, draft, unmasked), "pdf")
        case ExperimentDocument():
            stem, ending = f"Synthese-{document.sheet.experiment.experiment.code}", "pdf"
        case WorkbookDocument():
            stem, ending = "Classeur", "xlsx"
    records = (
        _plain(text.partition(" – ")[0])[:LONGEST_PART]  # « DUO – Mentorat… »: its code is enough
        for name, text in document.scope_labels
        if name != PERIOD
    )
    scope = document.scope
    marks = (_days(scope, document.header.today), DRAFTS if scope.include_drafts else "", unmasked)
    return _joined("-".join((_plain(stem), *records)), marks, ending)


def _days(scope: Scope, today: dt.date) -> str:
    """The period, or the day on which what it holds was known."""
    if scope.since is not None:
        return f"{scope.since.isoformat()}_{(scope.until or today).isoformat()}"
    return today.isoformat() if scope.until is None else f"jusqu-au-{scope.until.isoformat()}"


def _joined(stem: str, marks: Iterable[str], ending: str) -> str:
    """The marks are whole: what is cut, when the name is too long, is the stem."""
    end = "-".join(_plain(mark, keep="_") for mark in marks if mark)
    room = LONGEST_NAME - len(end) - len(ending) - 2
    return f"{_plain(stem)[:room].rstrip('-')}-{end}.{ending}"


def _plain(words: str, keep: str = "") -> str:
    letters = unicodedata.normalize("NFKD", words.replace("’", " ")).encode("ascii", "ignore")
    return re.sub(rf"[^A-Za-z0-9{keep}]+", "-", letters.decode()).strip("-")
