"""The drawings of the window and of the documents, by name. See charts_scene for what they are."""

from desktop_app.exports.charts_bars import category_bars, months
from desktop_app.exports.charts_bullet import (
    has_bar,
    indicator_bullet,
    rate_bar,
    rate_position,
    result_sentence,
)
from desktop_app.exports.charts_scale import appreciation_scale
from desktop_app.exports.charts_scene import (
    Dot,
    Line,
    Polyline,
    Rect,
    Scene,
    Shape,
    Text,
    count_text,
)
from desktop_app.exports.charts_tally import tally_bar, tally_legend
from desktop_app.exports.charts_trajectory import indicator_trajectory, time_marks, trajectory

__all__ = [
    "Dot",
    "Line",
    "Polyline",
    "Rect",
    "Scene",
    "Shape",
    "Text",
    "appreciation_scale",
    "category_bars",
    "count_text",
    "has_bar",
    "indicator_bullet",
    "indicator_trajectory",
    "months",
    "rate_bar",
    "rate_position",
    "result_sentence",
    "tally_bar",
    "tally_legend",
    "time_marks",
    "trajectory",
]
