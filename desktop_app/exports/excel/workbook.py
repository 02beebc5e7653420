"""The whole workbook, sheet after sheet, in constant memory."""

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.exports.atomic import written_beside
from desktop_app.exports.excel import crosstabs, guide, indicators, measurements, rows, summary
from desktop_app.exports.excel.styles import set_default_font
from desktop_app.exports.excel.table_sheet import write_table
from desktop_app.exports.progress import Progress
from desktop_app.services.documents.rows import MeasurementRow, WorkbookDocument
from desktop_app.services.results.scope import Scope
from desktop_app.services.visits.visit_rows import FindingRow, FollowUpRow, VisitListRow
from desktop_app.system.temporary import require_room

SPOOLS_FULL = (
    "Le classeur n’a pas été écrit\u00a0: le disque des fichiers temporaires est plein. "
    "Libérez de la place, puis recommencez."
)


class WorkbookStreams(Protocol):
    """The long sheets' rows, read as they are written."""

    def iter_measurements(
        self, scope: Scope, hidden: Collection[str]
    ) -> Iterator[MeasurementRow]: ...

    def iter_visits(self, scope: Scope) -> Iterator[VisitListRow]: ...

    def iter_findings(self, scope: Scope) -> Iterator[FindingRow]: ...

    def iter_follow_ups(self, scope: Scope) -> Iterator[FollowUpRow]: ...


def write_workbook(
    document: WorkbookDocument, streams: WorkbookStreams, path: Path
) -> Iterator[Progress]:
    """Writes the workbook beside ``path`` then takes its place, yielding progress in rows.

    Closing the iterator cancels: the previous file stays. Raises UserError when it cannot be
    written (disk full, folder refused, file open in Excel, no temporary folder).
    """
    from lxml.etree import SerialisationError
    from openpyxl import Workbook

    counts = document.counts
    total = counts.measurements + counts.visits + counts.findings + counts.follow_ups + 1
    require_room()  # for the spools of the sheets: what would refuse them is not ``path``
    with written_beside(path) as temporary:
        workbook = Workbook(write_only=True)
        set_default_font(workbook)
        try:
            _describe(workbook, document)
            yield from _sheets(workbook, document, streams, total)
            save(workbook, temporary)
        except SerialisationError as error:
            raise UserError(SPOOLS_FULL) from error
        finally:
            drop_spools(workbook)
        yield Progress(total, total, "Classeur écrit")


def _sheets(
    workbook: Any, document: WorkbookDocument, streams: WorkbookStreams, total: int
) -> Iterator[Progress]:
    scope = document.scope
    measured = measurements.Measurements(document)
    found = streams.iter_measurements(scope, document.hidden)
    guide.write_read_me(workbook, document)
    steps: list[tuple[str, Iterator[int]]] = [
        ("Synthèse", summary.write_summary(workbook, document)),
        (
            "Indicateurs",
            write_table(
                workbook,
                "Indicateurs",
                indicators.INDICATORS,
                indicators.indicator_rows(document),
                frozen=indicators.FROZEN,
            ),
        ),
        (
            "Mesures",
            write_table(
                workbook,
                "Mesures",
                measurements.MEASUREMENTS,
                measured.rows(found),
                frozen=measurements.FROZEN,
            ),
        ),
        (
            "Réponses",
            write_table(
                workbook,
                "Réponses",
                measurements.ANSWERS,
                measurements.answer_rows(document),
                frozen=measurements.FROZEN,
            ),
        ),
        (
            "Visites",
            write_table(
                workbook, "Visites", rows.VISITS, map(rows.visit, streams.iter_visits(scope))
            ),
        ),
        (
            "Constats",
            write_table(
                workbook, "Constats", rows.FINDINGS, map(rows.finding, streams.iter_findings(scope))
            ),
        ),
        (
            "Actions",
            write_table(
                workbook,
                "Actions",
                rows.FOLLOW_UPS,
                map(rows.follow_up, streams.iter_follow_ups(scope)),
            ),
        ),
        ("Sites", write_table(workbook, "Sites", rows.SITES, map(rows.site, document.sites))),
        ("Croisements", crosstabs.write_crosstabs(workbook, document)),
        ("Dictionnaire", guide.write_dictionary(workbook, document)),
        ("Listes", guide.write_lists(workbook)),
    ]
    done = 0
    for name, step in steps:
        written = 0
        for written in step:
            yield Progress(min(done + written, total), total, f"Feuille {name}")
        if name in {"Mesures", "Visites", "Constats", "Actions"}:
            done += written
    for _ in crosstabs.write_control(workbook, document, measured):
        yield Progress(done, total, "Feuille Contrôle")


def _describe(workbook: Any, document: WorkbookDocument) -> None:
    """The file's properties, and a full calculation when Excel opens it."""
    header = document.header
    properties = workbook.properties
    properties.title = f"Carnet d’impact — {header.notebook_title}"
    properties.creator = f"{header.organisation} — {header.author}"
    properties.description = (
        f"Situation au {french.date(min(document.scope.until or header.today, header.today))}"
    )
    properties.language = "fr-FR"
    stamp = header.generated_at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = stamp
    workbook.calculation.fullCalcOnLoad = True


def save(workbook: Any, path: Path) -> None:
    """As ``Workbook.save``, whose archive stays open when a full disk stops it.

    Python would try to end it once more on its way out, and say so on the error output.
    """
    from zipfile import ZIP_DEFLATED, ZipFile

    from openpyxl.writer.excel import ExcelWriter

    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).save()


def drop_spools(workbook: Any) -> None:
    """Leaves no temporary file: openpyxl keeps one a sheet until it saves.

    Its generators are closed from the inside out, as it would when saving. What a full disk has
    already said is not said again.
    """
    from lxml.etree import LxmlError

    for sheet in workbook.worksheets:
        writer = sheet._writer  # noqa: SLF001  (openpyxl offers no way to abandon a workbook)
        if writer is None:
            continue
        with suppress(LxmlError):
            if sheet._rows is not None:  # noqa: SLF001
                sheet._rows.close()  # noqa: SLF001
        with suppress(LxmlError):
            writer.close()
        if Path(writer.out).exists():
            writer.cleanup()
