"""One indicator as screens and documents have it; an experiment counted level by level."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from occasion_samples import day, of, visit
from result_samples import END, EXPERIMENT, START, an_experiment, an_indicator

from desktop_app.models.enums import (
    Aggregation,
    Counted,
    Direction,
    Frequency,
    Phase,
    ValueType,
    Wave,
)
from desktop_app.services.programme.experiment_rows import ExperimentRow, IndicatorRow
from desktop_app.services.results.basis import Circumstances, Evidence, rule_of
from desktop_app.services.results.indicator_result import indicator_result, wilson
from desktop_app.services.results.occasions import Cell
from desktop_app.services.results.reckoning import judged, shares
from desktop_app.services.results.rows import (
    IndicatorResult,
    Interval,
    Level,
    Movement,
    Reserve,
    ResultState,
    Tally,
    Thresholds,
    drift,
)
from desktop_app.services.results.tallies import Activity, experiment_result, tally_of

MIDWAY = dt.date(2021, 7, 16)
PERCENTAGE = {"value_type": ValueType.PERCENTAGE, "aggregation": Aggregation.RATIO}


def evidence(indicator: IndicatorRow, *visits: list[Cell], **more: object) -> Evidence:
    seen, rule = of(*visits), rule_of(indicator)
    categories: dict[str, object] = {}
    for name in {cell.category for occasion in seen for cell in occasion.parts}:
        parts = [one for occasion in seen if (one := occasion.of_category(name)) is not None]
        categories[name] = shares(judged(parts, rule), rule.calculation)
    initial = (
        () if indicator.aggregation is Aggregation.ADDITIVE else judged(seen, rule, initial=True)
    )
    return Evidence(
        sites=shares(judged(seen, rule), rule.calculation),
        initial=shares(initial, rule.calculation),
        categories=categories,  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


def result(
    indicator: IndicatorRow,
    *visits: list[Cell],
    experiment: ExperimentRow = EXPERIMENT,
    as_of: dt.date = MIDWAY,
    since: dt.date | None = None,
    more: Mapping[str, object] = {},
) -> IndicatorResult:
    seen = Circumstances(as_of, Thresholds(), since=since)
    return indicator_result(indicator, experiment, evidence(indicator, *visits, **more), seen)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (8, 10, 49.0, 94.3),
        (0, 10, 0.0, 27.8),
        (10, 10, 72.2, 100.0),
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3
        (81, 263, 25.53, 36.62),
        (15, 148, 6.24, 16.05),
        (0, 20, 0.0, 16.11),
        (1, 29, 0.61, 17.18),
    ],
)
def test_wilson_interval_is_the_published_one(successes, n, low, high) -> None:
    interval = wilson(100 * successes / n, n)
    assert interval == Interval(pytest.approx(low, abs=0.05), pytest.approx(high, abs=0.05))


@given(share=st.floats(0, 100), n=st.integers(1, 1_000_000))
def test_wilson_interval_holds_the_share_and_stays_within_bounds(share, n) -> None:
    interval = wilson(share, n)
    assert 0 <= interval.low <= share + 1e-6
    assert share - 1e-6 <= interval.high <= 100


def test_people_asked_once_in_one_wave_have_an_interval() -> None:
    """182 half-days of 7 young people have none."""
    asked = an_indicator(**PERCENTAGE, frequency=Frequency.WAVE, n_counts=Counted.PEOPLE)
    seen = visit("a", day(6), 47, 96, wave=Wave.T1)
    assert result(asked, seen).interval == wilson(47, 96)
    for without in (
        replace(asked, n_counts=Counted.SESSIONS),
        replace(asked, n_counts=Counted.ANSWERS),
        replace(asked, exhaustive=True),
        replace(asked, frequency=Frequency.MONTHLY),
    ):
        assert result(without, seen).interval is None
    two = visit("b", day(9), 60, 40, wave=Wave.T2)
    assert result(asked, seen, two).interval is None  # two waves
    assert result(asked, visit("a", day(6), 47, 96)).interval is None  # no wave said
    pooled = replace(asked, aggregation=Aggregation.RATIO)
    again = visit("a", day(6, 3), 50, 90, wave=Wave.T1)
    assert result(pooled, seen, again).interval is None  # the same people, counted twice


def test_the_state_rests_on_the_last_measure_and_does_not_move_without_data() -> None:
    indicator = an_indicator(baseline_value=0.0, target_value=100.0)
    seen = visit("a", MIDWAY, 40)  # half the time gone, 40 % of the way
    found = result(indicator, seen)
    assert (found.expected, found.attainment, found.state) == (0.5, 0.4, ResultState.ON_TRACK)
    later = result(indicator, seen, as_of=dt.date(2021, 11, 1))
    assert (later.state, later.expected) == (found.state, found.expected)
    assert (found.stale_since, later.stale_since) == (None, MIDWAY)


@pytest.mark.parametrize(
    ("frequency", "days", "stale"),
    [
        (Frequency.MONTHLY, 28, False),
        (Frequency.MONTHLY, 29, True),
        (Frequency.WEEKLY, 7, True),
        (Frequency.QUARTERLY, 85, False),
        (Frequency.HALF_YEARLY, 176, True),
        (Frequency.WAVE, 200, False),
        (Frequency.ONCE, 200, False),
        (Frequency.SESSION, 200, False),
    ],
)
def test_what_was_not_measured_since_its_frequency_says_so(frequency, days, stale) -> None:
    last = day(3, 10)
    found = result(
        an_indicator(frequency=frequency), visit("a", last, 1), as_of=last + dt.timedelta(days)
    )
    assert (found.stale_since is not None) is stale


def test_once_ended_an_indicator_is_reached_or_not() -> None:
    indicator = an_indicator(baseline_value=0.0, target_value=60.0)
    after = END + dt.timedelta(1)
    seen = visit("a", day(10), 57)
    assert result(indicator, seen, as_of=END).state is ResultState.ON_TRACK
    found = result(indicator, seen, as_of=after)
    assert (found.state, found.attainment, found.movement) == (
        ResultState.MISSED,
        0.95,
        Movement.PROGRESS,
    )
    assert found.stale_since is None
    assert result(indicator, visit("a", day(10), 60), as_of=after).state is ResultState.REACHED
    stopped = an_experiment(phase=Phase.STOPPED)
    assert result(indicator, seen, experiment=stopped).state is ResultState.MISSED
    later = replace(indicator, target_date=dt.date(2022, 5, 31))
    assert result(later, seen, as_of=after).state is ResultState.ON_TRACK  # not due yet


def test_worse_than_t0_is_said_in_words_and_unclamped() -> None:
    indicator = an_indicator(
        **PERCENTAGE, direction=Direction.DOWN, baseline_value=6.0, target_value=5.0
    )
    found = result(indicator, visit("a", day(6), 6.53, 276))
    assert (found.state, found.movement) == (ResultState.DECLINE, Movement.DECLINE)
    assert found.attainment == pytest.approx(-0.53)


def test_both_t0_are_told_when_they_are_apart() -> None:
    indicator = an_indicator(**PERCENTAGE, baseline_value=0.0, target_value=60.0)
    seen = [visit("a", day(3), 32, 78, wave=Wave.T0), visit("a", day(6), 46, 78)]
    found = result(indicator, *seen)
    t0 = found.baseline
    assert (t0.agreed, t0.measured, t0.measured_n, t0.differs, t0.used) == (0, 32, 78, True, 0)
    assert (t0.agreed_rate, t0.measured_rate) == (pytest.approx(46 / 60), 0.5)
    assert found.attainment == t0.agreed_rate
    measured = result(replace(indicator, baseline_to_measure=True), *seen)
    assert (measured.baseline.used, measured.attainment) == (32, 0.5)
    for agreed, differs in ((32.0, False), (32.4, True), (31.0, True)):
        near = result(replace(indicator, baseline_value=agreed), *seen)
        assert near.baseline.differs is differs
    rounded = [visit("a", day(3), 37.9, 198, wave=Wave.T0), visit("a", day(6), 46, 78)]
    assert not result(replace(indicator, baseline_value=38.0), *rounded).baseline.differs


def test_a_measured_t0_serves_when_none_was_agreed() -> None:
    indicator = an_indicator(**PERCENTAGE, baseline_value=None, target_value=60.0)
    found = result(indicator, visit("a", day(3), 30, 50, wave=Wave.T0), visit("a", day(6), 45, 50))
    assert (found.baseline.used, found.attainment) == (30, 0.5)
    without = result(indicator, visit("a", day(6), 45, 50))
    assert (without.state, without.movement) == (ResultState.UNJUDGED, Movement.NO_DATA)
    assert without.reserves == (Reserve.NO_T0,)


def test_a_site_with_nothing_but_its_t0_is_not_measured_yet() -> None:
    indicator = an_indicator(**PERCENTAGE, baseline_value=38.0, target_value=60.0)
    t0 = [visit(site, day(3), 38, 50, wave=Wave.T0) for site in "abcd"]
    only = result(indicator, *t0)
    assert (only.state, only.actual, only.reserves) == (
        ResultState.NO_DATA,
        None,
        (Reserve.ONLY_T0,),
    )
    found = result(indicator, *t0, visit("a", day(6), 47, 46), visit("b", day(6), 47, 50))
    assert (found.sites, found.known_sites, found.n, found.measures) == (2, 4, 96, 2)


def test_a_change_is_told_on_the_sites_measured_at_both_ends() -> None:
    indicator = an_indicator(**PERCENTAGE, baseline_value=38.0, target_value=60.0)
    t0 = [visit(site, day(3), value, 50, wave=Wave.T0) for site, value in (("a", 30), ("b", 40))]
    found = result(indicator, *t0, visit("a", day(6), 50, 50), visit("c", day(6), 90, 50))
    same = found.same_sites
    assert same is not None
    assert (same.count, same.of, same.baseline, same.actual, same.same) == (1, 3, 30, 50, False)
    both = result(indicator, *t0, visit("a", day(6), 50, 50), visit("b", day(6), 90, 50))
    assert both.same_sites is not None
    assert both.same_sites.same
    apart = result(indicator, t0[0], visit("c", day(6), 90, 50))
    assert apart.reserves == (Reserve.OTHER_PERIMETER,)


def test_a_sum_starts_from_nought() -> None:
    indicator = an_indicator(aggregation=Aggregation.ADDITIVE, baseline_value=None)
    seen = [visit("a", day(3), 5, wave=Wave.T0), visit("b", day(4), 13)]
    found = result(indicator, *seen)
    assert (found.actual, found.attainment, found.baseline.used) == (18, 0.3, 0)
    assert found.baseline.measured is None
    old = result(replace(indicator, baseline_value=10.0), *seen)
    assert (old.state, old.attainment) == (ResultState.UNJUDGED, None)
    assert old.reserves == (Reserve.SUM_FROM_ZERO,)


def test_a_sum_over_a_part_of_the_period_has_no_attainment() -> None:
    indicator = an_indicator(aggregation=Aggregation.ADDITIVE)
    found = result(indicator, visit("a", day(6), 30), since=day(4))
    assert (found.actual, found.attainment, found.state) == (30, None, ResultState.UNJUDGED)
    assert found.reserves == (Reserve.PART_OF_PERIOD,)
    assert result(indicator, visit("a", day(6), 30), since=START).attainment == 0.5
    latest = an_indicator()
    assert result(latest, visit("a", day(6), 30), since=day(4)).attainment == 0.5


def test_a_pair_that_does_not_go_together_is_shown_with_a_reserve() -> None:
    odd = an_indicator(value_type=ValueType.PERCENTAGE, aggregation=Aggregation.ADDITIVE)
    found = result(odd, visit("a", day(6), 30, 10), visit("b", day(6), 40, 10))
    assert (found.actual, found.state, found.reserves[0]) == (
        70,
        ResultState.UNJUDGED,
        Reserve.PAIR,
    )
    assert (found.attainment, found.baseline.agreed_rate) == (None, None)


@pytest.mark.parametrize(
    ("changes", "reserve"),
    [
        ({"baseline_value": None}, Reserve.NO_T0),
        ({"target_value": None}, Reserve.NO_TARGET),
        ({"baseline_value": 60.0}, Reserve.T0_IS_TARGET),
        ({"baseline_value": 80.0}, Reserve.T0_IS_TARGET),  # already beyond it
    ],
)
def test_where_there_is_no_way_to_walk_it_is_said_why(
    changes: dict[str, object], reserve: Reserve
) -> None:
    found = result(an_indicator(**changes), visit("a", day(6), 30))
    assert reserve in found.reserves
    assert found.attainment is None


def test_a_new_series_has_no_attainment_without_a_comparable_t0() -> None:
    indicator = an_indicator()
    seen = visit("a", day(6), 30)
    found = result(indicator, seen, more={"comparable": False, "series": 2})
    assert (found.state, found.attainment, found.reserves) == (
        ResultState.UNJUDGED,
        None,
        (Reserve.NO_COMPARABLE_T0,),
    )
    older = result(indicator, seen, more={"current": False})
    assert (older.actual, older.state, older.reserves) == (
        30,
        ResultState.UNJUDGED,
        (Reserve.OLDER_SERIES,),
    )
    rates = older.baseline.agreed_rate, older.baseline.measured_rate
    assert (older.attainment, *rates) == (None, None, None)
    assert found.baseline.agreed_rate is None


def test_yes_or_no_is_told_by_sites() -> None:
    indicator = an_indicator(value_type=ValueType.YES_NO, baseline_value=0.0, target_value=1.0)
    some = [visit("a", day(6), 1), visit("b", day(6), 1), visit("c", day(6), 0)]
    found = result(indicator, *some)
    assert (found.yes_sites, found.sites, found.attainment) == (2, 3, None)
    assert (found.state, found.movement) == (ResultState.WATCH, Movement.PROGRESS)
    all_ = result(indicator, *some[:2])
    assert (all_.state, all_.n) == (ResultState.REACHED, None)
    wanted_no = replace(indicator, target_value=0.0, direction=Direction.DOWN, baseline_value=1.0)
    assert result(wanted_no, visit("a", day(6), 0)).state is ResultState.REACHED
    aimless = result(replace(indicator, target_value=None), *some)
    assert (aimless.state, aimless.reserves) == (ResultState.UNJUDGED, (Reserve.NO_TARGET,))


def test_a_rate_says_what_it_leaves_out_and_knows_its_site() -> None:
    indicator = an_indicator(**PERCENTAGE, baseline_value=60.0, target_value=95.0)
    silent = {"silent": {"b": 1}}
    found = result(indicator, visit("a", day(6), 89, 20), visit("b", day(6), 90), more=silent)
    assert (found.measures, found.sites, found.known_sites, found.silent) == (1, 1, 2, 1)
    assert Reserve.WITHOUT_N in found.reserves


def test_a_percentage_of_few_people_is_told_as_people() -> None:
    indicator = an_indicator(**PERCENTAGE)
    assert result(indicator, visit("a", day(6), 89, 9)).few
    assert not result(indicator, visit("a", day(6), 89, 10)).few
    assert not result(an_indicator(aggregation=Aggregation.MEAN), visit("a", day(6), 3, 9)).few


def test_digits_keep_t0_value_and_target_apart() -> None:
    indicator = an_indicator(baseline_value=0.0, target_value=0.004)
    assert result(indicator, visit("a", day(6), 0.003)).decimals == 3
    assert result(an_indicator(), visit("a", day(6), 1 / 3)).decimals == 2


def test_categories_in_their_order_with_their_label_today() -> None:
    indicator = an_indicator(
        categories=("Filles", "Garçons"), labels=("Femmes", "Garçons"), disaggregation="genre"
    )
    rows = [visit("a", day(6), parts={"Garçons": 4, "Filles": 10, "Autres": 1})]
    found = result(indicator, *rows)
    assert [(c.name, c.actual) for c in found.by_category] == [("Femmes", 10), ("Garçons", 4)]
    added = replace(indicator, aggregation=Aggregation.ADDITIVE)
    kept = result(added, *rows).by_category  # the parts of a sum still make it
    assert [(c.name, c.actual, c.retired) for c in kept] == [
        ("Femmes", 10, False),
        ("Garçons", 4, False),
        ("Autres", 1, True),
    ]


def test_a_qualitative_indicator_is_never_judged_nor_without_data() -> None:
    indicator = an_indicator(value_type=ValueType.QUALITATIVE)
    assert result(indicator).state is ResultState.NO_DATA
    found = result(indicator, more={"spoken": 3})
    assert (found.state, found.measures, found.attainment) == (ResultState.ANSWERED, 3, None)


def test_an_experiment_is_counted_level_by_level() -> None:
    up = an_indicator(baseline_value=0.0, target_value=10.0)
    words = result(an_indicator(value_type=ValueType.QUALITATIVE), more={"spoken": 1})
    results = [
        (Level.OUTPUT, result(up, visit("a", day(6), 10))),
        (Level.OUTCOME, result(up, visit("a", day(6), 5))),
        (Level.OUTCOME, result(up, visit("a", day(6), -1))),
        (Level.OUTCOME, words),
        (Level.VIABILITY, result(up, visit("a", day(6), 0))),
        (Level.VIABILITY, result(up)),
    ]
    whole = experiment_result(EXPERIMENT, results, Activity(7, 3, 52), MIDWAY)
    assert {level.level: level.tally for level in whole.levels} == {
        Level.OUTPUT: Tally(reached=1),
        Level.OUTCOME: Tally(progress=1, decline=1),
        Level.VIABILITY: Tally(unchanged=1, no_data=1),
    }
    assert (whole.tally.total, whole.indicator_count, whole.qualitative) == (5, 6, 1)
    assert (whole.visit_count, whole.site_count, whole.observation_count) == (7, 3, 52)
    assert (whole.stale, whole.stale_since) == (3 + 1, day(6))
    assert not whole.ended


@given(st.lists(st.sampled_from(list(Movement)), max_size=30))
def test_parts_make_the_whole_of_a_tally(movements) -> None:
    base = result(an_indicator())
    rows = [replace(base, movement=movement) for movement in movements]
    tally = tally_of(rows)
    assert tally.total == len(movements)
    assert tally == Tally.sum(tally_of([row]) for row in rows)
    assert sum(tally.of(movement) for movement in Movement) == tally.total


def test_what_drifts_comes_first() -> None:
    def whole(code: str, **tally: int) -> tuple[tuple[float, ...], str]:
        made = experiment_result(an_experiment(code=code), [], Activity(), MIDWAY)
        levels = (type("L", (), {"tally": Tally(**tally)}),)
        return drift(replace(made, levels=levels)), code  # type: ignore[arg-type]

    ranked = sorted(
        [
            whole("reached", reached=9),
            whole("unchanged", unchanged=2, progress=7),
            whole("one declines", decline=1, progress=8),
            whole("two decline", decline=2, reached=7),
        ]
    )
    assert [code for _, code in ranked] == ["two decline", "one declines", "unchanged", "reached"]
