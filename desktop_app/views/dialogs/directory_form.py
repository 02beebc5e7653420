"""Forms of the programme, its promotions, the directions métiers and the enterprises."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.services.changes import Changes, Outcome
from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.services.programme.identifiers import check_siret
from desktop_app.views.dialogs.form_dialog import FormDialog, today_of
from desktop_app.views.dialogs.form_editors import FieldKind
from desktop_app.views.dialogs.record_form import (
    FieldSpec,
    Problems,
    RecordForm,
    Section,
    refused,
)
from desktop_app.views.runtime.context import ScreenContext

PROGRAMME = (
    FieldSpec(
        "name",
        "Nom du programme",
        required="Donnez un nom au programme.",
        width=6,
    ),
    FieldSpec("territory", "Territoire", placeholder="Val d’Oise"),
    FieldSpec("operator", "Opérateur", help="Qui accompagne les entreprises sociales"),
    FieldSpec("contract_reference", "Référence du marché ou de la convention", width=4),
    FieldSpec("annual_budget", "Budget annuel (€)", FieldKind.NUMBER, width=2),
    FieldSpec("start_date", "Début", FieldKind.DATE),
    FieldSpec("end_date", "Fin", FieldKind.DATE),
)
COHORT = (
    FieldSpec(
        "number", "Numéro", FieldKind.COUNT, required="Donnez un numéro à la promotion.", width=2
    ),
    FieldSpec("label", "Intitulé", width=4, placeholder="Promotion 2021"),
    FieldSpec("start_date", "Début", FieldKind.DATE),
    FieldSpec("end_date", "Fin", FieldKind.DATE),
)
DIRECTORATE = (
    FieldSpec("code", "Code", required="Donnez un code court, par exemple DEFS.", width=2),
    FieldSpec("name", "Nom", required="Donnez un nom à la direction métier.", width=4),
)
ENTERPRISE = (
    FieldSpec("name", "Nom", required="Donnez un nom à l’entreprise sociale.", width=4),
    FieldSpec("legal_form", "Forme juridique", width=2, placeholder="SAS, association…"),
    FieldSpec("siret", "SIRET", help="14 chiffres"),
    FieldSpec("website", "Site internet"),
    FieldSpec("contact", "Contact", width=6, help="Une fonction et un service, pas un nom"),
)
FORMS: dict[str, tuple[FieldSpec, ...]] = {
    "programme": PROGRAMME,
    "cohort": COHORT,
    "directorate": DIRECTORATE,
    "enterprise": ENTERPRISE,
}
NEW: dict[str, str] = {
    "programme": "Le programme",
    "cohort": "Nouvelle promotion",
    "directorate": "Nouvelle direction métier",
    "enterprise": "Nouvelle entreprise",
}
EDIT: dict[str, str] = {
    "programme": "Le programme",
    "cohort": "Modifier la promotion",
    "directorate": "Modifier la direction métier",
    "enterprise": "Modifier l’entreprise",
}


def check_period(values: dict[str, object]) -> Problems:
    """An end before its start."""
    first, last = values.get("start_date"), values.get("end_date")
    if isinstance(first, dt.date) and isinstance(last, dt.date) and first > last:
        return [("end_date", "La fin est avant le début. Corrigez l’une des deux dates.")]
    return []


def check_cohort(values: dict[str, object]) -> Problems:
    problems = check_period(values)
    if values.get("number") == 0:
        problems.insert(0, ("number", "Le numéro d’une promotion commence à 1."))
    return problems


def check_enterprise(values: dict[str, object]) -> Problems:
    return refused(values, {"siret": check_siret})


CHECKS: dict[str, Callable[[dict[str, object]], Problems]] = {
    "programme": check_period,
    "cohort": check_cohort,
    "enterprise": check_enterprise,
}


class DirectoryFormDialog(FormDialog):
    """Creates or edits a programme, cohort, directorate or enterprise; signal ``saved(row)``."""

    def __init__(
        self,
        context: ScreenContext,
        entity: str,
        row: object | None = None,
        parent: QWidget | None = None,
    ) -> None:
        specs = FORMS[entity]
        form = RecordForm((Section("", specs),), today_of(context), CHECKS.get(entity))
        super().__init__(context, NEW[entity] if row is None else EDIT[entity], form, parent)
        if row is not None:
            form.load({spec.name: getattr(row, spec.name) for spec in specs})
        record_id = None if row is None else str(getattr(row, "id"))  # noqa: B009
        directory = context.services.directory
        savers: dict[str, Callable[[SaveRecord], Outcome[Any]]] = {
            "programme": directory.save_programme,
            "cohort": directory.save_cohort,
            "directorate": directory.save_directorate,
            "enterprise": directory.save_enterprise,
        }
        save = savers[entity]
        self.save_with(lambda values: save(SaveRecord(record_id, values)))


def _prefixed(prefix: str, specs: tuple[FieldSpec, ...]) -> tuple[FieldSpec, ...]:
    return tuple(
        FieldSpec(
            f"{prefix}_{spec.name}",
            spec.label,
            spec.kind,
            spec.required,
            spec.help,
            spec.options,
            spec.width,
            spec.placeholder,
        )
        for spec in specs
    )


def _part(prefix: str, values: dict[str, object]) -> dict[str, object]:
    start = f"{prefix}_"
    return {
        name.removeprefix(start): value for name, value in values.items() if name.startswith(start)
    }


def _check_start(values: dict[str, object]) -> Problems:
    problems: Problems = []
    for prefix, check in (("programme", check_period), ("cohort", check_cohort)):
        found = check(_part(prefix, values))
        problems += [(f"{prefix}_{name}", sentence) for name, sentence in found]
    return problems


class ProgrammeStartDialog(FormDialog):
    """An empty notebook's first step: the programme and its first promotion, in one form."""

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        sections = (
            Section("Le programme", _prefixed("programme", PROGRAMME)),
            Section("Sa promotion en cours", _prefixed("cohort", COHORT)),
        )
        form = RecordForm(sections, today_of(context), _check_start)
        super().__init__(context, "Le programme et sa promotion", form, parent)
        form.load({"cohort_number": 1})
        directory = context.services.directory

        def save(values: dict[str, object]) -> Outcome[Any]:
            known = directory.programme()
            programme_id = None if known is None else known.id
            first = directory.save_programme(SaveRecord(programme_id, _part("programme", values)))
            second = directory.save_cohort(SaveRecord(None, _part("cohort", values)))
            return Outcome(second.value, joined(first.changes, second.changes), second.hlc)

        self.save_with(save)


def joined(first: Changes, second: Changes) -> Changes:
    return Changes(first.kinds | second.kinds, first.ids | second.ids)
