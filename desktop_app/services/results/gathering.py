"""What each site brings to each indicator, read from the store.

Most indicators are summed by the database. Those that it cannot tell (values under several
definitions, taken outside a visit, or before the T0 of a mean) are read value by value: the pure
rules of reckoning.py decide alone then, and both ways give the same (tests/services).
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop_app.models.enums import Wave
from desktop_app.services.programme.experiment_rows import IndicatorRow
from desktop_app.services.results.basis import rule_of
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.definitions import ONLY, Definitions, definitions
from desktop_app.services.results.occasions import Cell, Occasion, direct_entries, occasions
from desktop_app.services.results.reckoning import Rule, SiteShare, Sums, Why, judged, shares
from desktop_app.store.glance import Reader, Where
from desktop_app.store.queries import results as queries
from desktop_app.store.queries.counted import with_reference

Shares = tuple[SiteShare, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """``series`` is the rank of the one the values are of, ``current`` whether it is the last.

    ``recorded``: every value of the perimeter, parts and T0 included; of a period, its own alone.
    ``silent``: by site, the measures that a rate leaves out because they do not say their n.
    """

    sites: Shares = ()
    initial: Shares = ()
    categories: Mapping[str, Shares] = field(default_factory=dict)
    recorded: int = 0
    series: int = 1
    current: bool = True
    silent: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One indicator read value by value: all its occasions and the rule that was followed."""

    occasions: tuple[Occasion, ...]
    rule: Rule
    series: int
    current: bool


def gather(
    reader: Reader, where: Where, indicators: Sequence[IndicatorRow]
) -> tuple[dict[str, Gathered], dict[str, Definitions]]:
    """By indicator, those that have a number; and the definitions of those that changed."""
    valued = [i for i in indicators if i.calculation is not Calculation.NONE]
    known = definitions(reader, [i.id for i in valued if i.version > 1])
    sums = _Summed(reader, where, valued)
    direct = queries.entered_directly(reader)
    apart = [
        indicator
        for indicator in valued
        if indicator.id in direct
        or len(known.get(indicator.id, ONLY).starts) > 1
        or sums.needs_each_value(indicator)
    ]
    found = one_by_one(reader, where, apart, known)
    for indicator in valued:
        if indicator.id not in found:
            found[indicator.id] = sums.gathered(indicator)
    if with_reference(where) is where:
        return found, known
    inside = queries.recorded(reader, where, list(found))
    return {i: replace(one, recorded=inside.get(i, 0)) for i, one in found.items()}, known


def one_by_one(
    reader: Reader,
    where: Where,
    indicators: Sequence[IndicatorRow],
    known: Mapping[str, Definitions],
) -> dict[str, Gathered]:
    """One at a time: the values of all of them would fill the memory."""
    made: dict[str, Gathered] = {}
    for indicator in indicators:
        seen = read_occasions(reader, where, [indicator]).get(indicator.id, [])
        made[indicator.id] = _gathered(reckoned(indicator, seen, known.get(indicator.id, ONLY)))
    return made


def reckoned(indicator: IndicatorRow, seen: Sequence[Occasion], known: Definitions) -> Reckoned:
    """The values of the last series that has one; older ones are left out."""
    rule = rule_of(indicator)
    ends = (*known.starts[1:], None)
    for rank in range(len(known.starts), 0, -1):
        tried = replace(rule, series_start=known.starts[rank - 1], series_end=ends[rank - 1])
        if any(verdict.counted for verdict in judged(seen, tried)):
            return Reckoned(tuple(seen), tried, rank, rank == len(known.starts))
    last = replace(rule, series_start=known.starts[-1])
    return Reckoned(tuple(seen), last, len(known.starts), current=True)


def _gathered(found: Reckoned) -> Gathered:
    rule, seen = found.rule, found.occasions
    names = {cell.category for occasion in seen for cell in occasion.parts}
    categories: dict[str, Shares] = {}
    for name in sorted(names):
        parts = [one for occasion in seen if (one := occasion.of_category(name)) is not None]
        categories[name] = shares(judged(parts, rule), rule.calculation)
    verdicts = judged(seen, rule)
    return Gathered(
        sites=shares(verdicts, rule.calculation),
        silent=Counter(v.occasion.site_id for v in verdicts if v.why is Why.WITHOUT_N),
        initial=()
        if rule.calculation is Calculation.SUM
        else shares(judged(seen, rule, initial=True), rule.calculation),
        categories={name: found for name, found in categories.items() if found},
        recorded=sum(len(occasion.cells) for occasion in seen),
        series=found.series,
        current=found.current,
    )


def read_occasions(
    reader: Reader, where: Where, indicators: Iterable[IndicatorRow]
) -> dict[str, list[Occasion]]:
    """Every occasion of these indicators, in order; the reference is there whatever the period."""
    added: list[str] = []
    others: list[str] = []
    for indicator in indicators:
        summed = indicator.calculation is Calculation.SUM
        (added if summed else others).append(indicator.id)
    reference = with_reference(where)
    return {
        **_occasions(queries.cells(reader, where, added)),
        **_occasions(queries.cells(reader, reference, others)),
    }


def _occasions(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Occasion]]:
    found: dict[str, list[Cell]] = defaultdict(list)
    for indicator_id, *columns in rows:
        found[indicator_id].append(cell_of(columns))
    return {indicator: grouped(cells) for indicator, cells in found.items()}


def grouped(cells: Sequence[Cell]) -> list[Occasion]:
    """The occasions of one indicator's cells, in order, direct entries told apart."""
    visited = [cell for cell in cells if cell.occasion]
    direct = [cell for cell in cells if not cell.occasion]
    return occasions([*visited, *direct_entries(direct)])


_WAVES: dict[str | None, Wave | None] = {None: None, **{wave.value: wave for wave in Wave}}


def cell_of(columns: Sequence[Any]) -> Cell:
    """From the columns of ``queries.cells`` after the indicator's."""
    record, visit, site, day, time, entry, wave, version, category, value, n = columns
    return Cell(
        record,
        visit or "",
        site,
        dt.date.fromisoformat(day),
        None if time is None else dt.time.fromisoformat(time),
        entry or "",
        _WAVES[wave],
        version,
        category,
        value,
        n,
    )


_JOINING: Mapping[Calculation, queries.Joining] = {
    Calculation.SUM: "sum",
    Calculation.MEAN: "mean",
    Calculation.RATIO: "ratio",
}


class _Summed:
    """What the database sums of every indicator, by site and category."""

    def __init__(self, reader: Reader, where: Where, indicators: Sequence[IndicatorRow]) -> None:
        rules = {indicator.id: rule_of(indicator) for indicator in indicators}
        latest = [i for i, rule in rules.items() if rule.latest]
        self._since, self._initial = _Rows(initial=False), _Rows(initial=True)
        for calculation, joining in _JOINING.items():
            ids = [i for i, rule in rules.items() if rule.calculation is calculation]
            waved = [i for i in ids if rules[i].by_wave]
            plain = [i for i in ids if i not in waved]
            summed = calculation is Calculation.SUM
            whole = where if summed else with_reference(where)
            self._since.add(reader, where, plain, joining)
            self._since.add(reader, where, waved, joining, by_wave=True)
            self._initial.add(reader, whole, plain, joining)
            self._initial.add(reader, whole, waved, joining, by_wave=True)
        self._last, last = _last_occasions(reader, where, latest, initial=False)
        self._first, first = _last_occasions(reader, where, latest, initial=True)
        self._counts = last + first

    def needs_each_value(self, indicator: IndicatorRow) -> bool:
        """A mean of waves, or of a period that starts after its first values."""
        rule, since = rule_of(indicator), self._since.of(indicator.id)
        if not rule.pooled:
            return False
        if rule.by_wave:
            return any(row.wave is None for row in since) or _tied(since)
        return rule.since is not None and any(row.first < rule.since for row in since)

    def gathered(self, indicator: IndicatorRow) -> Gathered:
        rule, since = rule_of(indicator), self._since.of(indicator.id)
        initial = self._initial.of(indicator.id)
        if rule.latest:
            seen = (*self._first.get(indicator.id, ()), *self._last.get(indicator.id, ()))
            found = _gathered(Reckoned(seen, rule, 1, current=True))
            return replace(found, recorded=self._counts[indicator.id])
        recorded = self._since.recorded[indicator.id] + self._initial.recorded[indicator.id]
        calculation = rule.calculation
        if calculation is Calculation.SUM:
            since, initial = [*since, *initial], []
        parts: dict[str, list[_Row]] = defaultdict(list)
        if rule.by_wave and rule.pooled:
            since = _last_waves(since)
        for row in since:
            if row.category:
                parts[row.category].append(row)
        whole = [row for row in since if not row.category]
        return Gathered(
            sites=_shares(whole, calculation),
            silent=_silent(whole) if calculation is Calculation.RATIO else {},
            initial=_shares([row for row in initial if not row.category], calculation),
            categories={name: _shares(rows, calculation) for name, rows in parts.items()},
            recorded=recorded,
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """Sums of one site and category. ``positive`` counts those whose n is over 0."""

    site_id: str
    category: str
    wave: Wave | None
    sums: Sums
    positive: int
    first: dt.date
    last_positive: dt.date | None


class _Rows:
    """By indicator; ``recorded`` counts the values themselves, parts included."""

    def __init__(self, *, initial: bool) -> None:
        self._initial = initial
        self._rows: dict[str, list[_Row]] = defaultdict(list)
        self.recorded: Counter[str] = Counter()

    def add(
        self,
        reader: Reader,
        where: Where,
        indicator_ids: Sequence[str],
        joining: queries.Joining,
        *,
        by_wave: bool = False,
    ) -> None:
        """Sums of the values, then of the occasions that have parts and no total."""
        if not indicator_ids:
            return
        initial = self._initial
        for row in queries.groups(reader, where, indicator_ids, initial=initial, by_wave=by_wave):
            self._rows[row[0]].append(_row(row))
            self.recorded[row[0]] += row[4]
        for row in queries.parts_alone(
            reader, where, indicator_ids, joining=joining, initial=initial, by_wave=by_wave
        ):
            self._rows[row[0]].append(_row(row))

    def of(self, indicator_id: str) -> list[_Row]:
        return self._rows.get(indicator_id, [])


def _row(row: tuple[Any, ...]) -> _Row:
    _, site, category, wave, count, total, weighted, weight, with_n, positive, *days = row
    first, last, said = days
    return _Row(
        site,
        category,
        None if wave is None else Wave(wave),
        Sums(count, total, weighted, weight, with_n, dt.date.fromisoformat(last)),
        positive,
        dt.date.fromisoformat(first),
        None if said is None else dt.date.fromisoformat(said),
    )


def _last_occasions(
    reader: Reader, where: Where, indicator_ids: Sequence[str], *, initial: bool
) -> tuple[dict[str, list[Occasion]], Counter[str]]:
    """The last occasion of each site and of each category there; how many values there are."""
    tied: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    counts: Counter[str] = Counter()
    if initial:
        where = with_reference(where)
    for indicator, site, category, count, cell, visit in queries.last_moments(
        reader, where, indicator_ids, initial=initial
    ):
        if (indicator, site, category) not in tied:
            counts[indicator] += count
        tied[indicator, site, category].append((visit, cell))
    several = {visit for group in tied.values() if len(group) > 1 for visit, _ in group}
    entered = queries.entries(reader, sorted(several)) if several else {}
    chosen = [
        max(group, key=lambda one: (entered.get(one[0], ""), one[0]))[1] for group in tied.values()
    ]
    return _occasions(queries.cells_by_id(reader, chosen)), counts


def _tied(rows: Sequence[_Row]) -> bool:
    """Whether two waves of one site and category end on the same day."""
    ends = Counter((row.site_id, row.category, row.sums.last_date) for row in rows)
    waves = Counter({(row.site_id, row.category, row.wave, row.sums.last_date) for row in rows})
    return len(waves) > len(ends)


def _last_waves(rows: Sequence[_Row]) -> list[_Row]:
    """Of each site and category, the rows of its last wave."""
    last: dict[tuple[str, str], _Row] = {}
    for row in rows:
        key = (row.site_id, row.category)
        if key not in last or row.sums.last_date > last[key].sums.last_date:
            last[key] = row
    return [row for row in rows if row.wave is last[row.site_id, row.category].wave]


def _silent(rows: Sequence[_Row]) -> Counter[str]:
    """Of a rate that rests on those that say their n: the others, by site."""
    found: Counter[str] = Counter()
    if any(row.positive for row in rows):
        for row in rows:
            found[row.site_id] += row.sums.count - row.positive
    return +found


def _shares(rows: Sequence[_Row], calculation: Calculation) -> Shares:
    """A site's rows taken together. A rate rests on those that say their n, when some do."""
    if calculation is Calculation.RATIO and any(row.positive for row in rows):
        rows = [row for row in rows if row.positive]
    found: dict[str, Sums] = {}
    for row in rows:
        sums = row.sums
        if calculation is Calculation.RATIO and row.positive and row.last_positive:
            sums = replace(
                sums, count=row.positive, with_n=row.positive, last_date=row.last_positive
            )
        known = found.get(row.site_id)
        found[row.site_id] = sums if known is None else known.plus(sums)
    waves: dict[str, set[Wave | None]] = defaultdict(set)
    for row in rows:
        waves[row.site_id].add(row.wave)
    return tuple(
        SiteShare(site, found[site], waves=frozenset(waves[site])) for site in sorted(found)
    )
