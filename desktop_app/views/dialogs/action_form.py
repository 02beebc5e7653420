"""The form of a follow-up: what, who (a function), before when, once done."""

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.services.changes import Outcome
from desktop_app.services.programme.experiment_rows import ExperimentRow
from desktop_app.services.visits.visit_rows import EditFollowUp, FollowUpRow, NewFollowUp
from desktop_app.views.dialogs.form_dialog import FormDialog, today_of
from desktop_app.views.dialogs.form_editors import FieldKind
from desktop_app.views.dialogs.record_form import FieldSpec, RecordForm, Section
from desktop_app.views.runtime.context import ScreenContext


def _specs(experiments: tuple[ExperimentRow, ...], *, new: bool) -> tuple[FieldSpec, ...]:
    shared = (
        FieldSpec(
            "what",
            "Action",
            FieldKind.AREA,
            required="Dites ce qui est à faire, par exemple «\u00a0Envoyer le devis\u00a0».",
            width=6,
        ),
        FieldSpec("who", "Qui", help="Une fonction ou un service, pas un nom"),
        FieldSpec("due_date", "Échéance", FieldKind.DATE),
    )
    if not new:
        return (*shared, FieldSpec("done_date", "Faite le", FieldKind.DATE))
    choices = tuple((row.id, f"{row.enterprise.name} · {row.code}") for row in experiments)
    return (
        FieldSpec(
            "experiment_id",
            "Expérimentation",
            FieldKind.CHOICE,
            required="Choisissez l’expérimentation que cette action concerne.",
            options=choices,
            width=6,
        ),
        *shared,
    )


class ActionDialog(FormDialog):
    """Creates a follow-up outside any visit, or edits one; signal ``saved(FollowUpRow)``."""

    def __init__(
        self,
        context: ScreenContext,
        row: FollowUpRow | None = None,
        experiments: tuple[ExperimentRow, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        title = "Nouvelle action" if row is None else "Modifier l’action"
        specs = _specs(experiments, new=row is None)
        form = RecordForm((Section("", specs),), today_of(context))
        super().__init__(context, title, form, parent)
        follow_ups = context.services.follow_ups
        if row is not None:
            form.load({spec.name: getattr(row, spec.name) for spec in specs})

        def save(values: dict[str, object]) -> Outcome[Any]:
            if row is not None:
                return follow_ups.edit(EditFollowUp(row.id, values))
            return follow_ups.add(NewFollowUp(**values))  # type: ignore[arg-type]

        self.save_with(save)
