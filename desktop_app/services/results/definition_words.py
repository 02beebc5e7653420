"""What changed in an indicator's definition, until when, and why: in French."""

from desktop_app import french
from desktop_app.french import NBSP, NNBSP
from desktop_app.models.enums import Aggregation, Direction, ValueType
from desktop_app.services.programme.experiment_rows import IndicatorRow
from desktop_app.services.results.rows import DefinitionChange
from desktop_app.services.results.words import value_text
from desktop_app.services.vocabulary import label

_FIELDS = {
    "target_value": "cible",
    "target_date": "échéance",
    "baseline_value": "T0",
    "baseline_date": "date du T0",
    "baseline_to_measure": "T0 à relever",
    "definition": "définition",
    "formula": "formule",
    "numerator": "numérateur",
    "denominator": "dénominateur",
    "unit": "unité",
    "value_type": "type",
    "direction": "sens",
    "aggregation": "calcul",
    "scale_min": "bas de l’échelle",
    "scale_max": "haut de l’échelle",
}


def change_text(indicator: IndicatorRow, change: DefinitionChange) -> str:
    """« Cible : 48 jusqu’au 14/06/2021, puis 2. Motif : convention amendée. »."""
    said = "; ".join(
        f"{_FIELDS[name]}{NBSP}: {_said(indicator, name, old)} jusqu’au {french.date(change.on)}, "
        f"puis {_said(indicator, name, new)}"
        for name, old, new in change.changes
    ).replace("; ", f"{NNBSP}; ")
    series = (
        " Nouvelle série : les mesures d’avant n’y sont pas jointes." if change.new_series else ""
    )
    reason = f" Motif{NBSP}: {change.reason.rstrip('.')}." if change.reason else ""
    return french.typeset(f"{said[:1].upper()}{said[1:]}.{reason}{series}")


def _said(indicator: IndicatorRow, name: str, value: object) -> str:
    if value is None or value == "":
        return "aucune" if name in {"target_value", "target_date"} else "rien"
    if name in {"target_value", "baseline_value"} and isinstance(value, int | float):
        return value_text(indicator, float(value))
    if name.endswith("_date"):
        year, month, day = str(value)[:10].split("-")
        return f"{day}/{month}/{year}"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        return french.number(value)
    listed = _LISTS.get(name)
    return french.quoted(label(listed(str(value))).lower() if listed else str(value))


_LISTS: dict[str, type[ValueType] | type[Direction] | type[Aggregation]] = {
    "value_type": ValueType,
    "direction": Direction,
    "aggregation": Aggregation,
}
