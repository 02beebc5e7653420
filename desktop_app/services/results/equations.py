"""What sums of unknowns tell of each: sparse elimination over whole numbers. Pure functions."""

import heapq
import math
import random
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

Row = dict[int, int]

PRIME = 2**61 - 1
BROAD = 16  # unknowns of a row: those that have more are not added to others


class System:
    """Rows whose sums are known, and the unknowns that can be worked out of them.

    A row maps unknowns (0 and up) to coefficients, and tags (below 0) to how many times it takes
    each of the first rows: an equation found says which it comes from. Unknowns in ``few`` are
    eliminated last: the rows then left hold them alone. ``effort`` is how many terms to combine:
    0 or less once it is spent, and nothing more is known. Rows are the system's own from then on.
    ``determined`` are the unknowns that are told.
    """

    def __init__(self, rows: list[Row], few: set[int], effort: float) -> None:
        self.rows = rows
        self.few = few
        self.effort = effort
        self.pivots: dict[int, int] = {}  # unknown to the row that gives it, in order
        self.columns: dict[int, set[int]] = defaultdict(set)
        for number, row in enumerate(rows):
            for unknown in row:
                if unknown >= 0:
                    self.columns[unknown].add(number)
        self._open = set(range(len(rows)))
        self._eliminate(self.columns.keys() - few, keep=False)
        self._eliminate(few, keep=True)
        self._solution = self._any_solution() if self.effort > 0 else {}
        self.determined = {unknown for unknown, by in self._solution.items() if not by}

    def _eliminate(self, unknowns: set[int], *, keep: bool) -> None:
        """The unknown in fewest rows first; with ``keep``, out of the rows already done too."""
        heap = [(len(self.columns[unknown]), unknown) for unknown in unknowns]
        heapq.heapify(heap)
        while heap and self.effort > 0:
            count, unknown = heapq.heappop(heap)
            column = self.columns[unknown]
            if len(column) > count:
                heapq.heappush(heap, (len(column), unknown))
            usable = column & self._open
            if len(column) != count or not usable or unknown in self.pivots:
                continue
            number = min(usable, key=lambda n: (len(self.rows[n]), n))
            row = self.rows[number]
            if row[unknown] < 0:
                row = self.rows[number] = {place: -c for place, c in row.items()}
            self.pivots[unknown] = number
            self._open.discard(number)
            self.effort -= len(row) * len(column)
            for other in column - {number}:
                self._subtract(other, row, unknown)
            for place in row:
                if place >= 0 and not keep:
                    self.columns[place].discard(number)
                if place in unknowns:
                    heapq.heappush(heap, (len(self.columns[place]), place))

    def _subtract(self, number: int, row: Row, unknown: int) -> None:
        """Take ``unknown`` out of a row, and keep the columns right."""
        after = self.rows[number] = _combined(self.rows[number], row, unknown)
        for place in row:
            if place >= 0 and place in after:
                self.columns[place].add(number)
            elif place >= 0:
                self.columns[place].discard(number)

    def told(self, of: Collection[int], people: Sequence[float], threshold: int) -> Iterator[Row]:
        """Equations that give an unknown ``of`` those, or a sum on fewer than ``threshold`` people.

        Not all of them once effort is spent.
        """
        for unknown in of:
            if unknown in self.determined:
                yield self._equation(unknown)
        opposite: dict[int, list[int]] = defaultdict(list)
        for unknown in sorted(self.few) if self.effort > 0 else ():
            opposite[PRIME - self._solution[unknown]].append(unknown)
            for other in opposite.get(self._solution[unknown], ()):
                if people[other] + people[unknown] < threshold:
                    yield self._equation(other, unknown)
        yield from self._sums(people, threshold)

    def _any_solution(self) -> dict[int, int]:
        """What unknowns may change by together, the sums staying: 0 for those that are told.

        Taken at random, modulo a prime: opposite for two unknowns whose sum is told. Either comes
        by accident once in 2**61, and then hides a cell too many.
        """
        chance = random.Random(19)  # noqa: S311 - nothing secret, and the same every time
        solution = {unknown: chance.randrange(1, PRIME) for unknown in sorted(self.columns)}
        for unknown, number in reversed(self.pivots.items()):
            row = self.rows[number]
            total = sum(c * solution[p] for p, c in row.items() if p >= 0 and p != unknown)
            solution[unknown] = -total * pow(row[unknown], -1, PRIME) % PRIME
        return solution

    def _equation(self, *unknowns: int) -> Row:
        """The first rows, as tags, whose sum is that of the unknowns."""
        left = dict.fromkeys(unknowns, 1)
        self.effort -= len(self.pivots) / 10
        for pivot, number in self.pivots.items():
            if pivot in left:
                self.effort -= len(self.rows[number])
                left = _combined(left, self.rows[number], pivot)
        return left | dict.fromkeys(unknowns, 1)

    def _sums(self, people: Sequence[float], threshold: int) -> list[Row]:
        """Equations without negative terms, on few people: rows of few people added up.

        A pivot is in no row but its own, so its people stay: a few rows at most come together.
        Sums of three unknowns or more may be missed when rows of ``BROAD`` or more lead to them.
        """
        rows = {p: self.rows[number] for p, number in self.pivots.items() if p in self.few}
        holding: dict[tuple[int, bool], list[int]] = defaultdict(list)
        for pivot, row in rows.items():
            cells = [place for place in row if place >= 0]
            for place in cells if len(cells) < BROAD else ():
                holding[place, row[place] > 0].append(pivot)
        found: list[Row] = []
        ahead = [(frozenset([pivot]), row) for pivot, row in rows.items()]
        seen = {sure for sure, _ in ahead}
        while ahead and self.effort > 0:
            sure, row = ahead.pop()
            self.effort -= len(row)
            cells = [place for place in row if place >= 0]
            negative = [place for place in cells if row[place] < 0]
            if not negative and sum(people[place] for place in cells) < threshold:
                found.append(row)
                continue
            if len(cells) >= BROAD:
                continue
            if negative:  # the one that fewest rows can make up for
                cells = [min(negative, key=lambda p: (len(holding[p, True]), p))]
            for place, pivot in [(p, q) for p in cells for q in holding[p, bool(negative)]]:
                more = sure | {pivot}
                if more in seen or max(len(more), sum(people[p] for p in more)) >= threshold:
                    continue
                seen.add(more)
                other = rows[pivot]
                one, two = (row, other) if negative else (other, row)
                ahead.append((more, _combined(dict(one), two, place)))
        return found


def _combined(out: Row, pivot: Row, unknown: int) -> Row:
    """A positive multiple of ``out``, changed in place, less ``unknown``; ``pivot`` has it > 0."""
    scale, times = pivot[unknown], out[unknown]
    if scale != 1:
        out = {place: scale * c for place, c in out.items()}
    for place, coefficient in pivot.items():
        if value := out.get(place, 0) - times * coefficient:
            out[place] = value
        else:
            del out[place]
    if scale != 1 and (common := math.gcd(*out.values())) > 1:
        out = {place: c // common for place, c in out.items()}
    return out
