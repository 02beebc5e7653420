"""Figures by hand: what docs/figures.md tells of rules 1, 2, 5, 6, 7 and 8."""

import datetime as dt
import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from occasion_samples import day, figure, of, told, visit

from desktop_app.models.enums import Wave
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.occasions import Cell, direct_entries, occasions
from desktop_app.services.results.reckoning import Rule, Why, by_category, judged, reckon

SUM, LATEST, MEAN = Calculation.SUM, Calculation.LATEST, Calculation.MEAN
RATIO, SITES = Calculation.RATIO, Calculation.SITES
NINE, TEN = dt.time(9), dt.time(10)


def test_a_total_or_the_parts_occasion_by_occasion() -> None:
    first = visit("a", day(3), 40)
    second = visit("a", day(4), parts={"Filles": 10, "Garçons": 15})
    assert told(SUM, first, second) == (65, None)


def test_a_total_counts_alone_beside_its_parts() -> None:
    assert told(SUM, visit("a", day(3), 100, parts={"Filles": 70, "Garçons": 50})) == (100, None)


@pytest.mark.parametrize(
    ("calculation", "audience"),
    [
        (SUM, (60, 30)),
        (LATEST, (26, 30)),  # (40 x 9 + 20 x 21) / 30
        (MEAN, (26, 30)),
        (RATIO, (26, 30)),
    ],
)
def test_parts_are_joined_by_the_rule_of_the_indicator(
    calculation: Calculation, audience: tuple[float, int]
) -> None:
    parts = {"Filles": (40.0, 9), "Garçons": (20.0, 21)}
    assert told(calculation, visit("a", day(3), parts=parts)) == audience


def test_parts_of_which_one_does_not_say_its_n_make_a_plain_mean() -> None:
    parts = {"Filles": (40.0, 9), "Garçons": (20.0, None)}
    assert told(LATEST, visit("a", day(3), parts=parts)) == (30, None)
    assert told(RATIO, visit("a", day(3), parts=parts)) == (40, 9)  # those that say it


def test_a_sum_holds_every_occasion_the_initial_wave_too() -> None:
    entered = [
        visit("ferme", day(3, 17), 5, wave=Wave.T0),
        visit("atelier", day(3, 24), 2),
        visit("mission", day(4, 1), 0),
    ]
    assert told(SUM, *entered) == (7, None)
    found = figure(SUM, *entered)
    assert found is not None
    assert (found.sites, found.measures) == (3, 3)


def test_a_sum_of_decimals_does_not_drift() -> None:
    assert told(SUM, *(visit("a", day(3, n), 0.1, 1) for n in range(1, 11))) == (1, 10)


def test_the_last_occasion_of_each_site_weighted_by_n() -> None:
    early = visit("a", day(3), 20, 30)
    assert told(LATEST, early, visit("a", day(6), 50, 30), visit("b", day(4), 80, 10)) == (57.5, 40)


def test_the_last_values_make_a_plain_mean_when_one_site_does_not_say_its_n() -> None:
    found = figure(LATEST, visit("a", day(6), 50, 30), visit("b", day(4), 80))
    assert found is not None
    assert (found.value, found.n, found.without_n, found.sites) == (65, None, 1, 2)


def test_two_visits_of_one_day_follow_their_time_then_their_entry() -> None:
    assert told(LATEST, visit("a", day(6), 8, time=TEN), visit("a", day(6), 9, time=NINE)) == (
        8,
        None,
    )
    # the same minute: the one entered last
    assert told(LATEST, visit("a", day(6), 8, time=TEN), visit("a", day(6), 9, time=TEN)) == (
        9,
        None,
    )
    # no time comes before any
    assert told(LATEST, visit("a", day(6), 8, time=NINE), visit("a", day(6), 9)) == (8, None)


def test_what_a_later_visit_does_not_break_down_keeps_its_earlier_category() -> None:
    seen = of(
        visit("a", day(3), parts={"Filles": 10, "Garçons": 15}),
        visit("a", day(4), parts={"Garçons": 20}),
    )
    assert reckon(seen, Rule(LATEST))[0].value == 20  # type: ignore[union-attr]
    found = by_category(seen, Rule(LATEST), ["Filles", "Garçons", "Autres"])
    assert {name: f and f.value for name, f in found.items()} == {
        "Filles": 10,
        "Garçons": 20,
        "Autres": None,
    }


def test_the_initial_wave_is_the_reference_and_stays_out() -> None:
    rows = [
        visit("a", day(3), 20, 10, wave=Wave.T0),
        visit("b", day(3), 40, 10, wave=Wave.T0),
        visit("a", day(6), 60, 30),
    ]
    now, before = figure(LATEST, *rows), figure(LATEST, *rows, initial=True)
    assert now is not None
    assert (now.value, now.n, now.sites, now.measures) == (60, 30, 1, 1)
    assert before is not None
    assert (before.value, before.n, before.sites) == (30, 20, 2)


def test_a_site_with_nothing_but_its_t0_gives_no_value() -> None:
    assert figure(MEAN, visit("a", day(3), 20, 10, wave=Wave.T0)) is None
    assert figure(SUM, visit("a", day(3), 20, 10, wave=Wave.T0), initial=True) is not None


def test_a_mean_over_time_is_weighted_over_the_whole_period() -> None:
    rule = Rule(MEAN, since=day(3, 9))
    rows = [
        visit("a", day(3, 1), 100, 1000),  # before the T0's day
        visit("a", day(3, 30), 3, 10),
        visit("a", day(4, 1), 4, 30),
    ]
    assert told(rule, *rows) == (3.75, 40)
    whys = [verdict.why for verdict in judged(of(*rows), rule)]
    assert whys == [Why.BEFORE_REFERENCE, Why.COUNTED, Why.COUNTED]


def test_a_mean_is_plain_when_one_measure_does_not_say_its_n() -> None:
    rows = [visit("a", day(3), 3, 10), visit("a", day(4), 4), visit("b", day(4), 5, 30)]
    found = figure(MEAN, *rows)
    assert found is not None
    assert (found.value, found.n, found.without_n, found.measures) == (4, None, 1, 3)


def test_a_mean_of_waves_takes_the_last_wave_of_each_site() -> None:
    rule = Rule(RATIO, by_wave=True)
    rows = [
        visit("a", day(5), 40, 10, wave=Wave.T1),
        visit("a", day(5, 3), 60, 10, wave=Wave.T1),  # the same wave, taken in two visits
        visit("b", day(5), 10, 20, wave=Wave.T1),
        visit("b", day(9), 80, 20, wave=Wave.T2),
    ]
    # a: 50 % of 20; b: 80 % of 20
    assert told(rule, *rows) == (65, 40)
    whys = [verdict.why for verdict in judged(of(*rows), rule)]
    assert whys.count(Why.EARLIER_WAVE) == 1


def test_a_measure_without_wave_is_a_wave_of_its_own() -> None:
    rule = Rule(MEAN, by_wave=True)
    rows = [visit("a", day(5), 1, 10), visit("a", day(6), 2, 10), visit("a", day(7), 5, 10)]
    assert told(rule, *rows) == (5, 10)


def test_a_rate_pools_the_heads_of_all_measures() -> None:
    rows = [visit("a", day(3), 50, 12), visit("a", day(4), 90, 30), visit("b", day(4), 0, 18)]
    assert told(RATIO, *rows) == (55, 60)


def test_a_rate_rests_on_what_says_its_n_and_counts_nothing_else() -> None:
    rows = [visit("a", day(3), 50, 20), visit("a", day(4), 90), visit("b", day(5), 100)]
    found, verdicts = reckon(of(*rows), Rule(RATIO))
    assert found is not None
    assert (found.value, found.n, found.sites, found.measures) == (50, 20, 1, 1)
    assert [v.why for v in verdicts] == [Why.COUNTED, Why.WITHOUT_N, Why.WITHOUT_N]
    assert told(RATIO, visit("a", day(3), 50), visit("a", day(4), 90)) == (70, None)


def test_yes_counts_sites_and_the_worst_decides() -> None:
    rows = [
        visit("a", day(3), 0),
        visit("a", day(6), 1),
        visit("b", day(4), 1),
        visit("c", day(5), 0),
    ]
    found = figure(SITES, *rows)
    assert found is not None
    assert (found.yes, found.sites, found.value, found.n) == (2, 3, 0, None)


def test_values_of_two_definitions_are_never_joined() -> None:
    rows = [
        visit("a", day(5), 89, 9, version=1),
        visit("b", day(6), 90, 10, version=1),
        visit("a", day(7, 5), 80, 15, version=2),
    ]
    assert told(Rule(RATIO, series_end=2), *rows) == (round(1701 / 19, 9), 19)
    assert told(Rule(RATIO, series_start=2), *rows) == (80, 15)  # never 85,3 %


def test_nothing_is_not_zero() -> None:
    assert told(SUM) is None
    assert told(MEAN, visit("a", day(3), 0)) == (0, None)
    assert figure(Calculation.NONE, visit("a", day(3), 1)) is None


def test_direct_entries_of_one_transaction_are_one_entry() -> None:
    def cell(name: str, entry: str, category: str, value: float) -> Cell:
        return Cell(name, "", "a", day(6), None, entry, None, 1, category, value, None)

    together = [cell("1", "A 1", "Filles", 10), cell("2", "A 2", "Garçons", 15)]
    apart = [cell("3", "B 3", "Filles", 1), cell("4", "C 4", "", 7), cell("5", "C 5", "", 8)]
    seen = occasions(direct_entries([*apart, *together]))
    assert [o.audience(SUM).value for o in seen] == [25, 1, 7, 8]


VALUES = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.integers(1, 12),
        st.floats(0, 100),
        st.one_of(st.none(), st.integers(1, 50)),
        st.sampled_from([None, Wave.T0, Wave.T1, Wave.T2]),
        st.booleans(),
    ),
    max_size=12,
)


def _cells(rows: list[tuple[str, int, float, int | None, Wave | None, bool]]) -> list[list[Cell]]:
    return [
        visit(
            site,
            day(month),
            *(() if split else (value, n)),
            wave=wave,
            parts={"x": (value / 2, n), "y": (value / 2, n)} if split else None,
        )
        for site, month, value, n, wave, split in rows
    ]


@given(
    rows=VALUES, calculation=st.sampled_from([SUM, LATEST, MEAN, RATIO, SITES]), seed=st.randoms()
)
def test_the_order_in_which_values_are_read_is_irrelevant(rows, calculation, seed) -> None:
    cells = list(itertools.chain.from_iterable(_cells(rows)))
    rule = Rule(calculation)
    first, _ = reckon(occasions(cells), rule)
    seed.shuffle(cells)
    again, _ = reckon(occasions(cells), rule)
    assert (first is None) == (again is None)
    if first is not None and again is not None:
        assert math.isclose(first.value, again.value, rel_tol=1e-9, abs_tol=1e-9)
        assert (first.n, first.sites, first.measures, first.date) == (
            again.n,
            again.sites,
            again.measures,
            again.date,
        )


@given(rows=VALUES, more=st.floats(0, 100))
def test_one_more_observation_never_lowers_a_sum_of_positives(rows, more) -> None:
    before = figure(SUM, *_cells(rows))
    after = figure(SUM, *_cells(rows), visit("a", day(6), more))
    assert after is not None
    assert after.value >= (before.value if before else 0) - 1e-9


@given(rows=VALUES)
def test_parts_make_the_sum_whole(rows) -> None:
    """Sites add up to the whole, and so do the categories when there is nothing but parts."""
    split = [(*row[:5], True) for row in rows]
    whole = figure(SUM, *_cells(split))
    if whole is None:
        return
    seen = of(*_cells(split))
    categories = by_category(seen, Rule(SUM), ["x", "y"])
    assert math.isclose(sum(f.value for f in categories.values() if f), whole.value, abs_tol=1e-6)
    sites = [figure(SUM, *[c for c in _cells(split) if c[0].site_id == s]) for s in "abc"]
    assert math.isclose(sum(f.value for f in sites if f), whole.value, abs_tol=1e-6)


@given(rows=VALUES, calculation=st.sampled_from([LATEST, MEAN, RATIO]))
def test_a_mean_lies_between_its_values(rows, calculation) -> None:
    cells = _cells(rows)
    found, verdicts = reckon(of(*cells), Rule(calculation))
    if found is None:
        return
    values = [v.occasion.audience(calculation).value for v in verdicts if v.counted]
    assert min(values) - 1e-6 <= found.value <= max(values) + 1e-6
    assert found.measures == len(values)
