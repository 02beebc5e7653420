"""What of each indicator leaves the program: nothing that tells of few people.

For one scope, everything that its documents print together is laid before disclosure.py: each
value recorded, the figure, the measured T0, each category, each point of the trajectory, the two
ends of « mêmes sites ». What it hides goes with all that tells it: rate, state, n, interval,
comment, alternative text. The workbook, the PDFs and ``show`` ask here, so that none tells what
another keeps.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.models.enums import ValueType, VisitState
from desktop_app.services.programme.experiment_reader import frameworks
from desktop_app.services.programme.experiment_rows import IndicatorRow
from desktop_app.services.results import occasions
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.definitions import ONLY, definitions
from desktop_app.services.results.disclosure import Cell, Key, Relation, hide, is_small
from desktop_app.services.results.gathering import Reckoned, read_occasions, reckoned
from desktop_app.services.results.occasions import Occasion
from desktop_app.services.results.perimeter import perimeter
from desktop_app.services.results.reckoning import Verdict, judged
from desktop_app.services.results.rows import (
    Baseline,
    CategoryResult,
    IndicatorResult,
    Movement,
    ObjectiveResult,
    Reserve,
    ResultSheet,
    ResultState,
    TrajectoryPoint,
)
from desktop_app.services.results.scope import Scope
from desktop_app.services.results.tallies import tallied
from desktop_app.services.results.trajectories import steps
from desktop_app.services.visits.visit_rows import VisitRow
from desktop_app.store.glance import Reader, Where
from desktop_app.store.queries import disclosure as queries
from desktop_app.store.queries.counted import counted_measurements

_ACTUAL, _T0, _THEN, _NOW = ("actual",), ("t0",), ("same sites", "t0"), ("same sites", "now")
# What is given up first to protect others: a point of a chart before a measure, the figure last.
_POINT, _MEASURE, _CATEGORY, _REFERENCE, _FIGURE = range(5)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What may not be printed of one indicator. ``cells`` are measurements' ids."""

    cells: frozenset[str] = frozenset()
    actual: bool = False
    baseline: bool = False
    same_sites: bool = False
    categories: frozenset[str] = frozenset()
    points: frozenset[dt.date] = frozenset()


NOTHING = Hidden()


def people_of(indicator: IndicatorRow, value: float, n: int | None) -> float | None:
    """How many people a value rests on, or is; None when nobody knows."""
    if not _value_counts(indicator, value, n):
        return n
    return value if n is None else min(value, n)


def _value_counts(indicator: IndicatorRow, value: float, n: int | None) -> bool:
    """Whether the value itself is a number of people: a sum of them, or a stock without n."""
    if indicator.value_type is not ValueType.NUMBER or not indicator.of_people or value < 0:
        return False
    if indicator.calculation is Calculation.SUM:
        return True
    return indicator.calculation is Calculation.LATEST and n is None and value == int(value)


def concerned(indicator: IndicatorRow) -> bool:
    """Whether its values rest on people; sites (yes/no), sessions and objects are none."""
    return indicator.of_people and indicator.calculation not in {
        Calculation.SITES,
        Calculation.NONE,
    }


def hidden_of(
    reader: Reader, counted: Where, indicators: Sequence[IndicatorRow], threshold: int
) -> dict[str, Hidden]:
    """By indicator, those of which something may not leave."""
    asked = [indicator for indicator in indicators if concerned(indicator)]
    if threshold <= 0 or not asked:
        return {}
    percentages = [i.id for i in asked if i.value_type is ValueType.PERCENTAGE]
    few = queries.with_few(reader, counted, [i.id for i in asked], percentages, threshold=threshold)
    asked = [indicator for indicator in asked if indicator.id in few]
    known = definitions(reader, [i.id for i in asked if i.version > 1])
    found: dict[str, Hidden] = {}
    for indicator in asked:  # one at a time: the values of all of them would fill the memory
        seen = read_occasions(reader, counted, [indicator]).get(indicator.id, [])
        made = reckoned(indicator, seen, known.get(indicator.id, ONLY))
        hidden = hidden_in(indicator, made, threshold)
        if hidden != NOTHING:
            found[indicator.id] = hidden
    return found


def hidden_measures(
    reader: Reader, visit: VisitRow, threshold: int
) -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    """(indicator, category) of a visit's measures that its report may not tell.

    And the indicators of which something is hidden, here or elsewhere.

    Beside all the documents that count it: drafts are there when the visit is one.
    """
    drafts = visit.state is not VisitState.VALIDATED
    scope = Scope(experiment_id=visit.experiment_id, include_drafts=drafts)
    counted = counted_measurements(reader, perimeter(reader, scope))
    known = frameworks(reader, [(visit.experiment_id, "")])
    asked = [i for part in known[visit.experiment_id] for i in part.indicators]
    hidden = hidden_of(reader, counted, asked, threshold)
    gone = [cell for one in hidden.values() for cell in one.cells]
    return queries.places_in_visit(reader, gone, visit.id), frozenset(hidden)


def hidden_in(indicator: IndicatorRow, made: Reckoned, threshold: int) -> Hidden:
    """Of one indicator's occasions, pure."""
    printed = Printed(indicator, made, threshold)
    keys = hide(printed.cells.values(), printed.relations, threshold)
    gone = {key for key, cell in printed.names.items() if cell in keys}
    return Hidden(
        cells=frozenset(key[1] for key in gone if key[0] == "measure"),
        actual=_ACTUAL in gone,
        baseline=_T0 in gone,
        same_sites=_THEN in gone or _NOW in gone,
        categories=frozenset(key[1] for key in gone if key[0] == "category"),
        points=frozenset(dt.date.fromisoformat(key[1]) for key in gone if key[0] == "point"),
    )


class Printed:
    """Everything that documents print of one indicator, and the sums that hold between them.

    ``names`` gives the cell of each thing printed: two that rest on the same values are one.
    """

    def __init__(self, indicator: IndicatorRow, made: Reckoned, threshold: int) -> None:
        self.cells: dict[Key, Cell] = {}
        self.relations: list[Relation] = []
        self.names: dict[Key, Key] = {}
        self._made_of: dict[frozenset[Key], Key] = {}
        self._indicator = indicator
        self._threshold = threshold
        self._unknown = indicator.value_type is ValueType.PERCENTAGE
        for occasion in made.occasions:
            for cell in occasion.cells:
                people = people_of(indicator, cell.value, cell.n)
                self._add(_measure(cell), people, cell.n, _MEASURE)
            self._breakdown(occasion)
        rule, seen = made.rule, made.occasions
        now = judged(seen, rule)
        self._total(_ACTUAL, now, _FIGURE)
        if rule.calculation is not Calculation.SUM:
            before = judged(seen, rule, initial=True)
            self._total(_T0, before, _REFERENCE)
            self._same_sites(before, now)
        for name in sorted({cell.category for o in seen for cell in o.parts}):
            parts = [one for o in seen if (one := o.of_category(name)) is not None]
            self._total(("category", name), judged(parts, rule), _CATEGORY)
        self._points(made)

    def _add(self, key: Key, people: float | None, n: float | None, order: int) -> None:
        small = is_small(people, self._threshold, unknown=self._unknown)
        small = small or is_small(n, self._threshold)  # a value of 0 that few people gave
        self.cells[key] = Cell(key, people, small, order, n)
        self.names[key] = key

    def _breakdown(self, occasion: Occasion) -> None:
        """A total and parts that make it, whether by their values or by their n."""
        total = occasion.total
        if total is None or not occasion.parts:
            return
        whole_n = occasions.whole_n([occasions.Value(c.value, c.n) for c in occasion.parts])
        same_n = total.n is not None and total.n == whole_n
        added = self._indicator.calculation is Calculation.SUM
        rest = abs(sum(c.value for c in occasion.parts) - total.value)
        if same_n or (added and rest <= 1e-9 * abs(total.value)):
            parts = tuple(_measure(cell) for cell in occasion.parts)
            self.relations.append(Relation(_measure(total), parts))

    def _total(self, key: Key, verdicts: Iterable[Verdict], order: int) -> None:
        self._sum(key, [_used(v.occasion) for v in verdicts if v.counted], order)

    def _same_sites(self, before: Sequence[Verdict], now: Sequence[Verdict]) -> None:
        first, last = ({v.occasion.site_id for v in vs if v.counted} for vs in (before, now))
        both = first & last
        for key, verdicts in ((_THEN, before), (_NOW, now)):
            kept = [v for v in verdicts if v.occasion.site_id in both]
            self._total(key, kept, _POINT)

    def _points(self, made: Reckoned) -> None:
        """Each point from the one before: what it adds to it, and what that replaces."""
        before: tuple[Key, ...] = ()
        held: set[Key] = set()
        for step in steps(made.occasions, made.rule):
            key = ("point", step.date.isoformat())
            fresh = {
                part
                for occasion in step.occasions
                for part in _used(occasion)
                if not self.cells[part].of_nobody
            }
            whole = held | fresh if step.added else fresh
            new, gone = sorted(whole - held), sorted(held - whole)
            same = self._made_of.get(frozenset(whole))
            if before and len(new) + len(gone) < len(whole):
                self._sum(key, [(*before, *new)], _POINT, same, less=tuple(gone))
            else:
                self._sum(key, [tuple(sorted(whole))], _POINT, same)
            before = (self.names[key],) if key in self.names else ()
            held = whole

    def _sum(
        self,
        key: Key,
        occasions_: Sequence[tuple[Key, ...]],
        order: int,
        same: Key | None = None,
        less: tuple[Key, ...] = (),
    ) -> None:
        """A figure and the values that make it; ``same``: what already rests on these values.

        ``less`` are taken away. Nobody adds nothing: values of 0 people are in no sum.
        """
        everything = (part for used in occasions_ for part in used)
        parts = tuple(part for part in everything if not self.cells[part].of_nobody)
        if not parts:
            return
        made_of = frozenset(parts)
        if not less:
            same = same or self._made_of.get(made_of) or (parts[0] if len(parts) == 1 else None)
        self.names[key] = same or key
        if same is None:
            counts = {part: self.cells[part].people for part in (*parts, *less)}
            said = {part: self.cells[part].n for part in (*parts, *less)}
            self._add(key, _added(counts, parts, less), _added(said, parts, less), order)
            if not less:
                self._made_of[made_of] = key
        if self.names[key] not in parts:
            self.relations.append(Relation(self.names[key], parts, less))


def _added(
    counts: Mapping[Key, float | None], parts: Sequence[Key], less: Sequence[Key]
) -> float | None:
    """None when one of them is not known."""
    known = [(sign, counts[part]) for sign, keys in ((1, parts), (-1, less)) for part in keys]
    said = [sign * count for sign, count in known if count is not None]
    return sum(said) if len(said) == len(known) else None


def _measure(cell: occasions.Cell) -> Key:
    return ("measure", cell.id)


def _used(occasion: Occasion) -> tuple[Key, ...]:
    return tuple(_measure(cell) for cell in occasion.used)


def withheld(result: IndicatorResult, hidden: Hidden) -> IndicatorResult:
    """The result as a document may print it."""
    result = replace(
        _without_its_parts(result) if hidden.cells else result,
        by_category=tuple(
            _masked(row) if row.category in hidden.categories else row for row in result.by_category
        ),
        same_sites=None if hidden.same_sites else result.same_sites,
    )
    if hidden.baseline:
        result = _without_measured_t0(result)
    if not hidden.actual:
        return result
    return replace(
        result,
        masked=True,
        actual=None,
        n=None,
        interval=None,
        attainment=None,
        state=ResultState.UNJUDGED,
        movement=Movement.NO_DATA,
        few=False,
        same_sites=None,
        without_n=0,
        baseline=replace(result.baseline, agreed_rate=None, measured_rate=None),
        by_category=tuple(replace(row, rate=None) for row in result.by_category),
    )


def _without_its_parts(result: IndicatorResult) -> IndicatorResult:
    """A total and the sum of its parts would tell the part that is hidden."""
    said = tuple(one for one in result.reserves if one is not Reserve.PARTS_DISAGREE)
    return replace(result, disagreements=(), reserves=said)


def _masked(row: CategoryResult) -> CategoryResult:
    return replace(row, actual=None, n=None, interval=None, rate=None, masked=True)


def _without_measured_t0(result: IndicatorResult) -> IndicatorResult:
    """A measured T0 that may not be told is not told by a rate either; a target reached stays."""
    t0 = result.baseline
    kept = Baseline(agreed=t0.agreed, used=t0.agreed, agreed_rate=t0.agreed_rate)
    if t0.used is not None and t0.used == t0.agreed and not t0.to_measure:
        return replace(result, baseline=kept, same_sites=None)
    reached = result.movement is Movement.REACHED
    return replace(
        result,
        baseline=replace(kept, used=None),
        attainment=None,
        expected=None,
        state=result.state if reached else ResultState.UNJUDGED,
        movement=result.movement if reached else Movement.NO_DATA,
        reserves=(*result.reserves, Reserve.T0_WITHHELD),
        same_sites=None,
        by_category=tuple(replace(row, rate=None) for row in result.by_category),
    )


def withheld_sheet(sheet: ResultSheet, hidden: Mapping[str, Hidden]) -> ResultSheet:
    """A sheet as a document may print it, its tallies told again from what is left."""
    objectives = tuple(
        ObjectiveResult(
            part.objective,
            tuple(withheld(r, hidden.get(r.indicator.id, NOTHING)) for r in part.results),
        )
        for part in sheet.objectives
    )
    results = [(part.level, result) for part in objectives for result in part.results]
    return replace(sheet, objectives=objectives, experiment=tallied(sheet.experiment, results))


def shown_points(points: Sequence[TrajectoryPoint], hidden: Hidden) -> tuple[TrajectoryPoint, ...]:
    """The points that may be drawn; none when the figure they lead to is withheld."""
    if hidden.actual:
        return ()
    return tuple(point for point in points if point.date not in hidden.points)
