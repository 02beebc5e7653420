"""``carnet-impact export``: the workbook and the PDF documents."""

import argparse
import sys
from collections.abc import Iterable

from desktop_app import french
from desktop_app.commands.opening import reading
from desktop_app.errors import UserError
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.documents.rows import ExperimentDocument, VisitDocument
from desktop_app.services.results.scope import Scope


def run_excel(options: argparse.Namespace) -> None:
    from desktop_app.exports.excel.workbook import write_workbook

    with reading(options.notebook) as services:
        scope = _scope(services, options)
        with services.documents.unchanging() as documents:
            document = documents.workbook_document(scope)
            _finish(write_workbook(document, documents, options.output))
    sys.stdout.write(f"Classeur\u00a0: {options.output}\n")


def run_pdf(options: argparse.Namespace) -> None:
    """A logo that cannot be had is told, and keeps no one from the document."""
    with reading(options.notebook) as services:
        write = _write_visit if options.document == "visit" else _write_experiment
        lacking = write(services, options).header.lacking
    sys.stdout.write(f"PDF\u00a0: {options.output}\n")
    if lacking:
        sys.stderr.write(f"carnet-impact\u00a0: {lacking}\n")


def _write_visit(services: NotebookServices, options: argparse.Namespace) -> VisitDocument:
    from desktop_app.exports.pdf.visit import write_visit

    visit = services.visits.find(options.visit)
    document = services.documents.visit_document(visit.id)
    _finish(write_visit(document, options.output))
    return document


def _write_experiment(
    services: NotebookServices, options: argparse.Namespace
) -> ExperimentDocument:
    from desktop_app.exports.pdf.experiment import write_experiment

    experiment = services.experiments.by_code(options.experiment)
    document = services.documents.experiment_document(experiment.id, _scope(services, options))
    _finish(write_experiment(document, options.output))
    return document


def _finish(steps: Iterable[object]) -> None:
    for _ in steps:
        pass


def _scope(services: NotebookServices, options: argparse.Namespace) -> Scope:
    """Raises UserError for an unknown code, a bad date, or dates in the wrong order."""
    today = services.notebook.today()
    since = french.parse_date(options.since or "", today)
    until = french.parse_date(options.until or "", today)
    if since and until and since > until:
        raise UserError(
            f"La période commence après sa fin ({french.date(since)} – {french.date(until)}). "
            "Inversez --from et --to."
        )
    return Scope(
        experiment_id=services.experiments.by_code(options.experiment).id
        if options.experiment
        else None,
        cohort_id=_cohort(services, getattr(options, "cohort", None)),
        directorate_id=_directorate(services, getattr(options, "directorate", None)),
        since=since,
        until=until,
        include_drafts=options.drafts,
    )


def _cohort(services: NotebookServices, number: int | None) -> str | None:
    if number is None:
        return None
    rows = services.directory.cohorts()
    for row in rows:
        if row.number == number:
            return row.id
    known = ", ".join(str(row.number) for row in rows) or "aucune"
    raise UserError(f"La promotion {number} n’est pas dans ce carnet. Promotions\u00a0: {known}.")


def _directorate(services: NotebookServices, code: str | None) -> str | None:
    if code is None:
        return None
    rows = services.directory.directorates()
    for row in rows:
        if row.code.casefold() == code.casefold():
            return row.id
    known = ", ".join(row.code for row in rows) or "aucune"
    raise UserError(f"La direction {code} n’est pas dans ce carnet. Directions\u00a0: {known}.")
