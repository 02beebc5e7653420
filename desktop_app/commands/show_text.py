"""What ``carnet-impact show`` prints for people: what drifts first, level by level."""

from collections.abc import Iterator, Mapping

from desktop_app import french
from desktop_app.commands.words import counted
from desktop_app.french import NBSP
from desktop_app.services.documents.rows import WorkbookDocument
from desktop_app.services.home.rows import NotebookInfo
from desktop_app.services.programme.experiment_words import (
    ended_on_text,
    level_tallies,
    level_text,
    phase_text,
    stale_text,
)
from desktop_app.services.results import words
from desktop_app.services.results.definition_words import change_text
from desktop_app.services.results.reference_words import baseline_text, both_baselines_text
from desktop_app.services.results.rows import (
    Answer,
    IndicatorResult,
    ResultSheet,
    ResultState,
    drift,
)
from desktop_app.services.vocabulary import Calculation, label


def text(document: WorkbookDocument, info: NotebookInfo, counts: Mapping[str, int]) -> str:
    lines = [
        info.title,
        f"Schéma {info.schema_version} · {info.path}",
        " · ".join(counted(code, count) for code, count in counts.items()),
        f"{document.header.scope}.",
    ]
    for sheet in sorted(document.sheets, key=lambda sheet: drift(sheet.experiment)):
        lines += ["", *_experiment(sheet)]
    return "\n".join(lines) + "\n"


def _experiment(sheet: ResultSheet) -> Iterator[str]:
    """Where it stands, then each level with its indicators."""
    result = sheet.experiment
    ended = ended_on_text(result, sheet.as_of)
    yield f"{result.experiment.code} {result.experiment.title}"
    yield f"  {words.joined([phase_text(result), ended, stale_text(result, sheet.as_of)])}"
    for level, tally in level_tallies(result):
        found = [r for part in sheet.objectives if part.level is level for r in part.results]
        if found:
            yield f"  {level_text(level, tally) if tally.total else label(level)}"
        for indicator in found:
            yield from _indicator(indicator)


def _indicator(result: IndicatorResult) -> Iterator[str]:
    """The figure and its state; what it rests on; what must be known to quote it."""
    row = result.indicator
    said = [] if row.calculation is Calculation.NONE else [_figure(result)]
    if not result.masked and result.state is not ResultState.UNJUDGED:
        said.append(_state(result))
    yield f"    {row.code} {row.label}{NBSP}: {' — '.join(said)}"
    day = "" if result.actual_date is None else f"au {french.date(result.actual_date)}"
    notes = [
        words.joined([words.basis_text(result), day, words.state_detail(result)]),
        both_baselines_text(result),
        *words.reserves_text(result),
        *(change_text(row, change) for change in result.history),
        *map(_answer, result.answers),
    ]
    yield from (f"      {note}" for note in notes if note)


def _figure(result: IndicatorResult) -> str:
    """« 47 % (T0 38 %, cible 60 %) »."""
    row, baseline = result.indicator, result.baseline
    ends = []
    if baseline.used is not None:
        ends.append(f"T0 {baseline_text(result)}")
    if row.target_value is not None:
        ends.append(f"cible {words.value_text(row, row.target_value, result.decimals)}")
    return words.actual_text(result) + (f" ({', '.join(ends)})" if ends else "")


def _state(result: IndicatorResult) -> str:
    """« En retard, 15 % du chemin »."""
    state, rate = words.state_text(result), words.rate_text(result)
    if not rate or result.state is ResultState.MISSED:
        return state
    return f"{state}, {rate} du chemin"


def _answer(answer: Answer) -> str:
    return f"{french.quoted(answer.text)} ({answer.site_name}, {french.date(answer.date)})"
