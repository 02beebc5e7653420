"""Where the window is: a place names a screen, maybe a record and a tab on it."""

from typing import NamedTuple


class Place(NamedTuple):
    """A screen, maybe the record it shows and the key of a page tab.

    ``screen``: home, visits, visit, experiments, experiment, sites, actions, documents, settings.
    """

    screen: str
    record_id: str | None = None
    tab: str | None = None


class Trail:
    """The places gone through, for Alt+Left. Bounded; a place twice in a row counts once."""

    def __init__(self, limit: int = 50) -> None:
        self._places: list[Place] = []
        self._limit = limit

    @property
    def current(self) -> Place | None:
        return self._places[-1] if self._places else None

    def push(self, place: Place) -> None:
        if self.current != place:
            self._places.append(place)
            del self._places[: -self._limit]

    def back(self) -> Place | None:
        """Forgets the current place and returns the one before; None at the start."""
        if len(self._places) < 2:
            return None
        self._places.pop()
        return self._places[-1]
