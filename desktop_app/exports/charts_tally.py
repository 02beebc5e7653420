"""The segmented bar: how many indicators stand where, from the worst to the unknown.

Colours are the ``tally_*`` tokens, one a movement; what is without data is an outline. A colour
never speaks alone: the words (services/results/tally_words.py) stand beside the bar, and are its
text alternative.
"""

from collections.abc import Sequence

from desktop_app.exports.charts_scene import Rect, Scene, Shape, Text
from desktop_app.french import NBSP
from desktop_app.services.results.rows import WORST_FIRST, Movement, Tally
from desktop_app.services.results.tally_words import tally_text
from desktop_app.services.vocabulary import label

GAP = 1.6
LEAST = 3.0
"""A segment is never thinner, in points: one indicator of two hundred still shows."""

RADIUS = 1.8
OUTLINE = "tally_outline"

COLORS = {
    Movement.DECLINE: "tally_decline",
    Movement.UNCHANGED: "tally_unchanged",
    Movement.PROGRESS: "tally_progress",
    Movement.REACHED: "tally_reached",
    Movement.NO_DATA: "tally_no_data",
}


def tally_bar(tally: Tally, *, width: float, height: float, alt: str = "") -> Scene:
    """Segments as wide as their counts, worst first; nothing when there is no indicator.

    ``alt`` defaults to the tally's words.
    """
    said = alt or f"{tally_text(tally)}."
    shown = [movement for movement in WORST_FIRST if tally.of(movement)]
    if not shown:
        return Scene(width, height, (), said)
    gap = min(GAP, width / (4 * len(shown)))
    room = max(width - gap * (len(shown) - 1), 0.0)
    shapes: list[Shape] = []
    left = 0.0
    for movement, wide in zip(shown, _widths([tally.of(m) for m in shown], room), strict=True):
        shapes.append(_segment(movement, left, 0.0, wide, height))
        left += wide + gap
    return Scene(width, height, tuple(shapes), said)


def _widths(counts: Sequence[int], room: float) -> list[float]:
    """Shares of ``room`` in proportion to the counts, none below the least that shows."""
    least = min(LEAST, room / len(counts))
    thin = [False] * len(counts)
    while True:
        free = room - least * sum(thin)
        whole = sum(c for c, t in zip(counts, thin, strict=True) if not t) or 1
        widths = [least if t else free * c / whole for c, t in zip(counts, thin, strict=True)]
        below = [t or w < least for w, t in zip(widths, thin, strict=True)]
        if below == thin:
            return widths
        thin = below


def _segment(movement: Movement, x: float, y: float, width: float, height: float) -> Rect:
    radius = min(RADIUS, width / 2, height / 2)
    outline = OUTLINE if movement is Movement.NO_DATA else ""
    return Rect(x, y, width, height, COLORS[movement], radius, outline)


def legend_square(movement: Movement, side: float) -> Scene:
    """The square of one colour, for a legend whose words are set by the device itself."""
    return Scene(side, side, (_segment(movement, 0.0, 0.0, side, side),), label(movement))


def tally_legend(
    *,
    width: float,
    size: float = 8.0,
    movements: Sequence[Movement] = WORST_FIRST,
) -> Scene:
    """What the colours mean, on as many lines as ``width`` asks for; its height follows."""
    square, step = size * 0.95, size * 1.7
    shapes: list[Shape] = []
    left, top = 0.0, 0.0
    for movement in movements:
        words = label(movement)
        wide = square + size * 0.55 + len(words) * size * 0.52
        if left and left + wide > width:
            left, top = 0.0, top + step
        middle = top + step / 2
        shapes.append(_segment(movement, left, middle - square / 2, square, square))
        shapes.append(Text(left + square + size * 0.55, middle + size * 0.34, words, "muted", size))
        left += wide + size * 1.2
    said = ", ".join(label(movement) for movement in movements)
    return Scene(width, top + step, tuple(shapes), f"De gauche à droite{NBSP}: {said}.")
