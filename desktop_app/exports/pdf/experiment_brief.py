"""The first page of the synthesis: what a decision maker must have read."""

from collections.abc import Sequence

from desktop_app import french
from desktop_app.exports.charts import count_text, value_text
from desktop_app.exports.pdf.common import joined
from desktop_app.exports.pdf.story import Story
from desktop_app.exports.pdf.text import lowered, markup, shortened
from desktop_app.exports.pdf.wording import sentence
from desktop_app.services.document_rows import ExperimentDocument
from desktop_app.services.experiment_rows import IndicatorRow
from desktop_app.services.result_rows import IndicatorResult, ResultState
from desktop_app.services.vocabulary import ValueType, label

MOST_QUOTED = 3


def results_of(document: ExperimentDocument) -> list[IndicatorResult]:
    return [r for objective in document.sheet.objectives for r in objective.results]


def opening(story: Story, document: ExperimentDocument) -> None:
    """Title, the box « En bref », key figures, then context and need."""
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
    phase = f"phase{french.NBSP}: {lowered(label(experiment.phase))}"
    story.text(joined([title, promotion, directorates, phase]), "subtitle")
    if document.header.illustrative:
        story.markup(markup(sentence("illustrative")), "mention")
        story.space(5)
    story.brief(
        [markup_bold("En bref.", text) for text in (in_brief(document),)] + _watch(document)
    )
    story.figures(_key_figures(document))
    _context(story, document)


def markup_bold(lead: str, text: str) -> str:
    return f"<b>{markup(lead)}</b> {markup(text)}"


def in_brief(document: ExperimentDocument) -> str:
    """Two or three sentences made of the figures: progress, then the most telling indicators."""
    overall = document.sheet.experiment
    results = results_of(document)
    day = french.long_date(document.sheet.as_of)
    aimed = [r for r in results if r.indicator.target_value is not None]
    if not any(r.actual is not None for r in results):
        return f"Au {day}, aucune mesure ne permet encore de conclure."
    reached = overall.reached_count
    parts: list[str] = []
    if len(aimed) > 1:
        count = "aucune" if reached == 0 else french.number(reached)
        verb = "sont atteintes" if reached > 1 else "est atteinte" if reached else "n’est atteinte"
        parts.append(f"Au {day}, {count} des {len(aimed)} cibles {verb}")
    elif aimed:
        verb = "est" if reached else "n’est pas encore"
        parts.append(f"Au {day}, la cible {verb} atteinte")
    if overall.attainment is not None:
        progress = f"l’avancement moyen est de {french.percent(round(100 * overall.attainment))}"
        if overall.expected is not None and overall.expected < 1:
            progress += f", pour {french.percent(round(100 * overall.expected))} du temps écoulé"
        parts.append(f"{progress} ({lowered(label(overall.state))})")
    lead = "\u202f; ".join(parts)
    told = "\u202f; ".join(quoted_result(r) for r in telling(results))
    sentences = [part[:1].upper() + part[1:] for part in (lead, told) if part]
    return "".join(f"{part}. " for part in sentences).rstrip()


def telling(results: Sequence[IndicatorResult]) -> list[IndicatorResult]:
    """The first indicators of the framework that may be shown, whatever their state."""
    known = [r for r in results if r.shown and r.actual is not None]
    return known[:MOST_QUOTED]


def quoted_result(result: IndicatorResult) -> str:
    """« Emploi à 6 mois : 52 % (T0 : 31 %, cible : 70 %, n = 46) »."""
    indicator = result.indicator
    colon = f"{french.NBSP}: "
    details = []
    if indicator.baseline_value is not None:
        details.append(f"T0{colon}{value_text(result, indicator.baseline_value)}")
    if indicator.target_value is not None:
        details.append(f"cible{colon}{value_text(result, indicator.target_value)}")
    if result.n is not None and indicator.value_type is not ValueType.YES_NO:
        details.append(count_text(result.n))
    tail = f" ({', '.join(details)})" if details else ""
    value = f"{value_text(result, result.actual)}{unit_suffix(indicator)}"
    return f"{lowered(shortened(indicator.label))}{colon}{value}{tail}"


def unit_suffix(indicator: IndicatorRow) -> str:
    """« jours », « € »: a counted unit of one word; a percentage or a scale says its own."""
    unit = shortened(indicator.unit, 30)
    if indicator.value_type is not ValueType.NUMBER or " " in unit or unit.lower() == "nombre":
        return ""
    return f"{french.NNBSP}{unit}" if unit else ""


def _watch(document: ExperimentDocument) -> list[str]:
    """The point of attention, when there is one."""
    drifting = [
        r
        for state in (ResultState.LATE, ResultState.WATCH)
        for r in results_of(document)
        if r.state is state and r.shown
    ]
    if not drifting:
        return []
    names = "\u202f; ".join(
        f"{lowered(shortened(r.indicator.label))} ({lowered(label(r.state))})"
        for r in drifting[:MOST_QUOTED]
    )
    more = len(drifting) - MOST_QUOTED
    tail = f", et {french.plural(more, 'autre')}" if more > 0 else ""
    lead = "Points d’attention." if len(drifting) > 1 else "Point d’attention."
    return [markup_bold(lead, f"{names[:1].upper()}{names[1:]}{tail}.")]


def _key_figures(document: ExperimentDocument) -> list[tuple[str, str]]:
    overall, sheet = document.sheet.experiment, document.sheet
    aimed = sum(r.indicator.target_value is not None for r in results_of(document))
    attainment = overall.attainment
    findings = sheet.positive_findings + sheet.neutral_findings + sheet.negative_findings
    done = "réalisée" if document.scope.include_drafts else "validée"
    return [
        (
            french.MISSING if attainment is None else french.percent(round(100 * attainment)),
            "du chemin vers les cibles",
        ),
        (f"{overall.reached_count} / {aimed}" if aimed else french.MISSING, "cibles atteintes"),
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
        f"Période{french.NBSP}: {french.period(experiment.start_date, experiment.end_date)}"
        if experiment.start_date or experiment.end_date
        else "",
        ""
        if experiment.budget is None
        else f"budget{french.NBSP}: {french.euros(experiment.budget)}",
        f"ODD{french.NBSP}: {experiment.sdg_tags}" if experiment.sdg_tags else "",
    ]
    if any(facts):
        story.text(f"{joined(facts)}.", "note")
