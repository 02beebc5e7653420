"""The annex of indicator sheets: what each figure is, how it is made, what changed in it."""

import datetime as dt

from reportlab.platypus import KeepTogether

from desktop_app import french
from desktop_app.exports.pdf.common import joined
from desktop_app.exports.pdf.experiment_brief import results_of
from desktop_app.exports.pdf.story import Story
from desktop_app.exports.pdf.text import lowered
from desktop_app.french import NBSP
from desktop_app.services.documents.rows import ExperimentDocument
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.definition_words import change_text
from desktop_app.services.results.reference_words import both_baselines_text
from desktop_app.services.results.rows import IndicatorResult
from desktop_app.services.results.words import (
    MASKED,
    calculation_text,
    interval_reason,
    share_text,
    value_text,
)
from desktop_app.services.vocabulary import ValueType, label

KEPT_TOGETHER = 2000  # characters of a sheet that is not to be cut by a page break


def indicator_sheets(story: Story, document: ExperimentDocument) -> None:
    story.h2("Annexe – Fiches indicateurs", room=170)
    results = results_of(document)
    if not results:
        story.text("Aucun indicateur n’est défini.", "note")
    for result in results:
        story.h3(_name(result))
        start = len(story.flowables) - 1
        described = _described(result)
        story.text(described, "definition")
        known = joined([bounds(result), both_rates(result), _collected(result)])
        story.text(f"{known}. {made(result)}", "definition")
        for change in result.history:
            story.text(change_text(result.indicator, change), "definition")
        story.text(joined(_traits(result)), "traits")
        if len(described) < KEPT_TOGETHER:
            story.flowables[start:] = [KeepTogether(story.flowables[start:])]


def _name(result: IndicatorResult) -> str:
    indicator = result.indicator
    return f"{indicator.code} – {indicator.label}" if indicator.code else indicator.label


def _described(result: IndicatorResult) -> str:
    indicator = result.indicator
    formula = indicator.formula or " / ".join(
        part for part in (indicator.numerator, indicator.denominator) if part
    )
    named = (("", indicator.definition), ("Formule", formula), ("Limites", indicator.limits))
    return " ".join(
        f"{name}{NBSP}: {_end(text)}" if name else _end(text)
        for name, text in named
        if text.strip()
    )


def _end(text: str) -> str:
    """A sentence ends with a point."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def bounds(result: IndicatorResult) -> str:
    """« T0 31 % (01/03/2021) → cible 70 % (30/11/2021) » ; both T0 when they are apart."""
    indicator, baseline = result.indicator, result.baseline
    target = _dated(result, indicator.target_value, indicator.target_date)
    agreed = _dated(result, baseline.agreed, indicator.baseline_date)
    start = f"T0 convenu {agreed}" if agreed else ""
    if not result.masked and baseline.differs:
        start = both_baselines_text(result)
    elif not result.masked and baseline.measured is not None:
        measured = _dated(result, baseline.measured, baseline.measured_on)
        start = f"T0 convenu et mesuré {agreed}" if agreed else f"T0 mesuré {measured}"
    ends = (start, f"cible {target}" if target else "")
    said = " → ".join(end for end in ends if end)
    return said[:1].upper() + said[1:]


def both_rates(result: IndicatorResult) -> str:
    """The attainment under each T0, when they are apart."""
    baseline = result.baseline
    agreed, measured = baseline.agreed_rate, baseline.measured_rate
    if result.masked or not baseline.differs or agreed is None or measured is None:
        return ""
    first, second = share_text(agreed), share_text(measured)
    return f"chemin parcouru{NBSP}: {first} depuis le T0 convenu, {second} depuis le T0 mesuré"


def _dated(result: IndicatorResult, value: float | None, day: dt.date | None) -> str:
    if value is None:
        return ""
    when = "" if day is None else f" ({french.date(day)})"
    return f"{value_text(result.indicator, value, result.decimals)}{when}"


def _collected(result: IndicatorResult) -> str:
    """How much was recorded, parts and T0 included; nothing of a masked figure."""
    if result.masked:
        return MASKED
    if not result.recorded:
        return "aucun relevé"
    parts = [french.plural(result.recorded, "relevé")]
    if result.not_observed_count:
        parts.append(french.plural(result.not_observed_count, "non observé", "non observés"))
    if result.actual_date is not None:
        parts.append(f"le dernier du {french.date(result.actual_date)}")
    return ", ".join(parts)


def made(result: IndicatorResult) -> str:
    """How the figure is made, what n counts, and its interval or why it has none."""
    indicator = result.indicator
    way = lowered(label(indicator.calculation)) if result.masked else calculation_text(result)
    said = [f"Calcul{NBSP}: {way}"]
    if indicator.calculation is not Calculation.NONE and indicator.n_counts is not None:
        said.append(f"n compte des {lowered(label(indicator.n_counts))}")
    if result.series > 1 and not result.masked:
        said.append(f"valeurs de la définition {french.number(result.series, 0)}")
    reason = interval_reason(result)
    return f"{joined(said)}." + (f" {reason}" if reason else "")


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
    said = [f"{name}{NBSP}: {value}" for name, value in named if value.strip()]
    wordy = indicator.calculation is Calculation.NONE
    return [kind, "" if wordy else lowered(label(indicator.direction)), *said]
