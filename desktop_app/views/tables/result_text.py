"""How a result reads on screen: the words and figures of the results table."""

from desktop_app.french import MISSING, date, measured, number, plural
from desktop_app.services.experiment_rows import IndicatorRow
from desktop_app.services.result_rows import IndicatorResult, Interval, Thresholds
from desktop_app.services.vocabulary import Direction, ValueType


def value_text(indicator: IndicatorRow, value: float | None) -> str:
    """A value in the indicator's own terms: « 52 % », « oui », « 8,4 »."""
    return measured(
        value,
        percentage=indicator.value_type is ValueType.PERCENTAGE,
        yes_no=indicator.value_type is ValueType.YES_NO,
    )


def unit_text(indicator: IndicatorRow) -> str:
    """« jours — à faire baisser », « échelle 1 à 5 », « % des jeunes »."""
    unit = indicator.unit
    if indicator.value_type is ValueType.SCALE and indicator.scale_min is not None:
        low, high = number(indicator.scale_min), number(indicator.scale_max)
        said = low in unit and high in unit
        bounds = f"échelle {low} à {high}"
        unit = unit if said else f"{unit}, {bounds}" if unit else bounds
    if not unit:
        unit = {
            ValueType.NUMBER: "nombre",
            ValueType.PERCENTAGE: "%",
            ValueType.YES_NO: "oui / non",
            ValueType.QUALITATIVE: "qualitatif",
        }.get(indicator.value_type, "")
    if indicator.direction is Direction.DOWN:
        return f"{unit} — à faire baisser" if unit else "à faire baisser"
    return unit


def interval_text(interval: Interval) -> str:
    """« IC 95 % : 38–66 % »."""
    low, high = number(interval.low, 0), number(interval.high, 0)
    return f"IC 95\u202f%\u00a0: {low}–{high}\u202f%"


def actual_text(result: IndicatorResult) -> str:
    if result.actual is None:
        return MISSING
    return value_text(result.indicator, result.actual) if result.shown else MISSING


def actual_detail(result: IndicatorResult) -> str:
    """What the actual value rests on: « n = 46 · IC 95 % : 38–66 % », « au 09/06/2021 »."""
    if result.actual is None:
        if result.not_observed_count:
            return plural(result.not_observed_count, "non observé", "non observés")
        return result.hidden_reason
    if not result.shown:
        return result.hidden_reason
    parts = []
    if result.n is not None:
        parts.append(f"n\u00a0=\u00a0{number(result.n, 0)}")
    if result.interval is not None:
        parts.append(interval_text(result.interval))
    if not parts and result.actual_date is not None:
        parts.append(f"au {date(result.actual_date)}")
    return " · ".join(parts)


def thresholds_text(thresholds: Thresholds) -> str:
    """What the five words mean, with today's settings: the tooltip of the column « État »."""
    on_track, watch = number(thresholds.on_track * 100, 0), number(thresholds.watch * 100, 0)
    return (
        "Le chemin parcouru entre la référence T0 et la cible est comparé au temps écoulé.\n"
        "Cible atteinte\u00a0: la valeur actuelle atteint la cible.\n"
        f"En bonne voie\u00a0: au moins {on_track}\u202f% du progrès attendu à cette date.\n"
        f"À surveiller\u00a0: entre {watch} et {on_track}\u202f%.\n"
        f"En retard\u00a0: moins de {watch}\u202f%.\n"
        "Sans donnée\u00a0: aucune mesure observée, ou indicateur qualitatif.\n"
        "Ces seuils se règlent dans Paramètres."
    )
