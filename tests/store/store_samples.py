"""One of everything, written in a notebook."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from desktop_app.errors import UserError
from desktop_app.models.experiment import Enterprise, Experiment
from desktop_app.models.framework import Indicator, Objective
from desktop_app.models.programme import Cohort, Programme
from desktop_app.models.site import Site
from desktop_app.models.visit import (
    Attachment,
    AttachmentContent,
    Finding,
    FollowUp,
    Measurement,
    Visit,
)
from desktop_app.store.notebook import Notebook
from desktop_app.store.references import next_visit_reference
from desktop_app.store.unit_of_work import UnitOfWork

DAY = dt.date(2021, 6, 9)
PHOTO = b"\xff\xd8\xff\xe0 a photo's bytes " * 64


@contextmanager
def refused(notebook: Notebook, words: str) -> Iterator[UnitOfWork]:
    """A write the notebook must refuse, with these words (a regular expression)."""
    with pytest.raises(UserError, match=words), notebook.write() as uow:
        yield uow


@dataclass(frozen=True)
class Sample:
    """Ids of what ``fill`` wrote."""

    experiment: str
    site: str
    visit: str
    finding: str
    measurement: str
    indicators: dict[str, str]


def fill(notebook: Notebook) -> Sample:
    with notebook.write() as uow:
        programme = uow.add(Programme(name="Programme d’essai"))
        enterprise = uow.add(Enterprise(name="Jexplore"))
        site = uow.add(Site(name="Collège des Bords d’Oise", commune="Éragny"))
        uow.flush()
        cohort = uow.add(Cohort(programme_id=programme.id, number=2))
        uow.flush()
        experiment = uow.add(
            Experiment(
                code="JEX",
                cohort_id=cohort.id,
                enterprise_id=enterprise.id,
                title="Découvrir les métiers en réalité virtuelle",
            )
        )
        uow.flush()
        objective = uow.add(Objective(experiment_id=experiment.id, statement="Élargir les choix"))
        uow.flush()
        indicators = indicators_of(uow, objective.id)
        visit = uow.add(new_visit(uow, experiment.id, site.id))
        uow.flush()
        measurement = uow.add(
            Measurement(
                indicator_id=indicators["number"],
                site_id=site.id,
                visit_id=visit.id,
                date=DAY,
                value=8.4,
                n=24,
                comment="Métiers cités sans aide",
            )
        )
        finding = uow.add(Finding(visit_id=visit.id, text="Un élève reste à l’écart du casque"))
        uow.add(
            FollowUp(visit_id=visit.id, experiment_id=experiment.id, what="Prévoir une tablette")
        )
        attach(uow, visit.id, PHOTO)
    return Sample(experiment.id, site.id, visit.id, finding.id, measurement.id, indicators)


def indicators_of(uow: UnitOfWork, objective_id: str) -> dict[str, str]:
    """One indicator of each value type: {value type: id}."""
    ids = {}
    for kind in ("number", "percentage", "scale", "yes_no", "qualitative"):
        bounds = (1.0, 5.0) if kind == "scale" else (None, None)
        indicator = uow.add(
            Indicator(
                objective_id=objective_id,
                code=kind.upper(),
                label=f"Indicateur {kind}",
                value_type=kind,
                scale_min=bounds[0],
                scale_max=bounds[1],
                categories=["6e", "5e"],
            )
        )
        uow.flush()
        ids[kind] = indicator.id
    return ids


def new_visit(uow: UnitOfWork, experiment_id: str, site_id: str, day: dt.date = DAY) -> Visit:
    return Visit(
        reference=next_visit_reference(uow, day),
        experiment_id=experiment_id,
        site_id=site_id,
        date=day,
        start_time=dt.time(13, 30),
        notes="Séance calme, cœur de l’après-midi",
        validated_at=dt.datetime(2021, 6, 9, 15, 0, tzinfo=dt.UTC),
    )


def attach(uow: UnitOfWork, visit_id: str, content: bytes) -> Attachment:
    sha256 = hashlib.sha256(content).hexdigest()
    uow.add(AttachmentContent(sha256=sha256, content=content, thumbnail=None))
    return uow.add(
        Attachment(
            visit_id=visit_id,
            filename="seance.jpg",
            media_type="image/jpeg",
            sha256=sha256,
            size=len(content),
        )
    )
