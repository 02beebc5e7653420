"""A figure as a cell: the whole number underneath, and a format that shows it without lying.

Percentages are fractions (52 % is 0.52). What has no number of its own (yes and no, percentages of
few people, what is withheld) is in words, in another column.
"""

from desktop_app import french, numbers
from desktop_app.exports.excel.cells import As, Kind
from desktop_app.services.results.words import fraction_text
from desktop_app.services.vocabulary import ValueType

_USUAL = {True: french.USUAL_PERCENT_DECIMALS, False: french.USUAL_DECIMALS}


def figure(value: float | None, value_type: ValueType, decimals: int | None = None) -> object:
    """A value with at most ``decimals`` shown, more when they would read 0, or 100 % for less.

    Yes and no are words.
    """
    if value is None:
        return None
    if value_type is ValueType.YES_NO:
        return As(Kind.TEXT, french.measured(value, yes_no=True))
    percentage = value_type is ValueType.PERCENTAGE
    usual = _USUAL[percentage]
    kept = usual if decimals is None else max(decimals, usual)
    said = ""
    if _would_lie(value, kept, percentage=percentage):
        digits = numbers.parts(value)
        relation, _, fraction = numbers.shortened(*digits, kept, percentage=percentage)
        if relation:
            said = french.measured(value, percentage=percentage, decimals=kept)
        kept = max(kept, len(fraction))
    if percentage:
        return As(Kind.PERCENT, value / 100, kept, said)
    if said or kept != usual:
        return value if value == int(value) else As(Kind.NUMBER, value, kept, said)
    return value


def share(rate: float | None) -> object:
    """A rate (1 = the target) as a percentage."""
    return None if rate is None else figure(100 * rate, ValueType.PERCENTAGE)


def fraction(value: float | None, n: int | None, least: int) -> str:
    """« 8 sur 9 » when so few people make no percentage; '' otherwise."""
    return fraction_text(value, n) if value is not None and n and n < least else ""


def _would_lie(value: float, decimals: int, *, percentage: bool) -> bool:
    half = 0.5 * 10**-decimals
    return 0 < abs(value) < half or (percentage and 100 - half <= value < 100)
