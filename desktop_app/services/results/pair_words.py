"""Why a calculation does not go with a type of value, or with a T0: in French."""

from desktop_app import french
from desktop_app.french import NBSP
from desktop_app.models.enums import Aggregation, ValueType
from desktop_app.services.results.calculation import ALLOWED
from desktop_app.services.vocabulary import label

SUM_FROM_ZERO = french.typeset("Un cumul part de 0. Pour un stock, choisissez « dernière valeur ».")


def pair_refusal(kind: ValueType, aggregation: Aggregation) -> str:
    """Why a calculation is refused for this type of value, and which go with it."""
    ways = [french.quoted(label(way).lower()) for way in ALLOWED[kind]]
    what = french.quoted(label(kind).lower())
    if len(ways) == 1:
        how = (
            "se calcule par site, le moins avancé décide"
            if kind is ValueType.YES_NO
            else "se lit en toutes lettres"
        )
        return f"Le type {what} {how}{NBSP}: il n’a pas d’autre calcul. Laissez {ways[0]}."
    listed = f"{', '.join(ways[:-1])} ou {ways[-1]}"
    return (
        f"Le calcul {french.quoted(label(aggregation).lower())} ne va pas avec le type {what}"
        f"{NBSP}: choisissez {listed}."
    )
