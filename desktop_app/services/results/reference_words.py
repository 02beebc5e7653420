"""What a result started from, in French: its T0, agreed and measured, and the same sites."""

from desktop_app import french
from desktop_app.french import MINUS, NBSP, NNBSP
from desktop_app.models.enums import ValueType
from desktop_app.services.programme.experiment_rows import IndicatorRow
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.rows import IndicatorResult, SameSites
from desktop_app.services.results.words import fraction_text, n_text, value_text


def measured_t0_text(result: IndicatorResult) -> str:
    """« 32 % », or « 2 sur 8 » when it is a percentage of few people."""
    baseline = result.baseline
    if baseline.few and baseline.measured is not None and baseline.measured_n:
        return fraction_text(baseline.measured, baseline.measured_n)
    return value_text(result.indicator, baseline.measured, result.decimals)


def baseline_text(result: IndicatorResult) -> str:
    """T0 as it counts: « 38 % », « 2 sur 8 »."""
    baseline = result.baseline
    if baseline.counts_measured:
        return measured_t0_text(result)
    return value_text(result.indicator, baseline.used, result.decimals)


def baseline_detail(result: IndicatorResult) -> str:
    """« convenu », « convenu et mesuré », « mesuré 32 % (n = 78) », « cumul », « à relever »."""
    baseline, indicator = result.baseline, result.indicator
    if indicator.calculation in {Calculation.SUM, Calculation.NONE}:
        return "cumul" if indicator.calculation is Calculation.SUM else ""
    if baseline.differs:
        if baseline.to_measure:
            return f"convenu {value_text(indicator, baseline.agreed, result.decimals)}"
        return f"mesuré {measured_t0_text(result)}{_people(result)}"
    if baseline.measured is None:
        if baseline.agreed is None:
            return "à relever" if baseline.to_measure else ""
        return "convenu"
    return "mesuré" if baseline.agreed is None else "convenu et mesuré"


def both_baselines_text(result: IndicatorResult) -> str:
    """« T0 convenu 0 %, T0 mesuré 32 % (n = 78) »; '' unless they are apart."""
    baseline = result.baseline
    if not baseline.differs:
        return ""
    agreed = value_text(result.indicator, baseline.agreed, result.decimals)
    return f"T0 convenu {agreed}, T0 mesuré {measured_t0_text(result)}{_people(result)}"


def _people(result: IndicatorResult) -> str:
    """« (n = 78) », unless « 2 sur 8 » has said it."""
    if result.baseline.few:
        return ""
    n = n_text(result.indicator, result.baseline.measured_n)
    return f" ({n})" if n else ""


def same_sites_text(result: IndicatorResult) -> str:
    """« 2 sites sur 4 ont un T0 et une mesure récente : 37,9 % → 47 % (+ 9,1 points) »."""
    same, indicator = result.same_sites, result.indicator
    if same is None or result.masked or result.actual is None:
        return ""
    if not same.count:
        return "Périmètre différent : aucun site n’a à la fois un T0 et une mesure récente."
    change = _change_text(same, indicator, result.decimals)
    if same.same:
        sites = "Le même site" if same.count == 1 else f"Les mêmes {same.count} sites"
        return f"{sites} au départ et maintenant{change}."
    verb = "ont" if same.count > 1 else "a"
    return (
        f"{french.plural(same.count, 'site')} sur {french.number(same.of, 0)} {verb} un T0 et une "
        f"mesure récente{change}."
    )


def _change_text(same: SameSites, indicator: IndicatorRow, decimals: int) -> str:
    """« : 37,9 % → 47 % (+ 9,1 points) »; of few people « : 2 sur 8 → 4 sur 8 »."""
    if same.baseline is None or same.actual is None:
        return ""
    if same.few:
        if not (same.baseline_n and same.actual_n):
            return ""
        first = fraction_text(same.baseline, same.baseline_n)
        return f"{NBSP}: {first} → {fraction_text(same.actual, same.actual_n)}"
    gap = same.actual - same.baseline
    sign = MINUS if gap < 0 else "+"
    unit = " points" if indicator.value_type is ValueType.PERCENTAGE else ""
    first, last = (value_text(indicator, v, decimals) for v in (same.baseline, same.actual))
    size = french.measured(abs(gap), decimals=decimals)
    return f"{NBSP}: {first} → {last} ({sign}{NNBSP}{size}{unit})"
