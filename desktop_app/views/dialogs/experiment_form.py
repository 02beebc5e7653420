"""The form of an experiment: who runs it, in which promotion, for whom, where and when."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.services.changes import Outcome
from desktop_app.services.programme.experiment_rows import (
    CohortRow,
    DirectorateRow,
    EnterpriseRow,
    ExperimentRow,
    SaveRecord,
    SiteRow,
)
from desktop_app.services.vocabulary import LABELS, Phase
from desktop_app.views.dialogs.directory_form import check_period, joined
from desktop_app.views.dialogs.form_dialog import FormDialog, today_of
from desktop_app.views.dialogs.form_editors import FieldKind
from desktop_app.views.dialogs.record_form import FieldSpec, Problems, RecordForm, Section
from desktop_app.views.runtime.context import ScreenContext

NEW_ENTERPRISE = ""


@dataclass(frozen=True, slots=True)
class ExperimentChoices:
    """What the form offers, read off the UI thread before it opens."""

    cohorts: tuple[CohortRow, ...]
    enterprises: tuple[EnterpriseRow, ...]
    directorates: tuple[DirectorateRow, ...]
    sites: tuple[SiteRow, ...]
    experiment: ExperimentRow | None
    site_ids: tuple[str, ...]


def read_choices(context: ScreenContext, experiment_id: str | None) -> ExperimentChoices:
    services = context.services
    experiment = None if experiment_id is None else services.experiments.get(experiment_id)
    opened = () if experiment_id is None else services.experiments.sites(experiment_id)
    return ExperimentChoices(
        services.directory.cohorts(),
        services.directory.enterprises(),
        services.directory.directorates(),
        services.sites.list(),
        experiment,
        tuple(site.id for site in opened),
    )


def cohort_text(cohort: CohortRow) -> str:
    """« Promotion 2 · 2021 », or the label alone when it already says so."""
    name = f"Promotion {cohort.number}"
    if name in cohort.label:
        return cohort.label
    return f"{name} · {cohort.label}" if cohort.label else name


def site_text(site: SiteRow) -> str:
    return ", ".join(part for part in (site.name, site.commune) if part)


def sections(choices: ExperimentChoices) -> tuple[Section, ...]:
    return (
        Section("L’expérimentation", _identity(choices)),
        Section("Pour qui et pourquoi", PURPOSE),
        Section("Avec qui et où", _places(choices)),
    )


PURPOSE = (
    FieldSpec("social_need", "Besoin social", FieldKind.AREA, width=6),
    FieldSpec("target_audience", "Public visé", FieldKind.AREA, width=6),
    FieldSpec("sdg_tags", "Objectifs de développement durable", help="Ex. ODD 3, 10"),
    FieldSpec("final_decision", "Décision finale"),
)


def _identity(choices: ExperimentChoices) -> tuple[FieldSpec, ...]:
    known = tuple((row.id, row.name) for row in choices.enterprises)
    return (
        FieldSpec("code", "Code", required="Donnez un code court, ex. JEXPLORE.", width=2),
        FieldSpec("title", "Titre", required="Donnez un titre.", width=4),
        FieldSpec(
            "cohort_id",
            "Promotion",
            FieldKind.CHOICE,
            required="Choisissez une promotion. Créez-la d’abord dans Programme et "
            "promotions s’il n’y en a pas.",
            options=tuple((row.id, cohort_text(row)) for row in choices.cohorts),
        ),
        FieldSpec(
            "phase",
            "Phase",
            FieldKind.CHOICE,
            options=tuple((phase, LABELS[phase]) for phase in Phase),
        ),
        FieldSpec(
            "enterprise_id",
            "Entreprise sociale",
            FieldKind.CHOICE,
            options=(*known, (NEW_ENTERPRISE, "Nouvelle entreprise…")),
        ),
        FieldSpec(
            "enterprise_name",
            "Nom de l’entreprise",
            required="Donnez un nom à l’entreprise sociale.",
        ),
        FieldSpec("start_date", "Début", FieldKind.DATE, width=2),
        FieldSpec("end_date", "Fin", FieldKind.DATE, width=2),
        FieldSpec("budget", "Budget (€)", FieldKind.NUMBER, width=2),
    )


def _places(choices: ExperimentChoices) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(
            "directorate_ids",
            "Directions métiers concernées",
            FieldKind.CHECKS,
            options=tuple((row.id, row.name) for row in choices.directorates),
        ),
        FieldSpec(
            "site_ids",
            "Sites ouverts",
            FieldKind.CHECKS,
            options=tuple((row.id, site_text(row)) for row in choices.sites),
        ),
    )


def check_experiment(values: dict[str, object]) -> Problems:
    problems = check_period(values)
    budget = values.get("budget")
    if isinstance(budget, float) and budget < 0:
        problems.append(("budget", "Un budget ne peut pas être négatif."))
    return problems


def experiment_values(experiment: ExperimentRow, site_ids: tuple[str, ...]) -> dict[str, object]:
    names = (
        "code", "title", "phase", "start_date", "end_date", "budget",
        "social_need", "target_audience", "sdg_tags", "final_decision",
    )  # fmt: skip
    return {
        **{name: getattr(experiment, name) for name in names},
        "cohort_id": experiment.cohort.id,
        "enterprise_id": experiment.enterprise.id,
        "enterprise_name": "",
        "directorate_ids": tuple(row.id for row in experiment.directorates),
        "site_ids": site_ids,
    }


class ExperimentDialog(FormDialog):
    """Creates or edits an experiment; signal ``saved(ExperimentRow)``."""

    def __init__(
        self, context: ScreenContext, choices: ExperimentChoices, parent: QWidget | None = None
    ) -> None:
        experiment = choices.experiment
        title = "Nouvelle expérimentation" if experiment is None else "Modifier l’expérimentation"
        form = RecordForm(sections(choices), today_of(context), check_experiment)
        super().__init__(context, title, form, parent, width=760)
        if experiment is not None:
            form.load(experiment_values(experiment, choices.site_ids))
        else:
            latest = choices.cohorts[-1] if choices.cohorts else None
            form.load(
                {
                    "phase": Phase.EXPERIMENTATION,
                    "cohort_id": None if latest is None else latest.id,
                    "start_date": None if latest is None else latest.start_date,
                    "end_date": None if latest is None else latest.end_date,
                }
            )
        form.edited.connect(self._adapt)
        self._adapt()
        self.save_with(self._saver(None if experiment is None else experiment.id))

    def _adapt(self) -> None:
        new = self.form.current("enterprise_id") in (NEW_ENTERPRISE, None)
        self.form.show_field("enterprise_name", visible=new)

    def _saver(self, record_id: str | None) -> Callable[[dict[str, object]], Outcome[Any]]:
        """Saves the new enterprise first; a second try does not create it again."""
        services = self.context.services
        created: list[Outcome[EnterpriseRow]] = []

        def save(values: dict[str, object]) -> Outcome[Any]:
            kept = dict(values)
            name = kept.pop("enterprise_name")
            if not kept["enterprise_id"]:
                known = created[-1].value.id if created else None
                made = services.directory.save_enterprise(SaveRecord(known, {"name": name}))
                created.append(made)
                kept["enterprise_id"] = made.value.id
            outcome = services.experiments.save(SaveRecord(record_id, kept))
            if not created:
                return outcome
            changes = joined(created[0].changes, outcome.changes)
            return Outcome(outcome.value, changes, outcome.hlc)

        return save


def open_experiment_dialog(
    context: ScreenContext,
    parent: QWidget,
    experiment_id: str | None,
    on_saved: Callable[[ExperimentRow], object],
) -> None:
    """Reads what the form offers, then opens it over ``parent``'s window."""

    def show(choices: ExperimentChoices) -> None:
        dialog = ExperimentDialog(context, choices, parent.window())
        dialog.saved.connect(on_saved)
        dialog.open()

    context.operations.query(
        lambda: read_choices(context, experiment_id), show, owner=parent, key="experiment form"
    )
