"""One line a measure: what was measured, its floor, the ratio and the limit agreed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """``floor`` None: the limit is on the value itself (an absolute budget, said as such)."""

    name: str
    value: float
    unit: str
    limit: float
    floor: float | None = None
    floor_name: str = ""

    @property
    def compared(self) -> float:
        return self.value if self.floor is None else self.value / self.floor

    @property
    def held(self) -> bool:
        return self.compared <= self.limit


def line(measure: Measure) -> str:
    verdict = "ok  " if measure.held else "OVER"
    if measure.floor is None:
        against = f"limit {measure.limit:g} {measure.unit}"
    else:
        against = (
            f"= {measure.compared:.2f} x {measure.floor_name} ({measure.floor:.1f} {measure.unit}), "
            f"limit {measure.limit:g} x"
        )
    return f"{verdict} {measure.name}: {measure.value:.1f} {measure.unit} {against}"


def percentile(values: list[float], share: float) -> float:
    """The value under which ``share`` of the sample lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: list[float]) -> float:
    return percentile(values, 0.5)
