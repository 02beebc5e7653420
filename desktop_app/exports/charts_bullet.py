"""An indicator's way from its T0 to its target: a bar on the one scale of its whole column.

0 % is T0, 100 % the target, whatever the indicator and whichever way is better: bars of a column
can be read against one another, which values of unlike things cannot.
"""

from desktop_app import french
from desktop_app.exports.charts_scene import Line, Polyline, Rect, Scene, Shape, Text
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.rows import IndicatorResult
from desktop_app.services.results.words import (
    actual_text,
    basis_text,
    rate_text,
    state_text,
)
from desktop_app.services.results.words import value_text as worded

LOW, HIGH = -0.5, 1.5
"""What the bar shows; a rate beyond is cut, with an arrow at that end."""

ARROW = 5.0
"""Of the sign of a cut bar, in points."""

LEAST = 1.2
"""What is not zero still shows, in points."""


def rate_position(rate: float) -> float:
    """Where a rate lies on the bar, 0 to 1, kept inside."""
    return min(1.0, max(0.0, (rate - LOW) / (HIGH - LOW)))


def rate_bar(
    rate: float | None,
    *,
    width: float,
    height: float,
    start: bool = True,
    goal: bool = True,
    alt: str = "",
) -> Scene:
    """The track, the bar from T0 to ``rate`` (red, to the left, when it is behind), both marks.

    ``start`` and ``goal``: whether there is a T0 and a target to mark.
    """
    shapes = rate_shapes(rate, 0.0, height / 2, width, height, start=start, goal=goal)
    return Scene(width, height, tuple(shapes), alt)


def rate_shapes(
    rate: float | None,
    left: float,
    middle: float,
    width: float,
    height: float,
    *,
    start: bool = True,
    goal: bool = True,
) -> list[Shape]:
    """The bar at a place of a larger drawing."""
    thick = height * 0.36
    shapes: list[Shape] = [Rect(left, middle - thick / 2, width, thick, "track", thick / 2)]
    if rate:
        shapes += _fill(rate, left, middle, width, thick)
    for there, at, colour, tall, line in (
        (start, 0.0, "muted", height * 0.4, 1.0),
        (goal, 1.0, "ink", height * 0.46, 1.7),
    ):
        if there:
            x = left + rate_position(at) * width
            shapes.append(Line(x, middle - tall, x, middle + tall, colour, line))
    return shapes


def _fill(rate: float, left: float, middle: float, width: float, thick: float) -> list[Shape]:
    """The bar from T0, at least a sliver wide; an arrow where the scale ends before it."""
    behind = rate < 0
    colour = "tally_decline" if behind else "accent"
    start, end = left + rate_position(0.0) * width, left + rate_position(rate) * width
    shapes: list[Shape] = []
    if rate < LOW or rate > HIGH:
        tip, away = (left + 0.6, 1.0) if behind else (left + width - 0.6, -1.0)
        end = tip + away * ARROW
        reach, rise = tip + away * ARROW * 0.6, thick * 0.8
        points = ((reach, middle - rise), (tip, middle), (reach, middle + rise))
        shapes.append(Polyline(points, colour, 1.4))
    wide = max(abs(end - start), LEAST)
    at = start - wide if behind else start
    shapes.append(Rect(at, middle - thick / 2, wide, thick, colour, min(thick, wide) / 2))
    return shapes


def indicator_bullet(
    result: IndicatorResult, *, width: float = 110.0, height: float = 12.0
) -> Scene:
    """The bar of a result. What is withheld has none; yes/no and answers have no way to show."""
    alt = result_sentence(result)
    start = result.baseline.used is not None
    goal = result.indicator.target_value is not None
    if not has_bar(result):
        return Scene(width, height, (), alt)
    rate = None if result.masked else result.attainment
    return rate_bar(rate, width=width, height=height, start=start, goal=goal, alt=alt)


def labelled_bullet(
    result: IndicatorResult, *, width: float, bar_height: float = 12.0, size: float = 8.0
) -> Scene:
    """The bar alone, out of its column: T0 and the target said under their marks, the rate after.

    Its height is ``bar_height`` and a line of words.
    """
    indicator = result.indicator
    rate = "" if result.masked else rate_text(result)
    room = width - (len(rate) * size * 0.56 + size if rate else 0.0)
    bar = indicator_bullet(result, width=room, height=bar_height)
    base, start = bar_height + size * 1.1, result.baseline.used
    start = result.baseline.agreed if result.masked else start
    shapes = list(bar.shapes)
    for at, name, value in ((0.0, "T0", start), (1.0, "cible", indicator.target_value)):
        if value is not None and bar.shapes:
            words = f"{name}{french.NBSP}{worded(indicator, value, result.decimals)}"
            x = rate_position(at) * room
            shapes.append(Text(x, base, words, "muted", size, "middle"))
    if rate and bar.shapes:
        colour = "bad" if rate.startswith(french.MINUS) else "ink"
        middle = bar_height / 2 + size * 0.36
        shapes.append(Text(width, middle, rate, colour, size, "end", bold=True))
    return Scene(width, base + size * 0.4, tuple(shapes), bar.alt)


def has_bar(result: IndicatorResult) -> bool:
    """Whether a way from T0 to a target can be drawn, empty as it may be."""
    if result.indicator.calculation in {Calculation.SITES, Calculation.NONE}:
        return False
    return result.baseline.used is not None or result.indicator.target_value is not None


def result_sentence(result: IndicatorResult) -> str:
    """« Emploi : T0 31 %, actuel 52 % (n = 46), cible 70 %, 54 % du chemin. À surveiller. »."""
    indicator, baseline = result.indicator, result.baseline
    start = baseline.agreed if result.masked else baseline.used
    basis = basis_text(result)
    actual = f"{actual_text(result)} ({basis})" if basis else actual_text(result)
    way = "" if result.masked else rate_text(result)
    parts = [
        f"T0 {worded(indicator, start, result.decimals)}",
        f"actuel {actual}",
        f"cible {worded(indicator, indicator.target_value, result.decimals)}",
        f"{way} du chemin" if way else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{indicator.label}{french.NBSP}: {said}. {sentence(state_text(result))}"


def sentence(words: str) -> str:
    """« masqué » → « Masqué. », « — » → ''."""
    return "" if words in {"", french.MISSING} else f"{words[:1].upper()}{words[1:]}."
