"""How an indicator moved from its T0 towards its target."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app import french
from desktop_app.exports.charts_scene import Anchor, Dot, Line, Polyline, Scene, Shape, Text
from desktop_app.services.result_rows import IndicatorResult, TrajectoryPoint
from desktop_app.services.vocabulary import ValueType

MOST_SAID = 12
MOST_DOTS = 40


def trajectory(
    points: Sequence[TrajectoryPoint],
    *,
    baseline: float | None,
    target: float | None,
    title: str = "",
    percentage: bool = False,
    yes_no: bool = False,
    start: dt.date | None = None,
    end: dt.date | None = None,
    width: float = 320.0,
    height: float = 130.0,
    size: float = 8.0,
) -> Scene:
    """The line of actual values, the target dashed, the T0 dotted.

    ``start`` and ``end`` (the T0's and the target's dates) stretch the time axis when given.
    """

    def said(value: float) -> str:
        return french.measured(value, percentage=percentage, yes_no=yes_no)

    alt = _alternative(points, baseline, target, title, said)
    marks = [
        _Mark(name, value, colour, dash)
        for name, value, colour, dash in (
            ("cible", target, "ink", (3.0, 2.0)),
            ("T0", baseline, "muted", (1.0, 2.0)),
        )
        if value is not None
    ]
    known = [mark.value for mark in marks] + [p.value for p in points]
    if not known:
        return Scene(width, height, (), alt)
    longest = max(len(said(value)) for value in known)
    frame = _frame(points, known, (start, end), (width - longest * size * 0.56 - 6, height), size)
    left, right = frame.left - 4, frame.right + 4
    shapes: list[Shape] = [
        Line(frame.left, frame.floor, frame.right, frame.floor, "line", 0.8),
        *(
            Line(frame.left, frame.y(m.value), frame.right, frame.y(m.value), m.colour, 0.8, m.dash)
            for m in marks
        ),
        *_curve(points, frame),
        *_side([(frame.y(m.value), m.name, "muted", False) for m in marks], left, size, "end"),
    ]
    values = [(frame.y(m.value), said(m.value), m.colour, False) for m in marks]
    if points:
        x, y = frame.x(points[-1].date), frame.y(points[-1].value)
        text = said(points[-1].value)
        if x + 8 + len(text) * size * 0.6 < frame.right:
            shapes.append(Text(x + 6, y + size * 0.36, text, "accent_text", size, bold=True))
        else:
            values.append((y, text, "accent_text", True))
    shapes += _side(values, right, size, "start")
    if frame.first is not None and frame.last is not None:
        shapes += [
            Text(frame.x(day), height - 3, text, "muted", size, "middle")
            for day, text in time_marks(frame.first, frame.last)
        ]
    return Scene(width, height, tuple(shapes), alt)


def indicator_trajectory(
    result: IndicatorResult,
    points: Sequence[TrajectoryPoint],
    *,
    width: float = 320.0,
    height: float = 130.0,
    size: float = 8.0,
) -> Scene:
    """The trajectory of a result, its time axis from the T0's date to the target's."""
    indicator = result.indicator
    return trajectory(
        points if result.shown else (),
        baseline=indicator.baseline_value,
        target=indicator.target_value,
        title=indicator.label,
        percentage=indicator.value_type is ValueType.PERCENTAGE,
        yes_no=indicator.value_type is ValueType.YES_NO,
        start=indicator.baseline_date,
        end=indicator.target_date,
        width=width,
        height=height,
        size=size,
    )


def time_marks(first: dt.date, last: dt.date, most: int = 6) -> list[tuple[dt.date, str]]:
    """At most about ``most`` dates to write under a time axis, with their words."""
    if (last - first).days < 45:
        days = [first] if first == last else [first, last]
        return [(day, f"{day.day:02d}/{day.month:02d}") for day in days]
    count = (last.year - first.year) * 12 + last.month - first.month
    step = next((s for s in (1, 2, 3, 6, 12, 24, 60) if count / s <= most), 120)
    marks: list[tuple[dt.date, str]] = []
    for offset in range(1 if first.day > 15 else 0, count + 1, step):
        index = first.year * 12 + first.month - 1 + offset
        month = dt.date(index // 12, index % 12 + 1, 1)
        day = max(month, first)
        year = not marks or month.year != marks[-1][0].year
        text = french.month(month, short=True)
        marks.append((day, f"{text} {month.year}" if year else text))
    return marks


@dataclass(frozen=True, slots=True)
class _Mark:
    name: str
    value: float
    colour: str
    dash: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """The plotting area, and the way from dates and values to points."""

    left: float
    right: float
    top: float
    floor: float
    low: float
    high: float
    first: dt.date | None
    last: dt.date | None

    def y(self, value: float) -> float:
        share = (self.high - value) / (self.high - self.low)
        return self.top + share * (self.floor - 4 - self.top)

    def x(self, day: dt.date) -> float:
        if self.first is None or self.last is None or self.first == self.last:
            return (self.left + self.right) / 2
        share = (day - self.first).days / (self.last - self.first).days
        return self.left + share * (self.right - self.left)


def _frame(
    points: Sequence[TrajectoryPoint],
    known: Sequence[float],
    dates: tuple[dt.date | None, ...],
    corner: tuple[float, float],
    size: float,
) -> _Frame:
    """``corner`` is the right end and the foot; a flat series still has a height."""
    right, height = corner
    low, high = min(known), max(known)
    margin = (high - low) * 0.08 or max(abs(high) * 0.1, 1.0)
    days = [p.date for p in points] + [day for day in dates if day is not None]
    return _Frame(
        left=size * 3.4,
        right=right,
        top=size * 1.1,
        floor=height - size * 2.4 + 4,
        low=low - margin,
        high=high + margin,
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _curve(points: Sequence[TrajectoryPoint], frame: _Frame) -> list[Shape]:
    places = tuple((frame.x(p.date), frame.y(p.value)) for p in points)
    shapes: list[Shape] = [Polyline(places, "accent", 1.6)] if len(places) > 1 else []
    if len(places) <= MOST_DOTS:
        shapes += [Dot(x, y, 2.2, "accent") for x, y in places]
    return shapes


def _side(
    labels: Sequence[tuple[float, str, str, bool]], x: float, size: float, anchor: Anchor
) -> list[Shape]:
    """Words beside the frame, top to bottom, pushed apart where they would overlap."""
    shapes: list[Shape] = []
    free = float("-inf")
    for height, text, colour, bold in sorted(labels):
        at = max(height, free)
        free = at + size * 1.05
        shapes.append(Text(x, at + size * 0.36, text, colour, size, anchor, bold))
    return shapes


def _alternative(
    points: Sequence[TrajectoryPoint],
    baseline: float | None,
    target: float | None,
    title: str,
    said: Callable[[float], str],
) -> str:
    parts = [f"Évolution{french.NBSP}: {title}." if title else "Évolution."]
    if not points:
        parts.append("Aucune mesure.")
    shown = points if len(points) <= MOST_SAID else (*points[:2], *points[-(MOST_SAID - 2) :])
    if shown:
        values = "\u202f; ".join(f"{french.date(p.date)} {said(p.value)}" for p in shown)
        left = "" if len(shown) == len(points) else f" ({len(points)} points, extraits)"
        parts.append(f"{values}{left}.")
    if baseline is not None:
        parts.append(f"T0 {said(baseline)}.")
    if target is not None:
        parts.append(f"Cible {said(target)}.")
    return " ".join(parts)
