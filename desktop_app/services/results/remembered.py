"""What the values of each indicator come to, reckoned again only where the journal says so.

A session asks for the same figures again and again: the home, an experiment, the home. Every
write leaves a line in the journal; the lines since the last look name the indicators whose values
may have changed. The others stand, whatever the size of the notebook.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from desktop_app.services.programme.experiment_rows import IndicatorRow
from desktop_app.services.results.definitions import ONLY, Definitions
from desktop_app.services.results.gathering import Gathered, gather
from desktop_app.store.glance import Reader, Where
from desktop_app.store.queries.counted import Perimeter
from desktop_app.store.queries.written import indicators_touched, last_line, written_since

PERIMETERS = 4  # remembered at most, the latest used
CHANGES = 500  # journal lines looked through; beyond, everything is reckoned again


T = TypeVar("T")


class AsRead(Generic[T]):
    """What was read last under each key, as long as nothing at all was written since."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._read: dict[object, tuple[int, T]] = {}

    def get(self, reader: Reader, key: object, read: Callable[[], T]) -> T:
        """``read`` on the state that ``reader`` sees. Keys are all that the answer depends on."""
        line = last_line(reader)
        known = self._read.get(key)
        if known is not None and known[0] == line:
            return known[1]
        found = read()
        others = [(other, each) for other, each in self._read.items() if other != key]
        self._read = {**dict(others[1 - self._room :]), key: (line, found)}
        return found


@dataclass(frozen=True, slots=True)
class _Known:
    indicator: IndicatorRow
    gathered: Gathered
    definitions: Definitions


@dataclass(frozen=True, slots=True)
class _Memory:
    """``line``: the last of the journal when these were right."""

    line: int
    found: dict[str, _Known]


class Remembered:
    """Of one open notebook. Used from several threads: what is kept is replaced, never changed."""

    def __init__(self) -> None:
        self._memories: dict[Perimeter, _Memory] = {}

    def gather(
        self,
        reader: Reader,
        limits: Perimeter,
        counted: Where,
        asked: Sequence[IndicatorRow],
    ) -> tuple[dict[str, Gathered], dict[str, Definitions]]:
        """As ``gathering.gather``; ``counted`` are the measurements that ``limits`` count."""
        place = replace(limits, experiment_ids=None)  # the indicators say whose they are
        line = last_line(reader)
        memory = self._memories.get(place, _Memory(line, {}))
        still = _standing(reader, memory, line)
        missing = [i for i in asked if i.id not in still or still[i.id].indicator != i]
        gathered, known = gather(reader, counted, missing) if missing else ({}, {})
        fresh = {
            i.id: _Known(i, gathered[i.id], known.get(i.id, ONLY))
            for i in missing
            if i.id in gathered
        }
        found = {**still, **fresh}
        if line >= memory.line:
            self._keep(place, _Memory(line, found))
        here = [found[i.id] for i in asked if i.id in found]
        return (
            {one.indicator.id: one.gathered for one in here},
            {one.indicator.id: one.definitions for one in here},
        )

    def _keep(self, place: Perimeter, memory: _Memory) -> None:
        others = {key: value for key, value in self._memories.items() if key != place}
        kept = list(others.items())[-(PERIMETERS - 1) :]
        self._memories = {**dict(kept), place: memory}


def _standing(reader: Reader, memory: _Memory, line: int) -> dict[str, _Known]:
    """What is remembered and still right on the state that ``reader`` sees."""
    if line == memory.line:
        return memory.found
    if line < memory.line:  # a read begun before what is remembered
        return {}
    written = written_since(reader, memory.line, CHANGES + 1)
    if len(written) > CHANGES:
        return {}
    touched = indicators_touched(reader, written)
    return {key: known for key, known in memory.found.items() if key not in touched}
