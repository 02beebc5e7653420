"""What a document keeps quiet so that nothing it prints tells of few people (rules 19 and 20).

A document prints *cells* (measures, category figures, totals, T0, points of a trajectory) and,
between them, *relations*: a total and its parts. Cells on too few people are hidden; then others,
the least lost first, until no relation gives a hidden one back, nor any sum or difference of
relations: that is a system of linear equations whose unknowns are the hidden cells, solved exactly.
Relations hold for values and for n alike (values counted, or multiplied by n), and a cell goes out
whole or not at all, so one system stands for both.
"""

import heapq
import math
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

Key = tuple[str, ...]
Row = dict[int, int]

PRIME = 2**61 - 1
BROAD = 16  # hidden cells in a row: longer ones are looked at as they are, not added up
EFFORT = 400_000  # terms combined per group of linked cells, about a fifth of a second


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed figure with all that goes with it. Keys are distinct.

    ``people`` is how many it rests on: None is unknown and protects nobody, 0 is nobody, never
    hidden. ``small`` hides it for itself. The lowest ``order`` is given up first for others'
    sake (0 a part, then totals, the indicator's figure last), then the fewest people.
    """

    key: Key
    people: float | None
    small: bool = False
    order: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """What a reader can add up: ``times`` × total = sum of ``parts`` - sum of ``less``.

    Every key is a cell's. ``times`` is for plain means: 3 × mean = sum of 3 values.
    """

    total: Key
    parts: tuple[Key, ...]
    less: tuple[Key, ...] = ()
    times: int = 1


def is_small(people: float | None, threshold: int, *, unknown: bool = False) -> bool:
    """Whether a figure on so many people is hidden for itself; ``unknown`` answers for None."""
    return unknown and threshold > 0 if people is None else 0 < people < threshold


def hide(cells: Collection[Cell], relations: Iterable[Relation], threshold: int) -> frozenset[Key]:
    """Keys of the cells to hide: the small ones and those that would tell them.

    The same whatever the order of cells and relations. KeyError when a relation names no cell.
    """
    if threshold <= 0 or not any(cell.small for cell in cells):
        return frozenset()
    table = _Table(cells, relations, threshold)
    table.hide(place for place, cell in enumerate(table.cells) if cell.small)
    while fresh := table.settle():
        protected: set[int] = set()
        for group in table.linked(fresh):
            told = table.told(group, EFFORT)
            if told is None:
                table.hide(table.totals[relation] for relation in group)
                continue
            for equation in told:
                sources = table.printed(equation)
                if sources and protected.isdisjoint(sources):
                    protected.add(min(sources))
                    table.hide([min(sources)])
    return frozenset(table.cells[place].key for place in table.hidden)


def determined(
    cells: Collection[Cell], relations: Iterable[Relation], hidden: Collection[Key], threshold: int
) -> set[Key]:
    """Hidden cells a reader can work out, alone or summed over fewer than ``threshold`` people."""
    table = _Table(cells, relations, threshold)
    table.hide(place for place, cell in enumerate(table.cells) if cell.key in hidden)
    return {
        table.cells[place].key
        for group in table.linked(table.fresh)
        for equation in table.told(group, math.inf) or ()
        for place in equation
        if place >= 0
    }


class _Table:
    """Cells by place, the first to give up first, and relations as (place, coefficient) terms."""

    def __init__(
        self, cells: Collection[Cell], relations: Iterable[Relation], threshold: int
    ) -> None:
        self.cells = sorted(cells, key=lambda c: (c.order, c.people is None, c.people or 0, c.key))
        place = {cell.key: number for number, cell in enumerate(self.cells)}
        self.threshold = threshold
        self.people = [cell.people or 0 for cell in self.cells]
        self.hidden: set[int] = set()
        self.fresh: list[int] = []
        known = sorted(
            (len(terms), terms, place[relation.total])
            for relation in set(relations)
            if (terms := _terms(relation, place))
        )
        self.terms = [terms for _, terms, _ in known]
        self.totals = [total for _, _, total in known]
        self.uses: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, terms in enumerate(self.terms):
            for cell, coefficient in terms:
                self.uses[cell].append((number, coefficient))
        # of each relation: how many hidden on either side, on how many people; the next to hide
        self.sides = [[0, 0] for _ in known]
        self.counts = [[0.0, 0.0] for _ in known]
        self.next = [0 for _ in known]
        self.unknown: list[Row] = [{} for _ in known]
        self.queue: list[int] = []

    def hide(self, places: Iterable[int]) -> None:
        for place in places:
            if place in self.hidden or self.cells[place].people == 0:
                continue
            self.hidden.add(place)
            self.fresh.append(place)
            for relation, coefficient in self.uses[place]:
                self.unknown[relation][place] = coefficient
                self.sides[relation][coefficient > 0] += 1
                self.counts[relation][coefficient > 0] += self.people[place]
                heapq.heappush(self.queue, relation)

    def settle(self) -> list[int]:
        """Hide until each relation by itself tells nothing; places hidden since last time."""
        while self.queue:
            relation = heapq.heappop(self.queue)
            while not self._safe(relation) and (place := self._least(relation)) is not None:
                self.hide([place])
        fresh, self.fresh = self.fresh, []
        return fresh

    def _safe(self, relation: int) -> bool:
        """A hidden total and a hidden part tell nothing; else two of one side, on enough people."""
        left, right = self.sides[relation]
        if bool(left) == bool(right):
            return True
        return left + right > 1 and sum(self.counts[relation]) >= self.threshold

    def _least(self, relation: int) -> int | None:
        """The printed cell that is given up first; None when none can be."""
        terms = self.terms[relation]
        while self.next[relation] < len(terms):
            place = terms[self.next[relation]][0]
            if place not in self.hidden and self.cells[place].people != 0:
                return place
            self.next[relation] += 1
        return None

    def linked(self, places: Iterable[int]) -> Iterator[list[int]]:
        """Relations that share hidden cells, group by group, from those of ``places``."""
        seen: set[int] = set()
        for start in places:
            group: list[int] = []
            ahead = [relation for relation, _ in self.uses[start] if relation not in seen]
            seen.update(ahead)
            while ahead:
                group.append(relation := ahead.pop())
                for place in self.unknown[relation]:
                    found = [other for other, _ in self.uses[place] if other not in seen]
                    seen.update(found)
                    ahead += found
            if group:
                yield sorted(group)

    def told(self, group: list[int], effort: float) -> list[Row] | None:
        """Equations that tell hidden cells too closely; None when that takes too long to know."""
        if all(self._least(relation) is None for relation in group):
            return []  # nothing but hidden cells and zeros: any multiple of them would do as well
        rows = [
            {place: c for place, c in self.terms[relation] if place in self.hidden} | {~relation: 1}
            for relation in group
        ]
        few = {p for row in rows for p in row if p >= 0 and self.people[p] < self.threshold}
        system = _System(rows, few, effort)
        if not system.solve():
            return None
        told = system.alone() + system.together(self.people, self.threshold)
        return told if system.effort > 0 else None

    def printed(self, equation: Row) -> set[int]:
        """The printed cells an equation is worked out from, those that can be hidden."""
        net: Counter[int] = Counter()
        for tag, times in equation.items():
            if tag < 0:
                for place, coefficient in self.terms[~tag]:
                    net[place] += times * coefficient
        return {
            place
            for place, coefficient in net.items()
            if coefficient and place not in self.hidden and self.cells[place].people != 0
        }


def _terms(relation: Relation, place: dict[Key, int]) -> list[tuple[int, int]]:
    """Of a relation, (place, coefficient): positive for the total's side."""
    net = {place[relation.total]: relation.times}
    for sign, keys in ((1, relation.less), (-1, relation.parts)):
        for key in keys:
            net[place[key]] = net.get(place[key], 0) + sign
    return [(cell, net[cell]) for cell in sorted(net) if net[cell]]


class _System:
    """Sparse elimination over whole numbers: each row sums to something known.

    A row maps unknowns (0 and up) to coefficients, and tags (below 0) to how many times it takes
    each of the first rows. Unknowns in ``few`` go last: the rows then left hold them alone.
    """

    def __init__(self, rows: list[Row], few: set[int], effort: float) -> None:
        self.rows = rows
        self.few = few
        self.effort = effort
        self.pivots: dict[int, int] = {}  # unknown to the row that gives it, in order
        self.open = set(range(len(rows)))
        self.columns: dict[int, set[int]] = defaultdict(set)
        for number, row in enumerate(rows):
            for unknown in row:
                if unknown >= 0:
                    self.columns[unknown].add(number)

    def solve(self) -> bool:
        """Whether the effort was enough."""
        first = self.columns.keys() - self.few
        return self._eliminate(first, keep=False) and self._eliminate(self.few, keep=True)

    def _eliminate(self, unknowns: set[int], *, keep: bool) -> bool:
        """The unknown in fewest rows first; with ``keep``, out of the rows already done too."""
        heap = [(len(self.columns[unknown]), unknown) for unknown in unknowns]
        heapq.heapify(heap)
        while heap and self.effort > 0:
            count, unknown = heapq.heappop(heap)
            column = self.columns[unknown]
            if len(column) > count:
                heapq.heappush(heap, (len(column), unknown))
            usable = column & self.open
            if len(column) != count or not usable or unknown in self.pivots:
                continue
            number = min(usable, key=lambda n: (len(self.rows[n]), n))
            row = self.rows[number]
            if row[unknown] < 0:
                row = self.rows[number] = {place: -c for place, c in row.items()}
            self.pivots[unknown] = number
            self.open.discard(number)
            self.effort -= len(row) * len(column)
            for other in sorted(column - {number}):
                self._subtract(other, row, unknown)
            for place in row:
                if place >= 0 and not keep:
                    self.columns[place].discard(number)
                if place in unknowns:
                    heapq.heappush(heap, (len(self.columns[place]), place))
        return self.effort > 0

    def _subtract(self, number: int, row: Row, unknown: int) -> None:
        """Take ``unknown`` out of a row, and keep its columns right."""
        before = self.rows[number]
        after = self.rows[number] = _combined(before, row, unknown)
        for place in row:
            if place >= 0 and (place in before) != (place in after):
                if place in after:
                    self.columns[place].add(number)
                else:
                    self.columns[place].discard(number)

    def alone(self) -> list[Row]:
        """Equations that give one unknown alone."""
        chance = random.Random(19)  # noqa: S311 - no secret: a solution without accidental zeros
        solution = {unknown: chance.randrange(1, PRIME) for unknown in self.columns}
        for unknown, number in reversed(self.pivots.items()):
            row = self.rows[number]
            total = sum(c * solution[p] for p, c in row.items() if p >= 0 and p != unknown)
            solution[unknown] = -total * pow(row[unknown], -1, PRIME) % PRIME
        return [self._equation(unknown) for unknown in sorted(self.pivots) if not solution[unknown]]

    def _equation(self, unknown: int) -> Row:
        """The rows that give an unknown, as tags beside it."""
        left: Row = {unknown: 1}
        for pivot, number in self.pivots.items():
            if pivot in left:
                left = _combined(left, self.rows[number], pivot)
        return left | {unknown: 1}

    def together(self, people: list[float], threshold: int) -> list[Row]:
        """Equations that give a sum of unknowns on fewer than ``threshold`` people.

        Such a sum has no negative term: rows are added up until none is left. An unknown that has
        its row is in no other, so its people stay: a few rows at most come together.
        """
        rows = {p: self.rows[number] for p, number in self.pivots.items() if p in self.few}
        adding: dict[int, list[int]] = defaultdict(list)
        for pivot, row in rows.items():
            cells = [place for place in row if place >= 0]
            for place in cells if len(cells) < BROAD else ():
                if row[place] > 0:
                    adding[place].append(pivot)
        found: list[Row] = []
        ahead = [(frozenset([pivot]), row) for pivot, row in rows.items()]
        seen = {sure for sure, _ in ahead}
        while ahead and self.effort > 0:
            sure, row = ahead.pop()
            self.effort -= len(row)
            negative = [place for place, c in row.items() if place >= 0 and c < 0]
            if not negative:
                if sum(people[place] for place in row if place >= 0) < threshold:
                    found.append(row)
                continue
            place = min(negative, key=lambda p: (len(adding[p]), p))
            for pivot in adding[place]:
                more = sure | {pivot}
                left = threshold - 1 - max(len(more), sum(people[p] for p in more))
                if left >= 0 and more not in seen and len(negative) < BROAD:
                    seen.add(more)
                    ahead.append((more, _combined(row, rows[pivot], place)))
        return found


def _combined(row: Row, pivot: Row, unknown: int) -> Row:
    """A multiple of ``row``, more than 0, less ``unknown``; ``pivot`` has it more than 0 times."""
    scale, times = pivot[unknown], row[unknown]
    out = dict(row) if scale == 1 else {place: scale * c for place, c in row.items()}
    for place, coefficient in pivot.items():
        if value := out.get(place, 0) - times * coefficient:
            out[place] = value
        else:
            del out[place]
    if scale != 1 and (common := math.gcd(*out.values())) > 1:
        out = {place: c // common for place, c in out.items()}
    return out
