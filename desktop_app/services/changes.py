"""What a write did: broadcast to the screens so that each decides whether to reload."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changes:
    """``kinds`` are entity names (« visit », « measurement »…), ``ids`` the records touched."""

    kinds: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()

    def touches(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A write's result, what it changed, and its journal clock (what ``history.undo`` takes)."""

    value: T
    changes: Changes
    hlc: str
