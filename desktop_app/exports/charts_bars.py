"""Horizontal bars by audience, and the monthly count of observations."""

import math
from collections.abc import Callable, Sequence

from desktop_app import french
from desktop_app.exports.charts_bullet import rate_shapes
from desktop_app.exports.charts_scene import Line, Rect, Scene, Shape, Text, count_text
from desktop_app.services.home.rows import MonthCount
from desktop_app.services.results.rows import CategoryResult
from desktop_app.services.results.words import MASKED, fraction_text, joined

BAR = 12.0
"""The height of a bar with its marks, in points."""

_Bar = tuple[CategoryResult, str, str]  # the category, its value and its n in words


def category_bars(
    categories: Sequence[CategoryResult],
    *,
    percentage: bool,
    yes_no: bool = False,
    decimals: int | None = None,
    least: int = 0,
    title: str = "",
    width: float = 240.0,
    row_height: float = 18.0,
    size: float = 8.5,
    stacked: bool = False,
) -> Scene:
    """One bar a category, all on one scale; ``stacked`` puts its words above it.

    The scale is the way from T0 to the target, both marked, when the categories have rates; else
    their values, from 0. A masked category keeps its row, unmeasured. Under ``least`` people a
    percentage is said « 8 sur 9 ».
    """

    def said(value: float | None) -> str:
        return french.measured(value, percentage=percentage, yes_no=yes_no, decimals=decimals)

    bars = [_words(category, said, least if percentage else 0) for category in categories]
    draw = _scale(categories, 100.0 if percentage else None)
    left, right = (0.0, 0.0) if stacked else (width * 0.36, width * 0.3)
    shapes: list[Shape] = []
    for index, (category, value, count) in enumerate(bars):
        top = index * row_height
        tone = "muted" if category.masked else "ink"
        if stacked:
            middle, base = top + row_height * 0.74, top + row_height * 0.42
            beside = len(count) * size * 0.46 + size * 0.5 if count else 0.0
            room = width - beside - len(value) * size * 0.52 - size * 0.6
            shapes.append(Text(width, base, count, "muted", size * 0.9, "end"))
            shapes.append(Text(width - beside, base, value, tone, size, "end", bold=True))
        else:
            middle = top + row_height / 2
            base, room = middle + size * 0.36, left
            shapes.append(Text(width, base, joined([value, count]), tone, size, "end"))
        shapes.append(Text(0, base, _cut(category.name, room / (size * 0.48)), "ink", size))
        shapes += draw(category, left, middle, width - left - right)
        if index + 1 < len(bars):
            y = top + row_height
            shapes.append(Line(0, y, width, y, "line", 0.5))
    lead = f"{title}{french.NBSP}: " if title else ""
    told = ", ".join(joined([f"{c.name} {value}", count]) for c, value, count in bars)
    return Scene(width, len(bars) * row_height, tuple(shapes), f"{lead}{told}.")


def _words(category: CategoryResult, said: Callable[[float | None], str], least: int) -> _Bar:
    """Under the threshold a percentage carries its n in itself."""
    if category.masked:
        return category, MASKED, ""
    n = category.n
    if category.actual is not None and n and n < least:
        return category, fraction_text(category.actual, n), ""
    return category, said(category.actual), "" if n is None else count_text(n)


Draw = Callable[[CategoryResult, float, float, float], list[Shape]]


def _scale(categories: Sequence[CategoryResult], most: float | None) -> Draw:
    """How a bar is drawn from its left end, on its middle line, in its room."""
    known = [c.actual for c in categories if c.actual is not None and not c.masked]
    high = most or max([*known, 0.0]) or 1.0

    def way(category: CategoryResult, left: float, middle: float, room: float) -> list[Shape]:
        rate = None if category.masked else category.rate
        return rate_shapes(rate, left, middle, room, BAR)

    def value(category: CategoryResult, left: float, middle: float, room: float) -> list[Shape]:
        shapes: list[Shape] = [Rect(left, middle - 2.2, room, 4.4, "track", 2.2)]
        if category.actual and not category.masked:
            reach = max(min(max(category.actual / high, 0.0), 1.0) * room, 1.2)
            shapes.append(Rect(left, middle - 2.2, reach, 4.4, "accent", min(2.2, reach / 2)))
        return shapes

    return way if any(category.rate is not None for category in categories) else value


def months(
    counts: Sequence[MonthCount],
    *,
    title: str = "Observations par mois",
    width: float = 320.0,
    height: float = 120.0,
    size: float = 8.0,
) -> Scene:
    """One column a month, its count above. ``counts`` run from the oldest to the newest."""
    if not counts:
        return Scene(width, height, (), f"{title}{french.NBSP}: aucune.")
    high = max(1, *(c.count for c in counts))
    foot, head = size * 1.9, size * 1.6
    room = height - foot - head
    step = width / len(counts)
    bar = min(step * 0.62, 34.0)
    every = max(1, math.ceil(size * 3.4 / step))
    shapes: list[Shape] = []
    for index, entry in enumerate(counts):
        centre = (index + 0.5) * step
        tall = entry.count / high * room
        top = head + room - tall
        if entry.count:
            shapes.append(Rect(centre - bar / 2, top, bar, tall, "accent", min(2.0, tall / 2)))
        if index % every == 0:
            month = french.month(entry.month, short=True)
            shapes.append(Text(centre, height - 3, month, "muted", size, "middle"))
            number = french.number(entry.count)
            shapes.append(Text(centre, top - 3, number, "ink", size, "middle"))
    shapes.append(Line(0, head + room, width, head + room, "line", 0.8))
    said = ", ".join(f"{french.month(c.month)} {french.number(c.count)}" for c in counts)
    return Scene(width, height, tuple(shapes), f"{title}{french.NBSP}: {said}.")


def _cut(text: str, room: float) -> str:
    """``text`` in about ``room`` characters; the alternative text keeps it whole."""
    limit = max(int(room), 4)
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
