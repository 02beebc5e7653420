import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from result_samples import an_indicator

from desktop_app.models.enums import Aggregation, ValueType
from desktop_app.services.aggregation import (
    Group,
    aggregate,
    first_value,
    trajectory,
    whole_audience,
    wilson,
)

Value = tuple[str, str, dt.date, float, int | None]


def day(month: int, number: int = 1) -> dt.date:
    return dt.date(2021, month, number)


def groups_of(values: list[Value]) -> tuple[Group, ...]:
    """Groups as the query makes them: values of a site and category, in order of date."""
    groups: dict[tuple[str, str], Group] = {}
    for site, category, date, value, n in sorted(values, key=lambda v: (v[2], v[3])):
        key = (site, category)
        groups[key] = (
            groups[key].plus(date, value, n)
            if key in groups
            else first_value(site, category, date, value, n)
        )
    return tuple(groups.values())


def actual(
    values: list[Value],
    aggregation: Aggregation,
    value_type: ValueType = ValueType.NUMBER,
) -> tuple[float, int | None] | None:
    result = aggregate(whole_audience(groups_of(values)), aggregation, value_type)
    return None if result is None else (pytest.approx(result.value), result.n)


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
def test_wilson_interval_is_the_published_one(
    successes: int, n: int, low: float, high: float
) -> None:
    interval = wilson(100 * successes / n, n)
    assert interval.low == pytest.approx(low, abs=0.05)
    assert interval.high == pytest.approx(high, abs=0.05)


@given(share=st.floats(0, 100), n=st.integers(1, 1_000_000))
def test_wilson_interval_holds_the_share_and_stays_within_bounds(share: float, n: int) -> None:
    interval = wilson(share, n)
    assert 0 <= interval.low <= share + 1e-6
    assert share - 1e-6 <= interval.high <= 100


def test_additive_sums_every_session_of_every_site() -> None:
    values = [("a", "", day(3), 25, None), ("a", "", day(4), 30, None), ("b", "", day(4), 0, None)]
    assert actual(values, Aggregation.ADDITIVE) == (55, None)


def test_additive_sums_decimals_without_drift() -> None:
    values = [("a", "", day(3, n), 0.1, 1) for n in range(1, 11)]
    assert actual(values, Aggregation.ADDITIVE) == (1.0, 10)


def test_latest_weighs_each_site_by_its_n() -> None:
    # site a: latest 50 % of 30; site b: latest 80 % of 10 -> (1500 + 800) / 40 = 57.5
    values = [
        ("a", "", day(3), 20, 30),
        ("a", "", day(6), 50, 30),
        ("b", "", day(4), 80, 10),
    ]
    assert actual(values, Aggregation.LATEST, ValueType.PERCENTAGE) == (57.5, 40)


def test_latest_is_a_plain_mean_when_one_site_does_not_say_its_n() -> None:
    values = [("a", "", day(6), 50, 30), ("b", "", day(4), 80, None)]
    assert actual(values, Aggregation.LATEST) == (65, None)


def test_latest_does_not_depend_on_the_order_of_entry() -> None:
    values = [("a", "", day(6), 12, None), ("a", "", day(3), 4, None)]
    assert actual(values, Aggregation.LATEST) == (12, None)
    assert actual(values[::-1], Aggregation.LATEST) == (12, None)


def test_latest_takes_the_lowest_of_two_values_of_the_same_day() -> None:
    values = [("a", "", day(6), 12, None), ("a", "", day(6), 10, None)]
    assert actual(values, Aggregation.LATEST) == (10, None)


def test_mean_is_weighted_when_every_value_says_its_n() -> None:
    # (3 x 10 + 4 x 30) / 40 = 3.75
    values = [("a", "", day(3), 3, 10), ("b", "", day(4), 4, 30)]
    assert actual(values, Aggregation.MEAN, ValueType.SCALE) == (3.75, 40)


def test_mean_is_plain_when_one_value_does_not_say_its_n() -> None:
    values = [("a", "", day(3), 3, 10), ("a", "", day(4), 4, None), ("b", "", day(4), 5, 30)]
    assert actual(values, Aggregation.MEAN, ValueType.SCALE) == (4, None)


def test_mean_of_values_that_rest_on_nobody_is_plain_and_says_n_0() -> None:
    values = [("a", "", day(3), 3, 0), ("b", "", day(4), 4, 0)]
    assert actual(values, Aggregation.MEAN) == (3.5, 0)
    assert actual(values, Aggregation.LATEST) == (3.5, 0)


def test_ratio_divides_the_heads_of_all_observations() -> None:
    # 6 of 12, then 27 of 30, then 0 of 18: 33 of 60
    values = [("a", "", day(3), 50, 12), ("a", "", day(4), 90, 30), ("b", "", day(4), 0, 18)]
    assert actual(values, Aggregation.RATIO, ValueType.PERCENTAGE) == (55, 60)


def test_ratio_leaves_out_what_has_no_n_as_soon_as_something_has_one() -> None:
    values = [("a", "", day(3), 50, 20), ("a", "", day(4), 90, None), ("b", "", day(5), 100, 0)]
    assert actual(values, Aggregation.RATIO, ValueType.PERCENTAGE) == (50, 20)


def test_ratio_without_any_n_is_a_plain_mean() -> None:
    values = [("a", "", day(3), 50, None), ("a", "", day(4), 90, None)]
    assert actual(values, Aggregation.RATIO, ValueType.PERCENTAGE) == (70, None)


def test_zero_is_a_value_and_nothing_is_not_zero() -> None:
    assert actual([("a", "", day(3), 0, None)], Aggregation.MEAN) == (0, None)
    assert actual([], Aggregation.MEAN) is None
    assert actual([], Aggregation.ADDITIVE) is None


@pytest.mark.parametrize("aggregation", list(Aggregation))
def test_yes_no_is_yes_when_every_site_says_yes_last(aggregation: Aggregation) -> None:
    values = [("a", "", day(3), 0, None), ("a", "", day(6), 1, None), ("b", "", day(5), 1, None)]
    assert actual(values, aggregation, ValueType.YES_NO) == (1, 2)
    values.append(("c", "", day(5), 0, None))
    assert actual(values, aggregation, ValueType.YES_NO) == (0, 3)


@pytest.mark.parametrize("aggregation", list(Aggregation))
def test_qualitative_has_no_number(aggregation: Aggregation) -> None:
    assert actual([("a", "", day(3), 1, None)], aggregation, ValueType.QUALITATIVE) is None


def test_a_site_s_own_total_wins_over_its_categories() -> None:
    values = [
        ("a", "", day(3), 10, None),
        ("a", "filles", day(3), 4, None),
        ("a", "garçons", day(3), 6, None),
        ("b", "filles", day(4), 3, None),
        ("b", "garçons", day(4), 2, None),
    ]
    assert actual(values, Aggregation.ADDITIVE) == (15, None)


def test_latest_takes_a_site_s_categories_together_before_the_sites() -> None:
    # site a: (40 x 10 + 60 x 30) / 40 = 55 on 40; site b: 20 on 10 -> (2200 + 200) / 50 = 48
    values = [
        ("a", "f", day(3), 40, 10),
        ("a", "g", day(3), 60, 30),
        ("b", "", day(4), 20, 10),
    ]
    assert actual(values, Aggregation.LATEST, ValueType.PERCENTAGE) == (48, 50)
    # without n, site a counts once: ((40 + 60) / 2 + 20) / 2 = 35
    assert actual([(*v[:4], None) for v in values], Aggregation.LATEST) == (35, None)


def test_the_date_of_a_result_is_that_of_its_last_value() -> None:
    groups = groups_of([("a", "", day(3), 1, None), ("b", "", day(7, 4), 1, None)])
    result = aggregate(groups, Aggregation.ADDITIVE, ValueType.NUMBER)
    assert result is not None
    assert result.date == day(7, 4)


def test_trajectory_shows_what_was_known_each_day() -> None:
    values = [
        ("b", "", day(4), 20, None),
        ("a", "", day(3), 10, None),
        ("a", "", day(5), 30, None),
        ("b", "", day(5), 50, None),
    ]
    points = trajectory(an_indicator(aggregation=Aggregation.LATEST), values)
    assert [(p.date, p.value) for p in points] == [(day(3), 10), (day(4), 15), (day(5), 40)]
    points = trajectory(an_indicator(aggregation=Aggregation.ADDITIVE), values)
    assert [(p.date, p.value) for p in points] == [(day(3), 10), (day(4), 30), (day(5), 110)]


VALUES = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(["", "f", "g"]),
        st.dates(day(3), day(11)),
        st.floats(0, 100),
        st.none() | st.integers(0, 500),
    ),
    max_size=30,
)


@given(values=VALUES, aggregation=st.sampled_from(Aggregation), seed=st.randoms())
def test_a_trajectory_ends_on_the_result_whatever_the_order(
    values: list[Value], aggregation: Aggregation, seed: object
) -> None:
    indicator = an_indicator(aggregation=aggregation, value_type=ValueType.PERCENTAGE)
    points = trajectory(indicator, values)
    shuffled = list(values)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    assert trajectory(indicator, shuffled) == points
    result = actual(values, aggregation, ValueType.PERCENTAGE)
    assert [p.date for p in points] == sorted({v[2] for v in values})
    if points:
        last = sorted(values, key=lambda v: (v[2], v[3], -1 if v[4] is None else v[4]))
        expected = aggregate(whole_audience(groups_of(last)), aggregation, ValueType.PERCENTAGE)
        assert expected is not None
        assert (points[-1].value, points[-1].n) == (expected.value, expected.n)
    else:
        assert result is None


@given(values=VALUES.filter(bool), aggregation=st.sampled_from(Aggregation))
def test_a_mean_stays_within_its_values(values: list[Value], aggregation: Aggregation) -> None:
    result = aggregate(whole_audience(groups_of(values)), aggregation, ValueType.NUMBER)
    assert result is not None
    numbers = [value for *_, value, _ in values]
    if aggregation is Aggregation.ADDITIVE:
        assert -1e-6 <= result.value <= sum(numbers) + 1e-6
    else:
        assert min(numbers) - 1e-6 <= result.value <= max(numbers) + 1e-6
