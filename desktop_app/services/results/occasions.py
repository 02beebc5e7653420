"""An occasion: one site, one date and time, one visit (or one direct entry) of one indicator.

Its audience is its total when it has one, else its parts joined by the indicator's rule: decided
occasion by occasion, never once for a site's whole history. Pure.
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop_app.models.enums import Wave
from desktop_app.services.results.calculation import Calculation


@dataclass(frozen=True, slots=True)
class Cell:
    """One recorded value. ``category`` '' is the whole audience.

    ``occasion`` is the visit's id, or what stands for it in a direct entry; ``entry`` orders what
    was entered: clock and number of the journal's first line on it (« clock 000000000042 »).
    """

    id: str
    occasion: str
    site_id: str
    date: dt.date
    time: dt.time | None
    entry: str
    wave: Wave | None
    version: int
    category: str
    value: float
    n: int | None


@dataclass(frozen=True, slots=True)
class Value:
    """A value and the count it rests on; None when that count is unknown."""

    value: float
    n: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Occasion:
    """Cells of one indicator that were taken together; made by ``occasion``.

    ``order``: date, start time (none comes first), then order of entry. ``version``: the latest
    definition that one of its cells was entered under. ``initial``: taken in the initial wave,
    which progress is measured from. ``used``: the cells that make its audience.
    """

    cells: tuple[Cell, ...]
    key: str
    site_id: str
    date: dt.date
    order: tuple[dt.date, dt.time, str]
    wave: Wave | None
    version: int
    initial: bool
    total: Cell | None
    parts: tuple[Cell, ...]
    used: tuple[Cell, ...]

    def audience(self, calculation: Calculation) -> Value:
        if self.total is not None:
            return Value(self.total.value, self.total.n)
        return joined([Value(cell.value, cell.n) for cell in self.parts], calculation)

    def of_category(self, category: str) -> "Occasion | None":
        """The same occasion seen by one part alone, as if it were the whole."""
        cells = [cell for cell in self.parts if cell.category == category]
        return occasion(cells) if cells else None


def occasion(cells: Sequence[Cell]) -> Occasion:
    """``cells`` are of one visit or entry, one at least."""
    first = cells[0]
    if len(cells) == 1:
        whole: tuple[Cell, ...] = (first,)
        total: Cell | None = None if first.category else first
        parts: tuple[Cell, ...] = whole if first.category else ()
        wave, version, entry, time = first.wave, first.version, first.entry, first.time
    else:
        whole = tuple(sorted(cells, key=lambda cell: (cell.category, cell.entry, cell.id)))
        total = whole[0] if not whole[0].category else None
        parts = tuple(cell for cell in whole if cell.category)
        wave = max((cell.wave for cell in whole if cell.wave is not None), default=None)
        version = max(cell.version for cell in whole)
        entry = min(cell.entry for cell in whole)
        time = min((cell.time for cell in whole if cell.time is not None), default=None)
    return Occasion(
        cells=whole,
        key=first.occasion,
        site_id=first.site_id,
        date=first.date,
        order=(first.date, time or dt.time.min, entry),
        wave=wave,
        version=version,
        initial=wave is Wave.T0,
        total=total,
        parts=parts,
        used=parts if total is None else (total,),
    )


def occasions(cells: Iterable[Cell]) -> list[Occasion]:
    """In order. What one visit holds of the initial wave is apart from the rest of it."""
    grouped: dict[tuple[str, bool], list[Cell]] = defaultdict(list)
    for cell in cells:
        grouped[cell.occasion, cell.wave is Wave.T0].append(cell)
    made = map(occasion, grouped.values())
    return sorted(made, key=lambda one: (one.order, one.key))


def joined(values: Sequence[Value], calculation: Calculation) -> Value:
    """Parts taken together: added up, else a mean weighted by n when every part says it.

    A rate pools the parts that say their n. Of yes and no, the worst decides: here « non ».
    """
    if calculation is Calculation.SUM:
        return Value(math.fsum(v.value for v in values), whole_n(values))
    if calculation is Calculation.SITES:
        return Value(min(v.value for v in values), None)
    if calculation is Calculation.RATIO:
        values = [v for v in values if v.n] or values
    return mean(values)


def mean(values: Sequence[Value]) -> Value:
    """Weighted by n when every value says it (and some n > 0), else the plain mean."""
    total = whole_n(values)
    if not total:
        return Value(math.fsum(v.value for v in values) / len(values), total)
    return Value(math.fsum(v.value * (v.n or 0) for v in values) / total, total)


def whole_n(values: Sequence[Value]) -> int | None:
    """The sum of the counts; None unless every value says its own."""
    counts = [v.n for v in values if v.n is not None]
    return sum(counts) if len(counts) == len(values) else None


def direct_entries(cells: Iterable[Cell]) -> list[Cell]:
    """Cells taken outside a visit, told which entry they belong to.

    Those of one site and day written in one transaction are one entry, unless a category comes
    twice: then the second is another entry.
    """
    seen: dict[tuple[str, dt.date, str, str], int] = defaultdict(int)
    found: list[Cell] = []
    for cell in sorted(cells, key=lambda cell: (cell.entry, cell.id)):
        clock = cell.entry.partition(" ")[0]
        place = (cell.site_id, cell.date, clock, cell.category)
        entry = f"{cell.site_id} {cell.date.isoformat()} {clock} {seen[place]}"
        seen[place] += 1
        found.append(replace(cell, occasion=entry))
    return found
