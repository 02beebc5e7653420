"""How an indicator's actual value moved, day after day. Pure.

On the sites that the figure holds, and on them alone: each one's last value is carried forward,
its measured T0 until something newer came. The last point is the figure itself.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from desktop_app.models.enums import Wave
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.occasions import Occasion
from desktop_app.services.results.reckoning import Rule, SiteShare, Sums, figure, judged
from desktop_app.services.results.rows import TrajectoryPoint


@dataclass(frozen=True, slots=True)
class Step:
    """What a day's point is made of: these occasions, ``added`` to those of the steps before."""

    date: dt.date
    occasions: tuple[Occasion, ...]
    added: bool


def steps(occasions: Sequence[Occasion], rule: Rule) -> list[Step]:
    """One a day measured; ``occasions`` come in order (occasions.py)."""
    if rule.calculation is Calculation.NONE:
        return []
    verdicts = judged(occasions, rule)
    if rule.latest or (rule.by_wave and rule.pooled):
        sites = {verdict.occasion.site_id for verdict in verdicts if verdict.counted}
        return _carried(
            [o for o in occasions if o.site_id in sites and rule.in_series(o.version)], rule
        )
    made: list[Step] = []
    counted = [verdict.occasion for verdict in verdicts if verdict.counted]
    start = 0
    for place in range(len(counted)):
        if not _day_goes_on(counted, place):
            made.append(Step(counted[place].date, tuple(counted[start : place + 1]), added=True))
            start = place + 1
    return made


def trajectory(occasions: Sequence[Occasion], rule: Rule) -> tuple[TrajectoryPoint, ...]:
    sites: dict[str, SiteShare] = {}
    points: list[TrajectoryPoint] = []
    for step in steps(occasions, rule):
        fresh = {share.site_id: share for share in _shares(step.occasions, rule)}
        if step.added:
            for site, share in fresh.items():
                known = sites.get(site)
                sums = share.sums if known is None else known.sums.plus(share.sums)
                sites[site] = SiteShare(site, sums)
        else:
            sites = fresh
        found = figure(list(sites.values()), rule.calculation)
        if found is not None:
            points.append(TrajectoryPoint(step.date, found.value, found.n, found.sites))
    return tuple(points)


def _carried(seen: Sequence[Occasion], rule: Rule) -> list[Step]:
    """Each site's last occasion (or the whole of its last wave) so far."""
    held: dict[str, dict[object, list[Occasion]]] = {}
    last: dict[str, object] = {}
    made: list[Step] = []
    for place, occasion in enumerate(seen):
        site = held.setdefault(occasion.site_id, {})
        late = occasion.initial and any(wave is not Wave.T0 for wave in site)
        if not late:  # a T0 taken late replaces no measure
            wave = occasion.wave if rule.pooled and occasion.wave is not None else place
            key = Wave.T0 if occasion.initial else wave
            together = rule.pooled and key in site
            site[key] = [*site[key], occasion] if together else [occasion]
            last[occasion.site_id] = key
        if not _day_goes_on(seen, place):
            current = [one for name, key in last.items() for one in held[name][key]]
            made.append(Step(occasion.date, tuple(_with_n(current, rule)), added=False))
    return made


def _with_n(occasions: Sequence[Occasion], rule: Rule) -> Sequence[Occasion]:
    """A rate rests on those that say their n, when some do."""
    if rule.calculation is not Calculation.RATIO:
        return occasions
    return [o for o in occasions if o.audience(rule.calculation).n] or occasions


def _shares(occasions: Sequence[Occasion], rule: Rule) -> list[SiteShare]:
    """What sites bring from these occasions, in order."""
    by_site: dict[str, list[Occasion]] = {}
    for occasion in occasions:
        by_site.setdefault(occasion.site_id, []).append(occasion)
    calculation = rule.calculation
    return [
        SiteShare(
            site,
            reduce(Sums.plus, (Sums.of(occasion, calculation) for occasion in kept)),
            kept[-1].audience(calculation),
        )
        for site, kept in by_site.items()
    ]


def _day_goes_on(seen: Sequence[Occasion], place: int) -> bool:
    return place + 1 < len(seen) and seen[place + 1].date == seen[place].date
