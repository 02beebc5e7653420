"""The annexes: method and limits, indicator sheets, the other findings, the glossary."""

from reportlab.platypus import KeepTogether

from desktop_app import french
from desktop_app.exports.charts import value_text
from desktop_app.exports.pdf.common import definitions, finding_item, joined
from desktop_app.exports.pdf.experiment_brief import results_of
from desktop_app.exports.pdf.story import Story
from desktop_app.exports.pdf.text import markup, paragraphs
from desktop_app.exports.pdf.wording import glossary, question, sentence, sentences
from desktop_app.services.document_rows import ExperimentDocument
from desktop_app.services.result_rows import IndicatorResult
from desktop_app.services.vocabulary import EvaluationQuestion, ValueType, label


def annexes(story: Story, document: ExperimentDocument, told: set[str]) -> None:
    _method(story, document)
    _sheets(story, document)
    _other_findings(story, document, told)
    _glossary(story, document)


def _method(story: Story, document: ExperimentDocument) -> None:
    story.h2("Méthode et limites")
    for text in sentences("method"):
        story.text(text)
    story.text(scope_sentence(document))
    results = results_of(document)
    recorded = sum(r.measurement_count for r in results)
    absent = sum(r.not_observed_count for r in results)
    if recorded:
        tail = ""
        if absent:
            share = french.percent(round(100 * absent / recorded))
            tail = f", dont {french.plural(absent, 'non observé')} ({share})"
        story.text(f"Relevés pris en compte\u00a0: {french.number(recorded)}{tail}.")
    limited = [r.indicator for r in results if r.indicator.limits.strip()]
    if limited:
        story.h3("Limites propres aux indicateurs")
        definitions(story, [(indicator.label, indicator.limits) for indicator in limited])


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
    made = f" Document établi par {by}" if by else " Document établi"
    day = french.date(header.generated_at.astimezone().date())
    return f"Périmètre\u00a0: {', '.join(parts)}.{made} le {day}."


def _sheets(story: Story, document: ExperimentDocument) -> None:
    story.h2("Annexe – Fiches indicateurs")
    results = results_of(document)
    if not results:
        story.text("Aucun indicateur n’est défini.", "note")
    for result in results:
        indicator = result.indicator
        name = f"{indicator.code} – {indicator.label}" if indicator.code else indicator.label
        start = len(story.flowables)
        story.h3(name)
        lines = [(term, value) for term, value in _sheet(result) if value.strip()]
        text = " ".join(
            f"<b>{markup(term)}\ue0a0:</b> {markup(_end(value))}" for term, value in lines
        )
        if len(text) < 2500:
            story.markup(text, "definition")
            block = story.flowables[start:]
            story.flowables[start:] = [KeepTogether(block)]
            continue
        for term, value in lines:
            for index, part in enumerate(paragraphs(value)):
                lead = f"<b>{markup(term)}\ue0a0:</b> " if index == 0 else ""
                story.markup(lead + part, "definition")


def _end(value: str) -> str:
    value = value.strip()
    return value if value.endswith((".", "!", "?", "…")) else f"{value}."


def _sheet(result: IndicatorResult) -> list[tuple[str, str]]:
    indicator = result.indicator
    ratio = " / ".join(p for p in (indicator.numerator, indicator.denominator) if p)
    scale = ""
    if indicator.value_type is ValueType.SCALE:
        low, high = french.number(indicator.scale_min), french.number(indicator.scale_max)
        scale = f", de {low} à {high}"
    return [
        ("Définition", indicator.definition),
        ("Formule", indicator.formula or ratio),
        (
            "Nature",
            joined(
                [
                    f"{label(indicator.value_type)}{scale}",
                    indicator.unit,
                    label(indicator.direction).lower(),
                ]
            ),
        ),
        ("Calcul", label(indicator.aggregation)),
        ("Source", indicator.source),
        ("Méthode", indicator.method),
        ("Fréquence", label(indicator.frequency)),
        ("Ventilation", indicator.disaggregation),
        ("Responsable", indicator.owner),
        ("T0", _dated(result, indicator.baseline_value, indicator.baseline_date)),
        ("Cible", _dated(result, indicator.target_value, indicator.target_date)),
        ("Relevés", _collected(result)),
        ("Version", french.number(indicator.version) if indicator.version > 1 else ""),
    ]


def _dated(result: IndicatorResult, value: float | None, day: object) -> str:
    import datetime as dt

    if value is None:
        return ""
    when = f" ({french.date(day)})" if isinstance(day, dt.date) else ""
    return f"{value_text(result, value)}{when}"


def _collected(result: IndicatorResult) -> str:
    if not result.measurement_count:
        return "aucun"
    parts = [
        french.plural(result.measurement_count, "relevé"),
        f"sur {french.plural(result.site_count, 'site')}",
    ]
    if result.not_observed_count:
        parts.append(f"dont {french.plural(result.not_observed_count, 'non observé')}")
    if result.actual_date is not None:
        parts.append(f"le dernier du {french.date(result.actual_date)}")
    return ", ".join([f"{parts[0]} {parts[1]}", *parts[2:]])


def _other_findings(story: Story, document: ExperimentDocument, told: set[str]) -> None:
    rest = [f for f in document.findings if f.id not in told]
    if not rest:
        return
    story.h2("Annexe – Autres constats")
    story.text(sentence("anonymity"), "note")
    for code in EvaluationQuestion:
        some = [f for f in rest if f.evaluation_question is code]
        if some:
            story.h3(f"{code.value.upper()} – {question(code)[0]}")
            story.items(finding_item(row, where=True) for row in some)


def _glossary(story: Story, document: ExperimentDocument) -> None:
    story.h2("Annexe – Glossaire et calculs")
    story.h3("États")
    definitions(story, glossary("states", document.thresholds))
    story.h3("Calculs")
    definitions(story, glossary("calculations", document.thresholds))
