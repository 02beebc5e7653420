"""What the database sums and what is reckoned value by value are the same."""

import datetime as dt
import math

import pytest
from programme_seed import Seed
from scattered import CATEGORIES, KINDS, fill
from sqlalchemy import select

from desktop_app.models.enums import Aggregation, VisitState
from desktop_app.models.visit import Measurement, Visit
from desktop_app.services.programme.experiment_reader import frameworks
from desktop_app.services.programme.experiment_rows import IndicatorRow
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.evidence import evidence_sheet
from desktop_app.services.results.gathering import Gathered, gather, one_by_one
from desktop_app.services.results.perimeter import perimeter
from desktop_app.services.results.reader import indicators
from desktop_app.services.results.reckoning import Figure, figure
from desktop_app.services.results.rows import Thresholds
from desktop_app.services.results.scope import Scope
from desktop_app.services.results.service import ResultService
from desktop_app.store.notebook import Notebook
from desktop_app.store.queries.counted import counted_measurements

SCOPES = (Scope(), Scope(include_drafts=True), Scope(since=dt.date(2021, 5, 1)))


@pytest.fixture
def seed(notebook: Notebook) -> Seed:
    return Seed(notebook)


def read(notebook: Notebook, seed: Seed, scope: Scope):
    with notebook.glance() as reader:
        known = indicators(frameworks(reader, [(seed.experiment, "DUO")]))
        where = counted_measurements(reader, perimeter(reader, scope))
        summed, changed = gather(reader, where, known)
        return known, summed, one_by_one(reader, where, known, changed)


def alike(first: Figure | None, second: Figure | None) -> bool:
    if first is None or second is None:
        return first is second
    same = (first.n, first.date, first.sites, first.measures, first.yes, first.without_n)
    other = (second.n, second.date, second.sites, second.measures, second.yes, second.without_n)
    return same == other and math.isclose(first.value, second.value, rel_tol=1e-12)


def figures(indicator: IndicatorRow, found: Gathered) -> dict[str, Figure | None]:
    parts = {name: found.categories.get(name, ()) for name in CATEGORIES}
    shares = {"actual": found.sites, "T0": found.initial, **parts}
    return {name: figure(sites, indicator.calculation) for name, sites in shares.items()}


def values(notebook: Notebook, indicator: IndicatorRow, scope: Scope) -> list[float]:
    """Every value of the scope, T0 and parts included, and nothing before its first day."""
    states = {VisitState.VALIDATED, VisitState.DRAFT if scope.include_drafts else None}
    with notebook.read() as session:
        rows = session.execute(
            select(Measurement.value, Measurement.date, Visit.state)
            .join(Visit, Visit.id == Measurement.visit_id)
            .where(Measurement.indicator_id == indicator.id, ~Measurement.deleted)
        ).all()
    first = scope.since or dt.date.min
    return [value for value, day, state in rows if state in states and day >= first]


@pytest.mark.parametrize("scope", SCOPES, ids=["validated", "drafts", "since"])
@pytest.mark.parametrize("number", range(4))
def test_sums_of_the_database_are_those_of_the_rules(
    notebook: Notebook, seed: Seed, number: int, scope: Scope
) -> None:
    fill(seed, number)
    known, summed, read_one_by_one = read(notebook, seed, scope)
    assert len(known) == len(KINDS)
    for indicator in known:
        first = figures(indicator, summed[indicator.id])
        second = figures(indicator, read_one_by_one[indicator.id])
        for name, found in first.items():
            assert alike(found, second[name]), (indicator.label, name, found, second[name])
        assert summed[indicator.id].silent == read_one_by_one[indicator.id].silent
        entered = values(notebook, indicator, scope)
        assert summed[indicator.id].recorded == len(entered), indicator.label


def test_values_taken_outside_a_visit_are_read_one_by_one(notebook: Notebook, seed: Seed) -> None:
    indicator = seed.new_indicator(aggregation=Aggregation.ADDITIVE, baseline_value=None)
    seed.measure(indicator, seed.new_visit(dt.date(2021, 6, 1)), 40)
    for value in (3, 4):
        seed.measure(indicator, None, value, date=dt.date(2021, 6, 1))
    _, summed, _ = read(notebook, seed, Scope())
    found = figure(summed[indicator].sites, Calculation.SUM)
    assert found is not None
    assert (found.value, found.measures) == (47, 3)


@pytest.mark.parametrize("scope", SCOPES[:2], ids=["validated", "drafts"])
def test_the_list_behind_a_figure_holds_exactly_what_it_rests_on(
    notebook: Notebook, seed: Seed, scope: Scope
) -> None:
    fill(seed, 7)
    results = ResultService(notebook, Thresholds)
    sheet = results.sheet(seed.experiment, scope)
    for result in sheet.objectives[0].results:
        with notebook.glance() as reader:
            found = evidence_sheet(reader, result.indicator, scope)
        assert (found.counted, len({r.site_id for r in found.rows if r.counted})) == (
            result.measures,
            result.sites,
        )
        counted = [row.share for row in found.rows if row.counted and row.share is not None]
        if counted and result.actual is not None:
            assert math.isclose(sum(counted), result.actual, rel_tol=1e-9, abs_tol=1e-9)
        points = results.trajectory(result.indicator.id, scope)
        if points:
            assert math.isclose(points[-1].value, result.actual or 0.0, rel_tol=1e-9)
            assert points[-1].n == result.n
        assert (result.actual is None) == (not points)
