"""What stands beside the drawings of one figure, in French: captions, bases, the line of a total.

The figure itself: result_words.py; the lines of its list: evidence_words.py.
"""

import math

from desktop_app.french import NBSP, NNBSP
from desktop_app.models.enums import Frequency
from desktop_app.services.programme.experiment_rows import IndicatorRow
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.rows import CategoryResult, IndicatorResult
from desktop_app.services.results.words import actual_text, n_text, value_text

ONE_SCALE = f"0\u202f% = T0, 100\u202f% = cible{NBSP}: même échelle qu’au tableau."
FROM_ZERO = "Barres à partir de 0, sur une même échelle."
HOLLOW = "point creux\u00a0: une partie des sites"


def trajectory_caption(result: IndicatorResult) -> str:
    """How a point of the line is made: « dernière valeur de chaque site, reportée »."""
    indicator = result.indicator
    match indicator.calculation:
        case Calculation.SUM:
            return "cumul à chaque date"
        case Calculation.SITES:
            return "oui quand tous les sites mesurés disent oui"
        case Calculation.MEAN | Calculation.RATIO if indicator.frequency is not Frequency.WAVE:
            name = "moyenne" if indicator.calculation is Calculation.MEAN else "rapport"
            return f"{name} de tout ce qui a été mesuré jusque-là"
    return "dernière valeur de chaque site, reportée"


def breakdown_title(indicator: IndicatorRow) -> str:
    """« Par genre », « Par public »."""
    kind = indicator.disaggregation
    if not kind:
        return "Par public"
    acronym = kind[1:2].isupper()
    return f"Par {kind if acronym else kind[:1].lower() + kind[1:]}"


def breakdown_base(result: IndicatorResult) -> str:
    """« base : n = 96 réponses, comme le total »; '' unknown.

    Else both are told, and neither as a part of the other: a public's last occasion may not be
    the whole's.

    A sum is told by what it adds up to, anything else by its n. Of a sum, categories that left the
    definition count too.
    """
    indicator = result.indicator
    known = [category for category in result.by_category if category.actual is not None]
    if result.masked or not known or any(category.masked for category in result.by_category):
        return ""
    if indicator.calculation is Calculation.SUM:
        return _sum_base(result, known)
    counts = [category.n for category in known if category.n is not None]
    if len(counts) < len(known) or result.n is None:
        return ""
    base = sum(counts)
    said = f"base{NBSP}: {n_text(indicator, base)}"
    if base == result.n:
        return f"{said}, comme le total"
    return f"{said}{NNBSP}; l’ensemble repose sur {n_text(indicator, result.n)}"


def _sum_base(result: IndicatorResult, known: list[CategoryResult]) -> str:
    if result.actual is None:
        return ""
    base = math.fsum(category.actual or 0.0 for category in known)
    if math.isclose(base, result.actual, rel_tol=1e-9, abs_tol=1e-9):
        return f"base{NBSP}: {actual_text(result)}, comme le total"
    said = value_text(result.indicator, base, result.decimals)
    return f"base{NBSP}: {said}, sur {actual_text(result)}"


def total_name(result: IndicatorResult) -> str:
    """What the counted rows make together: « Moyenne pondérée par n », « Somme »."""
    match result.indicator.calculation:
        case Calculation.SUM:
            return "Somme"
        case Calculation.SITES:
            return "Sites"
        case Calculation.NONE:
            return ""
    return "Moyenne pondérée par n" if result.n else "Moyenne simple"


def quote_origin(category: str, site: str, day: str) -> str:
    """« Quatrième · Hauts-Vergers · 27/05/2021 »."""
    return " · ".join(part for part in (category, site, day) if part)
