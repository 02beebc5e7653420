"""One line a measure: what was measured, its floor, the ratio and the limit agreed.

Every limit is a ratio to a floor taken in the same run: machines differ by three and more.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Measure:
    """``limit``: of ``value`` over ``floor``; None: for information.

    ``note``: what helps to read the value (CPU time…).
    """

    name: str
    value: float
    unit: str
    limit: float | None
    floor: float
    floor_name: str
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.value / self.floor

    @property
    def held(self) -> bool:
        return self.limit is None or self.ratio <= self.limit


def line(measure: Measure) -> str:
    verdict = "    " if measure.limit is None else "ok  " if measure.held else "OVER"
    against = f"{measure.ratio:.2f} x {measure.floor_name} ({measure.floor:.1f} {measure.unit})"
    limit = "" if measure.limit is None else f", limit {measure.limit:g} x"
    note = f" ({measure.note})" if measure.note else ""
    return f"{verdict} {measure.name}: {measure.value:.1f} {measure.unit} = {against}{limit}{note}"


def percentile(values: list[float], share: float) -> float:
    """The value under which ``share`` of the sample lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: list[float]) -> float:
    return percentile(values, 0.5)


@dataclass(slots=True)
class Timings:
    """Milliseconds of the same act done many times: by the clock, and of this thread's CPU."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @contextmanager
    def one(self) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.thread_time()
        yield
        self.cpu.append((time.thread_time() - cpu) * 1000)
        self.wall.append((time.perf_counter() - wall) * 1000)

    def time(self, act: Callable[[], object]) -> None:
        with self.one():
            act()

    @property
    def p95(self) -> float:
        return percentile(self.wall, 0.95)

    @property
    def median(self) -> float:
        return median(self.wall)

    def over(self, name: str, limit: float, floor: float, floor_name: str) -> Measure:
        """The 95th percentile against a floor: what a person may meet."""
        return Measure(f"{name}, p95", self.p95, "ms", limit, floor, floor_name, self._note)

    def median_over(self, name: str, limit: float, floor: float, floor_name: str) -> Measure:
        """The median: where the disk's own moods make the longest times of both."""
        return Measure(f"{name}, median", self.median, "ms", limit, floor, floor_name, self._note)

    @property
    def _note(self) -> str:
        return (
            f"CPU {percentile(self.cpu, 0.95):.1f} at p95, median {self.median:.1f}, "
            f"p95 {self.p95:.1f}, worst {max(self.wall):.1f}, of {len(self.wall)}"
        )
