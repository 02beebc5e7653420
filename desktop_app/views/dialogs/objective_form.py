"""The form of an objective of the evaluation framework."""

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.services.changes import Outcome
from desktop_app.services.programme.experiment_rows import ObjectiveRow, SaveRecord
from desktop_app.services.vocabulary import LABELS, EvaluationQuestion, ObjectiveLevel
from desktop_app.views.dialogs.form_dialog import FormDialog, today_of
from desktop_app.views.dialogs.form_editors import FieldKind
from desktop_app.views.dialogs.record_form import FieldSpec, RecordForm, Section
from desktop_app.views.runtime.context import ScreenContext

SECTIONS = (
    Section(
        "",
        (
            FieldSpec(
                "statement",
                "Objectif",
                FieldKind.AREA,
                required="Écrivez l’objectif, par exemple "
                "«\u00a0Réduire les comportements-défis\u00a0».",
                help="Un changement visé, pour un public nommé.",
                width=6,
            ),
            FieldSpec(
                "level",
                "Niveau",
                FieldKind.CHOICE,
                options=tuple((level, LABELS[level]) for level in ObjectiveLevel),
                help="Réalisation\u00a0: ce qui est fait. Résultat\u00a0: ce qui change pour le "
                "public. Impact\u00a0: ce qui dure.",
            ),
            FieldSpec(
                "evaluation_question",
                "Question d’évaluation",
                FieldKind.CHOICE,
                options=tuple((question, LABELS[question]) for question in EvaluationQuestion),
            ),
        ),
    ),
)


class ObjectiveDialog(FormDialog):
    """Creates an objective of ``experiment_id``, or edits one; signal ``saved(ObjectiveRow)``."""

    def __init__(
        self,
        context: ScreenContext,
        experiment_id: str,
        objective: ObjectiveRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = "Nouvel objectif" if objective is None else "Modifier l’objectif"
        super().__init__(context, title, RecordForm(SECTIONS, today_of(context)), parent)
        self.form.load({"level": ObjectiveLevel.OUTCOME})
        if objective is not None:
            self.form.load(
                {
                    "statement": objective.statement,
                    "level": objective.level,
                    "evaluation_question": objective.evaluation_question,
                }
            )
        record_id = None if objective is None else objective.id

        def save(values: dict[str, object]) -> Outcome[Any]:
            if record_id is None:
                values = {"experiment_id": experiment_id, **values}
            return context.services.framework.save_objective(SaveRecord(record_id, values))

        self.save_with(save)
