"""A drawing described once, painted on screen (QPainter) and on paper (reportlab).

Lengths are points, y grows downwards, colours are token names of resources/theme/tokens.json:
a scene knows neither the theme nor the device.
"""

from dataclasses import dataclass, field
from typing import Literal

from desktop_app.french import NBSP, number

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    color: str
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Rect:
    """Filled, no outline."""

    x: float
    y: float
    width: float
    height: float
    color: str
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Text:
    """``y`` is the baseline."""

    x: float
    y: float
    text: str
    color: str
    size: float
    anchor: Anchor = "start"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Polyline:
    points: tuple[tuple[float, float], ...]
    color: str
    width: float = 1.5


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    radius: float
    color: str


Shape = Line | Rect | Text | Polyline | Dot


def count_text(n: int) -> str:
    """« n = 46 », never broken over two lines."""
    return f"n{NBSP}={NBSP}{number(n)}"


@dataclass(frozen=True, slots=True)
class Scene:
    """``alt`` says in French what the drawing shows, figures included."""

    width: float
    height: float
    shapes: tuple[Shape, ...] = field(default=())
    alt: str = ""
