"""At how many decimals an indicator's figures are compared and written, and what is noise."""

from desktop_app import numbers
from desktop_app.models.enums import ValueType

_COMPARED = {True: 0, False: 1}
_WRITTEN = {True: 1, False: 2}
"""Of a percentage, and of the rest."""


def compared_decimals(value_type: ValueType, *typed: float | None) -> int:
    """Those at which two figures are « the same »: whole percents, tenths otherwise.

    More when T0 or the target (``typed``) was given finer: 38 % may have been 37,9 %, but 4 was
    not 3,6.
    """
    least = _COMPARED[value_type is ValueType.PERCENTAGE]
    return max([least, *(numbers.decimals_of(value) for value in typed if value is not None)])


def written_decimals(value_type: ValueType, *values: float | None) -> int:
    """Those that keep T0, the value and the target apart when they are written."""
    percentage = value_type is ValueType.PERCENTAGE
    return numbers.decimals_apart((*values, 100.0 if percentage else None), _WRITTEN[percentage])


def denoised(value: float) -> float:
    """Without what binary arithmetic leaves at the end: 2.7000000000000006 → 2.7.

    Thirteen significant digits; a whole number stays as it is.
    """
    return value if value == int(value) else float(f"{value:.13g}")
