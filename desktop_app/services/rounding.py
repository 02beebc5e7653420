"""When two figures are the same: as they are read, half-up on the decimals that were typed."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from desktop_app.models.enums import ValueType

_USUAL = {ValueType.PERCENTAGE: 1}
_USUAL_ELSE = 2


@lru_cache(maxsize=4096)
def decimals_of(value: float) -> int:
    """Digits after the point of the shortest text that reads back as ``value``: 0.25 → 2."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def usual_decimals(value_type: ValueType, *typed: float | None) -> int:
    """One for a percentage, two otherwise; more when T0 or the target was typed finer."""
    least = _USUAL.get(value_type, _USUAL_ELSE)
    return max([least, *(decimals_of(value) for value in typed if value is not None)])


def rounded(value: float, decimals: int) -> Decimal:
    """Half-up, on the decimal that the float stands for (its shortest text)."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def same(first: float, second: float, decimals: int) -> bool:
    """Whether the two are read alike at that many decimals."""
    return rounded(first, decimals) == rounded(second, decimals)
