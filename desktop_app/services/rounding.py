"""At how many decimals an indicator's figures are compared, and written."""

from desktop_app import numbers
from desktop_app.models.enums import ValueType

_PERCENTAGE, _ELSE = 1, 2


def usual_decimals(value_type: ValueType, *typed: float | None) -> int:
    """Those at which two figures are « the same »: one for a percentage, two otherwise.

    More when T0 or the target (``typed``) was given finer.
    """
    least = _PERCENTAGE if value_type is ValueType.PERCENTAGE else _ELSE
    finest = (numbers.decimals_of(value) for value in typed if value is not None)
    return max(least, *finest, least)


def written_decimals(value_type: ValueType, *values: float | None) -> int:
    """Those that keep T0, the value and the target apart when they are written."""
    percentage = value_type is ValueType.PERCENTAGE
    least = _PERCENTAGE if percentage else _ELSE
    return numbers.decimals_apart((*values, 100.0 if percentage else None), least)
