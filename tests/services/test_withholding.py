"""Nothing that leaves tells of few people: an attacker adds and subtracts all that is printed."""

import datetime as dt
import random
from dataclasses import replace
from fractions import Fraction

import pytest
from occasion_samples import day, of, visit
from result_samples import EXPERIMENT, an_indicator

from desktop_app.models.enums import Aggregation, Counted, Frequency, ValueType, Wave
from desktop_app.services.programme.experiment_rows import IndicatorRow
from desktop_app.services.results.basis import Circumstances, Evidence, rule_of
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.gathering import Reckoned
from desktop_app.services.results.indicator_result import indicator_result
from desktop_app.services.results.occasions import Cell, Occasion
from desktop_app.services.results.reckoning import judged, shares
from desktop_app.services.results.rows import (
    Baseline,
    Disagreement,
    IndicatorResult,
    Movement,
    Reserve,
    ResultState,
    Thresholds,
)
from desktop_app.services.results.trajectories import steps
from desktop_app.services.results.withholding import (
    NOTHING,
    Hidden,
    concerned,
    hidden_in,
    people_of,
    withheld,
)
from desktop_app.services.results.words import reserves_text

THRESHOLD = 5
SUM = an_indicator(aggregation=Aggregation.ADDITIVE, n_counts=Counted.PEOPLE)
COUNTED = an_indicator(aggregation=Aggregation.ADDITIVE)  # each sum of people says its n too
RATE = an_indicator(
    value_type=ValueType.PERCENTAGE, aggregation=Aggregation.RATIO, n_counts=Counted.PEOPLE
)
LATEST = an_indicator(
    value_type=ValueType.PERCENTAGE, frequency=Frequency.WAVE, n_counts=Counted.PEOPLE
)


def reckoned(indicator: IndicatorRow, *visits: list[Cell]) -> Reckoned:
    return Reckoned(tuple(of(*visits)), rule_of(indicator), 1, current=True)


def unseen(indicator: IndicatorRow) -> IndicatorResult:
    seen = Circumstances(dt.date(2021, 6, 1), Thresholds())
    return indicator_result(indicator, EXPERIMENT, Evidence(), seen)


def hidden(indicator: IndicatorRow, *visits: list[Cell]) -> Hidden:
    return hidden_in(indicator, reckoned(indicator, *visits), THRESHOLD)


@pytest.mark.parametrize(
    ("changes", "value", "n", "people"),
    [
        ({"aggregation": Aggregation.ADDITIVE}, 3, None, 3),  # Femmes : 3
        ({"aggregation": Aggregation.ADDITIVE}, 3, 40, 3),
        ({"aggregation": Aggregation.ADDITIVE}, 40, 3, 3),
        ({"aggregation": Aggregation.ADDITIVE, "n_counts": Counted.SESSIONS}, 3, None, None),
        ({"aggregation": Aggregation.ADDITIVE, "n_counts": Counted.ANSWERS}, 3.5, None, 3.5),
        ({"aggregation": Aggregation.LATEST}, 3, None, 3),  # a stock of people
        ({"aggregation": Aggregation.LATEST}, 3, 40, 40),
        ({"aggregation": Aggregation.LATEST}, 3.5, None, None),
        ({"aggregation": Aggregation.MEAN}, 3, None, None),
        ({"value_type": ValueType.PERCENTAGE}, 3, 40, 40),
        ({"value_type": ValueType.PERCENTAGE}, 3, None, None),
    ],
)
def test_how_many_people_a_value_tells_of(changes, value, n, people) -> None:
    assert people_of(an_indicator(**changes), value, n) == people


def test_what_is_no_matter_of_people_is_never_withheld() -> None:
    assert concerned(an_indicator())
    assert not concerned(an_indicator(n_counts=Counted.OBJECTS))
    assert not concerned(an_indicator(value_type=ValueType.YES_NO))
    assert not concerned(an_indicator(value_type=ValueType.QUALITATIVE))


def test_a_small_part_takes_another_with_it() -> None:
    rows = visit("a", day(5), 20, parts={"Femmes": 1, "Hommes": 7, "Autres": 12})
    found = hidden(SUM, rows)
    assert found.categories == {"Femmes", "Hommes"}
    assert not found.actual
    assert len(found.cells) == 2


def test_a_percentage_without_n_is_treated_as_small() -> None:
    assert hidden(RATE, visit("a", day(5), 50)).actual
    assert hidden(RATE, visit("a", day(5), 50, 40)) == NOTHING


def test_a_site_is_not_told_by_the_total_minus_the_others() -> None:
    found = hidden(
        LATEST,
        visit("a", day(5), 50, 3, wave=Wave.T1),
        visit("b", day(5), 50, 30, wave=Wave.T1),
        visit("c", day(5), 50, 60, wave=Wave.T1),
    )
    assert not found.actual
    assert len(found.cells) == 2  # the small one and the next


def test_nought_is_nobody_unless_few_said_so() -> None:
    rows = [visit("a", day(5), 12), visit("b", day(5), 0)]
    assert hidden(SUM, *rows) == NOTHING
    few = visit("b", day(5), 0, 3)
    assert hidden(SUM, visit("a", day(5), 12, 12), few).cells >= {few[0].id}


def test_n_of_the_parts_of_a_sum_are_protected_together() -> None:
    """12 and 6 printed would tell the 6 whose value is hidden, and through it 4 elsewhere."""
    rows = visit("a", day(5), 43.7, 12, parts={"Enfants": (3.0, 6), "Adolescents": (90.0, 6)})
    found = hidden(SUM, rows)
    total, children, teenagers = rows
    assert children.id in found.cells
    assert found.cells & {total.id, teenagers.id}


def test_the_n_of_a_single_part_is_its_total_s() -> None:
    total, part = visit("a", day(5), 60.0, 1, parts={"Femmes": (80.0, 1)})
    assert hidden(SUM, [total, part]).cells == {total.id, part.id}


def test_the_threshold_of_nought_hides_nothing() -> None:
    assert hidden_in(SUM, reckoned(SUM, visit("a", day(5), 1)), 0) == NOTHING


def test_all_that_tells_a_figure_goes_with_it() -> None:
    made = reckoned(RATE, visit("a", day(3), 30, 3, wave=Wave.T0), visit("a", day(5), 50, 3))
    evidence = Evidence(
        sites=shares(judged(made.occasions, made.rule), made.rule.calculation),
        initial=shares(judged(made.occasions, made.rule, initial=True), made.rule.calculation),
    )
    seen = Circumstances(dt.date(2021, 6, 1), Thresholds())
    result = withheld(
        indicator_result(RATE, EXPERIMENT, evidence, seen), hidden_in(RATE, made, THRESHOLD)
    )
    assert result.masked
    told = (result.actual, result.n, result.interval, result.attainment, result.same_sites)
    assert told == (None, None, None, None, None)
    assert (result.state, result.movement) == (ResultState.UNJUDGED, Movement.NO_DATA)
    assert (result.baseline.measured, result.baseline.measured_rate) == (None, None)


def test_parts_that_do_not_make_their_total_are_not_told_when_one_is_hidden() -> None:
    apart = (Disagreement(day(5), "a", 12, 10),)
    result = replace(unseen(RATE), disagreements=apart, reserves=(Reserve.PARTS_DISAGREE,))
    assert reserves_text(withheld(result, NOTHING)) != ()
    told = withheld(result, Hidden(cells=frozenset({"of the visit"})))
    assert (told.disagreements, reserves_text(told)) == ((), ())


@pytest.mark.parametrize(
    ("movement", "state"),
    [
        (Movement.REACHED, ResultState.REACHED),  # holds whatever the T0
        (Movement.DECLINE, ResultState.DECLINE),
    ],
)
def test_a_measured_t0_withheld_takes_the_state_unless_the_target_is_reached(
    movement: Movement, state: ResultState
) -> None:
    start = Baseline(measured=20.0, measured_n=3, used=20.0, measured_rate=1.0, to_measure=True)
    result = replace(
        unseen(RATE), actual=60.0, n=40, movement=movement, state=state, baseline=start
    )
    told = withheld(result, Hidden(baseline=True))
    kept = movement is Movement.REACHED
    assert (told.movement is movement, told.state is state) == (kept, kept)
    assert (told.actual, told.baseline, told.attainment) == (60.0, Baseline(), None)
    assert reserves_text(told) == ("Le T0 repose sur trop peu de personnes pour sortir du carnet.",)


# The attacker: knows everything printed of one indicator, and each identity that holds between
# the figures; solves for what is hidden.


COURTESY = {"now", "then"}  # a sentence of two figures goes when one of them does
Equation = dict[str, Fraction]


def sums(indicator: IndicatorRow, made: Reckoned, gone: Hidden):
    """(name, whether it is printed, cells with their sign) of every identity."""
    seen, rule = made.occasions, made.rule
    now = [v.occasion for v in judged(seen, rule) if v.counted]
    yield "actual", not gone.actual, used(now)
    if indicator.calculation is not Calculation.SUM:
        before = [v.occasion for v in judged(seen, rule, initial=True) if v.counted]
        yield "t0", not gone.baseline, used(before)
        both = {o.site_id for o in now} & {o.site_id for o in before}
        for name, some in (("now", now), ("then", before)):
            yield name, not gone.same_sites, used([o for o in some if o.site_id in both])
    for name in {cell.category for o in seen for cell in o.parts}:
        parts = [one for o in seen if (one := o.of_category(name)) is not None]
        counted = [v.occasion for v in judged(parts, rule) if v.counted]
        yield f"category {name}", name not in gone.categories, used(counted)
    for occasion in seen:
        if occasion.total is not None and occasion.parts:
            yield "", True, [*((1, cell) for cell in occasion.parts), (-1, occasion.total)]
    running: list[Occasion] = []
    for step in steps(seen, rule):
        running = [*running, *step.occasions] if step.added else [*step.occasions]
        yield f"point {step.date}", step.date not in gone.points, used(running)


def used(occasions: list[Occasion]) -> list[tuple[int, Cell]]:
    return [(1, cell) for occasion in occasions for cell in occasion.used]


def equations(indicator: IndicatorRow, made: Reckoned, gone: Hidden) -> list[Equation]:
    """In hidden measures and hidden figures; all that is printed is known."""
    rows: list[Equation] = []
    for name, printed, cells in sums(indicator, made, gone):
        row: Equation = {}
        for sign, cell in cells:
            if cell.id in gone.cells:
                row[cell.id] = row.get(cell.id, Fraction(0)) + sign
        if not printed:
            row[name] = Fraction(-1)
        rows.append({key: value for key, value in row.items() if value})
    return [row for row in rows if row]


def without(row: Equation, pivot: str, known: Equation) -> Equation:
    times = row.get(pivot, Fraction(0))
    keys = row.keys() | known.keys()
    found = {k: row.get(k, Fraction(0)) - times * known.get(k, Fraction(0)) for k in keys}
    return {key: value for key, value in found.items() if value}


def reduced(rows: list[Equation]) -> list[Equation]:
    """Row echelon form, fully reduced."""
    done: list[tuple[str, Equation]] = []
    for row in rows:
        left = row
        for pivot, known in done:
            left = without(left, pivot, known)
        if left:
            pivot = min(left)
            left = {key: value / left[pivot] for key, value in left.items()}
            done = [(other, without(known, pivot, left)) for other, known in done]
            done.append((pivot, left))
    return [row for _, row in done]


def assert_nothing_is_told(indicator: IndicatorRow, made: Reckoned, gone: Hidden) -> None:
    people = {
        cell.id: people_of(indicator, cell.value, cell.n)
        for occasion in made.occasions
        for cell in occasion.cells
    }
    said = {cell.id: cell.n for occasion in made.occasions for cell in occasion.cells}
    for cell, count in people.items():
        smallest = min((some for some in (count, said[cell]) if some), default=THRESHOLD)
        assert smallest >= THRESHOLD or cell in gone.cells
    for row in reduced(equations(indicator, made, gone)):
        assert len(row) > 1 or row.keys() <= COURTESY, row
        positive = all(value > 0 for value in row.values())
        cells = [key for key in row if key in people]
        if positive and len(cells) == len(row):
            assert sum(people[key] or 0 for key in cells) >= THRESHOLD, row


def anyone(rng: random.Random, indicator: IndicatorRow) -> list[list[Cell]]:
    visits: list[list[Cell]] = []
    for _ in range(rng.randint(1, 9)):
        sizes = [rng.choice([0, 1, 2, 3, 4, 6, 9, 15]) for _ in range(rng.choice([2, 2, 3]))]
        names = ["Femmes", "Hommes", "Autres"][: len(sizes)]
        added = indicator.calculation is Calculation.SUM
        counts = [None if indicator is SUM else size or 1 for size in sizes]
        values = [float(size if added else rng.randint(0, 100)) for size in sizes]
        if indicator is COUNTED and rng.random() < 0.5:
            values = [rng.choice([0.0, 2.0, 30.0]) for _ in sizes]  # apart from their n
        parts = dict(zip(names, zip(values, counts, strict=True), strict=True))
        whole = sum(values) if added else float(rng.randint(0, 100))
        shape = rng.choice(["total", "parts", "both"])
        total = whole, None if indicator is SUM else sum(count or 0 for count in counts)
        visits.append(
            visit(
                rng.choice("abc"),
                day(rng.randint(3, 6), rng.randint(1, 3)),
                *(total if shape != "parts" else ()),
                parts=parts if shape != "total" else None,
                wave=rng.choice([None, Wave.T0, Wave.T1]),
            )
        )
    return visits


@pytest.mark.parametrize(
    "indicator", [SUM, COUNTED, RATE, LATEST], ids=["sum", "counted", "rate", "latest"]
)
@pytest.mark.parametrize("start", range(0, 120, 20))
def test_no_sum_nor_difference_of_what_is_printed_tells_what_is_hidden(
    indicator: IndicatorRow, start: int
) -> None:
    for number in range(start, start + 20):
        made = reckoned(indicator, *anyone(random.Random(number), indicator))  # noqa: S311
        assert_nothing_is_told(indicator, made, hidden_in(indicator, made, THRESHOLD))
