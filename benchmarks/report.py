"""One line a measure: what was measured, its floor, the ratio and the limit agreed."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Measure:
    """``floor`` None: the limit is on the value itself (an absolute budget, said as such).

    ``limit`` None: for information. ``note``: what helps to read the value (CPU time…).
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    floor: float | None = None
    floor_name: str = ""
    note: str = ""

    @property
    def compared(self) -> float:
        return self.value if self.floor is None else self.value / self.floor

    @property
    def held(self) -> bool:
        return self.limit is None or self.compared <= self.limit


def line(measure: Measure) -> str:
    verdict = "    " if measure.limit is None else "ok  " if measure.held else "OVER"
    against = ""
    if measure.floor is not None:
        against = (
            f" = {measure.compared:.2f} x {measure.floor_name} ({measure.floor:.1f} {measure.unit})"
        )
    if measure.limit is not None:
        unit = measure.unit if measure.floor is None else "x"
        against += f", limit {measure.limit:g} {unit}"
    note = f" ({measure.note})" if measure.note else ""
    return f"{verdict} {measure.name}: {measure.value:.1f} {measure.unit}{against}{note}"


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

    def p95(self, name: str, limit: float | None) -> Measure:
        note = (
            f"CPU {percentile(self.cpu, 0.95):.1f}, median {median(self.wall):.1f}, "
            f"worst {max(self.wall):.1f}, of {len(self.wall)}"
        )
        return Measure(f"{name}, p95", percentile(self.wall, 0.95), "ms", limit, note=note)
