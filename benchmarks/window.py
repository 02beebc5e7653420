"""Nothing holds the interface's thread for more than 50 ms: each step of a session is watched.

In a process of its own a notebook: a heartbeat beats in the interface's thread every few
milliseconds; the longest silence during each step is what a person would feel.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.notebooks import Notebooks, working_copy
from benchmarks.report import Measure

LIMIT = 50.0


def measure(notebooks: Notebooks) -> Iterator[Measure]:
    """One line a step, the demonstration and scale 100 taken together: the worse of the two."""
    worst: dict[str, tuple[float, float, str]] = {}
    for name, notebook in (("demonstration", notebooks.demo), ("scale 100", notebooks.scale_100)):
        for step, wall, cpu in _session(notebook, list_only=False):
            worst[step] = max(worst.get(step, (0.0, 0.0, "")), (wall, cpu, name))
    for step, wall, cpu in _session(notebooks.visits, list_only=True):
        worst[step] = (wall, cpu, "100,000 visits")
    for step, (wall, cpu, name) in worst.items():
        note = f"CPU {cpu:.0f}; {name}"
        yield Measure(f"longest hold, {step}", wall, "ms", LIMIT, note=note)


def _session(notebook: Path, *, list_only: bool) -> list[tuple[str, float, float]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy = working_copy(notebook, folder)
        child = subprocess.run(
            [
                sys.executable, "-m", "benchmarks.window_child",
                str(folder), str(copy), "list" if list_only else "all",
            ],
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
    if child.returncode:
        raise RuntimeError(child.stderr)
    return [tuple(found) for found in json.loads(child.stdout)]
