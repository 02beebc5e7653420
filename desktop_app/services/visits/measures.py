"""The grid of a visit's measures: one cell an indicator and category, read and written."""

from sqlalchemy.orm import Session

from desktop_app.errors import UserError
from desktop_app.french import quoted
from desktop_app.models.enums import (
    Aggregation,
    Counted,
    Frequency,
    MeasurementStatus,
    Reliability,
    ValueType,
    Wave,
)
from desktop_app.models.framework import Indicator, Objective
from desktop_app.models.visit import Measurement, Visit
from desktop_app.services.base import Service, clean_text, get, gone, outcome
from desktop_app.services.changes import Outcome
from desktop_app.services.results.calculation import calculation_of
from desktop_app.services.visits.due import is_due
from desktop_app.services.visits.last_seen import Seen, last_seen
from desktop_app.services.visits.measure_checks import check_cell
from desktop_app.services.visits.visit_checks import check_still_holds
from desktop_app.services.visits.visit_rows import MeasureLine, RecordMeasure
from desktop_app.store.queries import measures as queries
from desktop_app.store.unit_of_work import UnitOfWork


class MeasureService(Service):
    def lines(self, visit_id: str) -> tuple[MeasureLine, ...]:
        """The cells to fill in the framework's order, then those of indicators removed since."""
        with self.notebook.read() as session:
            return lines_of(session, get(session, Visit, visit_id))

    def record(self, command: RecordMeasure) -> Outcome[MeasureLine]:
        """Writes one cell whole; ``status`` None erases it.

        Raises UserError for a value out of its bounds, a percentage of nobody, an indicator or
        a category that is no longer to be measured here, the last measure of a validated visit.
        """
        with self.notebook.write() as uow:
            session = uow.session
            visit = get(session, Visit, command.visit_id)
            indicator = session.get(Indicator, command.indicator_id)
            if indicator is None:
                raise UserError(gone("indicator"))
            live, erased = queries.cell(session, visit.id, indicator.id, command.category)
            offered = _is_offered(session, visit, indicator, command.category)
            measurement: Measurement | None = None
            if command.status is not None:
                if live is None and not offered:
                    raise UserError(_not_offered(indicator, command.category))
                check_cell(indicator, command)
                measurement = live or erased or _new(uow, visit, indicator, command.category)
                _write(measurement, visit, indicator, command)
            elif live is not None:
                uow.delete(live)
            session.flush()
            if command.status is not MeasurementStatus.OBSERVED:
                check_still_holds(session, visit)
            seen = last_seen(session, visit, [indicator])
            line = _line(visit, indicator, command.category, measurement, seen, retired=not offered)
            return outcome(uow, line)


def lines_of(session: Session, visit: Visit) -> tuple[MeasureLine, ...]:
    offered = list(queries.framework(session, visit.experiment_id))
    cells = {(m.indicator_id, m.category): m for m in queries.recorded(session, visit.id)}
    offered_ids = {indicator.id for indicator in offered}
    others = sorted(
        (session.get_one(Indicator, key) for key in {k for k, _ in cells} - offered_ids),
        key=lambda indicator: (indicator.code, indicator.id),
    )
    seen = last_seen(session, visit, [*offered, *others])
    found: list[MeasureLine] = []
    for indicator in offered:
        categories = ["", *dict.fromkeys(indicator.categories)]
        found += [
            _line(visit, indicator, category, cells.pop((indicator.id, category), None), seen)
            for category in categories
        ]
        leftover = sorted(category for key, category in cells if key == indicator.id)
        found += [
            _line(
                visit, indicator, category, cells.pop((indicator.id, category)), seen, retired=True
            )
            for category in leftover
        ]
    for indicator in others:
        left = sorted(category for key, category in cells if key == indicator.id)
        found += [
            _line(visit, indicator, category, cells[indicator.id, category], seen, retired=True)
            for category in left
        ]
    return tuple(found)


def _is_offered(session: Session, visit: Visit, indicator: Indicator, category: str) -> bool:
    objective = session.get_one(Objective, indicator.objective_id)
    return (
        not indicator.deleted
        and not objective.deleted
        and objective.experiment_id == visit.experiment_id
        and (not category or category in indicator.categories)
    )


def _not_offered(indicator: Indicator, category: str) -> str:
    what = f"L’indicateur {quoted(indicator.label)}"
    if category:
        what += f" ({_part(indicator, category)})"
    return (
        f"{what} n’est plus dans le cadre d’évaluation de cette expérimentation. "
        "Gardez cette valeur dans les notes de la visite."
    )


def _new(uow: UnitOfWork, visit: Visit, indicator: Indicator, category: str) -> Measurement:
    return uow.add(
        Measurement(
            indicator_id=indicator.id,
            visit_id=visit.id,
            site_id=visit.site_id,
            date=visit.date,
            category=category,
        )
    )


def _write(
    measurement: Measurement, visit: Visit, indicator: Indicator, command: RecordMeasure
) -> None:
    """Sets every field: the version of the definition used is the one of this writing."""
    observed = command.status is MeasurementStatus.OBSERVED
    if command.status is None:
        raise ValueError("a cell is erased, not written, without a status")
    measurement.deleted = False
    measurement.indicator_version = indicator.version
    measurement.site_id = visit.site_id
    measurement.date = visit.date
    measurement.status = command.status.value
    measurement.value = command.value if observed else None
    measurement.n = command.n if observed else None
    measurement.wave = None if command.wave is None else command.wave.value
    measurement.reliability = None if command.reliability is None else command.reliability.value
    measurement.comment = clean_text(command.comment)


def _line(
    visit: Visit,
    indicator: Indicator,
    category: str,
    measurement: Measurement | None,
    seen: Seen,
    *,
    retired: bool = False,
) -> MeasureLine:
    last = seen.get((indicator.id, category))
    whole = seen.get((indicator.id, ""))
    frequency = Frequency(indicator.frequency)
    kind = ValueType(indicator.value_type)
    gone_since = retired or indicator.deleted
    day = None if whole is None else whole.date
    due = not gone_since and is_due(frequency, day, visit.date, indicator.target_date)
    return MeasureLine(
        indicator_id=indicator.id,
        indicator_code=indicator.code,
        label=indicator.label,
        unit=indicator.unit,
        value_type=kind,
        frequency=frequency,
        scale_min=indicator.scale_min,
        scale_max=indicator.scale_max,
        definition=indicator.definition,
        disaggregation=indicator.disaggregation,
        category=category,
        due=due,
        retired=gone_since,
        last_value=None if last is None else last.value,
        last_date=None if last is None else last.date,
        baseline_value=indicator.baseline_value,
        target_value=indicator.target_value,
        measurement_id=None if measurement is None else measurement.id,
        status=None if measurement is None else MeasurementStatus(measurement.status),
        value=None if measurement is None else measurement.value,
        n=None if measurement is None else measurement.n,
        wave=None if measurement is None or measurement.wave is None else Wave(measurement.wave),
        reliability=_reliability(measurement),
        comment="" if measurement is None else measurement.comment,
        last_n=None if last is None else last.n,
        category_label=_part(indicator, category),
        calculation=calculation_of(kind, Aggregation(indicator.aggregation)),
        n_counts=None if indicator.n_counts is None else Counted(indicator.n_counts),
    )


def _part(indicator: Indicator, category: str) -> str:
    """What a category is called today, or was last."""
    return (indicator.category_labels or {}).get(category, category)


def _reliability(measurement: Measurement | None) -> Reliability | None:
    if measurement is None or measurement.reliability is None:
        return None
    return Reliability(measurement.reliability)
