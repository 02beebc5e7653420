"""The appreciation of a visit, on the HAS scale of one to four (NC: not concerned)."""

from desktop_app import french
from desktop_app.exports.charts_scene import Rect, Scene, Shape, Text
from desktop_app.services.vocabulary import Appreciation, label

TITLE = "Appréciation"


def appreciation_scale(
    chosen: Appreciation | None, *, width: float = 420.0, height: float = 34.0, size: float = 8.0
) -> Scene:
    """Five boxes, the chosen one filled; none when the visit says nothing."""
    choices = list(Appreciation)
    gap = 5.0
    box = (width - gap * (len(choices) - 1)) / len(choices)
    shapes: list[Shape] = []
    for index, choice in enumerate(choices):
        picked = choice is chosen
        number, _, words = label(choice).partition(" – ")
        left, middle = index * (box + gap), index * (box + gap) + box / 2
        ground, ink = ("accent", "on_accent") if picked else ("neutral_bg", "muted")
        shapes += [
            Rect(left, 0, box, height, ground, 4),
            Text(middle, height * 0.45, number, ink, size * 1.4, "middle", bold=True),
            Text(middle, height * 0.82, words, ink, size * 0.92, "middle", bold=picked),
        ]
    said = label(chosen) if chosen is not None else "non renseignée"
    alt = f"{TITLE}{french.NBSP}: {said} (échelle de 1 à 4, ou NC)."
    return Scene(width, height, tuple(shapes), alt)
