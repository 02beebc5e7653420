"""How measures become one figure: which calculation goes with which type of value."""

from enum import StrEnum

from desktop_app.models.enums import Aggregation, ValueType


class Calculation(StrEnum):
    """What is done with an indicator's occasions (services/results/reckoning.py)."""

    SUM = "sum"
    LATEST = "latest"
    MEAN = "mean"
    RATIO = "ratio"
    SITES = "sites"
    NONE = "none"


_BY_AGGREGATION = {
    Aggregation.ADDITIVE: Calculation.SUM,
    Aggregation.LATEST: Calculation.LATEST,
    Aggregation.MEAN: Calculation.MEAN,
    Aggregation.RATIO: Calculation.RATIO,
}

ALLOWED: dict[ValueType, tuple[Aggregation, ...]] = {
    ValueType.NUMBER: (
        Aggregation.ADDITIVE,
        Aggregation.LATEST,
        Aggregation.MEAN,
        Aggregation.RATIO,
    ),
    ValueType.PERCENTAGE: (Aggregation.LATEST, Aggregation.MEAN, Aggregation.RATIO),
    ValueType.SCALE: (Aggregation.LATEST, Aggregation.MEAN),
    ValueType.YES_NO: (Aggregation.LATEST,),
    ValueType.QUALITATIVE: (Aggregation.LATEST,),
}
"""What may be stored. Yes/no and qualitative values have one calculation whatever is stored:
``latest`` stands there for « sites » and « none »."""


def calculation_of(value_type: ValueType, aggregation: Aggregation) -> Calculation:
    if value_type is ValueType.YES_NO:
        return Calculation.SITES
    if value_type is ValueType.QUALITATIVE:
        return Calculation.NONE
    return _BY_AGGREGATION[aggregation]


def go_together(value_type: ValueType, aggregation: Aggregation) -> bool:
    """A percentage is not added up; a note out of five is no rate of headcounts."""
    return aggregation in ALLOWED[value_type]
