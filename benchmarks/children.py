"""Measures taken in processes of their own, and the floor that most are compared with.

An installed program finds its modules compiled; so do the children, whatever the environment of
whoever runs the benchmarks says.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field

from benchmarks.report import median

BARE = "bare QMainWindow's first paint"


def run_child(module: str, *arguments: object) -> str:
    """What ``python -m benchmarks.MODULE …`` prints. Raises RuntimeError with its last words."""
    environment = {name: os.environ[name] for name in os.environ if name != _UNCOMPILED}
    child = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    if child.returncode:
        raise RuntimeError(child.stderr)
    return child.stdout


_UNCOMPILED = "PYTHONDONTWRITEBYTECODE"


def start_times(*arguments: object) -> list[float]:
    """Milliseconds since the spawn, then of CPU, at each moment that start_child prints."""
    begun = time.monotonic()
    times: list[float] = []
    for words in run_child("start_child", *arguments).splitlines():
        clock, cpu = map(float, words.split())
        times += [(clock - begun) * 1000, cpu * 1000]
    return times


@dataclass(slots=True)
class BarePaint:
    """The first paint of an empty window: sampled all along a run, beside what it measures."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def sample(self, times: int = 1) -> None:
        for _ in range(times):
            wall, cpu = start_times("bare")
            self.wall.append(wall)
            self.cpu.append(cpu)

    @property
    def milliseconds(self) -> float:
        """By the clock, from the spawn: the median."""
        return median(self.wall)
