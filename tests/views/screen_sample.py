"""A small notebook with a life of its own: two promotions, three experiments, a few visits."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from desktop_app.config.settings import Settings
from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.services.visits.visit_rows import NewFinding, NewFollowUp, NewVisit, RecordMeasure
from desktop_app.services.vocabulary import (
    Aggregation,
    Direction,
    EvaluationQuestion,
    FindingKind,
    Frequency,
    MeasurementStatus,
    ObjectiveLevel,
    Phase,
    Polarity,
    SiteType,
    ValueType,
    VisitState,
)
from desktop_app.store.device import device_of
from desktop_app.views.screens.base import Screen

if TYPE_CHECKING:
    from desktop_app.services.catalogue import NotebookServices

DAY = dt.date(2021, 6, 9)
"""The sample's « today »."""


@dataclass(frozen=True)
class Sample:
    """Ids by the word a test knows them under."""

    experiments: dict[str, str]
    objectives: dict[str, str]
    indicators: dict[str, str]
    sites: dict[str, str]
    visits: dict[str, str]
    follow_ups: dict[str, str]


@contextmanager
def dated_services(tmp_path: Path, settings: Settings) -> "Iterator[NotebookServices]":
    """The services of a new notebook whose « today » is the sample's."""
    from desktop_app.services.catalogue import build_services
    from desktop_app.store.notebook import Notebook

    path = tmp_path / "programme.carnet"
    device = device_of(settings)
    with Notebook.create(path, title="Essai", device=device, reference_date=DAY) as notebook:
        yield build_services(notebook, settings)


def mount(window: QWidget, screen: QWidget, width: int = 1232, height: int = 834) -> None:
    """Shows a screen as the main window would."""
    window.resize(width, height)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(screen)
    window.show()
    window.activateWindow()
    QApplication.processEvents()


def rest(screen: Screen) -> None:
    """Waits until all that the screen asked for is done and shown."""
    operations = screen.context.operations
    for _ in range(2):
        if operations.busy:
            loop = QEventLoop()
            operations.idle.connect(loop.quit)
            limit = QTimer()
            limit.timeout.connect(loop.quit)
            limit.start(10_000)
            loop.exec()
            limit.stop()
            assert not operations.busy
        QApplication.processEvents()


def dialog_of(window: QWidget, kind: type[QDialog]) -> QDialog:
    """The dialog of that class open over the window."""
    found = [dialog for dialog in window.findChildren(kind) if dialog.isVisible()]
    assert len(found) == 1, found
    found[0].activateWindow()
    QApplication.processEvents()
    return found[0]


def come_back(window: QWidget) -> None:
    """The window manager's part once a dialog is closed; the offscreen platform has none."""
    window.activateWindow()
    QApplication.processEvents()


def type_in(widget: QWidget, text: str) -> None:
    """Types a text in a field as a person would, in place of what is there."""
    widget.setFocus()
    widget.selectAll()  # type: ignore[attr-defined]
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)


def fill(services: "NotebookServices") -> Sample:
    experiments = _experiments(services)
    objectives, indicators = _framework(services, experiments["duo"])
    sites = _sites(services)
    for key, place in (("duo", "mission"), ("jexplore", "college"), ("andibo", "ehpad")):
        services.experiments.save(SaveRecord(experiments[key], {"site_ids": (sites[place],)}))
    visits = _visits(services, experiments["duo"], sites["mission"], indicators)
    planned = services.visits.create(
        NewVisit(
            experiments["jexplore"],
            sites["college"],
            DAY + dt.timedelta(5),
            dt.time(9, 30),
            VisitState.PLANNED,
        )
    )
    visits["planned"] = planned.value.id
    follow_ups = _follow_ups(services, experiments, visits["last"])
    return Sample(experiments, objectives, indicators, sites, visits, follow_ups)


def _experiments(services: "NotebookServices") -> dict[str, str]:
    directory = services.directory
    directory.save_programme(SaveRecord(None, {"name": "Expérimenter en Val d’Oise"}))
    cohorts = [
        directory.save_cohort(
            SaveRecord(
                None,
                {
                    "number": number,
                    "label": f"{year}",
                    "start_date": dt.date(year, 3, 1),
                    "end_date": dt.date(year, 11, 30),
                },
            )
        ).value.id
        for number, year in ((1, 2020), (2, 2021))
    ]
    insertion = directory.save_directorate(
        SaveRecord(None, {"code": "INS", "name": "Vie sociale et insertion"})
    ).value.id
    made: dict[str, str] = {}
    for key, name, title, cohort in (
        ("andibo", "Andibo", "Aménagements adaptés à l’autisme", 0),
        ("jexplore", "Jexplore", "Découverte des métiers en réalité virtuelle", 1),
        ("duo", "Duo for a job", "Mentorat de jeunes par des seniors", 1),
    ):
        enterprise = directory.save_enterprise(SaveRecord(None, {"name": name})).value.id
        values: dict[str, object] = {
            "code": key.upper(),
            "title": title,
            "enterprise_id": enterprise,
            "cohort_id": cohorts[cohort],
            "phase": Phase.EXPERIMENTATION,
            "start_date": dt.date(2020 + cohort, 3, 1),
            "end_date": dt.date(2020 + cohort, 11, 30),
            "social_need": "Des jeunes loin de l’emploi, sans réseau.",
            "target_audience": "Jeunes de 18 à 30 ans.",
            "directorate_ids": (insertion,) if key == "duo" else (),
        }
        made[key] = services.experiments.save(SaveRecord(None, values)).value.id
    return made


def _framework(
    services: "NotebookServices", experiment: str
) -> tuple[dict[str, str], dict[str, str]]:
    objectives = {
        key: services.framework.save_objective(
            SaveRecord(
                None,
                {
                    "experiment_id": experiment,
                    "statement": statement,
                    "level": level,
                    "evaluation_question": EvaluationQuestion.Q1,
                },
            )
        ).value.id
        for key, statement, level in (
            ("job", "Accélérer l’accès à l’emploi ou à la formation", ObjectiveLevel.OUTCOME),
            ("trust", "Renforcer la confiance des jeunes", ObjectiveLevel.IMPACT),
        )
    }
    shared = {
        "baseline_date": dt.date(2021, 3, 1),
        "target_date": dt.date(2021, 11, 30),
        "frequency": Frequency.MONTHLY,
    }
    specs: tuple[tuple[str, str, dict[str, object]], ...] = (
        (
            "D1",
            "job",
            {
                "label": "Jeunes en emploi, formation ou stage à 6 mois",
                "unit": "% des jeunes accompagnés",
                "value_type": ValueType.PERCENTAGE,
                "aggregation": Aggregation.RATIO,
                "baseline_value": 31.0,
                "target_value": 70.0,
                "disaggregation": "Genre",
                "categories": ("Femmes", "Hommes"),
            },
        ),
        (
            "D2",
            "job",
            {
                "label": "Délai moyen avant la première rencontre",
                "unit": "jours",
                "direction": Direction.DOWN,
                "baseline_value": 34.0,
                "target_value": 15.0,
            },
        ),
        (
            "D3",
            "trust",
            {
                "label": "Confiance en soi déclarée",
                "value_type": ValueType.SCALE,
                "scale_min": 1.0,
                "scale_max": 5.0,
                "baseline_value": 2.8,
                "target_value": 4.0,
            },
        ),
    )
    indicators = {
        code: services.framework.save_indicator(
            SaveRecord(None, {"objective_id": objectives[parent], "code": code, **shared, **values})
        ).value.id
        for code, parent, values in specs
    }
    return objectives, indicators


def _sites(services: "NotebookServices") -> dict[str, str]:
    return {
        key: services.sites.save(
            SaveRecord(None, {"name": name, "type": kind, "commune": commune})
        ).value.id
        for key, name, kind, commune in (
            ("mission", "Mission locale", SiteType.MISSION_LOCALE, "Argenteuil"),
            ("college", "Collège Jules-Verne", SiteType.COLLEGE, "Cergy"),
            ("ehpad", "EHPAD Les Tilleuls", SiteType.EHPAD, "Pontoise"),
        )
    }


def _visits(
    services: "NotebookServices", experiment: str, site: str, indicators: dict[str, str]
) -> dict[str, str]:
    made: dict[str, str] = {}
    for key, day, rate, delay, trust in (
        ("first", dt.date(2021, 4, 7), 36.0, 30.0, 2.9),
        ("last", dt.date(2021, 6, 2), 52.0, 19.0, 3.4),
    ):
        visit = services.visits.create(NewVisit(experiment, site, day)).value.id
        made[key] = visit
        for indicator, category, value, n in (
            ("D1", "", rate, 46),
            ("D1", "Femmes", rate + 6, 24),
            ("D1", "Hommes", rate - 6, 22),
            ("D2", "", delay, 46),
            ("D3", "", trust, 31),
        ):
            services.measures.record(
                RecordMeasure(
                    visit, indicators[indicator], category, MeasurementStatus.OBSERVED, value, n
                )
            )
    for polarity, words in (
        (Polarity.POSITIVE, "Mon mentor m’a fait comprendre ce qu’attend un employeur."),
        (Polarity.NEGATIVE, "Trouver un mentor pour les métiers manuels prend trop de temps."),
    ):
        services.findings.add(
            NewFinding(
                made["last"], words, kind=FindingKind.REPORTED, polarity=polarity, audience="Jeunes"
            )
        )
    for visit in made.values():
        services.visits.validate(visit)
    return made


def _follow_ups(
    services: "NotebookServices", experiments: dict[str, str], visit: str
) -> dict[str, str]:
    made = {}
    for key, what, due, where in (
        ("late", "Relancer la mission locale sur les conventions", -6, "duo"),
        ("soon", "Former l’équipe de nuit au nouvel outil", 4, "jexplore"),
        ("far", "Valider le questionnaire T1", 19, "duo"),
    ):
        command = NewFollowUp(
            what,
            "Insertion",
            DAY + dt.timedelta(due),
            visit if where == "duo" else None,
            experiments[where],
        )
        made[key] = services.follow_ups.add(command).value.id
    return made
