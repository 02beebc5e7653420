"""The first page of the synthesis: what a decision maker must have read."""

from collections.abc import Iterable, Sequence

from desktop_app import french
from desktop_app.exports.charts_tally import tally_bar
from desktop_app.exports.pdf.common import joined
from desktop_app.exports.pdf.grid import Grid
from desktop_app.exports.pdf.story import Story
from desktop_app.exports.pdf.styles import WIDTH
from desktop_app.exports.pdf.text import lowered, markup, shortened
from desktop_app.exports.wording import sentence
from desktop_app.french import NBSP, NNBSP
from desktop_app.services.documents.rows import ExperimentDocument
from desktop_app.services.programme.experiment_rows import IndicatorRow
from desktop_app.services.results.reference_words import baseline_text, both_baselines_text
from desktop_app.services.results.rows import IndicatorResult, Reserve, ResultState, Tally
from desktop_app.services.results.tally_words import ended_text, tally_text
from desktop_app.services.results.words import (
    actual_text,
    basis_text,
    state_text,
    value_text,
)
from desktop_app.services.vocabulary import Level, ValueType, label

MOST_QUOTED = 3
NEXT = f"{NNBSP}; "
WORRYING = (ResultState.DECLINE, ResultState.LATE, ResultState.MISSED, ResultState.WATCH)
UNQUOTED = frozenset({Reserve.PAIR, Reserve.PART_OF_PERIOD, Reserve.OLDER_SERIES})
LEVELS = (Level.OUTCOME, Level.IMPACT, Level.OUTPUT, Level.VIABILITY)
"""As a decision maker asks: what changed for people, what was done, what lasts."""


def results_of(document: ExperimentDocument) -> list[IndicatorResult]:
    return [r for objective in document.sheet.objectives for r in objective.results]


def opening(story: Story, document: ExperimentDocument) -> None:
    """Title, scope, the box « En bref », the states level by level, then context and need."""
    experiment = document.sheet.experiment.experiment
    cohort = experiment.cohort
    promotion = f"Promotion {cohort.number}"
    if promotion in cohort.label:
        promotion = cohort.label
    elif cohort.label:
        promotion = f"{promotion} ({cohort.label})"
    story.title(shortened(experiment.enterprise.name or experiment.title))
    directorates = ", ".join(d.name for d in experiment.directorates)
    title = experiment.title if experiment.enterprise.name else ""
    phase = f"phase{NBSP}: {lowered(label(experiment.phase))}"
    story.text(joined([title, promotion, directorates, phase]), "subtitle")
    story.text(f"{document.header.scope}. {_days(document)}", "scope")
    if document.scope.include_drafts:
        story.text(sentence("drafts"), "mention")
    if document.header.illustrative:
        story.markup(markup(sentence("illustrative")), "mention")
    story.space(4)
    story.brief([markup_bold("En bref.", in_brief(document)), *_attention(document)])
    _levels(story, document)
    story.figures(_key_figures(document))
    _context(story, document)


def _days(document: ExperimentDocument) -> str:
    """When the visits it holds were made."""
    days = [visit.date for visit in document.visits]
    if not days:
        return "Aucune visite."
    first, last = french.date(min(days)), french.date(max(days))
    return f"Visites du {first} au {last}." if first != last else f"Une visite, le {first}."


def markup_bold(lead: str, text: str) -> str:
    return f"<b>{markup(lead)}</b> {markup(text)}"


def in_brief(document: ExperimentDocument) -> str:
    """How many indicators stand where, then the most telling of them."""
    overall = document.sheet.experiment
    results = results_of(document)
    day = french.long_date(document.sheet.as_of)
    if not any(r.actual is not None or r.answers for r in results):
        return f"Au {day}, aucune mesure ne permet encore de conclure."
    when = f"Au {day}, expérimentation terminée" if overall.ended else f"Au {day}"
    counts = tally_text(overall.tally, overall.qualitative).replace(" · ", ", ")
    missed = _missed(overall.tally).replace(" ", NBSP) if overall.ended else ""
    tail = f" ({missed})" if missed else ""
    whole = french.plural(overall.indicator_count, "indicateur")
    said = [f"{when}{NBSP}: {counts}, sur {whole}{tail}"]
    told = NEXT.join(quoted_result(r) for r in telling(document))
    if told:
        said.append(f"{told[:1].upper()}{told[1:]}")
    return "".join(f"{part}. " for part in said).rstrip()


def telling(document: ExperimentDocument) -> list[IndicatorResult]:
    """The first indicator of each objective that has a value to show, outcomes first."""
    objectives = sorted(document.sheet.objectives, key=lambda part: LEVELS.index(part.level))
    firsts = (_first(part.results) for part in objectives if part.level is not Level.VIABILITY)
    return [result for result in firsts if result is not None][:MOST_QUOTED]


def _first(results: Iterable[IndicatorResult]) -> IndicatorResult | None:
    return next((r for r in results if _stands_alone(r)), None)


def _stands_alone(result: IndicatorResult) -> bool:
    """Whether it may be quoted beside its target, away from its reserves."""
    return result.actual is not None and not result.masked and UNQUOTED.isdisjoint(result.reserves)


def quoted_result(result: IndicatorResult) -> str:
    """« emploi à 6 mois : 52 % (T0 31 %, cible 70 %, n = 46 personnes · 3 sites) »."""
    indicator = result.indicator
    details = []
    if result.baseline.differs:
        details.append(both_baselines_text(result))
    elif result.baseline.used is not None:
        details.append(f"T0 {baseline_text(result)}")
    if indicator.target_value is not None:
        target = value_text(indicator, indicator.target_value, result.decimals)
        details.append(f"cible {target}")
    details += [part for part in basis_text(result).split(" · ") if not part.startswith("IC ")]
    tail = f" ({', '.join(part for part in details if part)})"
    value = f"{actual_text(result)}{unit_suffix(indicator)}"
    return f"{lowered(shortened(indicator.label))}{NBSP}: {value}{tail}"


def unit_suffix(indicator: IndicatorRow) -> str:
    """« jours », « € »: a counted unit of one word; a percentage or a scale says its own."""
    unit = shortened(indicator.unit, 30)
    if indicator.value_type is not ValueType.NUMBER or " " in unit or unit.lower() == "nombre":
        return ""
    return f"{NNBSP}{unit}" if unit else ""


def _attention(document: ExperimentDocument) -> list[str]:
    """The points of attention, worst first, when there are some."""
    results = [r for r in results_of(document) if not r.masked]
    drifting = [r for state in WORRYING for r in results if r.state is state]
    if not drifting:
        return []
    names = NEXT.join(
        f"{lowered(shortened(r.indicator.label))} ({_inside(state_text(r))})"
        for r in drifting[:MOST_QUOTED]
    )
    more = len(drifting) - MOST_QUOTED
    tail = f", et {french.plural(more, 'autre')}" if more > 0 else ""
    lead = "Points d’attention." if len(drifting) > 1 else "Point d’attention."
    return [markup_bold(lead, f"{names[:1].upper()}{names[1:]}{tail}.")]


def _inside(state: str) -> str:
    """« non atteinte, 95 % du chemin »: a state within brackets has none of its own."""
    return lowered(state).replace(" (", ", ").rstrip(")")


def _levels(story: Story, document: ExperimentDocument) -> None:
    """The states counted level by level: never an average of unlike things."""
    overall = document.sheet.experiment
    if not overall.levels:
        return
    story.h2("Où en sont les indicateurs")
    grid = Grid(story, (82, 168, WIDTH - 250), plain=True)
    for level in overall.levels:
        words = tally_text(level.tally)
        name = label(level.level)
        row = grid.row().text(name, look="head")
        row.scene(tally_bar(level.tally, width=158, height=10, alt=f"{name}{NBSP}: {words}."))
        row.text(words, _missed(level.tally) if overall.ended else "")
    grid.close(after=1)
    story.text(sentence("levels_reading"), "note")


def _missed(tally: Tally) -> str:
    missed = ended_text(tally)
    return missed if tally.reached < tally.total else ""


def _key_figures(document: ExperimentDocument) -> Sequence[tuple[str, str]]:
    overall, sheet = document.sheet.experiment, document.sheet
    tally = overall.tally
    findings = sheet.positive_findings + sheet.neutral_findings + sheet.negative_findings
    done = "réalisée" if document.scope.include_drafts else "validée"
    reached = f"{french.number(tally.reached, 0)} sur {french.number(tally.total, 0)}"
    return [
        (reached if tally.total else french.MISSING, "indicateurs atteints"),
        _counted(overall.visit_count, f"visite {done}", f"visites {done}s"),
        _counted(overall.site_count, "site visité", "sites visités"),
        _counted(findings, "constat", "constats"),
    ]


def _counted(count: int, one: str, many: str) -> tuple[str, str]:
    return french.number(count), many if count > 1 else one


def _context(story: Story, document: ExperimentDocument) -> None:
    experiment = document.sheet.experiment.experiment
    story.h2("Contexte et besoin")
    entries = (
        ("Besoin social", experiment.social_need),
        ("Public visé", experiment.target_audience),
    )
    for name, text in entries:
        if text.strip():
            story.h3(name)
            story.text(text)
    if not any(text.strip() for _, text in entries):
        story.text("Le besoin social et le public visé ne sont pas renseignés.", "note")
    facts = [
        f"Période{NBSP}: {french.period(experiment.start_date, experiment.end_date)}"
        if experiment.start_date or experiment.end_date
        else "",
        "" if experiment.budget is None else f"budget{NBSP}: {french.euros(experiment.budget)}",
        f"ODD{NBSP}: {experiment.sdg_tags}" if experiment.sdg_tags else "",
    ]
    if any(facts):
        story.text(f"{joined(facts)}.", "note")
