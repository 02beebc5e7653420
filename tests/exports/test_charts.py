import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from result_factory import indicator, jobs, masked, pairs, result, told

from desktop_app.exports.charts import (
    Dot,
    Line,
    Polyline,
    Rect,
    Scene,
    Text,
    appreciation_scale,
    category_bars,
    indicator_bullet,
    indicator_trajectory,
    months,
    rate_bar,
    rate_position,
    result_sentence,
    time_marks,
    trajectory,
)
from desktop_app.exports.charts_trajectory import baseline_mark, target_mark
from desktop_app.services.home.rows import MonthCount
from desktop_app.services.results.rows import Baseline, CategoryResult, ResultState, TrajectoryPoint
from desktop_app.services.results.words import basis_text
from desktop_app.services.vocabulary import Appreciation, ValueType
from desktop_app.system.paths import resource

POINTS = (
    TrajectoryPoint(dt.date(2021, 3, 15), 31.0, 40, 2),
    TrajectoryPoint(dt.date(2021, 5, 12), 43.0, 44, 3),
    TrajectoryPoint(dt.date(2021, 6, 8), 52.0, 46, 3),
)
numbers = st.floats(-1e9, 1e9, allow_nan=False)


def words(scene: Scene) -> list[str]:
    return [shape.text for shape in scene.shapes if isinstance(shape, Text)]


def fills(scene: Scene) -> list[Rect]:
    return [s for s in scene.shapes if isinstance(s, Rect) and s.color != "track"]


def percent(value: float) -> str:
    return f"{value:g}\u202f%"


def said(point: TrajectoryPoint) -> str:
    return percent(point.value)


def test_all_the_bars_of_a_column_share_one_scale():
    start, goal = rate_position(0.0), rate_position(1.0)
    assert 0 < start < goal < 1
    for rate in (0.2, 0.44, 1.2):
        (bar,) = fills(rate_bar(rate, width=200, height=12))
        assert bar.x == pytest.approx(start * 200)
        assert bar.x + bar.width == pytest.approx(rate_position(rate) * 200)
        assert bar.color == "accent"


def test_what_goes_back_is_red_and_to_the_left_of_t0():
    (bar,) = fills(rate_bar(-0.3, width=200, height=12))
    assert bar.color == "tally_decline"
    assert bar.x + bar.width == pytest.approx(rate_position(0.0) * 200)
    assert bar.x == pytest.approx(rate_position(-0.3) * 200)


@pytest.mark.parametrize(("rate", "tip"), [(7.0, 199.4), (-2.0, 0.6)])
def test_a_bar_beyond_the_scale_ends_with_an_arrow(rate: float, tip: float):
    scene = rate_bar(rate, width=200, height=12)
    (arrow,) = [shape for shape in scene.shapes if isinstance(shape, Polyline)]
    assert arrow.points[1][0] == pytest.approx(tip)
    assert not [s for s in rate_bar(1.5, width=200, height=12).shapes if isinstance(s, Polyline)]


@given(st.none() | numbers)
def test_a_bar_stays_inside_its_box(rate):
    for shape in rate_bar(rate, width=100, height=12).shapes:
        match shape:
            case Rect():
                assert -1e-6 <= shape.x <= shape.x + shape.width <= 100 + 1e-6
            case Line():
                assert 0 <= shape.x1 <= 100
            case Polyline():
                assert all(0 <= x <= 100 for x, _ in shape.points)


def test_what_is_not_zero_shows_and_zero_does_not():
    assert not fills(rate_bar(0.0, width=100, height=12))
    (bar,) = fills(rate_bar(0.0001, width=100, height=12))
    assert bar.width > 1


def test_only_what_is_known_is_marked():
    row = indicator("D1", "Emploi", target_value=None)
    assert (
        sum(
            isinstance(s, Line)
            for s in indicator_bullet(result(row, 40.0, ResultState.UNJUDGED)).shapes
        )
        == 1
    )
    assert sum(isinstance(s, Line) for s in indicator_bullet(jobs()).shapes) == 2


@pytest.mark.parametrize("kind", [ValueType.YES_NO, ValueType.QUALITATIVE])
def test_neither_yes_nor_words_have_a_way_to_draw(kind: ValueType):
    row = indicator("D9", "Prérequis", value_type=kind, baseline_value=0.0, target_value=1.0)
    assert not indicator_bullet(result(row, None, ResultState.NO_DATA)).shapes


def test_a_withheld_value_is_neither_drawn_nor_said():
    hidden = masked()
    scene = indicator_bullet(hidden)
    assert not fills(scene)
    line = indicator_trajectory(hidden, POINTS)
    assert not [shape for shape in line.shapes if isinstance(shape, Dot | Polyline)]
    bars = category_bars(hidden.by_category, percentage=True)
    assert not fills(bars)
    for told_ in (scene.alt, line.alt, bars.alt, *words(line), *words(bars)):
        for secret in ("33,3", "14,7", "28,5", "47,1", "5,9", "n\u00a0=", "52", "du chemin"):
            assert secret not in told_
    assert "masqué" in scene.alt


def test_the_bar_says_its_figures():
    assert indicator_bullet(jobs()).alt == (
        "Jeunes en emploi, formation ou stage à 6 mois\u00a0: T0 31\u202f%, actuel 52\u202f% "
        f"({basis_text(jobs())}), cible 70\u202f%, 54\u202f% du chemin. À surveiller."
    )
    behind = replace(jobs(), attainment=-0.53, state=ResultState.DECLINE)
    assert "\u2212\u202f53\u202f% du chemin" in result_sentence(behind)
    assert result_sentence(told()).startswith("Perception des employeurs")


def test_a_trajectory_draws_its_line_its_marks_and_its_months():
    marks = (target_mark(70), baseline_mark(31))
    scene = trajectory(
        POINTS, marks, said=said, level=percent, title="Emploi", span=(None, dt.date(2021, 11, 30))
    )
    line = next(shape for shape in scene.shapes if isinstance(shape, Polyline))
    assert len(line.points) == 3
    assert line.points[0][1] > line.points[2][1]  # y grows downwards
    assert sum(isinstance(shape, Dot) for shape in scene.shapes) == 3
    assert {"cible", "T0", "70\u202f%", "31\u202f%", "52\u202f%", "mars 2021"} <= set(words(scene))
    assert "08/06/2021 52\u202f%" in scene.alt
    assert scene.alt.endswith("T0 31\u202f%. Cible 70\u202f%.")


def test_a_point_on_a_part_of_the_sites_is_hollow():
    scene = trajectory(POINTS, said=said, level=percent, sites=3)
    dots = [shape for shape in scene.shapes if isinstance(shape, Dot)]
    assert [dot.color for dot in dots] == ["accent", "surface", "accent", "accent"]
    assert (dots[0].x, dots[0].y) == (dots[1].x, dots[1].y)


def test_both_t0_are_drawn_when_they_are_apart():
    scene = indicator_trajectory(jobs(), POINTS)
    assert {"T0 convenu", "T0 mesuré", "31\u202f%", "36\u202f%"} <= set(words(scene))
    assert "T0 mesuré 36\u202f%. T0 convenu 31\u202f%. Cible 70\u202f%." in scene.alt
    one = replace(jobs(), baseline=Baseline(agreed=31.0, used=31.0))
    assert "T0" in words(indicator_trajectory(one, POINTS))


def test_a_percentage_of_few_people_is_a_fraction_on_the_line_too():
    few = replace(jobs(), actual=75.0, n=8, few=True)
    points = (TrajectoryPoint(dt.date(2021, 5, 12), 75.0, 8, 3),)
    scene = indicator_trajectory(few, points, least=10)
    assert "6 sur 8" in words(scene)
    assert "75" not in scene.alt


@given(
    st.lists(st.tuples(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), numbers), max_size=60),
    st.lists(numbers, max_size=3),
)
def test_a_trajectory_never_leaves_its_box(values, levels):
    points = [TrajectoryPoint(day, value, None) for day, value in sorted(values)]
    marks = [baseline_mark(value) for value in levels]
    scene = trajectory(points, marks, said=said, level=percent, width=300, height=120)
    for shape in scene.shapes:
        if isinstance(shape, Dot):
            assert 0 <= shape.x <= 300
            assert 0 <= shape.y <= 120
    assert scene.alt


def test_labels_that_would_overlap_are_pushed_apart():
    marks = (target_mark(50.5), baseline_mark(50.0))
    scene = trajectory((), marks, said=said, level=percent)
    heights = sorted(s.y for s in scene.shapes if isinstance(s, Text) and s.anchor == "end")
    assert heights[1] - heights[0] >= 8


def test_a_trajectory_without_anything_says_so():
    assert "Aucune mesure" in trajectory((), said=said, level=percent).alt


def test_time_marks_are_few_and_say_the_year_when_it_changes():
    marks = time_marks(dt.date(2020, 3, 1), dt.date(2021, 11, 30))
    assert len(marks) <= 8
    assert marks[0][1] == "mars 2020"
    assert any(text.endswith("2021") for _, text in marks)
    assert time_marks(dt.date(2021, 6, 1), dt.date(2021, 6, 9))[1][1] == "09/06"


def test_a_masked_category_keeps_its_row_without_a_figure():
    categories = (
        CategoryResult("Femmes", 58.0, 24, masked=False, interval=None, label="Jeunes femmes"),
        CategoryResult("Non précisé", 33.0, 3, masked=True, interval=None),
    )
    scene = category_bars(categories, percentage=True, title="Emploi, par genre")
    assert "58\u202f% · n\u00a0=\u00a024" in words(scene)
    assert scene.alt.startswith("Emploi, par genre\u00a0: Jeunes femmes 58\u202f%")
    assert "Non précisé masqué" in scene.alt
    assert "33" not in scene.alt
    assert "=\u00a03" not in scene.alt


@pytest.mark.parametrize("stacked", [False, True])
def test_bars_by_category_share_the_scale_of_the_table(stacked: bool):
    scene = category_bars(
        jobs().by_category, percentage=True, width=300, row_height=30, stacked=stacked
    )
    tracks = [s for s in scene.shapes if isinstance(s, Rect) and s.color == "track"]
    bars = fills(scene)
    assert len(tracks) == 3
    assert len(bars) == 2  # the third is masked
    for track, bar, rate in zip(tracks, bars, (0.69, 0.38), strict=False):
        assert bar.x == pytest.approx(track.x + rate_position(0.0) * track.width)
        assert bar.x + bar.width == pytest.approx(track.x + rate_position(rate) * track.width)
    marks = [s for s in scene.shapes if isinstance(s, Line) and s.x1 == s.x2]
    assert len(marks) == 2 * 3


def test_values_without_a_way_share_a_scale_from_zero():
    categories = (
        CategoryResult("Femmes", 30.0, None, masked=False, interval=None),
        CategoryResult("Hommes", 60.0, None, masked=False, interval=None),
    )
    first, second = fills(category_bars(categories, percentage=False, width=300))
    assert second.width == pytest.approx(2 * first.width)
    assert first.x == second.x


def test_a_percentage_of_few_people_is_a_fraction():
    few = (CategoryResult("Femmes", 75.0, 8, masked=False, interval=None),)
    assert "6 sur 8" in words(category_bars(few, percentage=True, least=10))


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
    scenes = (
        indicator_bullet(jobs()),
        rate_bar(-3.0, width=100, height=12),
        indicator_trajectory(jobs(), POINTS),
        months([MonthCount(dt.date(2021, 3, 1), 4)]),
        category_bars(jobs().by_category, percentage=True, stacked=True),
        category_bars(pairs().by_category, percentage=False),
        appreciation_scale(Appreciation.ONE),
    )
    assert {shape.color for scene in scenes for shape in scene.shapes} <= set(known)
