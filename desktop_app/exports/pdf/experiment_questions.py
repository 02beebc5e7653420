"""The four evaluation questions: results, trajectories, audiences, answers, findings."""

from collections.abc import Callable, Sequence
from functools import partial

from desktop_app.exports.charts_bars import category_bars
from desktop_app.exports.charts_scene import Scene
from desktop_app.exports.charts_trajectory import indicator_trajectory
from desktop_app.exports.pdf.answers import answers
from desktop_app.exports.pdf.common import finding_item, polarity_counts
from desktop_app.exports.pdf.experiment_table import results_table
from desktop_app.exports.pdf.story import Story
from desktop_app.exports.pdf.styles import WIDTH
from desktop_app.exports.pdf.text import lowered
from desktop_app.exports.wording import question, sentence
from desktop_app.french import NBSP, NNBSP
from desktop_app.services.documents.rows import ExperimentDocument
from desktop_app.services.results.figure_words import breakdown_base
from desktop_app.services.results.rows import IndicatorResult, ObjectiveResult, Thresholds
from desktop_app.services.visits.visit_rows import FindingRow
from desktop_app.services.vocabulary import (
    EvaluationQuestion,
    FindingKind,
    Polarity,
    ValueType,
)

HALF = WIDTH / 2 - 10
HEADING = 52.0  # points of a section's title and question
MOST_CHARTS = 6
Chart = tuple[str, str, Callable[..., Scene]]
"""Its title, what is to be known to read it, how it is drawn."""

SHARES = {Polarity.POSITIVE: 3, Polarity.NEGATIVE: 2, Polarity.NEUTRAL: 1}


def question_sections(story: Story, document: ExperimentDocument) -> set[str]:
    """One section a question. Returns the ids of the findings already told."""
    told: set[str] = set()
    read = False  # how to read a table, under the first one
    for number, code in enumerate(EvaluationQuestion, start=1):
        title, full = question(code)
        objectives = [
            o for o in document.sheet.objectives if o.objective.evaluation_question is code
        ]
        findings = [f for f in document.findings if f.evaluation_question is code]
        start = story.h2(f"{number}. {title}", room=150 if findings else 90)
        story.text(full, "question")
        measured = [o for o in objectives if o.results]
        if measured:
            start.height = HEADING + results_table(story, measured)
            if not read:
                story.text(sentence("charts_reading"), "note")
            read = True
            _charts(story, measured, document)
            answers(story, [r for o in measured for r in o.results])
        elif not findings:
            story.text("Aucun indicateur ni constat ne répond encore à cette question.", "note")
            continue
        else:
            story.text("Aucun indicateur ne porte sur cette question.", "note")
        told |= _findings(story, findings)
    return told


def _charts(
    story: Story, objectives: Sequence[ObjectiveResult], document: ExperimentDocument
) -> None:
    series = dict(document.trajectories)
    lines: list[Chart] = []
    bars: list[Chart] = []
    for result in (r for o in objectives for r in o.results if not r.masked):
        indicator = result.indicator
        points = series.get(indicator.id, ())
        if len(points) > 1 and indicator.value_type is not ValueType.YES_NO:
            title = f"Évolution{NBSP}: {indicator.label}"
            least = document.thresholds.min_n_percentage
            draw = partial(indicator_trajectory, result, points, least=least, height=86)
            lines.append((title, "", draw))
        if any(c.masked or c.actual is not None for c in result.by_category):
            bars.append(_breakdown(result, document.thresholds))
    story.scenes(paired([*lines[:MOST_CHARTS], *bars]))
    sources = dict.fromkeys(r.indicator.source for o in objectives for r in o.results)
    named = f"{NNBSP}; ".join(source for source in sources if source)
    if named and (lines or bars):
        story.text(f"Sources{NBSP}: {named}.", "note")


def _breakdown(result: IndicatorResult, thresholds: Thresholds) -> Chart:
    indicator = result.indicator
    title = f"{indicator.label}, par {lowered(indicator.disaggregation or 'public')}"
    draw = partial(
        category_bars,
        result.by_category,
        percentage=indicator.value_type is ValueType.PERCENTAGE,
        decimals=result.decimals,
        least=thresholds.min_n_percentage,
        title=title,
        size=8,
    )
    return title, breakdown_base(result), draw


def paired(charts: Sequence[Chart]) -> list[list[tuple[str, str, Scene]]]:
    """Two charts a row; an odd one out takes the whole width."""
    rows = [charts[index : index + 2] for index in range(0, len(charts), 2)]
    return [
        [(title, said, draw(width=HALF if len(row) == 2 else WIDTH)) for title, said, draw in row]
        for row in rows
    ]


def _findings(story: Story, findings: Sequence[FindingRow]) -> set[str]:
    if not findings:
        story.text("Aucun constat n’a été noté sur cette question.", "note")
        return set()
    chosen = striking(findings)
    story.h3("Ce que disent les constats")
    more = len(findings) - len(chosen)
    tail = " Les autres sont en annexe." if more else ""
    story.text(f"{polarity_counts(findings)}{tail}", "note")
    story.items(finding_item(row, where=True, kind=True) for row in chosen)
    return {row.id for row in chosen}


def striking(findings: Sequence[FindingRow]) -> list[FindingRow]:
    """At most six findings, favourable or not: quotes first, then the strongest and latest."""

    def rank(row: FindingRow) -> tuple[bool, int, int, int]:
        reported = row.kind is FindingKind.REPORTED
        return not reported, -(row.intensity or 0), -row.visit_date.toordinal(), row.position

    chosen: list[FindingRow] = []
    for polarity, share in SHARES.items():
        chosen += sorted((f for f in findings if f.polarity is polarity), key=rank)[:share]
    return chosen
