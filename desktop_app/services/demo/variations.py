"""Many more visits for benches: the written ones again, on other days and sites, values varied."""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from desktop_app import french
from desktop_app.models.enums import Aggregation, MeasurementStatus, ValueType, VisitState
from desktop_app.models.visit import Finding, FollowUp, Measurement, Visit
from desktop_app.services.demo import records
from desktop_app.services.demo.chronicle import Chronicle, Event, utc, working_day
from desktop_app.services.demo.content import Content, Data
from desktop_app.services.demo.setting import Setting
from desktop_app.store.unit_of_work import UnitOfWork

Rows = dict[type[Any], list[records.Row]]

_SPREAD = 18  # days around the written visit
_ELSEWHERE = 0.5  # share of the visits moved to another site of the experiment
_NOISE = 0.03  # relative standard deviation of a varied value
_ADDED = 0.2  # all varied visits together add this share to a total
_FINDINGS_KEPT = 0.75
_PROMISE_DELAY = 30  # days; only promises already kept are written
_EVENING = dt.time(18, 0)


@dataclass(frozen=True, slots=True)
class _Template:
    """A written visit, its experiment's code, first and last day, and the sites it was at."""

    code: str
    told: Data
    first: dt.date
    last: dt.date
    sites: tuple[str, ...]


class VariationWriter:
    """``count`` more visits, all validated, written in the evening of their day."""

    def __init__(
        self, content: Content, chronicle: Chronicle, setting: Setting, *, count: int
    ) -> None:
        self._notice: str = content.programme["notice"]["generated"]
        self._chronicle = chronicle
        self._setting = setting
        self._count = count
        self._templates = _templates(content, setting.reference_date)

    def events(self) -> list[Event]:
        """One a day and author: those transactions are as many as the days, not as the visits."""
        drawn: dict[tuple[dt.date, str], list[_Template]] = {}
        for template in itertools.islice(itertools.cycle(self._templates), self._count):
            author = template.told["author"]
            drawn.setdefault((self._day(template), author), []).append(template)
        return [self._event(day, author, group) for (day, author), group in _in_order(drawn)]

    def _event(self, day: dt.date, author: str, group: list[_Template]) -> Event:
        evening = dt.datetime.combine(day, _EVENING)
        moment = evening + dt.timedelta(minutes=self._chronicle.rng.randrange(90))
        label = f"Visites{french.NBSP}: {french.month(day)}"
        return Event(utc(moment), author, label, partial(self._write, day, group))

    def _day(self, template: _Template) -> dt.date:
        shift = self._chronicle.rng.randint(-_SPREAD, _SPREAD)
        day: dt.date = template.told["date"] + dt.timedelta(days=shift)
        if day <= template.first:
            return working_day(template.first)
        return working_day(min(day, template.last), -1)

    def _write(self, day: dt.date, group: list[_Template], uow: UnitOfWork) -> None:
        rows: Rows = {Visit: [], Measurement: [], Finding: [], FollowUp: []}
        for template in group:
            self._vary(template, day, uow, rows)
        for entity, added in rows.items():
            uow.bulk_insert(entity, added)

    def _vary(self, template: _Template, day: dt.date, uow: UnitOfWork, rows: Rows) -> None:
        rng, visit_id = self._chronicle.rng, self._chronicle.new_id()
        site = template.told["site"]
        if rng.random() < _ELSEWHERE:
            site = rng.choice(template.sites)
        told = {**template.told, "date": day, "site": site}
        rows[Visit].append(
            {
                **records.visit_row(self._setting, template.code, told, visit_id),
                **records.told(told),
                "notes": f"{self._notice} {told['notes']}",
                "reference": self._chronicle.reference(uow, day),
                "state": VisitState.VALIDATED.value,
                "validated_at": uow.now.replace(tzinfo=None),
                "validated_by": uow.author,
            }
        )
        rows[Measurement] += self._measurements(told, visit_id)
        rows[Finding] += [
            row
            for row in records.finding_rows(self._chronicle, told, visit_id)
            if rng.random() < _FINDINGS_KEPT
        ]
        rows[FollowUp] += self._kept_promises(template, day, visit_id)

    def _measurements(self, told: Data, visit_id: str) -> Iterator[records.Row]:
        for row in records.measurement_rows(self._chronicle, self._setting, told, visit_id):
            indicator = self._setting.indicators_by_id[row["indicator_id"]]
            if row["status"] != MeasurementStatus.OBSERVED.value or row["value"] is None:
                yield row
            elif indicator["aggregation"] == Aggregation.ADDITIVE.value:
                if not row["category"]:  # a varied total has no detail to stay equal to
                    yield {**row, "value": self._share(row["value"])}
            else:
                yield {**row, "value": self._near(row["value"], indicator), "n": self._size(row)}

    def _share(self, value: float) -> float:
        """A whole number whose sum over all varied visits is a set part of the written total."""
        whole, rest = divmod(value * _ADDED * len(self._templates) / self._count, 1)
        return whole + (self._chronicle.rng.random() < rest)

    def _near(self, value: float, indicator: records.Row) -> float:
        """``value`` with some noise, as precise as it was and within its indicator's bounds."""
        kind = indicator["value_type"]
        if kind == ValueType.YES_NO.value:
            return value
        decimals = 0 if value == int(value) and value >= 10 else 1
        near = round(value * self._chronicle.rng.gauss(1.0, _NOISE), decimals)
        if kind == ValueType.PERCENTAGE.value:
            return min(max(near, 0.0), 100.0)
        if kind == ValueType.SCALE.value:
            low, high = float(indicator["scale_min"]), float(indicator["scale_max"])
            return min(max(near, low), high)
        return near

    def _size(self, row: records.Row) -> int | None:
        n: int | None = row["n"]
        return n if n is None else max(1, n + self._chronicle.rng.randint(-2, 2))

    def _kept_promises(
        self, template: _Template, day: dt.date, visit_id: str
    ) -> Iterator[records.Row]:
        """Written with their end known: late and open actions stay those of the story."""
        experiment_id = self._setting.experiments[template.code]
        due = day + dt.timedelta(days=_PROMISE_DELAY)
        if due > self._setting.reference_date:
            return
        for action in template.told.get("follow_ups", ()):
            action_id = self._chronicle.new_id()
            row = records.follow_up_row({**action, "due": due}, action_id, visit_id, experiment_id)
            early = dt.timedelta(days=self._chronicle.rng.randint(0, 6))
            yield {**row, "done_date": working_day(due - early, -1)}


def _templates(content: Content, today: dt.date) -> list[_Template]:
    """The written visits that were validated."""
    found = []
    for experiment in content.experiments:
        described = experiment.framework["experiment"]
        visits = [told for told in experiment.visits if "state" not in told]
        sites = tuple(sorted({told["site"] for told in visits}))
        for told in visits:
            last = min(max(described["end_date"], told["date"]), today - dt.timedelta(days=1))
            found.append(_Template(experiment.code, told, described["start_date"], last, sites))
    return found


def _in_order(
    groups: dict[tuple[dt.date, str], list[_Template]],
) -> list[tuple[tuple[dt.date, str], list[_Template]]]:
    return sorted(groups.items(), key=lambda item: item[0])
