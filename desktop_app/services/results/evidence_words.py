"""Why an occasion is in a figure or out of it, in French."""

from desktop_app import french
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.evidence_rows import EvidenceRow, EvidenceSheet
from desktop_app.services.results.reckoning import Why

_WHY = {
    Why.COUNTED: "compté",
    Why.REFERENCE: "référence",
    Why.BEFORE_REFERENCE: "avant le T0",
    Why.REPLACED: "mesure plus récente au même site",
    Why.EARLIER_WAVE: "vague antérieure",
    Why.WITHOUT_N: "sans effectif n",
    Why.DRAFT: "brouillon",
    Why.NOT_OBSERVED: "non observé",
    Why.NOT_APPLICABLE: "sans objet",
}


def why_text(row: EvidenceRow) -> str:
    """Why an occasion is left out: « référence », « brouillon », « définition 1 »."""
    if row.why is Why.OTHER_SERIES:
        return f"définition {row.series}"
    return _WHY[row.why]


def evidence_caption(sheet: EvidenceSheet) -> str:
    """« 2 mesures comptées, 5 à part »."""
    if sheet.indicator.calculation is Calculation.NONE:
        counted = french.plural(sheet.counted, "réponse")
    else:
        counted = french.plural(sheet.counted, "mesure comptée", "mesures comptées")
    return f"{counted}, {french.number(sheet.apart, 0)} à part" if sheet.apart else counted
