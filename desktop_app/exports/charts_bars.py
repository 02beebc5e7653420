"""Horizontal bars by audience, and the monthly count of observations."""

import math
from collections.abc import Sequence

from desktop_app import french
from desktop_app.exports.charts_scene import Line, Rect, Scene, Shape, Text, count_text
from desktop_app.services.overview_rows import MonthCount
from desktop_app.services.result_rows import CategoryResult

MASKED = "effectif masqué"


def category_bars(
    categories: Sequence[CategoryResult],
    *,
    percentage: bool,
    title: str = "",
    width: float = 240.0,
    row_height: float = 18.0,
    size: float = 8.5,
) -> Scene:
    """One bar a category, its value at the right. A masked category keeps its row, unmeasured.

    One that only lacks people for a percentage says how many they are.
    """
    known = [c.actual for c in categories if c.actual is not None and not c.masked]
    high = 100.0 if percentage else max([*known, 0.0]) * 1.15 or 1.0
    left, right = width * 0.36, width * 0.3
    span = width - left - right
    shapes: list[Shape] = []
    said: list[str] = []
    for index, category in enumerate(categories):
        middle = (index + 0.5) * row_height
        baseline = middle + size * 0.36
        value, count, tone = french.measured(category.actual, percentage=percentage), "", "ink"
        if category.masked:
            value, tone = MASKED, "muted"
            if category.n is not None:
                value = f"trop peu ({count_text(category.n)})"
        elif category.n is not None:
            count = f" · {count_text(category.n)}"
        shapes.append(Text(0, baseline, _cut(category.category, left / (size * 0.52)), "ink", size))
        shapes.append(Rect(left, middle - 3.5, span, 7, "track", 1.5))
        if category.actual is not None and not category.masked:
            reach = min(max(category.actual / high, 0.0), 1.0) * span
            shapes.append(Rect(left, middle - 2.25, max(reach, 1.0), 4.5, "accent", 1))
        shapes.append(Text(width, baseline, f"{value}{count}", tone, size, "end"))
        if index + 1 < len(categories):
            y = (index + 1) * row_height
            shapes.append(Line(0, y, width, y, "line", 0.5))
        said.append(f"{category.category} {value}{count}")
    lead = f"{title}{french.NBSP}: " if title else ""
    return Scene(width, len(categories) * row_height, tuple(shapes), f"{lead}{', '.join(said)}.")


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
