"""How an indicator moved from its T0 towards its target."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app import french
from desktop_app.exports.charts_scene import Anchor, Dot, Line, Polyline, Scene, Shape, Text
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.rows import IndicatorResult, TrajectoryPoint
from desktop_app.services.results.words import actual_text, fraction_text, value_text
from desktop_app.services.vocabulary import ValueType

MOST_SAID = 12
MOST_DOTS = 40
GROUND = "surface"
"""Inside a hollow dot: the white of the page, or of the card."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A level across the drawing: the target dashed, T0 dotted, the other T0 in finer dots."""

    name: str
    value: float
    colour: str
    dash: tuple[float, ...]


def target_mark(value: float) -> Mark:
    return Mark("cible", value, "ink", (3.0, 2.0))


def baseline_mark(value: float, name: str = "T0") -> Mark:
    return Mark(name, value, "muted", (1.0, 2.0))


def indicator_trajectory(
    result: IndicatorResult,
    points: Sequence[TrajectoryPoint],
    *,
    least: int = 0,
    width: float = 320.0,
    height: float = 130.0,
    size: float = 8.0,
) -> Scene:
    """The trajectory of a result, its time axis from the T0's date to the target's.

    Under ``least`` people a percentage is said « 8 sur 9 ». A withheld result has no line.
    """
    indicator = result.indicator
    percentage = indicator.value_type is ValueType.PERCENTAGE

    def said(point: TrajectoryPoint) -> str:
        if percentage and point.n and point.n < least:
            return fraction_text(point.value, point.n)
        return value_text(indicator, point.value, result.decimals)

    shown = () if result.masked else tuple(points)
    whole = indicator.calculation is not Calculation.SITES  # « oui : 2 sites sur 3 » is no level
    known = bool(shown) and shown[-1].value == result.actual
    last = actual_text(result) if known and whole else ""
    return trajectory(
        shown,
        marks_of(result),
        said=said,
        level=lambda value: value_text(indicator, value, result.decimals),
        last=last,
        sites=0 if result.masked else result.sites,
        title=indicator.label,
        span=(indicator.baseline_date, indicator.target_date),
        width=width,
        height=height,
        size=size,
    )


def marks_of(result: IndicatorResult) -> tuple[Mark, ...]:
    """The target; T0; when they are apart, T0 as agreed and as measured."""
    indicator, baseline = result.indicator, result.baseline
    marks = [] if indicator.target_value is None else [target_mark(indicator.target_value)]
    if result.masked:
        return (*marks, *([] if baseline.agreed is None else [baseline_mark(baseline.agreed)]))
    if baseline.differs and baseline.agreed is not None and baseline.measured is not None:
        agreed = baseline_mark(baseline.agreed, "T0 convenu")
        return (*marks, agreed, baseline_mark(baseline.measured, "T0 mesuré"))
    return (*marks, *([] if baseline.used is None else [baseline_mark(baseline.used)]))


def trajectory(
    points: Sequence[TrajectoryPoint],
    marks: Sequence[Mark] = (),
    *,
    said: Callable[[TrajectoryPoint], str],
    level: Callable[[float], str],
    last: str = "",
    sites: int = 0,
    title: str = "",
    span: tuple[dt.date | None, dt.date | None] = (None, None),
    width: float = 320.0,
    height: float = 130.0,
    size: float = 8.0,
) -> Scene:
    """The line of actual values across its marks.

    ``said`` and ``level`` put a point and a mark in words, ``last`` the last point when it is said
    otherwise. A point on fewer than ``sites`` is hollow. ``span`` stretches the time axis.
    """
    alt = _alternative(points, marks, title, said, level)
    known = [mark.value for mark in marks] + [point.value for point in points]
    if not known:
        return Scene(width, height, (), alt)
    frame = _frame(points, marks, span, (width, height), size, level)
    shapes: list[Shape] = [
        Line(frame.left, frame.floor, frame.right, frame.floor, "line", 0.8),
        *(
            Line(frame.left, frame.y(m.value), frame.right, frame.y(m.value), m.colour, 0.8, m.dash)
            for m in marks
        ),
        *_curve(points, frame, sites),
        *_side([(frame.y(m.value), m.name, "muted", False) for m in marks], frame, size, "end"),
    ]
    values = [(frame.y(m.value), level(m.value), m.colour, False) for m in marks]
    if points:
        text = last or said(points[-1])
        place = _beside(points, marks, frame, text, size)
        if place is None:
            values.append((frame.y(points[-1].value), text, "accent_text", True))
        else:
            shapes.append(place)
    shapes += _side(values, frame, size, "start")
    if frame.first is not None and frame.last is not None:
        shapes += [
            Text(frame.x(day), height - 3, text, "muted", size, "middle")
            for day, text in time_marks(frame.first, frame.last, frame.months(size))
        ]
    return Scene(width, height, tuple(shapes), alt)


def _beside(
    points: Sequence[TrajectoryPoint],
    marks: Sequence[Mark],
    frame: "_Frame",
    text: str,
    size: float,
) -> Text | None:
    """The last value at the right of its point, clear of the marks' lines; None without room."""
    x, y = frame.x(points[-1].date), frame.y(points[-1].value)
    if x + 8 + len(text) * size * 0.6 >= frame.right:
        return None
    across = any(abs(frame.y(mark.value) - y) < size * 0.8 for mark in marks)
    base = y - size * 0.5 if across else y + size * 0.36
    return Text(x + 6, base, text, "accent_text", size * 1.15, bold=True)


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

    def months(self, size: float) -> int:
        """How many dates fit under the axis."""
        return min(6, max(2, int((self.right - self.left) / (size * 4.0))))

    def x(self, day: dt.date) -> float:
        if self.first is None or self.last is None or self.first == self.last:
            return (self.left + self.right) / 2
        share = (day - self.first).days / (self.last - self.first).days
        return self.left + share * (self.right - self.left)


def _frame(
    points: Sequence[TrajectoryPoint],
    marks: Sequence[Mark],
    span: tuple[dt.date | None, ...],
    corner: tuple[float, float],
    size: float,
    level: Callable[[float], str],
) -> _Frame:
    """Room for the marks' names at the left and values at the right; a flat line has a height."""
    width, height = corner
    known = [mark.value for mark in marks] + [point.value for point in points]
    names = max((len(mark.name) for mark in marks), default=0)
    longest = max((len(level(value)) for value in known), default=0)
    low, high = min(known), max(known)
    margin = (high - low) * 0.08 or max(abs(high) * 0.1, 1.0)
    days = [point.date for point in points] + [day for day in span if day is not None]
    left = min(max(size * 3.4, names * size * 0.52 + 4), width * 0.4)
    return _Frame(
        left=left,
        right=max(width - longest * size * 0.56 - 6, left + 1.0),
        top=size * 1.1,
        floor=height - size * 2.4 + 4,
        low=low - margin,
        high=high + margin,
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _curve(points: Sequence[TrajectoryPoint], frame: _Frame, sites: int) -> list[Shape]:
    places = tuple((frame.x(p.date), frame.y(p.value)) for p in points)
    shapes: list[Shape] = [Polyline(places, "accent", 1.6)] if len(places) > 1 else []
    if len(places) <= MOST_DOTS:
        for point, (x, y) in zip(points, places, strict=True):
            shapes.append(Dot(x, y, 2.4, "accent"))
            if point.sites < sites:
                shapes.append(Dot(x, y, 1.3, GROUND))
    return shapes


def _side(
    labels: Sequence[tuple[float, str, str, bool]], frame: _Frame, size: float, anchor: Anchor
) -> list[Shape]:
    """Words beside the frame, top to bottom, pushed apart where they would overlap."""
    x = frame.left - 4 if anchor == "end" else frame.right + 4
    shapes: list[Shape] = []
    free = float("-inf")
    for height, text, colour, bold in sorted(labels):
        at = max(height, free)
        free = at + size * 1.05
        shapes.append(Text(x, at + size * 0.36, text, colour, size, anchor, bold))
    return shapes


def _alternative(
    points: Sequence[TrajectoryPoint],
    marks: Sequence[Mark],
    title: str,
    said: Callable[[TrajectoryPoint], str],
    level: Callable[[float], str],
) -> str:
    parts = [f"Évolution{french.NBSP}: {title}." if title else "Évolution."]
    if not points:
        parts.append("Aucune mesure.")
    shown = points if len(points) <= MOST_SAID else (*points[:2], *points[-(MOST_SAID - 2) :])
    if shown:
        values = "\u202f; ".join(f"{french.date(p.date)} {said(p)}" for p in shown)
        left = "" if len(shown) == len(points) else f" ({len(points)} points, extraits)"
        parts.append(f"{values}{left}.")
    parts += [
        f"{mark.name[:1].upper()}{mark.name[1:]} {level(mark.value)}." for mark in reversed(marks)
    ]
    return " ".join(parts)
