"""Measurements in long form, read one indicator at a time inside a caller's session."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.models.enums import MeasurementStatus, Reliability, ValueType, Wave
from desktop_app.models.site import Site
from desktop_app.services.documents.rows import MeasurementRow
from desktop_app.services.programme.experiment_reader import experiment_rows, frameworks
from desktop_app.services.programme.experiment_rows import ExperimentRow, IndicatorRow, ObjectiveRow
from desktop_app.services.results.perimeter import perimeter
from desktop_app.services.results.scope import Scope
from desktop_app.store.glance import lent
from desktop_app.store.queries import documents as queries
from desktop_app.store.queries.counted import Perimeter, counted_measurements
from desktop_app.store.queries.live import AnyRow


@dataclass(frozen=True, slots=True)
class _Source:
    experiment: ExperimentRow
    objective: ObjectiveRow
    indicator: IndicatorRow


def of_scope(
    session: Session, scope: Scope, hidden: Collection[str] = frozenset()
) -> Iterator[MeasurementRow]:
    """By experiment, objective, indicator, then date: constant memory whatever their number.

    Those of these ids (``hidden``) come without value, n or comment.
    """
    limits = perimeter(lent(session), scope)
    sites = _sites(session)
    conditions = counted_measurements(lent(session), limits)
    for source in _sources(session, limits):
        for row in queries.measurements(session, conditions, source.indicator.id):
            yield _row(row, source, sites, hidden=row.id in hidden)


def totals(
    session: Session, scope: Scope, hidden: Collection[str] = frozenset()
) -> tuple[int, float, float]:
    """How many rows ``of_scope`` gives, and the sums of numbers and percentages not hidden.

    Summed by the database, apart from the rows themselves.
    """
    limits = perimeter(lent(session), scope)
    ids = [source.indicator.id for source in _sources(session, limits)]
    counted = counted_measurements(lent(session), limits)
    return queries.measurement_totals(session, counted, ids, sorted(hidden))


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
        comment="" if hidden else row.comment,
        is_percentage=indicator.value_type is ValueType.PERCENTAGE,
        is_yes_no=indicator.value_type is ValueType.YES_NO,
        withheld=hidden,
    )
