"""How values of several sites, days and categories become one. Pure functions.

What was not observed, does not apply or was never recorded has no value here and never counts
as zero. Percentages run 0 to 100, yes/no is 1 or 0.
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop_app.models.enums import Aggregation, ValueType
from desktop_app.services.experiment_rows import IndicatorRow
from desktop_app.services.result_rows import Interval, TrajectoryPoint

WILSON_Z = 1.959963984540054  # 97.5th percentile of the normal law: a 95 % interval


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one site and category: enough for every aggregation, without the values.

    ``weighted`` is the sum of value times n, ``weight`` the sum of n, ``with_n`` how many of the
    ``count`` values say their n. Of several values on the last day, the
    lowest is ``last_value``.
    """

    site_id: str
    category: str
    count: int
    total: float
    weighted: float
    weight: int
    with_n: int
    last_date: dt.date
    last_value: float
    last_n: int | None

    def plus(self, date: dt.date, value: float, n: int | None) -> "Group":
        """The group with one more value; values come in order of date, then value."""
        later = date > self.last_date
        return replace(
            self,
            count=self.count + 1,
            total=self.total + value,
            weighted=self.weighted + value * (n or 0),
            weight=self.weight + (n or 0),
            with_n=self.with_n + (n is not None),
            last_date=date if later else self.last_date,
            last_value=value if later else self.last_value,
            last_n=n if later else self.last_n,
        )


def first_value(site_id: str, category: str, date: dt.date, value: float, n: int | None) -> Group:
    """The group of a single value."""
    weight = n or 0
    return Group(
        site_id, category, 1, value, value * weight, weight, int(n is not None), date, value, n
    )


@dataclass(frozen=True, slots=True)
class Actual:
    """An aggregated value. ``n`` is None unless every value it rests on says its own."""

    value: float
    n: int | None
    date: dt.date


def wilson(percent: float, n: int) -> Interval:
    """The Wilson score interval of a proportion given in percent, for n > 0 people."""
    share = min(max(percent, 0.0), 100.0) / 100
    z2 = WILSON_Z * WILSON_Z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = WILSON_Z * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Interval(max(0.0, centre - half) * 100, min(1.0, centre + half) * 100)


def whole_audience(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The groups that make totals: a site's own total when it has one, else its categories."""
    by_site: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        by_site[group.site_id].append(group)
    kept: list[Group] = []
    for of_site in by_site.values():
        totals = [group for group in of_site if not group.category]
        kept.extend(totals or of_site)
    return tuple(kept)


def aggregate(
    groups: Sequence[Group], aggregation: Aggregation, value_type: ValueType
) -> Actual | None:
    """The actual value of groups that do not overlap; None when there is none."""
    if not groups or value_type is ValueType.QUALITATIVE:
        return None
    date = max(group.last_date for group in groups)
    if value_type is ValueType.YES_NO:
        sites = {group.site_id for group in groups}
        return Actual(float(all(group.last_value >= 0.5 for group in groups)), len(sites), date)
    if aggregation is Aggregation.LATEST:
        value, n = _latest(groups)
        return Actual(value, n, date)
    count = sum(group.count for group in groups)
    total = math.fsum(group.total for group in groups)
    weight = sum(group.weight for group in groups)
    complete = sum(group.with_n for group in groups) == count
    n = weight if complete else None
    if aggregation is Aggregation.ADDITIVE:
        return Actual(total, n, date)
    if aggregation is Aggregation.RATIO and weight:
        complete, n = True, weight
    if complete and weight:
        return Actual(math.fsum(group.weighted for group in groups) / weight, n, date)
    return Actual(total / count, n, date)


def _latest(groups: Sequence[Group]) -> tuple[float, int | None]:
    """The mean over sites of each one's latest value, its categories taken together first."""
    by_site: dict[str, list[tuple[float, int | None]]] = defaultdict(list)
    for group in groups:
        by_site[group.site_id].append((group.last_value, group.last_n))
    return _mean([_mean(values) for values in by_site.values()])


def _mean(values: Sequence[tuple[float, int | None]]) -> tuple[float, int | None]:
    """The mean weighted by n when every value says it (and some n > 0), else the plain mean."""
    weights = [n for _, n in values if n is not None]
    total = sum(weights)
    if len(weights) < len(values):
        return math.fsum(value for value, _ in values) / len(values), None
    if not total:
        return math.fsum(value for value, _ in values) / len(values), 0
    return math.fsum(value * (n or 0) for value, n in values) / total, total


def trajectory(
    indicator: IndicatorRow,
    values: Iterable[tuple[str, str, dt.date, float, int | None]],
) -> tuple[TrajectoryPoint, ...]:
    """The actual value at the end of each day something was measured.

    ``values`` are (site, category, date, value, n); the last point is the indicator's result.
    """
    groups: dict[tuple[str, str], Group] = {}
    points: list[TrajectoryPoint] = []
    ordered = sorted(values, key=lambda v: (v[2], v[3], -1 if v[4] is None else v[4]))
    for position, (site_id, category, date, value, n) in enumerate(ordered):
        key = (site_id, category)
        known = groups.get(key)
        groups[key] = (
            known.plus(date, value, n) if known else first_value(site_id, category, date, value, n)
        )
        if position + 1 < len(ordered) and ordered[position + 1][2] == date:
            continue
        actual = aggregate(
            whole_audience(groups.values()), indicator.aggregation, indicator.value_type
        )
        if actual:
            points.append(TrajectoryPoint(date, actual.value, actual.n))
    return tuple(points)
