"""What a change of an indicator means: a reason to give, a new version, a new series.

Until agreements exist (figures.md, rule 13), the journal is the history: the reason and its day are
written in the very update that changes the definition (services/results/definitions.py reads them).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.models.enums import ValueType
from desktop_app.services.base import clean_line
from desktop_app.services.programme.categories import Categories
from desktop_app.services.results.definitions import AGREED, SERIES

if TYPE_CHECKING:
    from desktop_app.models.framework import Indicator

DEFINING = (
    *SERIES,
    "method",
    "disaggregation",
    "categories",
    "baseline_value",
    "target_value",
)
"""What a value means: once measured, a change of one of these makes a version."""

_DECLARED = "baseline_version"

NAMES = {
    "baseline_value": "la référence T0",
    "baseline_date": "la date du T0",
    "baseline_to_measure": f"{french.quoted('T0 à relever')}",
    "target_value": "la cible",
    "target_date": "l’échéance de la cible",
    "value_type": "le type de valeur",
    "aggregation": "le calcul",
    "definition": "la définition",
    "unit": "l’unité",
    "direction": "le sens souhaité",
    "scale_min": "l’échelle",
    "scale_max": "l’échelle",
    "numerator": "le numérateur",
    "denominator": "le dénominateur",
    "formula": "la formule",
    "method": "la méthode",
    "disaggregation": "la ventilation",
    "categories": "les publics distingués",
    _DECLARED: "la définition que le T0 décrit",
}
"""In the order they are said."""

_WORDLESS = {ValueType.YES_NO, ValueType.QUALITATIVE}

Definition = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Change:
    """``fields`` that differ; ``reasoned`` those that a reason must explain.

    ``comparable``: T0 is said to serve the series that starts; ``declared``: one already started.
    """

    fields: tuple[str, ...] = ()
    reasoned: tuple[str, ...] = ()
    version: bool = False
    series: bool = False
    comparable: bool = False

    @property
    def printed(self) -> bool:
        """Whether the indicator's own history tells it beside the results (definitions.py)."""
        return self.series or any(name in AGREED for name in self.reasoned)

    @property
    def declared(self) -> bool:
        return self.comparable and not self.series

    def undeclared(self) -> "Change":
        """T0 was comparable all the same."""
        left = tuple(name for name in self.reasoned if name != _DECLARED)
        return replace(self, comparable=False, reasoned=left)


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """``parts``: measures by category's identity, those that left the definition too.

    ``names``: what an identity is called today, or was last, when it is not itself.
    ``comparable``: T0 was given under the present series, or said to serve it.
    """

    parts: Mapping[str, int]
    names: Mapping[str, str]
    measured: bool
    comparable: bool


def definition_of(indicator: "Indicator") -> Definition:
    """What is compared before and after an edit."""
    categories = Categories(tuple(indicator.categories), indicator.category_labels or {})
    return {
        **{name: getattr(indicator, name) for name in NAMES if name != _DECLARED},
        "categories": categories.named,
        "baseline_to_measure": bool(indicator.baseline_to_measure),
    }


def change_between(
    before: Definition, after: Definition, *, measured: bool, comparable: bool = False
) -> Change:
    """``measured``: something was recorded under the definition as it was."""
    fields = tuple(name for name in NAMES if name in before and before[name] != after[name])
    if before["value_type"] == after["value_type"] and before["value_type"] in _WORDLESS:
        # one calculation, whatever an older notebook stored
        fields = tuple(name for name in fields if name != "aggregation")
    asked = {
        name: before[name] is not None if name in AGREED else name in DEFINING and measured
        for name in fields
    }
    if "baseline_to_measure" in asked:
        asked["baseline_to_measure"] = measured or before["baseline_value"] is not None
    series = measured and any(name in SERIES for name in fields)
    comparable = comparable and measured and after["baseline_value"] is not None
    if comparable and not series:
        asked[_DECLARED] = True
    return Change(
        fields=fields,
        reasoned=tuple(name for name, needed in asked.items() if needed),
        version=measured and any(name in DEFINING for name in fields),
        series=series,
        comparable=comparable,
    )


def reason_asked(change: Change) -> str:
    """« Dites pourquoi la cible et l’unité changent : le motif est gardé… »."""
    kept = kept_text(change)
    said = f"{kept[:1].lower()}{kept[1:]}"
    return f"Dites pourquoi {_changing(change.reasoned)}{french.NBSP}: {said}"


def kept_text(change: Change) -> str:
    """What becomes of the reason: results print those of T0, of targets and of series."""
    printed = " et imprimé" if change.printed else ""
    return f"Le motif est gardé dans l’historique de l’indicateur{printed}."


def changed_text(reasoned: tuple[str, ...]) -> str:
    """« La cible et l’unité changent. »."""
    said = _changing(reasoned)
    return f"{said[:1].upper()}{said[1:]}."


def _changing(reasoned: tuple[str, ...]) -> str:
    names = list(dict.fromkeys(NAMES[name] for name in reasoned))
    several = len(names) > 1 or names[0].startswith("les ")
    listed = f"{', '.join(names[:-1])} et {names[-1]}" if len(names) > 1 else names[0]
    return f"{listed} change{'nt' if several else ''}"


def explain(
    indicator: "Indicator", change: Change, reason: str, *, today: dt.date, measured: int
) -> None:
    """Writes the version, the reason and its day. Raises UserError when a reason lacks.

    ``measured``: the latest version that something was measured under (an undone one may be above
    the indicator's own).
    """
    reason = clean_line(reason)
    if change.reasoned and not reason:
        raise UserError(reason_asked(change))
    if change.version:
        indicator.version = max(indicator.version, measured) + 1
    if change.comparable:
        indicator.baseline_version = indicator.version
    if change.reasoned or "baseline_to_measure" in change.fields:  # told in the history
        indicator.change_reason = reason if change.reasoned else None
        indicator.changed_on = today
