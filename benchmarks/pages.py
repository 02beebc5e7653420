"""The pages that reckon figures, in a notebook of scale 100: from asking to painted."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.children import BARE, BarePaint, run_child
from benchmarks.notebooks import Notebooks, working_copy
from benchmarks.report import Measure, Timings, median

ROUNDS = 3
LIMITS = {
    "home after a change": 0.9,
    "home, nothing changed since it was kept": 0.4,
    "results of an experiment, the table": 1.7,
    "results of an experiment, all of the page": 1.9,
}
"""0.2.0, in turns with this in one run, took 0.8 for either home, 1.8 and 1.95 for the results.
They may not be slower; a home after a change may be a little."""


def measure(notebooks: Notebooks) -> Iterator[Measure]:
    """Windows and floors take turns; the median of all that was asked of all windows."""
    asked: dict[str, Timings] = {}
    bare = BarePaint()
    for _ in range(ROUNDS):
        bare.sample(3)
        for step, wall, cpu in _session(notebooks.scale_100):
            timings = asked.setdefault(step, Timings())
            timings.wall += wall
            timings.cpu += cpu
    for step, timings in asked.items():
        note = (
            f"CPU {median(timings.cpu):.0f} against {median(bare.cpu):.0f}, "
            f"least {min(timings.wall):.0f} against {min(bare.wall):.0f}"
        )
        name = f"{step}, scale 100, asked to painted"
        wall = median(timings.wall)
        yield Measure(name, wall, "ms", LIMITS.get(step), bare.milliseconds, BARE, note)


def _session(notebook: Path) -> list[tuple[str, list[float], list[float]]]:
    with tempfile.TemporaryDirectory() as name:
        copy = working_copy(notebook, Path(name))
        return [tuple(each) for each in json.loads(run_child("pages_child", name, copy))]
