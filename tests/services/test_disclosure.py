"""What is hidden so that no sum or difference tells of few people: by hand, then attacked."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.services.results import disclosure
from desktop_app.services.results.disclosure import Cell, Key, Relation, determined, hide, is_small

FEW = 5


def cell(name: str, people: float | None, order: int = 0, *, unknown: bool = False) -> Cell:
    return Cell((name,), people, is_small(people, FEW, unknown=unknown), order)


def sums(total: str, parts: str, less: str = "", times: int = 1) -> Relation:
    return Relation(
        (total,), tuple((p,) for p in parts.split()), tuple((p,) for p in less.split()), times
    )


def hidden(cells: Sequence[Cell], *relations: Relation, threshold: int = FEW) -> str:
    found = hide(cells, relations, threshold)
    assert determined(cells, relations, found, threshold) == set()
    return " ".join(sorted(name for (name,) in found))


def breakdown(*people: float | None, total: float | None) -> list[Cell]:
    parts = [cell(name, n) for name, n in zip("abcdef", people, strict=False)]
    return [*parts, cell("T", total, 1)]


# One breakdown


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([24, 22, 18], ""),
        # 49 in all, 24 + 22 shown: the 3 are a subtraction away
        ([24, 22, 3], "b c"),
        ([24, 3], "a b"),
        # 3 + 2 = 5 people: the total tells the two together
        ([24, 3, 2], "b c"),
        # 1 + 2 = 3 people: still too few together
        ([24, 12, 1, 2], "b c d"),
        # nobody is no person: neither hidden nor of any help
        ([0, 9, 7], ""),
        ([0, 30, 3], "b c"),
        # the first of two as small
        ([8, 8, 4], "a c"),
        # everything small: the total covers five people and more
        ([3, 4], "a b"),
        ([1, 2, 2], "a b c"),
        # the total is small too: all who are somebody
        ([3, 0, 1], "T a c"),
        ([3, 0], "T a"),
    ],
)
def test_a_part_takes_the_smallest_others_with_it(people: list[int], expected: str) -> None:
    assert (
        hidden(breakdown(*people, total=sum(people)), sums("T", " ".join("abcdef"[: len(people)])))
        == expected
    )


def test_a_threshold_of_0_hides_nothing() -> None:
    cells = [Cell(("a",), 1, small=True), Cell(("b",), None, small=True)]
    assert hide(cells, [], 0) == frozenset()
    assert not is_small(1, 0)
    assert not is_small(None, 0, unknown=True)


def test_who_is_few() -> None:
    assert [n for n in (0, 0.5, 1, 4.5, 5, 6) if is_small(n, 5)] == [0.5, 1, 4.5]
    assert is_small(None, 5, unknown=True)
    assert not is_small(None, 5)


def test_a_cell_by_itself() -> None:
    assert hidden([cell("a", 4), cell("b", 5)]) == "a"
    assert hidden([]) == ""


def test_an_unknown_number_of_people_comes_last_and_protects_nobody() -> None:
    # c (12) goes before b, unknown; 3 + 12 people are enough
    assert hidden(breakdown(3, None, 12, total=None), sums("T", "a b c")) == "a c"
    # b may be nobody: a + b, told by the total, is 3 people for sure; so the total goes
    assert hidden(breakdown(3, None, total=40), sums("T", "a b")) == "T a b"


def test_an_unknown_number_of_people_may_be_few() -> None:
    cells = [cell("a", None, unknown=True), cell("b", 20), cell("c", 30), cell("T", None, 1)]
    assert hidden(cells, sums("T", "a b c")) == "a b"
    cells = [cell("a", None, unknown=True), cell("b", None, unknown=True), cell("T", 50, 1)]
    assert hidden(cells, sums("T", "a b")) == "T a b"


def test_a_total_that_is_hidden_tells_nothing_of_its_only_hidden_part() -> None:
    # T and a go up and down together
    cells = [cell("a", 3), cell("b", 40), cell("T", 43, 1)]
    assert determined(cells, [sums("T", "a b")], [("a",), ("T",)], FEW) == set()
    assert determined(cells, [sums("T", "a b")], [("a",)], FEW) == {("a",)}
    # but not when the same total is the sum of others, printed
    told = [sums("T", "a b"), sums("T", "c d")]
    cells += [cell("c", 20), cell("d", 23)]
    assert determined(cells, told, [("a",), ("T",)], FEW) == {("a",), ("T",)}


def test_the_same_figure_printed_twice() -> None:
    cells = [cell("a", 3), cell("A", 3, 2)]
    assert hidden(cells, sums("A", "a")) == "A a"
    # the program does not know that they are the same people: it does not matter
    assert hidden([cell("a", 3), cell("A", 8, 2)], sums("A", "a")) == "A a"


def test_relations_name_cells_that_are() -> None:
    with pytest.raises(KeyError):
        hide([cell("a", 3)], [sums("T", "a")], FEW)


# Several relations


def test_the_total_over_dates_less_the_other_dates() -> None:
    cells = [cell("d1", 30, 1), cell("d2", 3, 1), cell("d3", 12, 1), cell("all", 45, 3)]
    assert hidden(cells, sums("all", "d1 d2 d3")) == "d2 d3"


def test_four_cells_of_a_two_by_two_table() -> None:
    """Categories F, H by dates 1, 2: the small F1 takes H1, both take their category's other."""
    cells = [cell("F1", 3), cell("H1", 20), cell("F2", 30), cell("H2", 40)]
    cells += [cell("T1", 23, 1), cell("T2", 70, 1), cell("F", 33, 2), cell("H", 60, 2)]
    cells += [cell("T", 93, 3)]
    crossing = (
        sums("T1", "F1 H1"),
        sums("T2", "F2 H2"),
        sums("F", "F1 F2"),
        sums("H", "H1 H2"),
        sums("T", "T1 T2"),
        sums("T", "F H"),
    )
    assert hidden(cells, *crossing) == "F1 F2 H1 H2"
    # without the categories' figures, the date alone
    assert hidden(cells, crossing[0], crossing[1], crossing[4]) == "F1 H1"


def grid(rows: Sequence[Sequence[int]]) -> tuple[list[Cell], list[Relation]]:
    """A table with its margins: cells "12" (row 1, column 2), margins "1*", "*2", "**"."""
    height, width = range(len(rows)), range(len(rows[0]))
    cells = [cell(f"{i}{j}", rows[i][j]) for i in height for j in width]
    cells += [cell(f"{i}*", sum(rows[i]), 1) for i in height]
    cells += [cell(f"*{j}", sum(row[j] for row in rows), 1) for j in width]
    cells += [cell("**", sum(map(sum, rows)), 2)]
    relations = [sums(f"{i}*", " ".join(f"{i}{j}" for j in width)) for i in height]
    relations += [sums(f"*{j}", " ".join(f"{i}{j}" for i in height)) for j in width]
    relations += [sums("**", " ".join(f"{i}*" for i in height))]
    relations += [sums("**", " ".join(f"*{j}" for j in width))]
    return cells, relations


def test_three_by_three_closes_on_four_cells() -> None:
    cells, relations = grid([[3, 10, 20], [12, 30, 40], [25, 50, 60]])
    assert hidden(cells, *relations) == "00 01 10 11"


def test_two_small_cells_share_their_four() -> None:
    cells, relations = grid([[3, 10, 20], [12, 4, 40], [25, 50, 60]])
    assert hidden(cells, *relations) == "00 01 10 11"


def test_each_relation_is_safe_and_yet_two_together_tell() -> None:
    """a + b is told, and a + b + c: so c is, by difference."""
    cells = [cell(name, n) for name, n in zip("abcdxyzw", (3, 20, 30, 40, 9, 9, 9, 9), strict=True)]
    cells += [cell("T", 32, 1), cell("U", 62, 1)]
    relations = [sums("T", "a b x y"), sums("U", "a b c z w")]
    told = [("a",), ("b",), ("c",)]
    assert determined(cells, relations, told, FEW) == {("c",)}
    assert determined(cells, relations, told[:2], FEW) == set()


def test_a_sum_of_few_people_told_by_two_relations() -> None:
    """T - U + d = a + b, 4 people, when d is printed elsewhere."""
    cells = [cell("a", 2), cell("b", 2), cell("c", 20), cell("d", 30)]
    cells += [cell("T", 24, 1), cell("U", 50, 1), cell("V", 30, 1)]
    relations = [sums("T", "a b c"), sums("U", "c d"), sums("V", "d")]
    parts = [(name,) for name in "abcd"]
    assert determined(cells, relations[:2], parts, FEW) == set()
    assert determined(cells, relations, parts, FEW) == set(parts)
    assert hidden(cells, *relations) == "V a b c d"


# Trajectories


def running(*people: int) -> tuple[list[Cell], list[Relation]]:
    """One occasion a day, and a point at the end of each: the sum so far."""
    cells: list[Cell] = []
    relations: list[Relation] = []
    for day, n in enumerate(people):
        cells += [cell(f"d{day}", n, 1), cell(f"p{day}", sum(people[: day + 1]), 2)]
        relations.append(sums(f"p{day}", f"d{day} p{day - 1}" if day else "d0"))
    return cells, relations


def test_two_points_less_one_another_tell_a_day() -> None:
    cells, relations = running(20, 3, 30, 25)
    # d1 = p1 - p0: p1 goes, else p0 and so d0; then d2 = p2 - p1 goes with it
    assert hidden(cells, *relations) == "d0 d1 p0"


def test_days_of_one_person_do_not_come_out_three_together() -> None:
    cells, relations = running(20, 1, 1, 1, 30, 25)
    # hidden, p1 and p2 leave d1 + d2 + d3 = p3 - p0, on 3 people
    day_and_points = [(name,) for name in ("d1", "d2", "d3", "p1", "p2")]
    assert determined(cells, relations, day_and_points, FEW) == {("d1",), ("d2",), ("d3",)}
    found = hidden(cells, *relations).split()
    assert {"d1", "d2", "d3"} < set(found)
    assert "p5" not in found


def test_latest_value_replaces_the_one_before() -> None:
    """Stocks of sites A and B: the point of day 2 = that of day 1, less A's old value, A's new."""
    cells = [cell("A1", 30), cell("B1", 20), cell("A2", 4), cell("p1", 50, 2), cell("p2", 24, 2)]
    relations = [sums("p1", "A1 B1"), sums("p2", "p1 A2", less="A1"), sums("p2", "A2 B1")]
    found = hidden(cells, *relations).split()
    assert "A2" in found
    assert len(found) >= 2


def test_points_go_before_measures_while_a_small_stock_stands() -> None:
    """One site a day out of 12, each replacing its own value: the points alone are given up."""
    cells: list[Cell] = []
    relations: list[Relation] = []
    last: dict[int, tuple[Key, int]] = {}
    for day in range(120):
        site, n = day * 7 % 12, 3 if day == 40 else 10 + day * 31 % 17
        value, point = ("value", str(day)), ("point", str(day))
        relations.append(
            Relation(
                point,
                (value, ("point", str(day - 1))) if day else (value,),
                less=(last[site][0],) if site in last else (),
            )
        )
        last[site] = value, n
        people = sum(n for _, n in last.values())
        cells += [Cell(value, n, is_small(n, FEW), 1), Cell(point, people, order=0)]
    found = hide(cells, relations, FEW)
    assert found == {("value", "40"), *(("point", str(day)) for day in range(40, 52))}
    assert determined(cells, relations, found, FEW) == set()


def test_a_plain_mean_counts_its_values() -> None:
    """3 × the mean of A and 2 × the mean of two give the third, as sums would."""
    cells = [cell("a", 9), cell("b", 9), cell("c", 3), cell("m", 21, 2), cell("ab", 18, 2)]
    relations = [sums("m", "a b c", times=3), sums("ab", "a b", times=2)]
    everything = [("a",), ("b",), ("c",)]
    assert determined(cells, relations, everything, FEW) == {("c",)}
    assert "c" in hidden(cells, *relations).split()


# Large tables


def visits(sites: int, days: int, categories: int) -> tuple[list[Cell], list[Relation]]:
    """Occasions with parts and total, figures of categories and sites, points day after day."""
    people: dict[Key, int] = {}
    relations: list[Relation] = []
    for site, day, category in product(range(sites), range(days), range(categories)):
        # 1 to 40, a fifth under 5, the same every time
        n = (site * 7919 + day * 104729 + category * 1299709) * 2654435761 % 2**32 % 97 % 21 + 1
        part = ("part", str(site), str(day), str(category))
        people[part] = n
        for total in (("occasion", str(site), str(day)), ("category", str(category))):
            people[total] = people.get(total, 0) + n
    occasions = {(s, d): ("occasion", str(s), str(d)) for s in range(sites) for d in range(days)}
    for (site, day), occasion in occasions.items():
        parts = (("part", str(site), str(day), str(c)) for c in range(categories))
        relations.append(Relation(occasion, tuple(parts)))
    for c in range(categories):
        parts = (("part", str(s), str(d), str(c)) for s, d in occasions)
        relations.append(Relation(("category", str(c)), tuple(parts)))
    for site in range(sites):
        mine = tuple(occasions[site, day] for day in range(days))
        people["site", str(site)] = sum(people[occasion] for occasion in mine)
        relations.append(Relation(("site", str(site)), mine))
    before: tuple[Key, ...] = ()
    for day in range(days):
        today = tuple(occasions[site, day] for site in range(sites))
        point = ("point", str(day))
        people[point] = sum(people[key] for key in before + today)
        relations.append(Relation(point, before + today))
        before = (point,)
    people["actual",] = people[before[0]]
    by_site = tuple(("site", str(site)) for site in range(sites))
    by_category = tuple(("category", str(c)) for c in range(categories))
    for parts in (before, tuple(occasions.values()), by_site, by_category):
        relations.append(Relation(("actual",), parts))  # noqa: PERF401 - reads as the others
    order = {"part": 0, "occasion": 1, "actual": 3}
    cells = [Cell(key, n, is_small(n, FEW), order.get(key[0], 2)) for key, n in people.items()]
    return cells, relations


def test_a_large_table_loses_parts_alone() -> None:
    cells, relations = visits(50, 20, 4)
    small = {c.key for c in cells if c.small}
    found = hide(cells, relations, FEW)
    assert len(cells) > 5000
    assert len(small) > 500
    assert small <= found
    assert len(found) < 2 * len(small)
    assert {key[0] for key in found} == {"part"}
    assert determined(cells, relations, found, FEW) == set()


def test_when_it_would_take_too_long_totals_go(monkeypatch: pytest.MonkeyPatch) -> None:
    cells, relations = visits(3, 4, 3)
    monkeypatch.setattr(disclosure, "EFFORT", 10)
    found = hide(cells, relations, FEW)
    assert ("actual",) in found
    assert determined(cells, relations, found, FEW) == set()


# Attacked


def null_space(rows: Iterable[Sequence[int | Fraction]], width: int) -> list[list[Fraction]]:
    """A basis of what unknowns may change by without changing any row's sum."""
    left = [[Fraction(x) for x in row] for row in rows]
    pivots: list[int] = []
    for column in range(width):
        at = len(pivots)
        found = next((i for i in range(at, len(left)) if left[i][column]), None)
        if found is None:
            continue
        left[at], left[found] = left[found], left[at]
        left[at] = [x / left[at][column] for x in left[at]]
        for i, row in enumerate(left):
            if i != at and row[column]:
                left[i] = [x - row[column] * y for x, y in zip(row, left[at], strict=True)]
        pivots.append(column)
    basis = []
    for free in (column for column in range(width) if column not in pivots):
        vector = [Fraction(column == free) for column in range(width)]
        for row, pivot in zip(left, pivots, strict=False):
            vector[pivot] = -row[free]
        basis.append(vector)
    return basis


def net(relation: Relation) -> dict[Key, int]:
    found = dict.fromkeys((*relation.parts, *relation.less, relation.total), 0)
    for keys, by in ((relation.parts, -1), (relation.less, 1), ((relation.total,), relation.times)):
        for key in keys:
            found[key] += by
    return found


def attacked(
    cells: Sequence[Cell], relations: Sequence[Relation], masked: Iterable[Key]
) -> set[Key]:
    """What linear combinations of printed figures tell: cells alone, and sums on few people.

    A sum of y times hidden cells is told when y is at right angles with all they may change by.
    """
    keys = sorted(masked)
    people = {c.key: c.people or 0 for c in cells}
    free = null_space(([row.get(key, 0) for key in keys] for row in map(net, relations)), len(keys))
    told = {key for i, key in enumerate(keys) if not any(vector[i] for vector in free)}
    few = [i for i, key in enumerate(keys) if people[key] < FEW and key not in told]
    for size in (2, 3, 4):
        for group in combinations(few, size):
            if sum(people[keys[i]] for i in group) < FEW:
                combined = null_space(([vector[i] for i in group] for vector in free), size)
                if len(combined) == 1 and len({x > 0 for x in combined[0] if x}) == 1:
                    told.update(keys[i] for i in group)
    return told


def follows_the_rule(cells: Sequence[Cell], relation: Relation, masked: frozenset[Key]) -> bool:
    """No hidden cell, a hidden total and part, two of enough people; or nothing is printed."""
    people = {c.key: c.people for c in cells}
    of = {key: by for key, by in net(relation).items() if by}
    hers = [key for key in of if key in masked]
    both_sides = len({of[key] > 0 for key in hers}) == 2
    enough = len(hers) > 1 and sum(people[key] or 0 for key in hers) >= FEW
    return not hers or both_sides or enough or all(key in masked or people[key] == 0 for key in of)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Cell], list[Relation]]:
    """Sites × dates × categories with all the margins, some of them not printed."""
    axes = [range(draw(st.integers(1, most))) for most in (3, 3, 3)]
    size = len(axes[0]) * len(axes[1]) * len(axes[2])
    counts = st.sampled_from([0, 1, 2, 3, 4, 5, 6, 8, 9, 12, 15, 20, 30])
    values = draw(st.lists(counts, min_size=size, max_size=size))
    people: dict[Key, int] = {}
    for at, n in zip(product(*axes), values, strict=True):
        for margin in product((False, True), repeat=3):
            key = tuple("*" if m else str(x) for m, x in zip(margin, at, strict=True))
            people[key] = people.get(key, 0) + n
    cells = [Cell(key, n, is_small(n, FEW), key.count("*")) for key, n in people.items()]
    relations = [
        Relation(key, tuple((*key[:axis], str(x), *key[axis + 1 :]) for x in axes[axis]))
        for key in people
        for axis in range(3)
        if key[axis] == "*"
    ]
    printed = draw(st.lists(st.integers(0, 9), min_size=len(relations), max_size=len(relations)))
    return cells, [r for r, kept in zip(relations, printed, strict=True) if kept]


@settings(max_examples=40, deadline=None)
@given(tables())
def test_an_attacker_finds_nothing(table: tuple[list[Cell], list[Relation]]) -> None:
    cells, relations = table
    masked = hide(cells, relations, FEW)
    assert {c.key for c in cells if c.small} <= masked
    assert masked.isdisjoint(c.key for c in cells if c.people == 0)
    assert attacked(cells, relations, masked) == set()
    assert determined(cells, relations, masked, FEW) == set()
    assert all(follows_the_rule(cells, relation, masked) for relation in relations)


@settings(max_examples=40, deadline=None)
@given(tables(), st.randoms(use_true_random=True))
def test_the_check_and_the_attacker_agree(
    table: tuple[list[Cell], list[Relation]], chance: Random
) -> None:
    cells, relations = table
    masked = {c.key for c in cells if c.people and chance.random() < 0.4}
    assert determined(cells, relations, masked, FEW) == attacked(cells, relations, masked)


@settings(max_examples=40, deadline=None)
@given(tables(), st.randoms(use_true_random=True))
def test_order_does_not_matter_nor_what_is_far_nor_doing_it_twice(
    table: tuple[list[Cell], list[Relation]], chance: Random
) -> None:
    cells, relations = table
    masked = hide(cells, relations, FEW)
    shuffled = [Relation(r.total, tuple(chance.sample(r.parts, len(r.parts)))) for r in relations]
    assert (
        hide(chance.sample(cells, len(cells)), chance.sample(shuffled, len(shuffled)), FEW)
        == masked
    )
    more = [cell("x", 9), cell("y", 20), cell("xy", 29, 1)]
    assert hide([*cells, *more], [*relations, sums("xy", "x y")], FEW) == masked
    again = [Cell(c.key, c.people, c.key in masked, c.order) for c in cells]
    assert hide(again, relations, FEW) == masked


@settings(max_examples=40, deadline=None)
@given(tables(), st.sampled_from([0, 20, 60, 150]))
def test_short_of_time_it_hides_more_and_protects_as_well(
    table: tuple[list[Cell], list[Relation]], effort: int
) -> None:
    cells, relations = table
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disclosure, "EFFORT", effort)
        masked = hide(cells, relations, FEW)
    assert attacked(cells, relations, masked) == set()
