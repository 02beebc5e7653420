"""The bullet bar: an indicator between its T0 (grey tick) and its target (dark tick)."""

from dataclasses import dataclass

from desktop_app import french
from desktop_app.exports.charts_scene import Line, Rect, Scene, Shape, count_text
from desktop_app.services.result_rows import IndicatorResult
from desktop_app.services.vocabulary import Direction, ValueType, label

HEADROOM = 0.15  # room past the target, as a share of what lies before it
BACKSTEP = 0.10  # room before the T0 of a falling indicator


@dataclass(frozen=True, slots=True)
class BulletScale:
    """``start`` is the left end, ``end`` the right one; a falling indicator has start > end."""

    start: float
    end: float

    def position(self, value: float) -> float:
        """Where ``value`` lies on the bar, 0 to 1, kept inside."""
        if self.start == self.end:
            return 0.0
        return min(1.0, max(0.0, (value - self.start) / (self.end - self.start)))


def bullet_scale(
    actual: float | None,
    baseline: float | None,
    target: float | None,
    *,
    direction: Direction = Direction.UP,
    floor: float | None = None,
    ceiling: float | None = None,
) -> BulletScale:
    """The bar's ends: progress always runs to the right.

    ``floor`` and ``ceiling`` bound the indicator's own scale (0 and 100 for a percentage).
    """
    known = [value for value in (actual, baseline, target) if value is not None]
    if not known:
        return BulletScale(0.0, 1.0)
    if direction is Direction.DOWN and target is not None and max(known) > target:
        worst = max(known)
        span = worst - target
        return BulletScale(worst + BACKSTEP * span, min(known) - HEADROOM * span)
    low = min(0.0 if floor is None else floor, *known)
    high = max(known)
    end = high + HEADROOM * (high - low)
    if ceiling is not None:
        end = min(end, max(ceiling, high))
    return BulletScale(low, end if end > low else low + 1.0)


def bullet_position(value: float, scale: BulletScale) -> float:
    return scale.position(value)


def bullet_bar(
    actual: float | None,
    baseline: float | None,
    target: float | None,
    *,
    direction: Direction = Direction.UP,
    floor: float | None = None,
    ceiling: float | None = None,
    width: float = 110.0,
    height: float = 12.0,
    alt: str = "",
) -> Scene:
    """The track, the filled bar up to ``actual``, the two ticks. What is unknown is not drawn."""
    scale = bullet_scale(
        actual, baseline, target, direction=direction, floor=floor, ceiling=ceiling
    )
    middle, thick = height / 2, height / 2
    radius = thick / 4
    shapes: list[Shape] = [Rect(0, middle - thick / 2, width, thick, "track", radius)]
    if actual is not None:
        reach = max(scale.position(actual) * width, 1.5)
        thin = thick * 0.62
        shapes.append(Rect(0, middle - thin / 2, reach, thin, "accent", min(radius, reach / 2)))
    if baseline is not None:
        x = _inside(scale.position(baseline) * width, width)
        shapes.append(Line(x, middle - thick * 0.7, x, middle + thick * 0.7, "muted", 1.0))
    if target is not None:
        x = _inside(scale.position(target) * width, width)
        shapes.append(Line(x, 0.0, x, height, "ink", 1.8))
    return Scene(width, height, tuple(shapes), alt)


def indicator_bullet(
    result: IndicatorResult, *, width: float = 110.0, height: float = 12.0
) -> Scene:
    """The bar of a result; a value that may not be shown is not drawn either."""
    indicator = result.indicator
    percentage = indicator.value_type is ValueType.PERCENTAGE
    scaled = indicator.value_type is ValueType.SCALE
    return bullet_bar(
        result.actual if result.shown else None,
        indicator.baseline_value,
        indicator.target_value,
        direction=indicator.direction,
        floor=indicator.scale_min if scaled else None,
        ceiling=100.0 if percentage else indicator.scale_max if scaled else None,
        width=width,
        height=height,
        alt=result_sentence(result),
    )


def result_sentence(result: IndicatorResult) -> str:
    """Says a result: « Emploi à 6 mois : T0 31 %, actuel 52 % (n = 46), cible 70 % »."""
    indicator = result.indicator
    actual = value_text(result, result.actual)
    if not result.shown:
        actual = f"non affiché ({result.hidden_reason})" if result.hidden_reason else "non affiché"
    elif result.actual is None:
        actual = "sans donnée"
    elif result.n is not None and indicator.value_type is not ValueType.YES_NO:
        actual += f" ({count_text(result.n)})"
    return (
        f"{indicator.label}{french.NBSP}: T0 {value_text(result, indicator.baseline_value)}, "
        f"actuel {actual}, cible {value_text(result, indicator.target_value)}. "
        f"{label(result.state)}."
    )


def value_text(result: IndicatorResult, value: float | None) -> str:
    """A value of this indicator as it is read (« 52 % », « oui », « 8,4 »)."""
    kind = result.indicator.value_type
    return french.measured(
        value, percentage=kind is ValueType.PERCENTAGE, yes_no=kind is ValueType.YES_NO
    )


def _inside(x: float, width: float) -> float:
    """A tick at an end stays wholly visible."""
    return min(max(x, 0.9), width - 0.9)
