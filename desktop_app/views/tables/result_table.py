"""The results table: an objective's heading, then one row an indicator."""

from desktop_app.exports.charts import result_sentence
from desktop_app.services.result_rows import IndicatorResult, ObjectiveResult, ResultSheet
from desktop_app.services.vocabulary import label
from desktop_app.views.tables.grouped_model import Group, GroupedModel
from desktop_app.views.tables.result_text import (
    actual_detail,
    actual_text,
    unit_text,
    value_text,
)
from desktop_app.views.tables.row_model import Column
from desktop_app.views.widgets.pill import STATE_TONES

CODE, LABEL, BASELINE, ACTUAL, TARGET, BAR, STATE = range(7)


def columns(state_help: str) -> tuple[Column[IndicatorResult], ...]:
    """``state_help`` explains the words of the column « État »."""
    return (
        Column("", lambda r: r.indicator.code, bold=True),
        Column("Indicateur", lambda r: r.indicator.label, subline=lambda r: unit_text(r.indicator)),
        Column(
            "Référence T0",
            lambda r: value_text(r.indicator, r.indicator.baseline_value),
            right=True,
        ),
        Column("Actuel", actual_text, subline=actual_detail, right=True, bold=True),
        Column("Cible", lambda r: value_text(r.indicator, r.indicator.target_value), right=True),
        Column("Trajectoire", lambda _r: "", said=result_sentence),
        Column(
            "État",
            lambda r: label(r.state),
            tone=lambda r: STATE_TONES[r.state],
            said=lambda r: f"{label(r.state)}\n\n{state_help}",
            help=state_help,
        ),
    )


def objective_text(number: int, statement: str) -> str:
    return f"Objectif {number} — {statement}"


class ResultTableModel(GroupedModel[ObjectiveResult, IndicatorResult]):
    def __init__(self, state_help: str) -> None:
        super().__init__(columns(state_help), _identity)

    def explain(self, state_help: str) -> None:
        """The words of the states, as the settings are now; shown with the next sheet."""
        self.columns = columns(state_help)

    def set_sheet(self, sheet: ResultSheet) -> None:
        self.set_groups(
            [
                Group(
                    objective,
                    objective_text(number, objective.objective.statement),
                    label(objective.objective.level),
                    objective.results,
                )
                for number, objective in enumerate(sheet.objectives, start=1)
            ]
        )


def _identity(row: ObjectiveResult | IndicatorResult) -> str:
    return row.objective.id if isinstance(row, ObjectiveResult) else row.indicator.id
