"""The table of results of a question, and what must be read with each figure."""

from collections.abc import Sequence

from desktop_app.exports.charts_bullet import indicator_bullet
from desktop_app.exports.pdf.common import STATE_TONES, joined
from desktop_app.exports.pdf.grid import Grid, Row
from desktop_app.exports.pdf.story import Story
from desktop_app.exports.pdf.styles import WIDTH
from desktop_app.exports.pdf.text import lowered
from desktop_app.french import NBSP
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.definition_words import change_text
from desktop_app.services.results.reference_words import (
    baseline_detail,
    baseline_text,
    same_sites_text,
)
from desktop_app.services.results.rows import (
    DefinitionChange,
    IndicatorResult,
    ObjectiveResult,
    ResultState,
)
from desktop_app.services.results.words import (
    actual_text,
    basis_text,
    rate_text,
    reserves_text,
    state_detail,
    state_text,
    value_text,
)
from desktop_app.services.vocabulary import Direction, label

BAR = 62.0
COLUMNS = (WIDTH - 386, 68, 84, 40, BAR + 10, 38, 84)
LINE = 21  # characters that hold on a line of the column « Actuel »
SEPARATOR = " · "
SENSES = {Direction.DOWN: "à faire baisser", Direction.KEEP: "à maintenir"}


def results_table(story: Story, objectives: Sequence[ObjectiveResult]) -> float:
    """Returns the height of what a page break must not cut: down to the first indicator."""
    grid = Grid(story, COLUMNS, rights=(1, 2, 3, 5))
    grid.head("Indicateur", "T0", "Actuel", "Cible", "Trajectoire", "Chemin", "État")
    for objective in objectives:
        row = objective.objective
        grid.group(f"{row.statement} – {lowered(label(objective.level))}")
        for result in objective.results:
            _result_row(grid, result)
            if said := remark(result):
                grid.remark(said)
    first = 4 if 3 in grid.remarks else 3
    return grid.close(after=3, first=first)


def _result_row(grid: Grid, result: IndicatorResult) -> None:
    indicator = result.indicator
    sense = SENSES.get(indicator.direction, "")
    wordy = indicator.calculation is Calculation.NONE
    under = joined([indicator.code, indicator.unit, "" if wordy else sense])
    row = grid.row().text(indicator.label, under)
    row.text(*baseline_cell(result))
    row.text(actual_text(result), in_lines(basis_text(result)), strong=True)
    target = value_text(indicator, indicator.target_value, result.decimals)
    row.text(target, "amendée" if _target_changes(result) else "")
    if wordy:
        row.text("").text("")
    else:
        row.scene(indicator_bullet(result, width=BAR, height=11))
        row.text("" if result.masked else rate_text(result), strong=True)
    _state(row, result)


def baseline_cell(result: IndicatorResult) -> tuple[str, str]:
    """T0 and where it comes from; of a masked figure, what was agreed and nothing measured."""
    if result.masked:
        agreed = result.baseline.agreed
        return value_text(result.indicator, agreed), "" if agreed is None else "convenu"
    return baseline_text(result), baseline_detail(result)


def _target_changes(result: IndicatorResult) -> list[DefinitionChange]:
    """A target that was changed is told beside the state it gives."""
    return [
        change
        for change in result.history
        if any(name == "target_value" for name, _, _ in change.changes)
    ]


def _state(row: Row, result: IndicatorResult) -> None:
    detail = state_detail(result)
    if result.masked or result.state is not ResultState.UNJUDGED:
        text, _, rest = state_text(result).partition(" (")
        tone = "neutral" if result.masked else STATE_TONES[result.state]
        notes = (f"({rest}" if rest else "", detail)
        row.pill(text, tone, "\n".join(note for note in notes if note))
    else:
        row.text(state_text(result), detail)


def remark(result: IndicatorResult) -> str:
    """What the figure is to be read with, and the change on the same sites; often nothing."""
    amended = [change_text(result.indicator, change) for change in _target_changes(result)]
    said = dict.fromkeys([*amended, *reserves_text(result), same_sites_text(result)])
    return " ".join(part for part in said if part)


def in_lines(said: str) -> str:
    """« n = 46 · 3 sites », then « IC 95 % : 38–66 % »: cut between its parts alone."""
    lines: list[str] = []
    for part in said.split(SEPARATOR):
        longer = SEPARATOR.join([lines[-1], part]) if lines else part
        if lines and len(longer) <= LINE:
            lines[-1] = longer
        else:
            lines.append(part)
    return "\n".join(line.replace(" ", NBSP) if len(line) <= LINE else line for line in lines)
