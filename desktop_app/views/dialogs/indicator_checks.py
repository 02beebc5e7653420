"""What the fields of an indicator say together, each problem beside its field."""

import datetime as dt
from collections.abc import Mapping

from desktop_app.french import NBSP, number
from desktop_app.services.results.pair_words import SUM_FROM_ZERO
from desktop_app.services.vocabulary import Aggregation, ValueType
from desktop_app.views.dialogs.indicator_fields import as_values
from desktop_app.views.dialogs.record_form import Problems


def check_indicator(fields: dict[str, object]) -> Problems:
    """A calculation chosen, a scale in order, T0 and target within it, dates in order."""
    values = as_values(fields)
    problems: Problems = []
    first, last = values["baseline_date"], values["target_date"]
    if isinstance(first, dt.date) and isinstance(last, dt.date) and first > last:
        problems.append(("target_date", "La cible est datée avant la référence T0."))
    if values["aggregation"] is None:
        problems.append(("aggregation", "Choisissez un calcul qui va avec ce type de valeur."))
    if values["aggregation"] is Aggregation.ADDITIVE and values["baseline_value"]:
        problems.append(("baseline_value", SUM_FROM_ZERO))
    problems += _out_of_bounds(values)
    if values["disaggregation"] and not values["categories"]:
        problems.append(("categories", "Listez les publics distingués par cette ventilation."))
    if values["categories"] and not values["disaggregation"]:
        problems.append(
            ("disaggregation", f"Nommez ce qui distingue ces publics{NBSP}: genre, âge…")
        )
    return problems


def _out_of_bounds(values: Mapping[str, object]) -> Problems:
    bounds = _bounds(values)
    if bounds is None:
        if values["value_type"] is not ValueType.SCALE:
            return []
        return [("scale_min", "Donnez les deux bornes de l’échelle, la plus petite d’abord.")]
    low, high = bounds
    return [
        (name, f"{word} doit être comprise entre {number(low)} et {number(high)}.")
        for name, word in (("baseline_value", "La référence T0"), ("target_value", "La cible"))
        if isinstance(value := values[name], float) and not low <= value <= high
    ]


def _bounds(values: Mapping[str, object]) -> tuple[float, float] | None:
    match values["value_type"]:
        case ValueType.PERCENTAGE:
            return 0.0, 100.0
        case ValueType.SCALE:
            low, high = values["scale_min"], values["scale_max"]
            if isinstance(low, float) and isinstance(high, float) and low < high:
                return low, high
    return None
