"""The rows of the list behind a figure."""

import datetime as dt
from dataclasses import dataclass

from desktop_app.models.enums import Wave
from desktop_app.services.programme.experiment_rows import IndicatorRow
from desktop_app.services.results.reckoning import Why


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """One part of an occasion's breakdown, by its name today."""

    name: str
    value: float
    n: int | None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One occasion behind a figure, in it or out of it and why.

    ``value`` and ``n`` are its audience's (None when nothing was observed); ``share`` is what it
    brings to the figure; ``series`` the rank of the definition it was taken under. ``parts`` are
    the breakdown; ``of_parts``: the audience is made of them, there was no total. ``text`` is the
    comment, or the answer to a qualitative indicator.
    """

    id: str
    date: dt.date
    time: dt.time | None
    site_id: str
    site_name: str
    commune: str
    visit_reference: str
    wave: Wave | None
    value: float | None
    n: int | None
    why: Why
    share: float | None
    series: int
    parts: tuple[EvidencePart, ...] = ()
    of_parts: bool = False
    text: str = ""
    category: str = ""

    @property
    def counted(self) -> bool:
        return self.why is Why.COUNTED


@dataclass(frozen=True, slots=True)
class EvidenceSheet:
    """What one figure rests on: the rows counted first, then those left out, latest first."""

    indicator: IndicatorRow
    rows: tuple[EvidenceRow, ...]

    @property
    def counted(self) -> int:
        return sum(row.counted for row in self.rows)

    @property
    def apart(self) -> int:
        return len(self.rows) - self.counted
