"""The evaluation framework's table: objectives as headings, their indicators under them."""

from collections.abc import Sequence

from desktop_app.services.programme.experiment_rows import IndicatorRow, ObjectiveRow
from desktop_app.services.vocabulary import SHORT_LABELS, label
from desktop_app.views.tables.grouped_model import Group, GroupedModel
from desktop_app.views.tables.result_table import objective_text
from desktop_app.views.tables.result_text import unit_text, value_text
from desktop_app.views.tables.row_model import Column

COLUMNS: tuple[Column[IndicatorRow], ...] = (
    Column("", lambda i: i.code, bold=True),
    Column("Indicateur", lambda i: i.label, subline=unit_text),
    Column("T0", lambda i: value_text(i, i.baseline_value), right=True),
    Column("Cible", lambda i: value_text(i, i.target_value), right=True),
    Column("Fréquence", lambda i: label(i.frequency)),
)
LABEL = 1
FREQUENCY = 4


class FrameworkTableModel(GroupedModel[ObjectiveRow, IndicatorRow]):
    def __init__(self) -> None:
        super().__init__(COLUMNS, lambda row: row.id, headings_selectable=True)

    def set_objectives(self, objectives: Sequence[ObjectiveRow]) -> None:
        self.set_groups(
            [
                Group(
                    objective,
                    objective_text(number, objective.statement),
                    f"{label(objective.level)} · {SHORT_LABELS[objective.evaluation_question]}",
                    objective.indicators,
                )
                for number, objective in enumerate(objectives, start=1)
            ]
        )
