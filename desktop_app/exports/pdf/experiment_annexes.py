"""The annexes: method and limits, indicator sheets, the other findings, the glossary."""

import datetime as dt

from reportlab.platypus import Flowable, KeepTogether

from desktop_app import french
from desktop_app.exports.charts import value_text
from desktop_app.exports.pdf.common import definitions, finding_item, joined
from desktop_app.exports.pdf.experiment_brief import results_of
from desktop_app.exports.pdf.flowables import TaggedParagraph
from desktop_app.exports.pdf.story import Story
from desktop_app.exports.pdf.styles import style
from desktop_app.exports.pdf.text import lowered
from desktop_app.exports.pdf.wording import glossary, question, sentence
from desktop_app.services.document_rows import ExperimentDocument
from desktop_app.services.result_rows import IndicatorResult
from desktop_app.services.vocabulary import EvaluationQuestion, ValueType, label

KEPT_TOGETHER = 2000  # characters of a sheet that is not to be cut by a page break


def annexes(story: Story, document: ExperimentDocument, told: set[str]) -> None:
    _method(story, document)
    _sheets(story, document)
    _other_findings(story, document, told)
    _glossary(story, document)


def _method(story: Story, document: ExperimentDocument) -> None:
    story.h2("Méthode et limites")
    story.text(sentence("method"))
    results = results_of(document)
    said = [scope_sentence(document)]
    recorded = sum(r.measurement_count for r in results)
    absent = sum(r.not_observed_count for r in results)
    if recorded:
        tail = ""
        if absent:
            share = french.percent(round(100 * absent / recorded))
            tail = f", dont {french.plural(absent, 'non observé')} ({share})"
        said.append(f"Relevés pris en compte\u00a0: {french.number(recorded)}{tail}.")
    if any(r.indicator.limits.strip() for r in results):
        said.append("Les limites propres à chaque indicateur sont dans sa fiche, en annexe.")
    story.text(" ".join(said))


def scope_sentence(document: ExperimentDocument) -> str:
    """Which data the document rests on, and who established it."""
    scope, header = document.scope, document.header
    parts = [f"résultats connus au {french.long_date(document.sheet.as_of)}"]
    if scope.since is not None:
        parts.append(f"visites depuis le {french.date(scope.since)}")
    if scope.site_id is not None:
        parts.append("un seul site")
    parts.append(
        "visites en brouillon comprises" if scope.include_drafts else "visites validées seulement"
    )
    by = header.organisation or header.author
    maker = f" ({by})" if by else ""
    day = french.date(header.generated_at.astimezone().date())
    return f"Périmètre\u00a0: {', '.join(parts)}. Document établi le {day}{maker}."


def _sheets(story: Story, document: ExperimentDocument) -> None:
    story.h2("Annexe – Fiches indicateurs", room=170)
    results = results_of(document)
    if not results:
        story.text("Aucun indicateur n’est défini.", "note")
    for result in results:
        indicator = result.indicator
        name = f"{indicator.code} – {indicator.label}" if indicator.code else indicator.label
        story.h3(name)
        start = len(story.flowables) - 1
        formula = indicator.formula or " / ".join(
            part for part in (indicator.numerator, indicator.denominator) if part
        )
        described = [_end(indicator.definition)] if indicator.definition.strip() else []
        if formula.strip():
            described.append(f"Formule\u00a0: {_end(formula)}")
        if indicator.limits.strip():
            described.append(f"Limites\u00a0: {_end(indicator.limits)}")
        story.text(" ".join(described), "definition")
        story.text(joined([_bounds(result), _collected(result)]), "definition")
        story.text(joined(_traits(result)), "traits")
        if len("".join(described)) < KEPT_TOGETHER:
            story.flowables[start:] = [KeepTogether(story.flowables[start:])]


def _end(text: str) -> str:
    """A sentence ends with a point."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _traits(result: IndicatorResult) -> list[str]:
    """What kind of figure it is and where it comes from, in a few words each."""
    indicator = result.indicator
    kind = label(indicator.value_type)
    if indicator.value_type is ValueType.SCALE:
        low, high = french.number(indicator.scale_min), french.number(indicator.scale_max)
        kind = f"{kind} de {low} à {high}"
    elif indicator.unit and indicator.unit.lower() != kind.lower():
        kind = f"{kind} ({indicator.unit})"
    named = (
        ("source", indicator.source),
        ("méthode", indicator.method),
        ("fréquence", lowered(label(indicator.frequency))),
        ("ventilation", indicator.disaggregation),
        ("responsable", indicator.owner),
        ("version", french.number(indicator.version) if indicator.version > 1 else ""),
    )
    said = [f"{name}\u00a0: {value}" for name, value in named if value.strip()]
    return [kind, lowered(label(indicator.direction)), lowered(label(indicator.aggregation)), *said]


def _bounds(result: IndicatorResult) -> str:
    """« T0 31 % (01/03/2021) → cible 70 % (30/11/2021) »."""
    indicator = result.indicator
    baseline = _dated(result, indicator.baseline_value, indicator.baseline_date)
    target = _dated(result, indicator.target_value, indicator.target_date)
    ends = (f"T0 {baseline}" if baseline else "", f"cible {target}" if target else "")
    said = " → ".join(end for end in ends if end)
    return said[:1].upper() + said[1:]


def _dated(result: IndicatorResult, value: float | None, day: dt.date | None) -> str:
    if value is None:
        return ""
    when = "" if day is None else f" ({french.date(day)})"
    return f"{value_text(result, value)}{when}"


def _collected(result: IndicatorResult) -> str:
    if not result.measurement_count:
        return "aucun relevé"
    parts = [
        french.plural(result.measurement_count, "relevé"),
        f"sur {french.plural(result.site_count, 'site')}" if result.site_count else "",
    ]
    if result.not_observed_count:
        parts.append(f"dont {french.plural(result.not_observed_count, 'non observé')}")
    if result.actual_date is not None:
        parts.append(f"le dernier du {french.date(result.actual_date)}")
    return ", ".join([f"{parts[0]} {parts[1]}".strip(), *parts[2:]])


def _other_findings(story: Story, document: ExperimentDocument, told: set[str]) -> None:
    rest = [f for f in document.findings if f.id not in told]
    if not rest:
        return
    story.h2("Annexe – Autres constats", room=150)
    story.text(sentence("anonymity"), "note")
    for code in EvaluationQuestion:
        some = [f for f in rest if f.evaluation_question is code]
        if some:
            story.h3(f"{code.value.upper()} – {question(code)[0]}")
            story.lines(finding_item(row, where=True, kind=True) for row in some)


def _glossary(story: Story, document: ExperimentDocument) -> None:
    """Two columns: what the states mean, how the figures are computed."""
    story.h2("Annexe – Glossaire et calculs", room=240)
    columns: list[list[Flowable]] = []
    for title, key in (("États", "states"), ("Calculs", "calculations")):
        head = TaggedParagraph(title, style("h3")).tagged(story.root.add("H3"))
        columns.append([head, *definitions(story, glossary(key, document.thresholds))])
    story.columns(columns, shares=(0.36, 0.64))
