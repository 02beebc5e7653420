"""Steps in order, each timed; a step that failed keeps those that need it from running."""

import re
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

_FOLDERS = re.compile(r"[^\s'\"(«]*[/\\](?:[^'\"«»]*[/\\])?")
"""A verdict travels: it names files, not whose folders, spaces included, they are in."""
NOT_RUN = "non exécutée\u00a0: dépend de «\u00a0{}\u00a0»"


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    ok: bool
    detail: str
    ms: int


class StepError(Exception):
    """A step found something wrong; its text is the step's detail."""


@dataclass
class Trial:
    """``log(error)`` gets the exceptions: a verdict shows their text, never a traceback."""

    log: Callable[[Exception], object]
    steps: list[Step] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return all(step.ok for step in self.steps)

    def run(self, name: str, act: Callable[[], str | None], needs: tuple[str, ...] = ()) -> None:
        """``act`` gives the step's detail, and fails by raising anything."""
        passed = {step.name for step in self.steps if step.ok}
        lacking = next((need for need in needs if need not in passed), None)
        if lacking is not None:
            self.fail(name, NOT_RUN.format(lacking))
            return
        begun = time.monotonic()
        try:
            ok, detail = True, act() or ""
        except Exception as error:  # noqa: BLE001  (whatever breaks is what is looked for)
            ok, detail = False, _said(error)
            self.log(error)
        self.steps.append(Step(name, ok, detail, round((time.monotonic() - begun) * 1000)))

    def fail(self, name: str, detail: str) -> None:
        self.steps.append(Step(name, ok=False, detail=detail, ms=0))

    def told(self) -> list[dict[str, object]]:
        return [asdict(step) for step in self.steps]


def require(held: object, otherwise: str) -> None:
    """Fails the step unless ``held``."""
    if not held:
        raise StepError(otherwise)


def _said(error: Exception) -> str:
    if isinstance(error, StepError):
        return str(error)
    text = _FOLDERS.sub("", " ".join(str(error).splitlines()))
    return f"{type(error).__name__}: {text}"[:400]
