"""A notebook like the one of the mockups, written through the services."""

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from desktop_app.services.programme.directory import DirectoryService
from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.services.programme.experiments import ExperimentService
from desktop_app.services.programme.framework import FrameworkService
from desktop_app.services.programme.sites import SiteService
from desktop_app.services.visits.attachments import AttachmentService
from desktop_app.services.visits.findings import FindingService
from desktop_app.services.visits.follow_ups import FollowUpService
from desktop_app.services.visits.measures import MeasureService
from desktop_app.services.visits.visit_rows import (
    EditVisit,
    NewFinding,
    NewFollowUp,
    NewVisit,
    RecordMeasure,
)
from desktop_app.services.visits.visits import VisitService
from desktop_app.services.vocabulary import (
    Direction,
    EvaluationQuestion,
    FindingKind,
    Frequency,
    MeasurementStatus,
    Polarity,
    SourceType,
    ValueType,
)
from desktop_app.store.notebook import Notebook

DAY = dt.date(2021, 6, 9)
LAST = dt.date(2021, 5, 12)

INDICATORS: tuple[dict[str, object], ...] = (
    {
        "label": "Usage des espaces adaptés",
        "unit": "résidents/jour",
        "baseline_value": 2.0,
        "target_value": 10.0,
        "disaggregation": "unité",
        "categories": ("Unité A", "Unité B"),
    },
    {
        "label": "Crises ou comportements-défis",
        "unit": "par semaine",
        "direction": Direction.DOWN,
        "baseline_value": 14.0,
        "target_value": 9.0,
    },
    {
        "label": "Satisfaction des professionnels",
        "value_type": ValueType.SCALE,
        "scale_min": 1.0,
        "scale_max": 5.0,
        "baseline_value": 2.4,
        "target_value": 3.8,
        "frequency": Frequency.WAVE,
    },
    {
        "label": "Signalétique comprise sans aide",
        "value_type": ValueType.PERCENTAGE,
        "unit": "% des résidents",
        "baseline_value": 20.0,
        "target_value": 50.0,
    },
    {"label": "Plan d’actions adopté en CVS", "value_type": ValueType.YES_NO},
)


@dataclass(frozen=True, slots=True)
class Sample:
    """Ids of what was written. ``visit`` is the draft of 9 June, ``previous`` that of 12 May."""

    experiment: str
    other_experiment: str
    site: str
    other_site: str
    visit: str
    previous: str
    indicators: tuple[str, ...]


def fill(notebook: Notebook) -> Sample:
    directory, frame = DirectoryService(notebook), FrameworkService(notebook)
    directory.save_programme(SaveRecord(None, {"name": "Programme"}))
    cohort = directory.save_cohort(SaveRecord(None, {"number": 1, "label": "Promotion 1"}))
    directorate = directory.save_directorate(SaveRecord(None, {"code": "AUT", "name": "Autonomie"}))
    site = _site(notebook, "IME Les Sources", "Sarcelles")
    other_site = _site(notebook, "Mission locale", "Argenteuil")
    experiments = [
        _experiment(notebook, cohort.value.id, code, name, title, sites, (directorate.value.id,))
        for code, name, title, sites in (
            ("AND", "Andibo", "Aménagements adaptés à l’autisme", (site,)),
            ("DUO", "Duo for a job", "Mentorat par des seniors", (other_site,)),
        )
    ]
    objective = frame.save_objective(
        SaveRecord(None, {"experiment_id": experiments[0], "statement": "Des espaces apaisants"})
    ).value.id
    indicators = tuple(
        frame.save_indicator(SaveRecord(None, {"objective_id": objective, **values})).value.id
        for values in INDICATORS
    )
    visits = VisitService(notebook)
    previous = visits.create(NewVisit(experiments[0], site, LAST)).value.id
    visit = visits.create(NewVisit(experiments[0], site, DAY, dt.time(13, 30))).value.id
    sample = Sample(experiments[0], experiments[1], site, other_site, visit, previous, indicators)
    _fill_previous(notebook, sample)
    return sample


def fill_visit(notebook: Notebook, sample: Sample) -> None:
    """What the mockup shows of the visit of 9 June."""
    VisitService(notebook).edit(
        EditVisit(
            sample.visit,
            {
                "end_time": dt.time(15, 15),
                "participants": "Directrice, équipe éducative (4)",
                "headcount": 12,
                "purpose": "Point d’étape et relevé des mesures",
                "notes": "Accueil par la directrice. Visite des trois espaces. L’équipe de jour "
                "s’est approprié les supports ; l’équipe de nuit n’a pas encore été formée. "
                "Échange avec Lucas Untel dans la cabane.",
            },
        )
    )
    measures = MeasureService(notebook)
    values = ((0, 8.4, 12, ""), (1, 5.0, 12, "L’équipe note un net apaisement"), (2, 4.2, 9, ""))
    for position, value, n, comment in values:
        _record(measures, sample.visit, sample.indicators[position], value, n, comment)
    measures.record(
        RecordMeasure(
            sample.visit,
            sample.indicators[3],
            "",
            MeasurementStatus.NOT_OBSERVED,
            comment="Non observé aujourd’hui",
        )
    )
    findings = FindingService(notebook)
    findings.add(
        NewFinding(
            sample.visit,
            "Depuis la cabane sensorielle, il demande lui-même à s’isoler avant la crise.",
            EvaluationQuestion.Q1,
            FindingKind.REPORTED,
            Polarity.POSITIVE,
            audience="Résidents 12–16 ans",
        )
    )
    findings.add(
        NewFinding(
            sample.visit,
            "L’éclairage de la salle à manger reste un facteur d’agitation ; à revoir avec le "
            "fournisseur.",
            EvaluationQuestion.Q4,
            polarity=Polarity.NEGATIVE,
            audience="Résidents",
        )
    )
    findings.add(
        NewFinding(
            sample.visit,
            "Les éducateurs réutilisent les pictogrammes au restaurant scolaire.",
            EvaluationQuestion.Q2,
            FindingKind.INTERPRETATION,
            Polarity.POSITIVE,
            intended=False,
            intensity=2,
            audience="Professionnels",
            source_type=SourceType.GROUP,
        )
    )
    actions = FollowUpService(notebook)
    actions.add(NewFollowUp("Former l’équipe de nuit", "Cheffe de service", DAY, sample.visit))
    actions.add(NewFollowUp("Revoir l’éclairage", "Fournisseur", None, sample.visit))


def photo(path: Path, colour: str) -> Path:
    image = Image.new("RGB", (1200, 800), colour)
    ImageDraw.Draw(image).rectangle((300, 200, 900, 600), fill="white")
    image.save(path, "JPEG")
    return path


def add_photos(notebook: Notebook, sample: Sample, folder: Path) -> None:
    attachments = AttachmentService(notebook)
    for number, colour in enumerate(("#7fa89c", "#c3a06d", "#8a99bd"), start=1):
        attachments.add(
            sample.visit, photo(folder / f"photo-{number}.jpg", colour), f"Espace {number}"
        )


def png_bytes() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(buffer, "PNG")
    return buffer.getvalue()


def _fill_previous(notebook: Notebook, sample: Sample) -> None:
    measures = MeasureService(notebook)
    for position, value in enumerate((6.2, 9.0, 3.1, 40.0)):
        _record(measures, sample.previous, sample.indicators[position], value, 12, "")
    VisitService(notebook).edit(
        EditVisit(sample.previous, {"notes": "Premier passage ; couloir B en travaux."})
    )
    FindingService(notebook).add(
        NewFinding(sample.previous, "Couloir B non aménagé", polarity=Polarity.NEGATIVE)
    )
    FollowUpService(notebook).add(
        NewFollowUp("Devis éclairage", "Fournisseur", dt.date(2021, 6, 12), sample.previous)
    )


def _record(
    measures: MeasureService, visit: str, indicator: str, value: float, n: int, comment: str
) -> None:
    observed = MeasurementStatus.OBSERVED
    measures.record(RecordMeasure(visit, indicator, "", observed, value, n, comment))


def _site(notebook: Notebook, name: str, commune: str) -> str:
    values = {"name": name, "commune": commune}
    return SiteService(notebook).save(SaveRecord(None, values)).value.id


def _experiment(
    notebook: Notebook,
    cohort: str,
    code: str,
    name: str,
    title: str,
    sites: tuple[str, ...],
    directorates: tuple[str, ...],
) -> str:
    enterprise = DirectoryService(notebook).save_enterprise(SaveRecord(None, {"name": name}))
    values = {
        "code": code,
        "title": title,
        "cohort_id": cohort,
        "enterprise_id": enterprise.value.id,
        "site_ids": sites,
        "directorate_ids": directorates,
    }
    return ExperimentService(notebook).save(SaveRecord(None, values)).value.id
