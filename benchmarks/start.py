"""Start time: first paint, and the first screen with its data, against a bare window."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from benchmarks.notebooks import Notebooks
from benchmarks.report import Measure, median

ROUNDS = 11
SQLALCHEMY = "bare QMainWindow + SQLAlchemy import"


def measure(notebooks: Notebooks) -> Iterator[Measure]:
    """Interleaves floors and starts, so that a noisy moment falls on both."""
    shown = {"demonstration": notebooks.demo, "scale 100": notebooks.scale_100}
    modes: dict[str, list[str]] = {"bare": ["bare"], "floor": ["bare-sqlalchemy"]}
    with tempfile.TemporaryDirectory() as folder:
        for name, path in shown.items():
            modes[name] = ["program", folder, str(path)]
        found: dict[str, list[list[float]]] = {name: [] for name in modes}
        for _ in range(ROUNDS + 1):
            for name, arguments in modes.items():
                found[name].append(_run(*arguments))

    def at(name: str, column: int) -> float:
        """The median, after a first round that fills the disk's cache."""
        return median([times[column] for times in found[name][1:]])

    painted = Measure(
        "first paint",
        min(at(name, 0) for name in shown),
        "ms",
        1.5,
        at("bare", 0),
        "bare QMainWindow",
        note=f"CPU {at('demonstration', 1):.0f} against {at('bare', 1):.0f}",
    )
    yield painted
    for name in shown:
        yield Measure(
            f"first screen with its data, {name}",
            at(name, 2),
            "ms",
            1.4,
            at("floor", 0),
            SQLALCHEMY,
            note=f"CPU {at(name, 3):.0f} against {at('floor', 1):.0f}",
        )


def _run(*arguments: str) -> list[float]:
    """Milliseconds since the spawn, then of CPU, at each moment the child prints."""
    begun = time.monotonic()
    child = subprocess.run(
        [sys.executable, "-m", "benchmarks.start_child", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    times: list[float] = []
    for words in child.stdout.splitlines():
        clock, cpu = map(float, words.split())
        times += [(clock - begun) * 1000, cpu * 1000]
    return times
