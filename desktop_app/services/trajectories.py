"""How an indicator's actual value moved, day after day. Pure.

On the sites that the figure holds, and on them alone: each one's last value is carried forward,
its measured T0 until something newer came. The last point is the figure itself.
"""

from collections.abc import Sequence

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
    """Each site's last occasion (or wave) so far."""
    held: dict[str, list[Occasion]] = {}
    points: list[TrajectoryPoint] = []
    for place, occasion in enumerate(seen):
        kept = held.get(occasion.site_id, [])
        same = rule.pooled and kept and _one_wave(kept[-1].wave, occasion.wave)
        late = occasion.initial and kept and not kept[-1].initial
        if not late:  # a T0 taken late replaces no measure
            held[occasion.site_id] = [*kept, occasion] if same else [occasion]
        if _day_goes_on(seen, place):
            continue
        _add(points, occasion, _shares(held, rule), rule)
    return tuple(points)


def _one_wave(first: Wave | None, second: Wave | None) -> bool:
    return first is not None and first is second


def _shares(held: dict[str, list[Occasion]], rule: Rule) -> list[SiteShare]:
    made: list[SiteShare] = []
    for site, occasions in held.items():
        sums = Sums.of(occasions[0], rule.calculation)
        for occasion in occasions[1:]:
            sums = sums.plus(Sums.of(occasion, rule.calculation))
        made.append(SiteShare(site, sums, occasions[-1].audience(rule.calculation)))
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
