"""The segmented bar: its geometry, its order, its words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exports.charts import Rect, Scene, Text, tally_bar, tally_legend
from desktop_app.exports.charts_tally import COLORS, LEAST, legend_square
from desktop_app.french import NBSP
from desktop_app.services.results.rows import WORST_FIRST, Movement, Tally
from desktop_app.services.results.tally_words import tally_text
from desktop_app.services.vocabulary import label
from desktop_app.system.tokens import DARK, LIGHT, tokens

WHOLE = Tally(reached=1, progress=4, unchanged=1, decline=1, no_data=2)
counts = st.integers(0, 400)
tallies = st.builds(Tally, counts, counts, counts, counts, counts)


def segments(scene: Scene) -> list[Rect]:
    return [shape for shape in scene.shapes if isinstance(shape, Rect)]


def test_segments_go_from_the_worst_to_the_unknown() -> None:
    colors = [segment.color for segment in segments(tally_bar(WHOLE, width=200, height=8))]
    assert colors == [COLORS[movement] for movement in WORST_FIRST]
    assert colors[0] == "tally_decline"
    assert colors[-1] == "tally_no_data"


def test_segments_are_as_wide_as_their_counts() -> None:
    made = segments(tally_bar(WHOLE, width=200, height=8))
    one = made[0].width
    assert [round(segment.width / one) for segment in made] == [1, 1, 4, 1, 2]


def test_what_has_no_data_is_an_outline_and_nothing_else_is() -> None:
    made = segments(tally_bar(WHOLE, width=200, height=8))
    assert [segment.outline for segment in made] == ["", "", "", "", "tally_outline"]
    x, y, width, height, radius = made[-1].frame
    assert made[-1].x < x < x + width < made[-1].x + made[-1].width
    assert 0 < y < y + height < 8
    assert radius <= height / 2


@given(tallies, st.floats(1, 2000), st.floats(0.5, 40))
def test_segments_fill_the_bar_whatever_the_counts(
    tally: Tally, width: float, height: float
) -> None:
    made = segments(tally_bar(tally, width=width, height=height))
    present = [movement for movement in WORST_FIRST if tally.of(movement)]
    assert [segment.color for segment in made] == [COLORS[movement] for movement in present]
    for before, after in pairwise(made):
        assert before.x + before.width < after.x
    if made:
        assert made[0].x == 0
        assert made[-1].x + made[-1].width == pytest.approx(width)
        assert all(segment.width > 0 for segment in made)
        assert all(segment.radius <= min(segment.width, height) / 2 for segment in made)
    if len(made) * (LEAST + 2) < width:
        assert all(segment.width >= LEAST - 1e-9 for segment in made)


def test_one_indicator_of_hundreds_still_shows() -> None:
    made = segments(tally_bar(Tally(progress=400, decline=1), width=100, height=8))
    assert made[0].color == "tally_decline"
    assert made[0].width == LEAST


def test_the_bar_says_its_words() -> None:
    assert tally_bar(WHOLE, width=100, height=8).alt == f"{tally_text(WHOLE)}."
    assert tally_bar(WHOLE, width=100, height=8).alt.startswith("1 en recul · 1 inchangée")
    assert tally_bar(WHOLE, width=100, height=8, alt="Résultats").alt == "Résultats"


def test_without_an_indicator_there_is_no_bar() -> None:
    scene = tally_bar(Tally(), width=100, height=8)
    assert scene.shapes == ()
    assert scene.alt == "aucun indicateur."


def test_the_legend_names_every_colour_in_the_order_of_the_bar() -> None:
    scene = tally_legend(width=400)
    words = [shape.text for shape in scene.shapes if isinstance(shape, Text)]
    assert words == [label(movement) for movement in WORST_FIRST]
    assert [s.color for s in segments(scene)] == [COLORS[movement] for movement in WORST_FIRST]
    assert scene.alt.startswith(f"De gauche à droite{NBSP}: en recul, inchangée")


def test_the_legend_goes_on_the_next_line_when_it_must() -> None:
    wide, narrow = tally_legend(width=400), tally_legend(width=120)
    assert narrow.height > wide.height
    for shape in narrow.shapes:
        if isinstance(shape, Rect):
            assert 0 <= shape.x <= shape.x + shape.width <= 120
            assert 0 <= shape.y <= shape.y + shape.height <= narrow.height


def test_a_legend_s_square_is_its_segment() -> None:
    (square,) = segments(legend_square(Movement.NO_DATA, 11))
    assert (square.width, square.height, square.outline) == (11, 11, "tally_outline")


def _luminance(colour: str) -> float:
    def channel(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(scheme: str, name: str) -> float:
    colours = tokens(scheme)
    high, low = sorted((_luminance(colours[name]), _luminance(colours["surface"])), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", sorted({*COLORS.values(), "tally_outline"}))
def test_a_segment_stands_out_as_much_in_dark_as_in_light(name: str) -> None:
    light, dark = _contrast(LIGHT, name), _contrast(DARK, name)
    assert 0.85 <= dark / light <= 1.2
    if name in {"tally_decline", "tally_reached"}:
        assert min(light, dark) >= 4
