import datetime as dt
import json
from dataclasses import replace

import pytest
from document_factory import indicator, result
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.config.paths import resource
from desktop_app.exports.charts import (
    Dot,
    Line,
    Polyline,
    Rect,
    Scene,
    Text,
    appreciation_scale,
    bullet_bar,
    bullet_scale,
    category_bars,
    indicator_bullet,
    indicator_trajectory,
    months,
    time_marks,
    trajectory,
)
from desktop_app.services.overview_rows import MonthCount
from desktop_app.services.result_rows import CategoryResult, ResultState, TrajectoryPoint
from desktop_app.services.vocabulary import Appreciation, Direction

POINTS = (
    TrajectoryPoint(dt.date(2021, 3, 15), 31.0, 40),
    TrajectoryPoint(dt.date(2021, 5, 12), 43.0, 44),
    TrajectoryPoint(dt.date(2021, 6, 8), 52.0, 46),
)
numbers = st.floats(-1e9, 1e9, allow_nan=False)


def words(scene: Scene) -> list[str]:
    return [shape.text for shape in scene.shapes if isinstance(shape, Text)]


def test_a_rising_indicator_starts_at_zero_and_keeps_room_past_its_target():
    scale = bullet_scale(52, 31, 70)
    assert scale.start == 0
    assert scale.position(70) == pytest.approx(70 / (70 * 1.15))
    assert scale.position(31) < scale.position(52) < scale.position(70) < 1


def test_a_falling_indicator_progresses_to_the_right():
    scale = bullet_scale(19, 34, 15, direction=Direction.DOWN)
    assert 0 < scale.position(34) < scale.position(19) < scale.position(15) < 1


def test_a_falling_indicator_already_below_its_target_passes_the_mark():
    scale = bullet_scale(12, 34, 15, direction=Direction.DOWN)
    assert scale.position(34) < scale.position(15) < scale.position(12) <= 1


def test_a_percentage_stops_at_one_hundred():
    assert bullet_scale(60, 40, 95, ceiling=100).end == 100


@given(st.none() | numbers, st.none() | numbers, st.none() | numbers, st.sampled_from(Direction))
def test_a_bullet_bar_stays_inside_its_box(actual, baseline, target, direction):
    scene = bullet_bar(actual, baseline, target, direction=direction, width=100, height=12)
    for shape in scene.shapes:
        if isinstance(shape, Rect):
            assert -1e-6 <= shape.x <= shape.x + shape.width <= 100 + 1e-6
        if isinstance(shape, Line):
            assert 0 <= shape.x1 <= 100


def test_what_is_unknown_is_not_drawn():
    assert len(bullet_bar(None, None, None).shapes) == 1
    assert len(bullet_bar(3, None, 5).shapes) == 3


def test_a_withheld_value_is_neither_drawn_nor_said():
    row = result(indicator("D6", "Jeunes satisfaits"), 75.0, ResultState.ON_TRACK, n=8)
    hidden = replace(row, shown=False, hidden_reason="n < 10")
    scene = indicator_bullet(hidden)
    assert "75" not in scene.alt
    assert "n < 10" in scene.alt
    assert "accent" not in {shape.color for shape in scene.shapes}
    assert "75" not in indicator_trajectory(hidden, POINTS).alt


def test_the_bar_says_its_figures():
    scene = indicator_bullet(result(indicator("D1", "Emploi"), 52.0, ResultState.WATCH))
    assert scene.alt == (
        "Emploi\u00a0: T0 31\u202f%, actuel 52\u202f% (n\u00a0=\u00a046), "
        "cible 70\u202f%. À surveiller."
    )


def test_a_trajectory_draws_its_line_its_marks_and_its_months():
    scene = trajectory(
        POINTS, baseline=31, target=70, title="Emploi", percentage=True, end=dt.date(2021, 11, 30)
    )
    line = next(shape for shape in scene.shapes if isinstance(shape, Polyline))
    assert len(line.points) == 3
    assert line.points[0][1] > line.points[2][1]  # y grows downwards
    assert sum(isinstance(shape, Dot) for shape in scene.shapes) == 3
    assert {"cible", "T0", "70\u202f%", "31\u202f%", "52\u202f%", "mars 2021"} <= set(words(scene))
    assert "08/06/2021 52\u202f%" in scene.alt
    assert "Cible 70\u202f%." in scene.alt


@given(
    st.lists(st.tuples(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), numbers), max_size=60),
    st.none() | numbers,
    st.none() | numbers,
)
def test_a_trajectory_never_leaves_its_box(values, baseline, target):
    points = [TrajectoryPoint(day, value, None) for day, value in sorted(values)]
    scene = trajectory(points, baseline=baseline, target=target, width=300, height=120)
    for shape in scene.shapes:
        if isinstance(shape, Dot):
            assert 0 <= shape.x <= 300
            assert 0 <= shape.y <= 120
    assert scene.alt


def test_labels_that_would_overlap_are_pushed_apart():
    scene = trajectory((), baseline=50.0, target=50.5)
    heights = sorted(s.y for s in scene.shapes if isinstance(s, Text) and s.anchor == "end")
    assert heights[1] - heights[0] >= 8


def test_a_trajectory_without_anything_says_so():
    assert "Aucune mesure" in trajectory((), baseline=None, target=None).alt


def test_time_marks_are_few_and_say_the_year_when_it_changes():
    marks = time_marks(dt.date(2020, 3, 1), dt.date(2021, 11, 30))
    assert len(marks) <= 8
    assert marks[0][1] == "mars 2020"
    assert any(text.endswith("2021") for _, text in marks)
    assert time_marks(dt.date(2021, 6, 1), dt.date(2021, 6, 9))[1][1] == "09/06"


def test_a_masked_category_keeps_its_row_without_a_figure():
    categories = (
        CategoryResult("Femmes", 58.0, 24, masked=False, interval=None),
        CategoryResult("Non précisé", None, None, masked=True, interval=None),
    )
    scene = category_bars(categories, percentage=True, title="Emploi, par genre")
    assert "58\u202f% · n\u00a0=\u00a024" in words(scene)
    assert "effectif masqué" in words(scene)
    assert "33" not in scene.alt
    assert "=\u00a03" not in scene.alt


def test_months_scale_to_the_highest_and_write_each_count():
    counts = [MonthCount(dt.date(2021, month, 1), month * 10) for month in (3, 4, 5)]
    scene = months(counts)
    heights = [shape.height for shape in scene.shapes if isinstance(shape, Rect)]
    assert heights == sorted(heights)
    assert {"mars", "30", "50"} <= set(words(scene))
    assert "avril 2021 40" in scene.alt
    assert "aucune" in months(()).alt


def test_the_appreciation_is_said_and_filled():
    scene = appreciation_scale(Appreciation.THREE)
    assert "3 – Plutôt satisfaisant" in scene.alt
    assert sum(s.color == "accent" for s in scene.shapes if isinstance(s, Rect)) == 1
    assert "non renseignée" in appreciation_scale(None).alt


def test_every_colour_is_a_token():
    known = json.loads(resource("theme", "tokens.json").read_text(encoding="utf-8"))["light"]
    row = result(indicator("D1", "Emploi"), 52.0, ResultState.WATCH)
    scenes = (
        indicator_bullet(row),
        indicator_trajectory(row, POINTS),
        months([MonthCount(dt.date(2021, 3, 1), 4)]),
        category_bars((CategoryResult("F", 5.0, 9, masked=False, interval=None),), percentage=True),
        appreciation_scale(Appreciation.ONE),
    )
    assert {shape.color for scene in scenes for shape in scene.shapes} <= set(known)
