"""What a measured value must satisfy, said in French (the schema's triggers say it too)."""

import math

from desktop_app import french
from desktop_app.errors import UserError
from desktop_app.models.enums import MeasurementStatus, ValueType
from desktop_app.models.framework import Indicator
from desktop_app.services.visits.visit_rows import RecordMeasure

_LARGEST = 1e12
_MOST_PEOPLE = 10_000_000
_OF_PEOPLE = frozenset({ValueType.PERCENTAGE, ValueType.SCALE, ValueType.YES_NO})


def check_cell(indicator: Indicator, command: RecordMeasure) -> None:
    """Raises UserError; only an observed cell can be wrong: the others hold no value."""
    if command.status is not MeasurementStatus.OBSERVED:
        return
    kind = ValueType(indicator.value_type)
    if kind is ValueType.QUALITATIVE:
        _check_qualitative(command)
    elif command.value is None:
        raise UserError(
            "Saisissez une valeur, ou indiquez « non observé » : une mesure observée en porte une."
        )
    else:
        _check_bounds(indicator, kind, command.value)
    _check_n(kind, command)


def _check_qualitative(command: RecordMeasure) -> None:
    if command.value is not None:
        raise UserError(
            "Cet indicateur est qualitatif : il ne porte pas de valeur. Écrivez ce qui a été "
            "observé dans le commentaire."
        )
    if not command.comment.strip():
        raise UserError(
            "Cet indicateur est qualitatif : écrivez ce qui a été observé dans le commentaire."
        )


def _check_bounds(indicator: Indicator, kind: ValueType, value: float) -> None:
    if not math.isfinite(value) or abs(value) > _LARGEST:
        raise UserError("Cette valeur est trop grande pour être une mesure. Vérifiez la saisie.")
    if kind is ValueType.PERCENTAGE and not 0 <= value <= 100:
        raise UserError(
            f"{french.percent(value)} n’est pas possible : un pourcentage va de 0 à 100. "
            "Vérifiez la saisie."
        )
    if kind is ValueType.YES_NO and value not in {0, 1}:
        raise UserError("Cet indicateur se répond par oui ou par non.")
    low, high = indicator.scale_min, indicator.scale_max
    if (
        kind is ValueType.SCALE
        and low is not None
        and high is not None
        and not low <= value <= high
    ):
        raise UserError(
            f"{french.number(value)} est hors de l’échelle, qui va de {french.number(low)} à "
            f"{french.number(high)}. Vérifiez la saisie."
        )


def _check_n(kind: ValueType, command: RecordMeasure) -> None:
    n = command.n
    if n is None:
        return
    if not 0 <= n <= _MOST_PEOPLE:
        raise UserError("L’effectif n est un nombre entier, zéro ou plus. Vérifiez la saisie.")
    if n == 0 and kind in _OF_PEOPLE:
        raise UserError(
            "Avec n = 0, personne n’a été observé : laissez la valeur vide et indiquez "
            "« non observé », ou corrigez l’effectif."
        )
