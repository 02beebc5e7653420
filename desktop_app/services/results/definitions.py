"""An indicator's own history: which definitions it had, until when, and why they changed.

The journal is that history: a change is journalled with its reason and its day. Values of two
*series* (what is counted changed) are never joined; a change of T0 or target keeps the series, and
is printed with what was changed.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from desktop_app.services.results.rows import DefinitionChange
from desktop_app.store.clock import hlc_time
from desktop_app.store.glance import Reader
from desktop_app.store.queries import results as queries

SERIES = (
    "definition",
    "formula",
    "numerator",
    "denominator",
    "unit",
    "value_type",
    "direction",
    "aggregation",
    "scale_min",
    "scale_max",
)
"""What is counted: when one of these changes after something was measured, a series starts."""

AGREED = ("baseline_value", "baseline_date", "baseline_to_measure", "target_value", "target_date")
"""What was agreed: a change asks a reason, stays in the history and keeps the series."""

_FIRST = 1


@dataclass(frozen=True, slots=True)
class Definitions:
    """``starts``: the first version of each series; ``comparable``: T0 was given under the last."""

    starts: tuple[int, ...] = (_FIRST,)
    comparable: bool = True
    history: tuple[DefinitionChange, ...] = ()

    def series(self, version: int) -> int:
        """The rank of the series, from 1, that a version of the definition belongs to."""
        return sum(start <= version for start in self.starts)


ONLY = Definitions()


@dataclass(slots=True)
class _Telling:
    """What has been read of one indicator so far."""

    values: dict[str, Any] = field(default_factory=dict)
    starts: list[int] = field(default_factory=lambda: [_FIRST])
    baseline_at: int = _FIRST
    changes: list[DefinitionChange] = field(default_factory=list)


def definitions(reader: Reader, indicator_ids: Sequence[str]) -> dict[str, Definitions]:
    """By indicator; ``ONLY`` for those whose definition never changed."""
    rows = queries.indicator_journal(reader, indicator_ids)
    found = {
        indicator: told(entries) for indicator, entries in groupby(rows, key=lambda row: row[0])
    }
    return {indicator: found.get(indicator, ONLY) for indicator in indicator_ids}


def told(entries: Iterable[tuple[str, str, str, str]]) -> Definitions:
    """From the journal's lines of one indicator, in order: (record, clock, author, changes)."""
    telling = _Telling()
    for _, clock, author, text in entries:
        _read(telling, clock, author, json.loads(text))
    series_start = telling.starts[-1]
    declared = telling.values.get("baseline_version") or _FIRST
    return Definitions(
        starts=tuple(telling.starts),
        comparable=max(telling.baseline_at, declared) >= series_start,
        history=tuple(_by_day(telling.changes)),
    )


def _read(telling: _Telling, clock: str, author: str, changes: Mapping[str, list[Any]]) -> None:
    first = not telling.values
    before = int(telling.values.get("version") or _FIRST)
    telling.values.update({name: new for name, (_, new) in changes.items()})
    version = int(telling.values.get("version") or _FIRST)
    if "baseline_value" in changes:
        telling.baseline_at = version
    if first:
        return
    if version < before:
        _take_back(telling, version, changes)
        return
    starts = "version" in changes and any(name in changes for name in SERIES)
    if starts:
        telling.starts.append(version)
    kept = tuple(
        (name, old, new)
        for name, (old, new) in _agreed(changes).items()
        if (name in AGREED and old not in (None, "")) or (starts and name in SERIES)
    )
    if kept:
        day = telling.values.get("changed_on")
        on = dt.date.fromisoformat(day) if day else hlc_time(clock).date()
        reason = str(telling.values.get("change_reason") or "")
        telling.changes.append(
            DefinitionChange(on, version, kept, reason, author, new_series=starts)
        )


def _agreed(changes: Mapping[str, list[Any]]) -> Mapping[str, list[Any]]:
    """« T0 à relever » was never said in an older notebook: that is no."""
    name = "baseline_to_measure"
    if name not in changes:
        return changes
    old, new = (bool(value) for value in changes[name])
    left = {key: values for key, values in changes.items() if key != name}
    return left if old == new else {**left, name: [old, new]}


def _take_back(telling: _Telling, version: int, changes: Mapping[str, list[Any]]) -> None:
    """An undone change of definition never was: its series and what it told go with it."""
    telling.starts = [start for start in telling.starts if start <= version]
    telling.changes = [
        change
        for change in telling.changes
        if change.version <= version or not all(name in changes for name, _, _ in change.changes)
    ]


def _by_day(changes: Sequence[DefinitionChange]) -> Iterable[DefinitionChange]:
    """One change a day and definition: what was set back the same day did not change."""
    for _, group in groupby(changes, key=lambda change: (change.on, change.new_series)):
        several = list(group)
        fields: dict[str, list[Any]] = {}
        for change in several:
            for name, old, new in change.changes:
                fields.setdefault(name, [old, new])[1] = new
        kept = tuple((name, old, new) for name, (old, new) in fields.items() if old != new)
        last = several[-1]
        if kept:
            reasons = dict.fromkeys(change.reason for change in several if change.reason)
            yield DefinitionChange(
                last.on, last.version, kept, " ; ".join(reasons), last.author, last.new_series
            )
