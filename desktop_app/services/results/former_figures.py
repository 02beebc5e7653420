"""The figures as the rules of 0.2 made them: kept to say what changed, used for nothing else.

One rule a site for its whole history (its totals if it ever had one, else its categories), the
initial wave left out of everything, states judged on the day they are read, drafts counted.
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from desktop_app.models.enums import Aggregation, ValueType, Wave
from desktop_app.services.programme.experiment_rows import ExperimentRow, IndicatorRow
from desktop_app.services.results.occasions import Cell
from desktop_app.services.results.rows import ResultState, Thresholds
from desktop_app.services.results.states import EPSILON, close, elapsed_share, is_reached

Weighted = tuple[float, int | None]


def former_value(cells: Iterable[Cell], indicator: IndicatorRow) -> float | None:
    groups = _groups(cells)
    if not groups or indicator.value_type is ValueType.QUALITATIVE:
        return None
    if indicator.value_type is ValueType.YES_NO:
        return float(all(_last(group).value >= 0.5 for group in groups))
    if indicator.aggregation is Aggregation.LATEST:
        by_site: dict[str, list[Weighted]] = defaultdict(list)
        for group in groups:
            last = _last(group)
            by_site[last.site_id].append((last.value, last.n))
        return _mean([_mean(values) for values in by_site.values()])[0]
    values: list[Weighted] = [(cell.value, cell.n) for group in groups for cell in group]
    if indicator.aggregation is Aggregation.ADDITIVE:
        return math.fsum(value for value, _ in values)
    if indicator.aggregation is Aggregation.RATIO:
        values = [(value, n) for value, n in values if n] or values
    return _mean(values)[0]


def _groups(cells: Iterable[Cell]) -> list[list[Cell]]:
    """By site and category, those that made a site's whole audience."""
    found: dict[str, dict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for cell in cells:
        if cell.wave is not Wave.T0:
            found[cell.site_id][cell.category].append(cell)
    kept: list[list[Cell]] = []
    for site in found.values():
        kept += [site[""]] if "" in site else list(site.values())
    return kept


def _last(group: Sequence[Cell]) -> Cell:
    """Of several of the last day, the lowest."""
    day = max(cell.date for cell in group)
    return min((cell for cell in group if cell.date == day), key=lambda cell: cell.value)


def _mean(values: Sequence[Weighted]) -> Weighted:
    counts = [n for _, n in values if n is not None]
    total = sum(counts) if len(counts) == len(values) else None
    if not total:
        return math.fsum(value for value, _ in values) / len(values), total
    return math.fsum(value * (n or 0) for value, n in values) / total, total


def former_state(
    value: float | None,
    indicator: IndicatorRow,
    experiment: ExperimentRow,
    as_of: dt.date,
    thresholds: Thresholds,
) -> ResultState:
    target, baseline = indicator.target_value, indicator.baseline_value
    if value is None:
        return ResultState.NO_DATA
    if target is not None and is_reached(value, target, indicator.direction):
        return ResultState.REACHED
    end = indicator.target_date or experiment.end_date
    judged = indicator.value_type is not ValueType.YES_NO
    if judged and target is not None and baseline is not None and not close(baseline, target):
        rate = (value - baseline) / (target - baseline)
        due = elapsed_share(indicator.baseline_date or experiment.start_date, end, as_of)
        return _pace(rate, 1.0 if due is None else due, thresholds)
    over = end is not None and as_of > end
    return ResultState.LATE if over and target is not None else ResultState.WATCH


def _pace(rate: float, due: float, thresholds: Thresholds) -> ResultState:
    if rate >= thresholds.on_track * due - EPSILON:
        return ResultState.ON_TRACK
    return ResultState.WATCH if rate >= thresholds.watch * due - EPSILON else ResultState.LATE
