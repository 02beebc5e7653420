"""From occasions to a figure: which ones count, and what they make together. Pure.

What was not observed, does not apply or was never recorded has no value here and never counts as
zero. Percentages run 0 to 100, yes/no is 1 or 0. docs/figures.md tells these rules with examples.
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop_app.models.enums import Wave
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.occasions import Occasion, Value, mean
from desktop_app.services.results.rounding import denoised

_LATEST = (Calculation.LATEST, Calculation.SITES)
_POOLED = (Calculation.MEAN, Calculation.RATIO)


@dataclass(frozen=True, slots=True)
class Rule:
    """How one indicator is reckoned.

    ``by_wave``: of a mean or a rate, each site's last wave alone. ``since``: the agreed T0's day;
    a mean or a rate over time leaves out what came before it. ``series_start`` and ``series_end``:
    the versions of the definition (the end is not in it) whose values may be joined.
    """

    calculation: Calculation
    by_wave: bool = False
    since: dt.date | None = None
    series_start: int = 1
    series_end: int | None = None

    def in_series(self, version: int) -> bool:
        later = self.series_end is not None and version >= self.series_end
        return version >= self.series_start and not later

    @property
    def latest(self) -> bool:
        """Whether each site's last occasion stands for it."""
        return self.calculation in _LATEST

    @property
    def pooled(self) -> bool:
        return self.calculation in _POOLED


class Why(StrEnum):
    """Why an occasion counts in a figure, or is left out of it."""

    COUNTED = "counted"
    REFERENCE = "reference"
    BEFORE_REFERENCE = "before_reference"
    REPLACED = "replaced"
    EARLIER_WAVE = "earlier_wave"
    OTHER_SERIES = "other_series"
    WITHOUT_N = "without_n"
    DRAFT = "draft"
    NOT_OBSERVED = "not_observed"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Sums:
    """What a site's counted occasions add up to.

    ``weighted`` is the sum of value times n, ``weight`` the sum of n, ``with_n`` how many say
    their n, ``total_with_n`` the values of these alone.
    """

    count: int
    total: float
    weighted: float
    weight: int
    with_n: int
    last_date: dt.date

    @classmethod
    def of(cls, occasion: Occasion, calculation: Calculation) -> "Sums":
        found = occasion.audience(calculation)
        n = found.n or 0
        return cls(1, found.value, found.value * n, n, int(found.n is not None), occasion.date)

    def plus(self, other: "Sums") -> "Sums":
        return Sums(
            self.count + other.count,
            math.fsum((self.total, other.total)),
            math.fsum((self.weighted, other.weighted)),
            self.weight + other.weight,
            self.with_n + other.with_n,
            max(self.last_date, other.last_date),
        )


@dataclass(frozen=True, slots=True)
class SiteShare:
    """What one site brings to a figure: sums of its occasions, or its last one.

    ``order`` and ``last`` are of the last occasion (None where only sums are known). ``waves``:
    those its counted occasions were taken in.
    """

    site_id: str
    sums: Sums
    last: Value | None = None
    waves: frozenset[Wave | None] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, and what it rests on.

    ``n`` is None unless every occasion counted says its own. ``sites`` and ``measures`` count
    what is in the figure alone. ``yes``: sites that say yes. ``without_n``: sites (of a last
    value) or measures (of a mean) whose missing n made the mean a plain one.
    """

    value: float
    n: int | None
    date: dt.date
    sites: int
    measures: int
    yes: int = 0
    without_n: int = 0
    waves: frozenset[Wave | None] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    occasion: Occasion
    why: Why

    @property
    def counted(self) -> bool:
        return self.why is Why.COUNTED


def judged(occasions: Sequence[Occasion], rule: Rule, *, initial: bool = False) -> list[Verdict]:
    """Each occasion, counted or not and why; ``initial`` reckons the measured T0 instead.

    ``occasions`` come in order (see ``occasions.occasions``).
    """
    reasons = {id(occasion): _apart(occasion, rule, initial=initial) for occasion in occasions}
    left = [occasion for occasion in occasions if reasons[id(occasion)] is None]
    if rule.latest:
        last = {occasion.site_id: occasion for occasion in left}
        for occasion in left:
            if last[occasion.site_id] is not occasion:
                reasons[id(occasion)] = Why.REPLACED
    elif rule.pooled:
        if rule.by_wave:
            _drop_earlier_waves(left, reasons)
        if rule.calculation is Calculation.RATIO:
            _drop_without_n(left, reasons, rule)
    return [Verdict(o, reasons[id(o)] or Why.COUNTED) for o in occasions]


def _apart(occasion: Occasion, rule: Rule, *, initial: bool) -> Why | None:
    """What keeps an occasion out whatever the others are; None when nothing does."""
    if not rule.in_series(occasion.version):
        return Why.OTHER_SERIES
    if rule.calculation is Calculation.SUM:
        return Why.REPLACED if initial and not occasion.initial else None
    if occasion.initial is not initial:
        return Why.REPLACED if initial else Why.REFERENCE
    early = rule.since is not None and occasion.date < rule.since
    if rule.pooled and not rule.by_wave and not initial and early:
        return Why.BEFORE_REFERENCE
    return None


def _drop_earlier_waves(left: Sequence[Occasion], reasons: dict[int, Why | None]) -> None:
    """Each site's last wave stays; an occasion that names none is a wave of its own."""
    last = {occasion.site_id: occasion for occasion in left}
    for occasion in left:
        kept = last[occasion.site_id]
        together = occasion.wave is not None and occasion.wave is kept.wave
        if occasion is not kept and not together:
            reasons[id(occasion)] = Why.EARLIER_WAVE


def _drop_without_n(left: Sequence[Occasion], reasons: dict[int, Why | None], rule: Rule) -> None:
    """A rate rests on those that say their n, when some do."""
    open_ = [occasion for occasion in left if reasons[id(occasion)] is None]
    silent = [occasion for occasion in open_ if not occasion.audience(rule.calculation).n]
    if len(silent) < len(open_):
        for occasion in silent:
            reasons[id(occasion)] = Why.WITHOUT_N


def shares(verdicts: Iterable[Verdict], calculation: Calculation) -> tuple[SiteShare, ...]:
    """What each site brings, from the occasions counted."""
    found: dict[str, SiteShare] = {}
    for verdict in verdicts:
        if not verdict.counted:
            continue
        occasion = verdict.occasion
        sums = Sums.of(occasion, calculation)
        share = found.get(occasion.site_id)
        waves = frozenset([occasion.wave])
        last = occasion.audience(calculation)
        found[occasion.site_id] = (
            SiteShare(occasion.site_id, sums, last, waves)
            if share is None
            else replace(share, sums=share.sums.plus(sums), last=last, waves=share.waves | waves)
        )
    return tuple(found[site] for site in sorted(found))


def figure(sites: Sequence[SiteShare], calculation: Calculation) -> Figure | None:
    """What the sites make together; None when none has a value."""
    if not sites or calculation is Calculation.NONE:
        return None
    date = max(site.sums.last_date for site in sites)
    waves = frozenset[Wave | None]().union(*(site.waves for site in sites))
    measures = sum(site.sums.count for site in sites)
    if calculation is Calculation.SITES:
        answers = [site.last.value >= 0.5 for site in sites if site.last is not None]
        yes = sum(answers)
        count = len(sites)
        return Figure(float(yes == count), None, date, count, count, yes=yes, waves=waves)
    if calculation is Calculation.LATEST:
        last = [site.last for site in sites if site.last is not None]
        together = mean(last)
        missing = sum(value.n is None for value in last)
        return Figure(
            last[0].value if len(last) == 1 else denoised(together.value),
            together.n,
            date,
            len(sites),
            len(sites),
            without_n=missing,
            waves=waves,
        )
    return _of_sums(sites, calculation, Figure(0.0, None, date, len(sites), measures, waves=waves))


def _of_sums(sites: Sequence[SiteShare], calculation: Calculation, blank: Figure) -> Figure:
    total = math.fsum(site.sums.total for site in sites)
    weighted = math.fsum(site.sums.weighted for site in sites)
    weight = sum(site.sums.weight for site in sites)
    missing = blank.measures - sum(site.sums.with_n for site in sites)
    n = None if missing else weight
    if calculation is Calculation.SUM:
        return replace(blank, value=denoised(total), n=n)
    if not missing and weight:
        return replace(blank, value=denoised(weighted / weight), n=weight)
    return replace(blank, value=denoised(total / blank.measures), n=n, without_n=missing)


def reckon(
    occasions: Sequence[Occasion], rule: Rule, *, initial: bool = False
) -> tuple[Figure | None, list[Verdict]]:
    """The figure of these occasions, and what each of them is in it."""
    verdicts = judged(occasions, rule, initial=initial)
    return figure(shares(verdicts, rule.calculation), rule.calculation), verdicts


def by_category(
    occasions: Sequence[Occasion], rule: Rule, categories: Iterable[str]
) -> Mapping[str, Figure | None]:
    """The figure of each category, as if its parts were the whole."""
    seen: dict[str, list[Occasion]] = defaultdict(list)
    for occasion in occasions:
        for part in occasion.parts:
            one = occasion.of_category(part.category)
            if one is not None:
                seen[part.category].append(one)
    return {name: reckon(seen.get(name, []), rule)[0] for name in categories}
