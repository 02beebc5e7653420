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
    """Filled. ``outline``: the colour of a line drawn just inside its edge; '' for none."""

    x: float
    y: float
    width: float
    height: float
    color: str
    radius: float = 0.0
    outline: str = ""
    outline_width: float = 0.8

    @property
    def frame(self) -> tuple[float, float, float, float, float]:
        """x, y, width, height and radius of the path to draw: the line stays inside the edge."""
        inset = self.outline_width / 2 if self.outline else 0.0
        width, height = max(self.width - 2 * inset, 0.0), max(self.height - 2 * inset, 0.0)
        radius = min(max(self.radius - inset, 0.0), width / 2, height / 2)
        return self.x + inset, self.y + inset, width, height, radius


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
