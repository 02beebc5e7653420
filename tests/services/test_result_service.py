import datetime as dt

import pytest
from programme_seed import Seed

from desktop_app.errors import UserError
from desktop_app.models.enums import Aggregation, MeasurementStatus, ValueType, VisitState
from desktop_app.models.visit import Visit
from desktop_app.services.programme.framework import FrameworkService
from desktop_app.services.results.reckoning import Why
from desktop_app.services.results.rows import IndicatorResult, ResultState, Tally, Thresholds
from desktop_app.services.results.scope import Scope
from desktop_app.services.results.service import ResultService
from desktop_app.store.notebook import Notebook

MARCH = dt.date(2021, 3, 15)
JUNE = dt.date(2021, 6, 9)
MIDWAY = Scope(until=dt.date(2021, 7, 16))


@pytest.fixture
def seed(notebook: Notebook) -> Seed:
    return Seed(notebook)


@pytest.fixture
def results(notebook: Notebook) -> ResultService:
    return ResultService(notebook, lambda _reader: Thresholds())


def only(results: ResultService, seed: Seed, scope: Scope = MIDWAY) -> IndicatorResult:
    (objective,) = results.sheet(seed.experiment, scope).objectives
    return objective.results[0]


def test_a_sheet_reads_what_was_measured(seed: Seed, results: ResultService) -> None:
    indicator = seed.new_indicator(
        value_type=ValueType.PERCENTAGE, baseline_value=20.0, target_value=70.0
    )
    other = seed.new_site("Foyer")
    seed.measure(indicator, seed.new_visit(MARCH), 30, 40)
    visit = seed.new_visit(JUNE)
    seed.measure(indicator, visit, 50, 30)
    seed.measure(indicator, seed.new_visit(JUNE, site=other), 30, 10)
    seed.find(visit, "Le duo se voit chaque semaine", "positive")
    seed.find(visit, "Trouver un mentor prend du temps", "negative")
    sheet = results.sheet(seed.experiment, MIDWAY)
    found = sheet.objectives[0].results[0]
    # the latest of each site: 50 % of 30 and 30 % of 10
    assert (found.actual, found.n, found.actual_date) == (45, 40, JUNE)
    assert (found.measures, found.sites, found.recorded) == (2, 2, 3)
    assert (found.attainment, found.expected) == (0.5, 100 / 274)  # on the last measure's day
    assert found.state is ResultState.ON_TRACK
    assert sheet.as_of == MIDWAY.until
    assert (sheet.positive_findings, sheet.neutral_findings, sheet.negative_findings) == (1, 0, 1)
    whole = sheet.experiment
    assert (whole.visit_count, whole.site_count, whole.observation_count) == (3, 2, 5)
    assert results.experiments(MIDWAY) == (whole,)


def test_missing_is_not_zero(seed: Seed, results: ResultService) -> None:
    indicator = seed.new_indicator(aggregation=Aggregation.MEAN)
    visit = seed.new_visit(JUNE)
    seed.measure(indicator, visit, 8)
    for day, status in (
        (7, MeasurementStatus.NOT_OBSERVED),
        (8, MeasurementStatus.NOT_APPLICABLE),
        (9, MeasurementStatus.NOT_OBSERVED),
    ):
        seed.measure(indicator, seed.new_visit(dt.date(2021, 6, day)), None, status=status.value)
    found = only(results, seed)
    assert (found.actual, found.measures, found.not_observed_count) == (8, 1, 2)
    whys = [row.why for row in results.evidence(indicator).rows]
    assert whys == [Why.COUNTED, Why.NOT_OBSERVED, Why.NOT_APPLICABLE, Why.NOT_OBSERVED]


def test_planned_visits_never_count_and_drafts_only_if_asked(
    seed: Seed, results: ResultService
) -> None:
    indicator = seed.new_indicator(aggregation=Aggregation.ADDITIVE)
    values = {VisitState.VALIDATED: 1, VisitState.DRAFT: 10, VisitState.PLANNED: 100}
    for state, value in values.items():
        visit = seed.new_visit(JUNE, state=state)
        seed.measure(indicator, visit, value)
        seed.find(visit, "Un constat", "positive")
    seed.measure(indicator, None, 1000, date=JUNE)  # outside any visit
    validated = results.sheet(seed.experiment)
    assert validated.objectives[0].results[0].actual == 1001
    assert (validated.experiment.visit_count, validated.positive_findings) == (1, 1)
    assert results.experiments() == (validated.experiment,)
    assert [p.value for p in results.trajectory(indicator)] == [1001]
    listed = {row.value: row.why for row in results.evidence(indicator).rows}
    assert listed == {1: Why.COUNTED, 1000: Why.COUNTED, 10: Why.DRAFT}
    asked = Scope(include_drafts=True)
    with_drafts = results.sheet(seed.experiment, asked)
    assert with_drafts.objectives[0].results[0].actual == 1011
    assert (with_drafts.drafts, validated.drafts) == (True, False)
    assert (with_drafts.experiment.visit_count, with_drafts.positive_findings) == (2, 2)
    assert results.evidence(indicator, asked).counted == 3


def test_a_scope_restricts_by_site_and_period(seed: Seed, results: ResultService) -> None:
    indicator = seed.new_indicator(aggregation=Aggregation.ADDITIVE)
    other = seed.new_site("Foyer")
    seed.measure(indicator, seed.new_visit(MARCH), 1)
    seed.measure(indicator, seed.new_visit(JUNE), 10)
    seed.measure(indicator, seed.new_visit(JUNE, site=other), 100)

    def actual(scope: Scope) -> float | None:
        return only(results, seed, scope).actual

    assert actual(Scope()) == 111
    assert actual(Scope(until=MARCH)) == 1
    assert actual(Scope(since=JUNE)) == 110
    assert actual(Scope(since=MARCH + dt.timedelta(1), until=JUNE, site_id=seed.site)) == 10
    assert actual(Scope(until=dt.date(2021, 1, 1))) is None
    assert [p.value for p in results.trajectory(indicator, Scope(site_id=other))] == [100]
    assert results.experiments(Scope(until=MARCH))[0].visit_count == 1


def test_a_scope_restricts_the_experiments(seed: Seed, results: ResultService) -> None:
    cohort = seed.new_cohort(2)
    directorate = seed.new_directorate("DVS")
    seed.new_experiment("JEX", cohort_id=cohort, directorate_ids=(directorate,))
    seed.measure(seed.new_indicator(), seed.new_visit(JUNE), 8)

    def codes(scope: Scope) -> list[str]:
        return [result.experiment.code for result in results.experiments(scope)]

    assert codes(Scope()) == ["DUO", "JEX"]
    assert codes(Scope(cohort_id=seed.cohort)) == ["DUO"]
    assert codes(Scope(directorate_id=directorate)) == ["JEX"]
    assert codes(Scope(site_id=seed.site)) == ["DUO"]


def test_what_is_deleted_leaves_the_results(
    notebook: Notebook, seed: Seed, results: ResultService
) -> None:
    kept, gone = seed.new_indicator("Gardé"), seed.new_indicator("Retiré")
    visit = seed.new_visit(JUNE)
    measured = seed.measure(kept, visit, 8)
    seed.measure(gone, visit, 8)
    finding = seed.find(visit, "Un constat")
    assert results.experiments()[0].observation_count == 3
    FrameworkService(notebook).delete_indicator(gone)
    with notebook.write() as uow:
        from desktop_app.models.visit import Finding, Measurement

        uow.delete(uow.session.get_one(Measurement, measured))
        uow.delete(uow.session.get_one(Finding, finding))
    whole = results.experiments()[0]
    assert (whole.observation_count, whole.indicator_count) == (0, 1)
    assert whole.tally == Tally(no_data=1)
    assert results.sheet(seed.experiment).experiment == whole
    with notebook.write() as uow:
        uow.delete(uow.session.get_one(Visit, visit))
    assert results.experiments()[0].visit_count == 0


def test_qualitative_observations_are_counted_without_a_value(
    seed: Seed, results: ResultService
) -> None:
    indicator = seed.new_indicator(value_type=ValueType.QUALITATIVE)
    seed.measure(indicator, seed.new_visit(JUNE), None, comment="Les familles se disent écoutées")
    found = only(results, seed)
    assert (found.measures, found.actual, found.state) == (1, None, ResultState.ANSWERED)
    assert [answer.text for answer in found.answers] == ["Les familles se disent écoutées"]
    assert results.experiments()[0].observation_count == 1
    listed = results.evidence(indicator)
    assert [(row.text, row.counted) for row in listed.rows] == [
        ("Les familles se disent écoutées", True)
    ]


def test_categories(seed: Seed, results: ResultService) -> None:
    indicator = seed.new_indicator(
        value_type=ValueType.PERCENTAGE,
        disaggregation="genre",
        categories=["Femmes", "Hommes"],
    )
    visit = seed.new_visit(JUNE)
    seed.measure(indicator, visit, 60, 20, category="Femmes")
    seed.measure(indicator, visit, 30, 4, category="Hommes")
    found = only(results, seed)
    assert (found.actual, found.n) == (55, 24)
    assert [(row.category, row.actual, row.n) for row in found.by_category] == [
        ("Femmes", 60, 20),
        ("Hommes", 30, 4),
    ]
    (listed,) = results.evidence(indicator).rows
    assert (listed.value, listed.n, listed.of_parts) == (55, 24, True)
    assert [(part.name, part.value, part.n) for part in listed.parts] == [
        ("Femmes", 60, 20),
        ("Hommes", 30, 4),
    ]


def test_a_draft_is_one_line_of_the_list_as_any_occasion(
    seed: Seed, results: ResultService
) -> None:
    indicator = seed.new_indicator(disaggregation="genre", categories=["Femmes", "Hommes"])
    draft = seed.new_visit(JUNE, state=VisitState.DRAFT)
    seed.measure(indicator, draft, 12)
    seed.measure(indicator, draft, 5, category="Femmes")
    seed.measure(indicator, draft, 7, category="Hommes")
    (listed,) = results.evidence(indicator).rows
    assert (listed.value, listed.why, len(listed.parts)) == (12, Why.DRAFT, 2)


def test_a_trajectory_ends_on_the_sheet_s_value(seed: Seed, results: ResultService) -> None:
    indicator = seed.new_indicator()
    seed.measure(indicator, seed.new_visit(MARCH), 10)
    seed.measure(indicator, seed.new_visit(JUNE), 30)
    # two visits of one day and site: the one entered last, everywhere
    seed.measure(indicator, seed.new_visit(JUNE), 20)
    points = results.trajectory(indicator)
    assert [(point.date, point.value) for point in points] == [(MARCH, 10), (JUNE, 20)]
    assert only(results, seed).actual == 20


def test_evidence_tells_where_each_figure_comes_from(
    notebook: Notebook, seed: Seed, results: ResultService
) -> None:
    indicator = seed.new_indicator(unit="duos")
    visit = seed.new_visit(JUNE)
    seed.measure(indicator, visit, 12, 4, wave="t1", reliability="high", comment="relevé")
    seed.measure(indicator, seed.new_visit(MARCH), None, status="not_observed")
    last, first = results.evidence(indicator).rows
    with notebook.read() as session:
        reference = session.get_one(Visit, visit).reference
    assert (last.visit_reference, last.site_name, last.value) == (reference, "Mission locale", 12)
    assert (last.wave, last.n, last.text, last.share, last.why) == (
        "t1",
        4,
        "relevé",
        12,
        Why.COUNTED,
    )
    assert (first.why, first.value) == (Why.NOT_OBSERVED, None)


def test_thresholds_are_asked_at_each_read(notebook: Notebook, seed: Seed) -> None:
    current = [Thresholds()]
    results = ResultService(notebook, lambda _reader: current[0])
    seed.measure(
        seed.new_indicator(baseline_value=0.0, target_value=100.0), seed.new_visit(JUNE), 20
    )
    assert only(results, seed).state is ResultState.WATCH
    current[0] = Thresholds(on_track=0.5)
    assert only(results, seed).state is ResultState.ON_TRACK


def test_progress_is_judged_today_at_the_latest(
    notebook: Notebook, seed: Seed, results: ResultService
) -> None:
    today = notebook.today()
    assert results.sheet(seed.experiment).as_of == today
    later = Scope(until=today + dt.timedelta(90))
    assert results.sheet(seed.experiment, later).as_of == today
    assert results.sheet(seed.experiment, Scope(until=JUNE)).as_of == JUNE


def test_the_initial_wave_is_where_progress_starts(seed: Seed, results: ResultService) -> None:
    indicator = seed.new_indicator(
        aggregation=Aggregation.MEAN, baseline_value=20.0, target_value=40.0
    )
    seed.measure(indicator, seed.new_visit(MARCH), 20, wave="t0")
    found = only(results, seed)
    assert (found.actual, found.state) == (None, ResultState.NO_DATA)
    assert (found.measures, found.sites, found.known_sites, found.recorded) == (0, 0, 1, 1)
    assert found.baseline.measured == 20
    seed.measure(indicator, seed.new_visit(JUNE), 30, wave="t1")
    seed.measure(indicator, seed.new_visit(JUNE), 34)
    found = only(results, seed)
    # (30 + 34) / 2, without the 20 of T0
    assert (found.actual, found.attainment, found.measures, found.recorded) == (32, 0.6, 2, 3)
    assert [(p.date, p.value) for p in results.trajectory(indicator)] == [(JUNE, 32)]
    assert [(row.wave, row.why) for row in results.evidence(indicator).rows][-1] == (
        "t0",
        Why.REFERENCE,
    )
    assert results.experiments(MIDWAY)[0].observation_count == 3


def test_what_does_not_exist_gets_a_sentence(results: ResultService) -> None:
    with pytest.raises(UserError, match="Cette expérimentation n’existe plus"):
        results.sheet("nowhere")
    for read in (results.trajectory, results.evidence):
        with pytest.raises(UserError, match="Cet indicateur n’existe plus"):
            read("nowhere")
    assert results.experiments() == ()
