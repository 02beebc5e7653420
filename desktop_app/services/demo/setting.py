"""The programme set up: who writes what of it, when; the ids the visits will need."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from desktop_app.models.enums import Phase
from desktop_app.models.experiment import (
    Enterprise,
    Experiment,
    ExperimentDirectorate,
    ExperimentSite,
)
from desktop_app.models.framework import Indicator, Objective
from desktop_app.models.notebook import Notebook
from desktop_app.models.programme import Cohort, Directorate, Programme
from desktop_app.models.site import Site
from desktop_app.services.demo.chronicle import Chronicle, Event, utc, working_day
from desktop_app.services.demo.content import Content, Data, ExperimentContent, without
from desktop_app.services.notebook.rules import declared_numbers
from desktop_app.store.unit_of_work import UnitOfWork

_LABEL = "Programme et expérimentations"
_DECISION_DELAY = dt.timedelta(days=15)
_REFERENCES = ("baseline", "target", "baseline_date", "target_date", "former")
_CHANGED_AT = dt.time(15, 30)


@dataclass(slots=True)
class Setting:
    """Ids by what the texts call things: site keys, experiment codes; indicators by code and id."""

    reference_date: dt.date
    sites: dict[str, str] = field(default_factory=dict)
    experiments: dict[str, str] = field(default_factory=dict)
    indicators: dict[str, dict[str, Any]] = field(default_factory=dict)
    indicators_by_id: dict[str, dict[str, Any]] = field(default_factory=dict)
    cohorts: dict[int, str] = field(default_factory=dict)
    directorates: dict[str, str] = field(default_factory=dict)
    programme: str = ""
    changed: dict[str, dt.date] = field(default_factory=dict)

    def version_of(self, code: str, day: dt.date) -> int:
        """Which version of an indicator's definition was in force on ``day``."""
        return 2 if code in self.changed and day >= self.changed[code] else 1


class SettingWriter:
    """Events that write everything but the visits, in the order it would have happened."""

    def __init__(self, content: Content, chronicle: Chronicle) -> None:
        self.setting = Setting(content.programme["notebook"]["reference_date"])
        self._content = content
        self._chronicle = chronicle
        self._lead: str = content.programme["programme"]["author"]

    def events(self) -> list[Event]:
        programme = self._content.programme
        first: dt.datetime = programme["programme"]["created"]
        events = [self._event(first - dt.timedelta(minutes=4), self._notebook)]
        events.append(self._event(first, self._programme))
        events += [
            self._event(cohort["created"], partial(self._cohort, cohort))
            for cohort in programme["cohort"]
        ]
        for place, experiment in enumerate(self._content.experiments):
            events += self._experiment_events(place, experiment)
        return events

    def _experiment_events(self, place: int, content: ExperimentContent) -> list[Event]:
        """Entered before the launch; the framework follows, as agreed with the enterprise."""
        described = content.framework["experiment"]
        rng: random.Random = self._chronicle.rng
        opening = dt.datetime.combine(
            working_day(described["start_date"] - dt.timedelta(days=20 - 2 * (place % 3))),
            dt.time(9 + place % 3, rng.randrange(60)),
        )
        agreed = working_day(opening.date() + dt.timedelta(days=4))
        events = [
            self._event(opening, partial(self._experiment, content)),
            self._event(opening + dt.timedelta(minutes=25), partial(self._sites, content)),
            self._event(
                dt.datetime.combine(agreed, dt.time(14, 40)), partial(self._framework, content)
            ),
        ]
        for indicator in _indicators(content):
            if former := indicator.get("former"):
                self.setting.changed[indicator["code"]] = former["on"]
                moment = dt.datetime.combine(former["on"], _CHANGED_AT)
                events.append(self._event(moment, partial(self._change, indicator, content)))
        if described["final_decision"]:
            decided = working_day(described["end_date"] + _DECISION_DELAY)
            moment = dt.datetime.combine(decided, dt.time(16, 5 + 7 * place))
            events.append(self._event(moment, partial(self._decision, content)))
        return events

    def _event(self, local: dt.datetime, act: Callable[[UnitOfWork], None]) -> Event:
        return Event(utc(local), self._lead, _LABEL, act)

    def _new_id(self) -> str:
        return self._chronicle.new_id()

    def _notebook(self, uow: UnitOfWork) -> None:
        notebook = self._content.programme["notebook"]
        rules = declared_numbers()
        uow.add(
            Notebook(id=self._new_id(), illustrative=True, logo_sha256="", **{**rules, **notebook})
        )

    def _programme(self, uow: UnitOfWork) -> None:
        programme = without(self._content.programme["programme"], "author", "created")
        [self.setting.programme] = uow.bulk_insert(Programme, [{"id": self._new_id(), **programme}])
        rows = [
            {"id": self._new_id(), "position": position, **directorate}
            for position, directorate in enumerate(self._content.programme["directorate"])
        ]
        uow.bulk_insert(Directorate, rows)
        self.setting.directorates = {row["code"]: row["id"] for row in rows}

    def _cohort(self, cohort: Data, uow: UnitOfWork) -> None:
        row = {"id": self._new_id(), "programme_id": self.setting.programme}
        [self.setting.cohorts[cohort["number"]]] = uow.bulk_insert(
            Cohort, [{**row, **without(cohort, "created")}]
        )

    def _experiment(self, content: ExperimentContent, uow: UnitOfWork) -> None:
        described = content.framework["experiment"]
        own = without(
            described,
            "cohort",
            "directorates",
            "sites",
            "baseline_date",
            "target_date",
            "shared_from",
        )
        [enterprise] = uow.bulk_insert(
            Enterprise, [{"id": self._new_id(), **content.framework["enterprise"]}]
        )
        launched = {
            "id": self._new_id(),
            **own,
            "cohort_id": self.setting.cohorts[described["cohort"]],
            "enterprise_id": enterprise,
            "phase": Phase.EXPERIMENTATION.value,
            "final_decision": "",
        }
        [self.setting.experiments[content.code]] = uow.bulk_insert(Experiment, [launched])
        uow.bulk_insert(
            ExperimentDirectorate,
            [
                {
                    "id": self._new_id(),
                    "experiment_id": launched["id"],
                    "directorate_id": self.setting.directorates[code],
                }
                for code in described["directorates"]
            ],
        )

    def _sites(self, content: ExperimentContent, uow: UnitOfWork) -> None:
        keys: list[str] = content.framework["experiment"]["sites"]
        new = [key for key in keys if key not in self.setting.sites]
        rows = [{"id": self._new_id(), **without(self._content.sites[key], "key")} for key in new]
        self.setting.sites.update(zip(new, uow.bulk_insert(Site, rows), strict=True))
        uow.bulk_insert(
            ExperimentSite,
            [
                {
                    "id": self._new_id(),
                    "experiment_id": self.setting.experiments[content.code],
                    "site_id": self.setting.sites[key],
                }
                for key in keys
            ],
        )

    def _framework(self, content: ExperimentContent, uow: UnitOfWork) -> None:
        objectives = [*content.framework["objective"], self._shared_objective(content)]
        for position, objective in enumerate(objectives):
            row = {
                "id": self._new_id(),
                "experiment_id": self.setting.experiments[content.code],
                "position": position,
                **without(objective, "indicator"),
            }
            [objective_id] = uow.bulk_insert(Objective, [row])
            rows = [
                {
                    "id": self._new_id(),
                    "objective_id": objective_id,
                    "position": place,
                    **self._indicator(indicator, content),
                    **without(indicator.get("former", {}), "on", "reason"),
                }
                for place, indicator in enumerate(objective["indicator"])
            ]
            uow.bulk_insert(Indicator, rows)
            self.setting.indicators.update({row["code"]: row for row in rows})
            self.setting.indicators_by_id.update({row["id"]: row for row in rows})

    def _shared_objective(self, content: ExperimentContent) -> Data:
        """The viability objective; its codes follow the experiment's own."""
        own = len(_indicators(content))
        first = content.framework["experiment"].get("shared_from", own + 1)
        references = content.framework["common"]
        shared = [
            {
                **without(indicator, "key"),
                "code": f"{content.code}{number}",
                "baseline": references[indicator["key"]][0],
                "target": references[indicator["key"]][1],
            }
            for number, indicator in enumerate(self._content.common["indicator"], first)
        ]
        return {**self._content.common["objective"], "indicator": shared}

    def _indicator(self, indicator: Data, content: ExperimentContent) -> Data:
        """A fiche's columns: T0 and target carry the experiment's dates unless it has its own."""
        dates = content.framework["experiment"]
        baseline, target = indicator.get("baseline"), indicator.get("target")
        return {
            **without(indicator, *_REFERENCES),
            "baseline_value": baseline,
            "baseline_date": None if baseline is None else dates["baseline_date"],
            "target_value": target,
            "target_date": (
                None if target is None else indicator.get("target_date", dates["target_date"])
            ),
        }

    def _change(self, indicator: Data, content: ExperimentContent, uow: UnitOfWork) -> None:
        """A definition amended in mid-course: what it became, and why."""
        record = uow.session.get_one(Indicator, self.setting.indicators[indicator["code"]]["id"])
        former, today = indicator["former"], self._indicator(indicator, content)
        for name in without(former, "on", "reason"):
            setattr(record, name, today[name])
        record.change_reason, record.changed_on = former["reason"], former["on"]
        record.version = 2

    def _decision(self, content: ExperimentContent, uow: UnitOfWork) -> None:
        described = content.framework["experiment"]
        experiment = uow.session.get_one(Experiment, self.setting.experiments[content.code])
        experiment.phase = described["phase"]
        experiment.final_decision = described["final_decision"]


def _indicators(content: ExperimentContent) -> list[Data]:
    """An experiment's own, without the shared ones."""
    return [i for objective in content.framework["objective"] for i in objective["indicator"]]
