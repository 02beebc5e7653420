"""What a document keeps quiet so that nothing it prints tells of few people (rules 19 and 20).

A document prints *cells* (measures, category figures, totals, T0, points of a trajectory) and,
between them, *relations*: a total and its parts. Cells on too few people are hidden; then others,
the least lost first, until no relation gives a hidden one back, nor any sum or difference of
relations: hidden cells are the unknowns of linear equations, solved exactly. A relation holds for
values and for n alike (values added, or multiplied by n), and a cell goes out whole or not at all:
one system stands for both.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from desktop_app.services.results.equations import Row, System

Key = tuple[str, ...]

EFFORT = 1_000_000  # terms of equations combined before totals go: about a second
CHOICE = 32  # cells compared before one is given up
PATIENCE = 16  # equations that ask for nothing new before the next look


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed figure with all that goes with it. Keys are distinct.

    ``people`` is how many it rests on: None is unknown and protects nobody, 0 is nobody and never
    hidden, unless ``n``, printed beside it, counts some. ``small`` hides it for itself
    (``is_small``). The lowest ``order`` is given up first to protect others: 0 a part, then totals,
    the indicator's own figure last.
    """

    key: Key
    people: float | None
    small: bool = False
    order: int = 0
    n: float | None = None

    @property
    def of_nobody(self) -> bool:
        """Whether it tells of nobody, and may always be printed."""
        return self.people == 0 and not self.n


@dataclass(frozen=True, slots=True)
class Relation:
    """What a reader can add up: ``times`` × total = sum of ``parts`` - sum of ``less``.

    Every key is a cell's. ``times`` is for plain means: 3 × the mean = the sum of 3 values.
    """

    total: Key
    parts: tuple[Key, ...]
    less: tuple[Key, ...] = ()
    times: int = 1


def is_small(people: float | None, threshold: int, *, unknown: bool = False) -> bool:
    """Whether a figure on so many people is hidden for itself; ``unknown`` answers for None."""
    if people is None:
        return unknown and threshold > 0
    return 0 < people < threshold


def hide(cells: Collection[Cell], relations: Iterable[Relation], threshold: int) -> frozenset[Key]:
    """Keys of the cells to hide: the small ones and those that would tell them.

    None of them can be worked out, nor the sum of some on fewer than ``threshold`` people. The same
    whatever the order of cells and relations. KeyError when a relation names no cell.
    """
    if threshold <= 0 or not any(cell.small for cell in cells):
        return frozenset()
    table = _Table(cells, relations, threshold)
    table.hide(table.small)
    while fresh := table.settle():
        for group in list(table.linked(fresh)):
            table.protect(group)
    return frozenset(table.cells[place].key for place in table.hidden - table.useless)


def determined(
    cells: Collection[Cell], relations: Iterable[Relation], hidden: Collection[Key], threshold: int
) -> set[Key]:
    """Hidden cells a reader can work out, alone or summed over fewer than ``threshold`` people.

    However long it takes: for checks, not for documents.
    """
    table = _Table(cells, relations, threshold)
    table.effort = math.inf
    table.hide(place for place, cell in enumerate(table.cells) if cell.key in hidden)
    found: set[int] = set()
    for group in table.linked(table.fresh):
        if system := table.solved(group):
            found |= system.determined
            for equation in system.told((), table.people, threshold):
                found.update(place for place in equation if place >= 0)
    return {table.cells[place].key for place in found}


class _Table:
    """Cells by place, the first to give up first, and what is hidden of each relation.

    A relation is a sum that is nil: coefficients of cells, positive on the total's side.
    """

    def __init__(
        self, cells: Collection[Cell], relations: Iterable[Relation], threshold: int
    ) -> None:
        self.cells = sorted(cells, key=lambda c: (c.order, c.people is None, c.people or 0, c.key))
        self.threshold = threshold
        self.effort: float = EFFORT
        self.people = [cell.people or 0 for cell in self.cells]
        self.small = [place for place, cell in enumerate(self.cells) if cell.small]
        self.hidden: set[int] = set()
        self.useless: set[int] = set()  # hidden, not small, and told: as well printed
        self.fresh: list[int] = []  # hidden since they were last looked at
        self.queue: list[int] = []  # relations to look at again
        place = {cell.key: number for number, cell in enumerate(self.cells)}
        known = [(relation, _terms(relation, place)) for relation in set(relations)]
        known.sort(key=lambda k: (len(k[1]), list(k[1]), place[k[0].total], k[0].times, k[0].less))
        self.totals = [place[relation.total] for relation, _ in known]
        self.terms = [terms for _, terms in known]
        self.waiting = [list(reversed(terms)) for terms in self.terms]  # the last is given up first
        self.unknown: list[Row] = [{} for _ in known]
        self.uses: dict[int, list[int]] = defaultdict(list)
        for relation, terms in enumerate(self.terms):
            for cell in terms:
                self.uses[cell].append(relation)

    def hide(self, places: Iterable[int]) -> None:
        for place in places:
            if place in self.hidden or self.cells[place].of_nobody:
                continue
            self.hidden.add(place)
            self.fresh.append(place)
            for relation in self.uses[place]:
                self.unknown[relation][place] = self.terms[relation][place]
                heapq.heappush(self.queue, relation)

    def settle(self) -> list[int]:
        """Hide until no relation tells anything by itself; what was hidden since last time."""
        while self.queue:
            relation = heapq.heappop(self.queue)
            while not self._safe(relation) and (place := self._least(relation)) is not None:
                self.hide([place])
        fresh, self.fresh = self.fresh, []
        return fresh

    def _safe(self, relation: int) -> bool:
        """A hidden total and a hidden part tell nothing; nor do two of a side, on enough people."""
        unknown = self.unknown[relation]
        people = 0.0
        sides = set()
        for number, (place, coefficient) in enumerate(unknown.items(), start=1):
            people += self.people[place]
            sides.add(coefficient > 0)
            if len(sides) > 1 or (number > 1 and people >= self.threshold):
                return True
        return not unknown

    def _least(self, relation: int) -> int | None:
        """The printed cell to give up: of the first ones, that of fewest relations yet untouched.

        None when all are hidden, or nobody's.
        """
        waiting = self.waiting[relation]
        while waiting and not self._shown(waiting[-1]):
            waiting.pop()
        if not waiting:
            return None
        order = self.cells[waiting[-1]].order
        choice = [
            place
            for place in islice(reversed(waiting), CHOICE)
            if self._shown(place) and self.cells[place].order == order
        ]
        return min(choice, key=lambda p: (sum(not self.unknown[r] for r in self.uses[p]), p))

    def _shown(self, place: int) -> bool:
        """Whether a cell is printed, and could be hidden."""
        return place not in self.hidden and not self.cells[place].of_nobody

    def linked(self, places: Iterable[int]) -> Iterator[list[int]]:
        """Relations that share hidden cells, group by group, from those of ``places``."""
        seen: set[int] = set()
        for start in places:
            ahead = [relation for relation in self.uses[start] if relation not in seen]
            seen.update(ahead)
            group = []
            while ahead:
                group.append(relation := ahead.pop())
                for place in self.unknown[relation]:
                    found = [other for other in self.uses[place] if other not in seen]
                    seen.update(found)
                    ahead += found
            if group:
                yield sorted(group)

    def solved(self, group: list[int]) -> System | None:
        """What relations tell together; None when all they have is hidden, or nobody's.

        Any multiple of what is hidden there would do as well.
        """
        if all(self._least(relation) is None for relation in group):
            return None
        rows = [self.unknown[relation] | {~relation: 1} for relation in group]
        few = {p for row in rows for p in row if p >= 0 and self.people[p] < self.threshold}
        return System(rows, few, self.effort)

    def protect(self, group: list[int]) -> None:
        """Hide one printed cell of each equation that tells too much.

        Where that takes too long to know, totals; where it still does, everything.
        """
        self.useless.difference_update(*(self.unknown[relation] for relation in group))
        if (system := self.solved(group)) is None:
            return
        chosen, told = self._chosen(system)
        self.effort = system.effort
        if self.effort <= 0:
            self.effort = EFFORT
            before = len(self.hidden)
            self.hide(self.totals[relation] for relation in group)
            if len(self.hidden) == before:
                self.hide(place for relation in group for place in self.terms[relation])
        elif told:
            self.hide(sorted(chosen))
        else:
            self.useless |= system.determined.difference(self.small)

    def _chosen(self, system: System) -> tuple[set[int], bool]:
        """Printed cells to hide, until equations no longer ask for others; whether any did."""
        chosen: set[int] = set()
        told = False
        idle = 0
        for equation in system.told(self.small, self.people, self.threshold):
            told = True
            sources = self._sources(equation)
            system.effort -= sum(len(self.terms[~tag]) for tag in equation if tag < 0)
            if system.effort <= 0 or idle == PATIENCE:
                break
            if sources and chosen.isdisjoint(sources):
                chosen.add(min(sources))
                idle = 0
            elif sources:
                idle += 1
        return chosen, told

    def _sources(self, equation: Row) -> set[int]:
        """The printed cells an equation is worked out from."""
        net: Counter[int] = Counter()
        for tag, times in equation.items():
            if tag < 0:
                for place, coefficient in self.terms[~tag].items():
                    net[place] += times * coefficient
        return {place for place, total in net.items() if total and self._shown(place)}


def _terms(relation: Relation, place: dict[Key, int]) -> Row:
    """Coefficients of a relation, by place."""
    net = {place[relation.total]: relation.times}
    for sign, keys in ((1, relation.less), (-1, relation.parts)):
        for key in keys:
            net[place[key]] = net.get(place[key], 0) + sign
    return {cell: net[cell] for cell in sorted(net) if net[cell]}
