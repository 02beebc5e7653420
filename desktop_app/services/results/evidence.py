"""The list behind a figure: exactly its occasions, in and out, and why one is left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.models.enums import MeasurementStatus, VisitState
from desktop_app.services.programme.experiment_rows import IndicatorRow
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.definitions import ONLY, Definitions, definitions
from desktop_app.services.results.evidence_rows import EvidencePart, EvidenceRow, EvidenceSheet
from desktop_app.services.results.gathering import cell_of, grouped, reckoned
from desktop_app.services.results.occasions import Cell, Occasion
from desktop_app.services.results.perimeter import perimeter
from desktop_app.services.results.reckoning import Figure, Verdict, Why, reckon
from desktop_app.services.results.rows import TrajectoryPoint
from desktop_app.services.results.scope import Scope
from desktop_app.services.results.trajectories import trajectory
from desktop_app.store.glance import Reader, Where
from desktop_app.store.queries import results as queries
from desktop_app.store.queries.counted import counted_measurements, with_reference

_EMPTY = {
    MeasurementStatus.NOT_OBSERVED: Why.NOT_OBSERVED,
    MeasurementStatus.NOT_APPLICABLE: Why.NOT_APPLICABLE,
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where and in what words a cell was recorded."""

    site_name: str
    commune: str
    reference: str
    comment: str


@dataclass(frozen=True, slots=True)
class _Read:
    cell: Cell
    place: _Place
    status: MeasurementStatus
    draft: bool


def evidence_sheet(reader: Reader, indicator: IndicatorRow, scope: Scope) -> EvidenceSheet:
    """Drafts are listed, and left out when the scope leaves them out."""
    return way_and_evidence(reader, indicator, scope)[1]


def way_and_evidence(
    reader: Reader, indicator: IndicatorRow, scope: Scope
) -> tuple[tuple[TrajectoryPoint, ...], EvidenceSheet]:
    """The actual value at the end of each day measured, and the list: both of one read."""
    limits = perimeter(reader, replace(scope, include_drafts=True))
    counted: Where = counted_measurements(reader, limits)
    if indicator.calculation is not Calculation.SUM:
        counted = with_reference(counted)
    read = [_read(row) for row in queries.evidence(reader, counted, indicator.id)]
    known = definitions(reader, [indicator.id])[indicator.id] if indicator.version > 1 else ONLY
    out = [] if scope.include_drafts else [one for one in read if one.draft]
    kept = read if scope.include_drafts else [one for one in read if not one.draft]
    points: tuple[TrajectoryPoint, ...] = ()
    if indicator.calculation is Calculation.NONE:
        rows = [_told(one, indicator, known) for one in kept]
    else:
        rows, points = _valued(kept, indicator, known)
    rows += _drafts(out, indicator, known)
    rows.sort(key=lambda row: (row.date, row.time is not None, row.time, row.id), reverse=True)
    rows.sort(key=lambda row: not row.counted)
    return points, EvidenceSheet(indicator, tuple(rows))


def _read(row: Sequence[Any]) -> _Read:
    status, comment, reference, state, site_name, commune = row[11:]
    return _Read(
        cell_of(row[:11]),
        _Place(site_name, commune, reference or "", comment),
        MeasurementStatus(status),
        state == VisitState.DRAFT,
    )


def _valued(
    read: Iterable[_Read], indicator: IndicatorRow, known: Definitions
) -> tuple[list[EvidenceRow], tuple[TrajectoryPoint, ...]]:
    valued: dict[str, _Read] = {}
    rows: list[EvidenceRow] = []
    for one in read:
        if one.cell.value is None:
            why = _EMPTY.get(one.status, Why.NOT_OBSERVED)
            rows.append(_left_out(one, indicator, known, why))
        else:
            valued[one.cell.id] = one
    seen = grouped([one.cell for one in valued.values()])
    rule = reckoned(indicator, seen, known).rule
    total, verdicts = reckon(seen, rule)
    for verdict in verdicts:
        place = _place(verdict.occasion, valued)
        rows.append(_row(verdict, place, indicator, known, total))
    return rows, trajectory(seen, rule)


def _drafts(
    read: Sequence[_Read], indicator: IndicatorRow, known: Definitions
) -> list[EvidenceRow]:
    """What visits in draft hold, occasion by occasion too; nothing of it counts."""
    if indicator.calculation is Calculation.NONE:
        return [_left_out(one, indicator, known, Why.DRAFT) for one in read]
    valued = {one.cell.id: one for one in read if one.cell.value is not None}
    empty = [one for one in read if one.cell.id not in valued]
    seen = grouped([one.cell for one in valued.values()])
    return [
        *(
            _row(Verdict(occasion, Why.DRAFT), _place(occasion, valued), indicator, known, None)
            for occasion in seen
        ),
        *(_left_out(one, indicator, known, Why.DRAFT) for one in empty),
    ]


def _place(occasion: Occasion, valued: dict[str, _Read]) -> _Place:
    """The words of all its cells, each once."""
    places = [valued[cell.id].place for cell in occasion.cells]
    words = dict.fromkeys(place.comment for place in places if place.comment.strip())
    return replace(places[0], comment=" — ".join(words))


def _row(
    verdict: Verdict,
    place: _Place,
    indicator: IndicatorRow,
    known: Definitions,
    total: Figure | None,
) -> EvidenceRow:
    occasion = verdict.occasion
    found = occasion.audience(indicator.calculation)
    return EvidenceRow(
        id=occasion.key,
        date=occasion.date,
        time=occasion.cells[0].time,
        site_id=occasion.site_id,
        site_name=place.site_name,
        commune=place.commune,
        visit_reference=place.reference,
        wave=occasion.wave,
        value=found.value,
        n=found.n,
        why=verdict.why,
        share=_share(found.value, found.n, indicator, total) if verdict.counted else None,
        series=known.series(occasion.version),
        parts=tuple(
            EvidencePart(indicator.category_label(cell.category), cell.value, cell.n)
            for cell in occasion.parts
        ),
        of_parts=occasion.total is None,
        text=place.comment,
    )


def _share(
    value: float, n: int | None, indicator: IndicatorRow, total: Figure | None
) -> float | None:
    """What it brings: itself to a sum, its weighted part to a mean; yes and no bring none."""
    if total is None or indicator.calculation is Calculation.SITES:
        return None
    if indicator.calculation is Calculation.SUM:
        return value
    if total.n and not total.without_n:
        return value * (n or 0) / total.n
    return value / total.measures


def _told(one: _Read, indicator: IndicatorRow, known: Definitions) -> EvidenceRow:
    """A qualitative answer counts when something was written; it brings its words."""
    why = _EMPTY.get(one.status, Why.COUNTED)
    return replace(
        _left_out(one, indicator, known, why),
        category=indicator.category_label(one.cell.category) if one.cell.category else "",
    )


def _left_out(one: _Read, indicator: IndicatorRow, known: Definitions, why: Why) -> EvidenceRow:
    cell, place = one.cell, one.place
    return EvidenceRow(
        id=cell.id,
        date=cell.date,
        time=cell.time,
        site_id=cell.site_id,
        site_name=place.site_name,
        commune=place.commune,
        visit_reference=place.reference,
        wave=cell.wave,
        value=cell.value,
        n=cell.n,
        why=why,
        share=None,
        series=known.series(cell.version),
        text=place.comment,
        category=indicator.category_label(cell.category) if cell.category else "",
    )
