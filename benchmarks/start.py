"""Start time: first paint, and the first screen with its data, against a bare window."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.children import BARE, start_times
from benchmarks.notebooks import Notebooks, working_copy
from benchmarks.report import Measure, median

ROUNDS = 11
LIMIT = 1.3
SQLALCHEMY = "bare QMainWindow's first paint + SQLAlchemy import"


def measure(notebooks: Notebooks) -> Iterator[Measure]:
    """Interleaves floors and starts, so that a noisy moment falls on both."""
    shown = {"demonstration": notebooks.demo, "scale 100": notebooks.scale_100}
    modes: dict[str, list[object]] = {"bare": ["bare"], "floor": ["bare-sqlalchemy"]}
    with tempfile.TemporaryDirectory() as folder:
        for name, path in shown.items():
            modes[name] = ["program", folder, working_copy(path, Path(folder))]
        found: dict[str, list[list[float]]] = {name: [] for name in modes}
        for _ in range(ROUNDS + 1):
            for name, arguments in modes.items():
                found[name].append(start_times(*arguments))

    def at(name: str, column: int) -> float:
        """The median, after a first round that fills the disk's cache."""
        return median([times[column] for times in found[name][1:]])

    yield Measure(
        "first paint",
        min(at(name, 0) for name in shown),
        "ms",
        LIMIT,
        at("bare", 0),
        BARE,
        note=f"CPU {at('demonstration', 1):.0f} against {at('bare', 1):.0f}",
    )
    for name in shown:
        yield Measure(
            f"first screen with its data, {name}",
            at(name, 2),
            "ms",
            LIMIT,
            at("floor", 0),
            SQLALCHEMY,
            note=f"CPU {at(name, 3):.0f} against {at('floor', 1):.0f}",
        )
