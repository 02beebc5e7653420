"""A small programme written through the services, for the tests of what reads it."""

import datetime as dt
from dataclasses import dataclass, field

from desktop_app.models.enums import VisitState
from desktop_app.models.visit import Finding, Measurement, Visit
from desktop_app.services.programme.directory import DirectoryService
from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.services.programme.experiments import ExperimentService
from desktop_app.services.programme.framework import FrameworkService
from desktop_app.services.programme.sites import SiteService
from desktop_app.store.notebook import Notebook
from desktop_app.store.references import next_visit_reference

START = dt.date(2021, 3, 1)
END = dt.date(2021, 11, 30)


@dataclass
class Seed:
    """Writes records with the defaults that a test does not care about."""

    notebook: Notebook
    ids: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        directory = DirectoryService(self.notebook)
        directory.save_programme(SaveRecord(None, {"name": "Programme"}))
        values = {"number": 1, "label": "Promotion 1", "start_date": START, "end_date": END}
        self.cohort = directory.save_cohort(SaveRecord(None, values)).value.id
        enterprise = directory.save_enterprise(SaveRecord(None, {"name": "Duo for a job"}))
        self.enterprise = enterprise.value.id
        self.site = self.new_site("Mission locale")
        self.experiment = self.new_experiment("DUO")
        self.objective = self.new_objective(self.experiment)

    def new_cohort(self, number: int) -> str:
        values = {"number": number, "label": f"Promotion {number}"}
        return DirectoryService(self.notebook).save_cohort(SaveRecord(None, values)).value.id

    def new_directorate(self, code: str) -> str:
        values = {"code": code, "name": f"Direction {code}"}
        return DirectoryService(self.notebook).save_directorate(SaveRecord(None, values)).value.id

    def new_site(self, name: str, **values: object) -> str:
        return SiteService(self.notebook).save(SaveRecord(None, {"name": name, **values})).value.id

    def new_experiment(self, code: str, **values: object) -> str:
        whole = {
            "code": code,
            "title": f"Expérimentation {code}",
            "cohort_id": self.cohort,
            "enterprise_id": self.enterprise,
            "start_date": START,
            "end_date": END,
            **values,
        }
        return ExperimentService(self.notebook).save(SaveRecord(None, whole)).value.id

    def new_objective(self, experiment_id: str) -> str:
        values = {"experiment_id": experiment_id, "statement": "Accélérer l’accès à l’emploi"}
        return FrameworkService(self.notebook).save_objective(SaveRecord(None, values)).value.id

    def new_indicator(self, label: str = "Duos formés", **values: object) -> str:
        whole = {"objective_id": self.objective, "label": label, **values}
        return FrameworkService(self.notebook).save_indicator(SaveRecord(None, whole)).value.id

    def new_visit(
        self,
        day: dt.date,
        *,
        state: VisitState = VisitState.VALIDATED,
        site: str | None = None,
        experiment: str | None = None,
    ) -> str:
        with self.notebook.write() as uow:
            visit = Visit(
                reference=next_visit_reference(uow, day),
                experiment_id=experiment or self.experiment,
                site_id=site or self.site,
                date=day,
                state=state.value,
            )
            uow.add(visit)
            uow.flush()
            return visit.id

    def measure(
        self,
        indicator: str,
        visit: str | None,
        value: float | None,
        n: int | None = None,
        **values: object,
    ) -> str:
        """``visit`` None: outside a visit, then give ``date``; else the visit's day and site."""
        with self.notebook.write() as uow:
            if visit is not None:
                made = uow.session.get_one(Visit, visit)
                values = {"date": made.date, "site_id": made.site_id, **values}
            measurement = Measurement(
                **{
                    "indicator_id": indicator,
                    "visit_id": visit,
                    "site_id": self.site,
                    "value": value,
                    "n": n,
                    "status": "observed",
                    **values,
                }
            )
            uow.add(measurement)
            uow.flush()
            return measurement.id

    def find(self, visit: str, text: str, polarity: str = "neutral") -> str:
        with self.notebook.write() as uow:
            finding = Finding(visit_id=visit, text=text, polarity=polarity)
            uow.add(finding)
            uow.flush()
            return finding.id
