"""The workbook of 100,000 measures against bare openpyxl, and the memory it takes."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.children import run_child
from benchmarks.notebooks import Notebooks, working_copy
from benchmarks.report import Measure

ROUNDS = 2


def measure(notebooks: Notebooks) -> Iterator[Measure]:
    """Exports and floors take turns; the best of each is kept, in CPU: writing never waits."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy = working_copy(notebooks.observations, folder)
        made, bare = folder / "made.xlsx", folder / "bare.xlsx"
        ours, formatted, plain = [], [], []
        for _ in range(ROUNDS):
            ours.append(_run("workbook_child", copy, made))
            formatted.append(_run("workbook_floor", made, bare, 1))
            plain.append(_run("workbook_floor", made, bare, 0))
        size = made.stat().st_size / 1e6
    wall, cpu, idle, _ = min(ours, key=lambda times: times[1])
    floor = min(times[1] for times in formatted)
    raw = min(times[1] for times in plain)
    yield Measure(
        "workbook of 100,000 measures, read and written",
        cpu,
        "s",
        1.15,
        floor,
        "the same cells and formats by bare openpyxl",
        note=f"CPU; {wall:.1f} s by the clock, {size:.0f} MB",
    )
    yield Measure("the same", cpu, "s", None, raw, "the same cells without any format")
    peak = max(times[3] for times in ours)
    yield Measure("memory at the peak of that export", peak, "MB", 2, idle, "the idle program")


def _run(module: str, *arguments: object) -> list[float]:
    return [float(word) for word in run_child(module, *arguments).split()]
