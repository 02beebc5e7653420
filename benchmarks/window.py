"""Nothing holds the interface's thread for long: each step of a session is watched.

In a process of its own a session: a heartbeat beats in the interface's thread every few
milliseconds; the longest silence during each step is what a person would feel. Each session is
played twice and the lesser kept: what the rest of the machine does does not come back.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.children import BARE, BarePaint, run_child
from benchmarks.notebooks import Notebooks, working_copy
from benchmarks.report import Measure

LIMIT = 0.6


def measure(notebooks: Notebooks) -> Iterator[Measure]:
    """One line a step, the demonstration and scale 100 taken together: the worse of the two."""
    sessions = (
        ("demonstration", notebooks.demo, "all"),
        ("scale 100", notebooks.scale_100, "all"),
        ("100,000 visits", notebooks.visits, "list"),
    )
    bare = BarePaint()
    worst: dict[str, tuple[float, float, str]] = {}
    for name, notebook, what in sessions:
        twice = []
        for _ in range(2):
            bare.sample(3)
            twice.append(_session(notebook, what))
        for step, first in twice[0].items():
            wall, cpu = min(first, twice[1].get(step, first))
            worst[step] = max(worst.get(step, (0.0, 0.0, "")), (wall, cpu, name))
    bare.sample(3)
    for step, (wall, cpu, name) in worst.items():
        note = f"CPU {cpu:.0f}; {name}"
        yield Measure(f"longest hold, {step}", wall, "ms", LIMIT, bare.milliseconds, BARE, note)


def _session(notebook: Path, what: str) -> dict[str, tuple[float, float]]:
    """Longest hold by step: by the clock, and of the thread's CPU."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy = working_copy(notebook, folder)
        printed = run_child("window_child", folder, copy, what)
    return {step: (wall, cpu) for step, wall, cpu in json.loads(printed)}
