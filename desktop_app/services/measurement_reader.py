"""Measurements in long form, read one indicator at a time inside a caller's session."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter, itemgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.models.enums import MeasurementStatus, Reliability, ValueType, Wave
from desktop_app.models.site import Site
from desktop_app.services.document_rows import MeasurementRow
from desktop_app.services.experiment_reader import experiment_rows, frameworks
from desktop_app.services.experiment_rows import ExperimentRow, IndicatorRow, ObjectiveRow
from desktop_app.services.masking import masked, withheld
from desktop_app.services.perimeter import perimeter
from desktop_app.services.scope import Scope
from desktop_app.store.glance import lent
from desktop_app.store.queries import documents as queries
from desktop_app.store.queries.live import AnyRow
from desktop_app.store.queries.results import Perimeter, counted_measurements

_BREAKDOWN = attrgetter("site_id", "date", "reference", "wave")


@dataclass(frozen=True, slots=True)
class _Source:
    experiment: ExperimentRow
    objective: ObjectiveRow
    indicator: IndicatorRow


def of_indicator(session: Session, indicator_id: str, scope: Scope) -> Iterator[MeasurementRow]:
    """The latest first."""
    limits = perimeter(lent(session), scope)
    sites = _sites(session)
    conditions = counted_measurements(lent(session), limits)
    for source in _sources(session, Perimeter()):
        if source.indicator.id == indicator_id:
            found = queries.measurements(session, conditions, indicator_id, latest_first=True)
            yield from (_row(row, source, sites) for row in found)


def of_scope(session: Session, scope: Scope, mask_below: int = 0) -> Iterator[MeasurementRow]:
    """By experiment, objective, indicator, then date: constant memory whatever their number.

    What rests on fewer than ``mask_below`` people, or would tell it, comes without value or n.
    """
    limits = perimeter(lent(session), scope)
    sites = _sites(session)
    conditions = counted_measurements(lent(session), limits)
    for source in _sources(session, limits):
        found = queries.measurements(session, conditions, source.indicator.id)
        for _, breakdown in groupby(found, _BREAKDOWN):
            rows = list(breakdown)
            hidden = _hidden(rows, mask_below)
            for place, row in enumerate(rows):
                yield _row(row, source, sites, hidden=place in hidden)


def _hidden(rows: list[AnyRow], mask_below: int) -> frozenset[int]:
    """Places of the values to mask in one breakdown."""
    if not any(row.n is not None and row.n < mask_below for row in rows):
        return frozenset()
    valued = [place for place, row in enumerate(rows) if row.value is not None]
    hidden = withheld([(rows[place].category, rows[place].n) for place in valued], mask_below)
    return frozenset(valued[place] for place in hidden)


def totals(session: Session, scope: Scope, mask_below: int) -> tuple[int, float, float]:
    """How many rows ``of_scope`` gives, and the sums of numbers and percentages not masked.

    Summed by the database, apart from the rows themselves; what is masked beside a small count is
    taken away.
    """
    limits = perimeter(lent(session), scope)
    ids = [source.indicator.id for source in _sources(session, limits)]
    counted = counted_measurements(lent(session), limits)
    count, numbers, percentages = queries.measurement_totals(session, counted, ids, mask_below)
    found = queries.breakdowns(session, counted, ids, mask_below) if mask_below else iter(())
    for _, breakdown in groupby(found, itemgetter(slice(5))):
        rows = list(breakdown)
        for place in masked([row.n for row in rows], mask_below):
            row = rows[place]
            if row.n is not None and row.n < mask_below:
                continue
            if row.value_type == ValueType.PERCENTAGE:
                percentages -= row.value
            else:
                numbers -= row.value
    return count, numbers, percentages


def _sources(session: Session, limits: Perimeter) -> list[_Source]:
    reader = lent(session)
    experiments = experiment_rows(reader, limits)
    by_experiment = frameworks(reader, [(row.id, row.code) for row in experiments])
    return [
        _Source(experiment, objective, indicator)
        for experiment in experiments
        for objective in by_experiment[experiment.id]
        for indicator in objective.indicators
    ]


def _sites(session: Session) -> dict[str, tuple[str, str]]:
    rows = session.execute(select(Site.id, Site.name, Site.commune))
    return {site_id: (name, commune) for site_id, name, commune in rows}


def _row(
    row: AnyRow, source: _Source, sites: dict[str, tuple[str, str]], *, hidden: bool = False
) -> MeasurementRow:
    site_name, commune = sites[row.site_id]
    indicator = source.indicator
    return MeasurementRow(
        id=row.id,
        cohort_number=source.experiment.cohort.number,
        experiment_code=source.experiment.code,
        experiment_title=source.experiment.title,
        objective=source.objective.statement,
        indicator_id=indicator.id,
        indicator_code=indicator.code,
        indicator_label=indicator.label,
        indicator_version=row.indicator_version,
        unit=indicator.unit,
        site_name=site_name,
        commune=commune,
        visit_reference=row.reference or "",
        date=row.date,
        wave=None if row.wave is None else Wave(row.wave),
        category=row.category,
        status=MeasurementStatus(row.status),
        value=None if hidden else row.value,
        n=None if hidden else row.n,
        reliability=None if row.reliability is None else Reliability(row.reliability),
        comment=row.comment,
        is_percentage=indicator.value_type is ValueType.PERCENTAGE,
        is_yes_no=indicator.value_type is ValueType.YES_NO,
        withheld=hidden,
    )
