"""How an indicator's actual value moved, day after day. Pure.

On the sites that the figure holds, and on them alone: each one's last value is carried forward,
its measured T0 until something newer came. The last point is the figure itself.
"""

from collections.abc import Sequence
from functools import reduce

from desktop_app.models.enums import Wave
from desktop_app.services.calculation import Calculation
from desktop_app.services.occasions import Occasion
from desktop_app.services.reckoning import (
    Rule,
    SiteShare,
    Sums,
    Why,
    figure,
    judged,
)
from desktop_app.services.result_rows import TrajectoryPoint


def trajectory(occasions: Sequence[Occasion], rule: Rule) -> tuple[TrajectoryPoint, ...]:
    """One point a day measured; ``occasions`` come in order (occasions.py)."""
    if rule.calculation is Calculation.NONE:
        return ()
    counted = {verdict.occasion.site_id for verdict in judged(occasions, rule) if verdict.counted}
    seen = [o for o in occasions if o.site_id in counted and rule.in_series(o.version)]
    if rule.latest or (rule.by_wave and rule.pooled):
        return _carried(seen, rule)
    return _running(seen, rule)


def _carried(seen: Sequence[Occasion], rule: Rule) -> tuple[TrajectoryPoint, ...]:
    """Each site's last occasion (or the whole of its last wave) so far."""
    held: dict[str, dict[object, list[Occasion]]] = {}
    last: dict[str, object] = {}
    points: list[TrajectoryPoint] = []
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
            _add(points, occasion, _shares([held[s][key] for s, key in last.items()], rule), rule)
    return tuple(points)


def _shares(sites: Sequence[Sequence[Occasion]], rule: Rule) -> list[SiteShare]:
    """What sites bring from these occasions. A rate rests on those that say n, when some do."""
    calculation = rule.calculation
    some = calculation is Calculation.RATIO and any(
        occasion.audience(calculation).n for occasions in sites for occasion in occasions
    )
    made: list[SiteShare] = []
    for occasions in sites:
        kept = [o for o in occasions if not some or o.audience(calculation).n]
        if kept:
            sums = reduce(Sums.plus, (Sums.of(occasion, calculation) for occasion in kept))
            made.append(SiteShare(kept[0].site_id, sums, kept[-1].audience(calculation)))
    return made


def _running(seen: Sequence[Occasion], rule: Rule) -> tuple[TrajectoryPoint, ...]:
    """All that counts so far, added up or pooled."""
    whys = {id(verdict.occasion): verdict.why for verdict in judged(seen, rule)}
    counts = [occasion for occasion in seen if whys[id(occasion)] is Why.COUNTED]
    sites: dict[str, Sums] = {}
    points: list[TrajectoryPoint] = []
    for place, occasion in enumerate(counts):
        sums = Sums.of(occasion, rule.calculation)
        known = sites.get(occasion.site_id)
        sites[occasion.site_id] = sums if known is None else known.plus(sums)
        if _day_goes_on(counts, place):
            continue
        _add(points, occasion, [SiteShare(site, found) for site, found in sites.items()], rule)
    return tuple(points)


def _day_goes_on(seen: Sequence[Occasion], place: int) -> bool:
    return place + 1 < len(seen) and seen[place + 1].date == seen[place].date


def _add(
    points: list[TrajectoryPoint], occasion: Occasion, shares: Sequence[SiteShare], rule: Rule
) -> None:
    found = figure(shares, rule.calculation)
    if found is not None:
        points.append(TrajectoryPoint(occasion.date, found.value, found.n, found.sites))
