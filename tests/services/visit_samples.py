"""A small programme on a real notebook, for the tests of visits. Its « today » is 15/06/2021."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop_app.models.enums import Aggregation, Frequency, MeasurementStatus, ValueType
from desktop_app.models.experiment import Enterprise, Experiment, ExperimentDirectorate
from desktop_app.models.framework import Indicator, Objective
from desktop_app.models.programme import Cohort, Directorate, Programme
from desktop_app.models.site import Site
from desktop_app.services.notebook.history import HistoryService
from desktop_app.services.visits.attachments import AttachmentService
from desktop_app.services.visits.findings import FindingService
from desktop_app.services.visits.follow_ups import FollowUpService
from desktop_app.services.visits.measures import MeasureService
from desktop_app.services.visits.preparation import PreparationService
from desktop_app.services.visits.visit_rows import MeasureLine, NewVisit, RecordMeasure, VisitRow
from desktop_app.services.visits.visits import VisitService
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.notebook import Notebook

TODAY = dt.date(2021, 6, 15)
DAY = dt.date(2021, 6, 9)
OBSERVED = MeasurementStatus.OBSERVED


@dataclass(frozen=True)
class World:
    """Ids of what the notebook holds, and the services over it."""

    notebook: Notebook
    visits: VisitService
    measures: MeasureService
    findings: FindingService
    follow_ups: FollowUpService
    attachments: AttachmentService
    preparation: PreparationService
    history: HistoryService
    andibo: str
    solinum: str
    cohort_2020: str
    cohort_2021: str
    autonomy: str
    ime: str
    ehpad: str
    number: str
    percentage: str
    scale: str
    yes_no: str
    qualitative: str
    foreign: str

    def visit(
        self,
        day: dt.date = DAY,
        *,
        site: str | None = None,
        experiment: str | None = None,
    ) -> VisitRow:
        command = NewVisit(experiment or self.andibo, site or self.ime, day)
        return self.visits.create(command).value

    def measure(
        self,
        visit: VisitRow,
        indicator: str,
        value: float,
        n: int | None = None,
        category: str = "",
    ) -> MeasureLine:
        command = RecordMeasure(visit.id, indicator, category, OBSERVED, value, n)
        return self.measures.record(command).value

    def line(self, visit: VisitRow, indicator: str, category: str = "") -> MeasureLine:
        lines = self.measures.lines(visit.id)
        return next(
            line for line in lines if (line.indicator_id, line.category) == (indicator, category)
        )


@contextmanager
def open_world(folder: Path, device: DeviceIdentity) -> Iterator[World]:
    with Notebook.create(
        folder / "visites.carnet", title="Visites", device=device, reference_date=TODAY
    ) as notebook:
        yield build(notebook)


def build(notebook: Notebook) -> World:
    """Andibo (2021) and Solinum (2020), two sites, one indicator of each kind."""
    with notebook.write() as uow:
        programme = uow.add(Programme(name="Expérimentations"))
        uow.flush()
        old = uow.add(Cohort(programme_id=programme.id, number=1))
        new = uow.add(Cohort(programme_id=programme.id, number=2))
        autonomy = uow.add(Directorate(code="DA", name="Autonomie"))
        andibo_team = uow.add(Enterprise(name="Andibo"))
        solinum_team = uow.add(Enterprise(name="Solinum"))
        ime = uow.add(Site(name="IME Les Sources", commune="Sarcelles", type="ime"))
        ehpad = uow.add(Site(name="Église-Neuve", commune="Éragny", type="ehpad"))
        uow.flush()
        andibo = Experiment(
            code="AND", cohort_id=new.id, enterprise_id=andibo_team.id, title="Espaces adaptés"
        )
        solinum = Experiment(
            code="SOL",
            cohort_id=old.id,
            enterprise_id=solinum_team.id,
            title="Carte des ressources",
        )
        uow.add(andibo)
        uow.add(solinum)
        uow.flush()
        uow.add(ExperimentDirectorate(experiment_id=andibo.id, directorate_id=autonomy.id))
        first = uow.add(Objective(experiment_id=andibo.id, statement="Apaiser", position=0))
        other = uow.add(Objective(experiment_id=solinum.id, statement="Orienter", position=0))
        uow.flush()
        shared = {"objective_id": first.id}
        number = Indicator(
            **shared, position=0, code="A1", label="Comportements-défis", direction="down",
            categories=["unité A", "unité B"], disaggregation="unité",
        )  # fmt: skip
        percentage = Indicator(
            **shared, position=1, code="A2", label="Usage autonome", value_type="percentage",
            aggregation=Aggregation.RATIO, frequency=Frequency.QUARTERLY,
        )  # fmt: skip
        scale = Indicator(
            **shared, position=2, code="A3", label="Confort", value_type="scale", scale_min=1,
            scale_max=5, baseline_value=2.4, target_value=3.8,
        )  # fmt: skip
        yes_no = Indicator(**shared, position=3, code="A4", label="Plan", value_type="yes_no")
        qualitative = Indicator(
            **shared, position=4, code="A5", label="Familles", value_type=ValueType.QUALITATIVE
        )
        foreign = Indicator(objective_id=other.id, code="S1", label="Structures")
        for indicator in (number, percentage, scale, yes_no, qualitative, foreign):
            uow.add(indicator)
        uow.flush()
        return World(
            notebook=notebook,
            visits=VisitService(notebook),
            measures=MeasureService(notebook),
            findings=FindingService(notebook),
            follow_ups=FollowUpService(notebook),
            attachments=AttachmentService(notebook),
            preparation=PreparationService(notebook),
            history=HistoryService(notebook),
            andibo=andibo.id,
            solinum=solinum.id,
            cohort_2020=old.id,
            cohort_2021=new.id,
            autonomy=autonomy.id,
            ime=ime.id,
            ehpad=ehpad.id,
            number=number.id,
            percentage=percentage.id,
            scale=scale.id,
            yes_no=yes_no.id,
            qualitative=qualitative.id,
            foreign=foreign.id,
        )
