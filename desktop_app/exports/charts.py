"""The drawings of the window and of the documents, by name. See charts_scene for what they are."""

from desktop_app.exports.charts_bars import MASKED, category_bars, months
from desktop_app.exports.charts_bullet import (
    BulletScale,
    bullet_bar,
    bullet_position,
    bullet_scale,
    indicator_bullet,
    result_sentence,
    value_text,
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
    "MASKED",
    "BulletScale",
    "Dot",
    "Line",
    "Polyline",
    "Rect",
    "Scene",
    "Shape",
    "Text",
    "appreciation_scale",
    "bullet_bar",
    "bullet_position",
    "bullet_scale",
    "category_bars",
    "count_text",
    "indicator_bullet",
    "indicator_trajectory",
    "months",
    "result_sentence",
    "tally_bar",
    "tally_legend",
    "time_marks",
    "trajectory",
    "value_text",
]
