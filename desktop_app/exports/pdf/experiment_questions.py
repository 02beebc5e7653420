"""The four evaluation questions: results, trajectories, audiences, findings."""

from collections.abc import Callable, Sequence
from functools import partial

from desktop_app import french
from desktop_app.exports.charts import (
    Scene,
    category_bars,
    count_text,
    indicator_bullet,
    indicator_trajectory,
    value_text,
)
from desktop_app.exports.pdf.common import STATE_TONES, finding_item, joined, polarity_counts
from desktop_app.exports.pdf.grid import Grid
from desktop_app.exports.pdf.story import Story
from desktop_app.exports.pdf.styles import WIDTH
from desktop_app.exports.pdf.text import lowered
from desktop_app.exports.pdf.wording import question, sentence
from desktop_app.services.document_rows import ExperimentDocument
from desktop_app.services.result_rows import (
    IndicatorResult,
    ObjectiveResult,
    Thresholds,
    TrajectoryPoint,
)
from desktop_app.services.visit_rows import FindingRow
from desktop_app.services.vocabulary import (
    EvaluationQuestion,
    FindingKind,
    Polarity,
    ValueType,
    label,
)

COLUMNS = (WIDTH - 358, 46, 92, 46, 92, 82)
HALF = WIDTH / 2 - 10
MOST_CHARTS = 6
Chart = tuple[str, Callable[..., Scene]]
SHARES = {Polarity.POSITIVE: 3, Polarity.NEGATIVE: 2, Polarity.NEUTRAL: 1}


def question_sections(story: Story, document: ExperimentDocument) -> set[str]:
    """One section a question. Returns the ids of the findings already told."""
    told: set[str] = set()
    for number, code in enumerate(EvaluationQuestion, start=1):
        title, full = question(code)
        objectives = [
            o for o in document.sheet.objectives if o.objective.evaluation_question is code
        ]
        findings = [f for f in document.findings if f.evaluation_question is code]
        story.h2(f"{number}. {title}", room=150 if objectives or findings else 90)
        story.text(full, "question")
        measured = [o for o in objectives if o.results]
        if measured:
            _table(story, measured, document.thresholds, first=not told and number == 1)
            _charts(story, measured, document)
        elif not findings:
            story.text("Aucun indicateur ni constat ne répond encore à cette question.", "note")
            continue
        else:
            story.text("Aucun indicateur ne porte sur cette question.", "note")
        told |= _findings(story, findings)
    return told


def _table(
    story: Story, objectives: Sequence[ObjectiveResult], thresholds: Thresholds, *, first: bool
) -> None:
    grid = Grid(story, COLUMNS, rights=(1, 2, 3))
    grid.head("Indicateur", "T0", "Actuel", "Cible", "Trajectoire", "État")
    for objective in objectives:
        row = objective.objective
        grid.group(f"{row.statement} – {lowered(label(row.level))}")
        for result in objective.results:
            _result_row(grid, result, thresholds)
    grid.close(after=3)
    if first:
        story.text(sentence("charts_reading"), "note")


def _result_row(grid: Grid, result: IndicatorResult, thresholds: Thresholds) -> None:
    indicator = result.indicator
    name = f"{indicator.code} – {indicator.label}" if indicator.code else indicator.label
    qualitative = indicator.value_type is ValueType.QUALITATIVE
    row = grid.row().text(name, joined([indicator.unit, _sense(result)]))
    row.text(value_text(result, indicator.baseline_value))
    if qualitative:
        row.text("qualitatif", french.plural(result.measurement_count, "relevé"))
    elif not result.shown:
        row.text("non affiché", result.hidden_reason)
    else:
        row.text(value_text(result, result.actual), evidence(result, thresholds), strong=True)
    row.text(value_text(result, indicator.target_value))
    if qualitative:
        row.text(french.MISSING)
    else:
        row.scene(indicator_bullet(result, width=COLUMNS[4] - 12, height=11))
    if qualitative:
        row.pill("Voir constats", "neutral")
    elif not result.shown:
        row.pill("Non affiché", "neutral")
    else:
        row.pill(label(result.state), STATE_TONES[result.state])


def _sense(result: IndicatorResult) -> str:
    return "à faire baisser" if result.indicator.direction.value == "down" else ""


def evidence(result: IndicatorResult, thresholds: Thresholds) -> str:
    """Under an actual value: its n, its interval, else its day."""
    lines = []
    if result.indicator.value_type is ValueType.YES_NO:
        lines.append(french.plural(result.site_count, "site"))
    elif result.n is not None:
        few = result.n < thresholds.mask_below
        lines.append(f"n < {thresholds.mask_below}" if few else count_text(result.n))
    if result.interval is not None:
        low, high = round(result.interval.low), round(result.interval.high)
        lines.append(f"IC 95\u202f%\u00a0: {low}–{high}\u202f%")
    if not lines and result.actual_date is not None:
        lines.append(f"au {french.date(result.actual_date)}")
    return "\n".join(lines)


def publishable(
    result: IndicatorResult, points: Sequence[TrajectoryPoint], thresholds: Thresholds
) -> list[TrajectoryPoint]:
    """The points that rest on enough people to leave the program."""
    if not result.shown:
        return []
    percentage = result.indicator.value_type is ValueType.PERCENTAGE
    floor = max(thresholds.mask_below, thresholds.min_n_percentage if percentage else 0)
    return [p for p in points if p.n is None or p.n >= floor]


def _charts(
    story: Story, objectives: Sequence[ObjectiveResult], document: ExperimentDocument
) -> None:
    series = dict(document.trajectories)
    lines: list[Chart] = []
    bars: list[Chart] = []
    for result in (r for o in objectives for r in o.results):
        indicator = result.indicator
        points = publishable(result, series.get(indicator.id, ()), document.thresholds)
        if len(points) > 1 and indicator.value_type is not ValueType.YES_NO:
            title = f"Évolution\u00a0: {indicator.label}"
            lines.append((title, partial(indicator_trajectory, result, points, height=94)))
        if result.shown and any(c.masked or c.actual is not None for c in result.by_category):
            title = f"{indicator.label}, par {lowered(indicator.disaggregation or 'public')}"
            percentage = indicator.value_type is ValueType.PERCENTAGE
            bars.append(
                (
                    title,
                    partial(
                        category_bars,
                        result.by_category,
                        percentage=percentage,
                        title=title,
                        size=8,
                    ),
                )
            )
    story.scenes(paired([*lines[:MOST_CHARTS], *bars]))
    sources = dict.fromkeys(r.indicator.source for o in objectives for r in o.results)
    named = "\u202f; ".join(source for source in sources if source)
    if named and (lines or bars):
        story.text(f"Sources\u00a0: {named}.", "note")


def paired(charts: Sequence[Chart]) -> list[list[tuple[str, Scene]]]:
    """Two charts a row; an odd one out takes the whole width."""
    rows = [charts[index : index + 2] for index in range(0, len(charts), 2)]
    return [
        [(title, draw(width=HALF if len(row) == 2 else WIDTH)) for title, draw in row]
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
