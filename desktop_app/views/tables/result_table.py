"""The results table: an objective's heading, then one row an indicator."""

import re
from collections.abc import Callable

from PySide6.QtCore import Qt

from desktop_app.exports.charts_bullet import result_sentence
from desktop_app.french import NBSP, NNBSP, date, quoted
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.figure_words import quote_origin
from desktop_app.services.results.rows import (
    Answer,
    IndicatorResult,
    Movement,
    ObjectiveResult,
    ResultSheet,
)
from desktop_app.services.results.words import state_text
from desktop_app.views.tables.grouped_model import Group, GroupedModel
from desktop_app.views.tables.result_text import (
    Lines,
    actual_lines,
    baseline_lines,
    label_lines,
    objective_pill,
    objective_tally,
    spoken,
    state_lines,
    state_said,
    target_lines,
)
from desktop_app.views.tables.row_model import ROW_ROLE, Column, Index
from desktop_app.views.widgets.pill import STATE_TONES

SPACES = f" {NBSP}{NNBSP}"
CODE, LABEL, BASELINE, ACTUAL, TARGET, BAR, STATE = range(7)


def columns(state_help: str, state_title: str = "État") -> tuple[Column[IndicatorResult], ...]:
    """``state_help`` explains the words of the column « État »."""
    return (
        Column("", lambda r: r.indicator.code, bold=True),
        _lined("Indicateur", label_lines),
        _lined("T0", baseline_lines, right=True),
        _lined("Actuel", actual_lines, right=True, said=actual_said),
        _lined("Cible", target_lines, right=True),
        Column("Trajectoire", lambda _r: "", said=result_sentence),
        Column(
            state_title,
            state_text,
            subline=lambda r: " · ".join(line.text for line in state_lines(r)),
            tone=lambda r: STATE_TONES[r.state],
            said=lambda r: f"{state_said(r)}\n\n{state_help}",
            help=state_help,
        ),
    )


def _lined(
    title: str,
    lines: Callable[[IndicatorResult], Lines],
    *,
    right: bool = False,
    said: Callable[[IndicatorResult], str] | None = None,
) -> Column[IndicatorResult]:
    """A column of one or more lines: the first is its text, the others stand under it."""
    return Column(
        title,
        lambda r: next((line.text for line in lines(r)), ""),
        subline=lambda r: " · ".join(line.text for line in lines(r)[1:]),
        said=said or (lambda r: spoken(lines(r))),
        right=right,
    )


def actual_said(result: IndicatorResult) -> str:
    """The figure and what it rests on; of a qualitative indicator, what was written."""
    if result.indicator.calculation is not Calculation.NONE:
        return spoken(actual_lines(result))
    quotes = [f"{quote(answer)}, {origin(answer)}" for answer in latest(result)]
    return "\n".join(quotes) or state_text(result)


def quote(answer: Answer) -> str:
    """In guillemets, once: those that someone typed around it go, those inside become “ ”."""
    words = " ".join(answer.text.split())
    if words.startswith("«") and words.endswith("»") and words.count("«") == 1:
        words = words[1:-1].strip(SPACES)
    inside = re.sub(f"[{SPACES}]*»", "”", re.sub(f"«[{SPACES}]*", "“", words))
    return quoted(inside)


def origin(answer: Answer) -> str:
    return quote_origin(answer.category, answer.site_name, date(answer.date))


def latest(result: IndicatorResult, most: int = 3) -> tuple[Answer, ...]:
    """The last answers, those of sites not yet heard first."""
    recent = sorted(result.answers, key=lambda answer: answer.date, reverse=True)
    heard: set[str] = set()
    first: list[Answer] = []
    for answer in recent:
        if answer.site_id not in heard:
            heard.add(answer.site_id)
            first.append(answer)
    return tuple([*first, *(answer for answer in recent if answer not in first)][:most])


def objective_text(number: int, statement: str) -> str:
    return f"Objectif {number} — {statement}"


class ResultTableModel(GroupedModel[ObjectiveResult, IndicatorResult]):
    def __init__(self, state_help: str) -> None:
        super().__init__(columns(state_help), _identity)
        self._help = state_help

    def explain(self, state_help: str) -> None:
        """The words of the states, as the rules are now; shown with the next sheet."""
        self._help = state_help

    def set_sheet(self, sheet: ResultSheet) -> None:
        self.columns = columns(self._help, f"État au {date(sheet.as_of)}")
        self.set_groups(
            [
                Group(
                    objective,
                    objective_text(number, objective.objective.statement),
                    objective_pill(objective.objective),
                    objective.results,
                )
                for number, objective in enumerate(sheet.objectives, start=1)
            ]
        )

    def first_of(self, movement: Movement) -> int:
        """The first indicator that moves so; -1 when none does."""
        places = (
            place
            for place, row in enumerate(self.records)
            if isinstance(row, IndicatorResult)
            and row.indicator.calculation is not Calculation.NONE
            and row.movement is movement
        )
        return next(places, -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A heading is heard with where its indicators stand."""
        found = super().data(index, role)
        if role != Qt.ItemDataRole.AccessibleTextRole or not isinstance(found, str):
            return found
        row = super().data(index, ROW_ROLE)
        if isinstance(row, ObjectiveResult):
            return f"{found}, {objective_tally(row)}"
        return found


def _identity(row: ObjectiveResult | IndicatorResult) -> str:
    return row.objective.id if isinstance(row, ObjectiveResult) else row.indicator.id
