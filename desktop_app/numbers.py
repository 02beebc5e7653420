"""Numbers as the decimals that people typed, and how many of their digits to write.

A float stands here for the shortest decimal that reads back as it (Python's ``repr``): 2.675 is
two, six, seven, five, though its binary value lies a little under. Everything is rounded half-up,
away from zero, on that decimal, once, from all its digits.

What is written never lies. What is not zero never reads « 0 », a share of less than 100 % never
reads « 100 % »: as many more decimals as it takes, up to ``BEYOND`` more than asked; past them,
the side on which the value lies is told (« < 0,000001 », « > 99,99999 % »). french.py sets the
type; the words are never made here.
"""

import math
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

BEYOND = 4  # decimals that may come after the usual ones, when these would lie
NOISE = 1e-9  # relative: two values closer than that differ by their computation alone


def parts(value: float) -> tuple[str, str]:
    """All the digits of |value| before and after the point: -8.4 → « 8 », « 4 »; 5.0 → « 5 », ''.

    Never an exponent: 1e-7 → « 0 », « 0000001 ». What is not finite gives letters.
    """
    text = repr(abs(value))
    if "e" in text:
        text = format(Decimal(text), "f")
    whole, _, fraction = text.partition(".")
    return whole, "" if fraction == "0" else fraction


def decimals_of(value: float) -> int:
    """Digits after the point of the shortest decimal: 8.0 → 0, 0.25 → 2, 1e-7 → 7."""
    return len(parts(value)[1])


def scaled(value: float, decimals: int) -> int:
    """The whole number of 10^-decimals that the finite value is rounded to: 2.675, 2 → 268."""
    kept = int("".join(_rounded(*parts(value), decimals)))
    return -kept if value < 0 else kept


def same_when_read(first: float, second: float, decimals: int) -> bool:
    """Whether two finite values are equal once rounded at so many decimals."""
    return scaled(first, decimals) == scaled(second, decimals)


def decimals_apart(values: Sequence[float | None], usual: int) -> int:
    """The decimals at which values that differ (T0, actual, target) are written differently.

    At least ``usual``, at most ``BEYOND`` more; within these, the fewest that tell apart all the
    pairs that can be. Zero is always one of the values, so that none other rounds to it; for a
    percentage, give 100 among them. Values closer than ``NOISE`` are one.
    """
    known = [value for value in values if value is not None and math.isfinite(value)]
    finest = max((decimals_of(value) for value in known), default=0)
    if finest <= usual:
        return usual
    known.append(0.0)
    pairs = [
        (first, second)
        for first, second in combinations(range(len(known)), 2)
        if not math.isclose(known[first], known[second], rel_tol=NOISE)
    ]
    best, most = usual, -1
    for decimals in range(usual, min(finest, usual + BEYOND) + 1):
        read = [scaled(value, decimals) for value in known]
        told = sum(read[first] != read[second] for first, second in pairs)
        if told > most:
            best, most = decimals, told
        if told == len(pairs):
            break
    return best


def shortened(
    whole: str, fraction: str, decimals: int, *, percentage: bool = False
) -> tuple[str, str, str]:
    """The digits to write of ``parts``, when there are more than ``decimals`` after the point.

    First comes the sign « < » or « > » when no number of decimals allowed tells the truth, else ''.
    """
    for kept in range(decimals, min(len(fraction), decimals + BEYOND) + 1):
        told, after = _rounded(whole, fraction, kept)
        if told == "0":
            if after.strip("0"):
                return "", told, after
        elif not (percentage and told == "100" and len(whole) < 3):
            return "", told, after
    last = decimals + BEYOND
    if whole == "0":
        return "<", "0", f"{'0' * (last - 1)}1"
    return ">", "99", "9" * last


def _rounded(whole: str, fraction: str, decimals: int) -> tuple[str, str]:
    """Half-up: the first digit that goes decides, since the digits are all there."""
    after = fraction[:decimals]
    if len(after) < decimals:
        return whole, after.ljust(decimals, "0")
    if fraction[decimals : decimals + 1] < "5":  # '' when nothing goes
        return whole, after
    digits = str(int(whole + after) + 1).rjust(decimals + 1, "0")
    at = len(digits) - decimals
    return digits[:at], digits[at:]
