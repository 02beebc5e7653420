"""What is written never lies, and what was written reads back as the same number."""

import math
import struct
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app import french
from desktop_app.numbers import BEYOND, decimals_apart, decimals_of, same_when_read, scaled

FINITE = st.floats(allow_nan=False, allow_infinity=False)
MEASURES = st.floats(-1e12, 1e12)
TYPED = st.builds(
    lambda digits, point: digits / 10**point, st.integers(-99999, 99999), st.integers(0, 7)
)
VALUES = st.one_of(MEASURES, TYPED, st.integers(-1000, 1000), st.floats(-0.02, 0.02))
SHARES = st.one_of(st.floats(0, 100), st.floats(99.9, 100.1), TYPED)
DECIMALS = st.integers(0, 4)
some = settings(max_examples=150, deadline=None)


def read(text: str) -> tuple[float, int]:
    """Where what was written lies: the number read, and on which side of it."""
    side = {"<": -1, ">": 1}.get(text[0], 0)
    number = french.parse_number(text.lstrip("<>").replace("\u00a0", ""))
    assert number is not None
    return number, side


def neighbours(value: float) -> tuple[float, float]:
    return math.nextafter(value, -math.inf), math.nextafter(value, math.inf)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.125, None, "0,13"),
        (0.375, None, "0,38"),
        (2.675, None, "2,68"),
        (1.005, None, "1,01"),
        (-2.675, None, "\u22122,68"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, "\u22123"),
        (9.995, None, "10"),
        (9.995, 2, "10,00"),
        (999.995, None, "1\u202f000"),
        (999_999.5, 0, "1\u202f000\u202f000"),
        (0.1 + 0.2, None, "0,3"),
        (28.999999999999996, None, "29"),
        (1e22, None, "10\u202f000\u202f000\u202f000\u202f000\u202f000\u202f000\u202f000"),
        (12, 2, "12,00"),
        (True, None, "1"),
    ],
)
def test_half_up_on_the_decimal_typed(value, decimals, text):
    assert french.number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.004, None, "0,004"),
        (0.0041, None, "0,004"),
        (0.005, None, "0,01"),
        (-0.004, None, "\u22120,004"),
        (0.0000005, None, "0,000001"),
        (0.00000049, None, "<\u00a00,000001"),
        (-0.00000049, None, ">\u00a0\u22120,000001"),
        (5e-324, None, "<\u00a00,000001"),
        (0.4, 0, "0,4"),
        (0.04, 0, "0,04"),
        (0.00001, 0, "<\u00a00,0001"),
        (0.0, 0, "0"),
        (0.0, 2, "0,00"),
    ],
)
def test_what_is_not_zero_never_reads_zero(value, decimals, text):
    assert french.number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (99.95, None, "99,95"),
        (99.96, None, "99,96"),
        (99.94, None, "99,9"),
        (99.996, None, "99,996"),
        (99.96, 1, "99,96"),
        (99.6, 0, "99,6"),
        (99.4, 0, "99"),
        (-99.96, None, "\u221299,96"),
        (99.99999999, None, ">\u00a099,99999"),
        (math.nextafter(100, 0), None, ">\u00a099,99999"),
        (-99.99999999, None, "<\u00a0\u221299,99999"),
        (99.99999999, 0, ">\u00a099,9999"),
        (100.0, None, "100"),
        (100.04, None, "100"),
        (199.96, None, "200"),
        (0.04, None, "0,04"),
        (0.05, None, "0,1"),
        (0.4, 0, "0,4"),
        (1e-9, None, "<\u00a00,00001"),
        (0, None, "0"),
        (12.25, None, "12,3"),
        (50.0, 1, "50,0"),
    ],
)
def test_less_than_all_never_reads_100_percent(value, decimals, text):
    assert french.percent(value, decimals) == f"{text}\u202f%"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_no_value(value):
    assert {french.number(value), french.percent(value, 2), french.measured(value, decimals=3)} == {
        "—"
    }
    assert french.percent(value) == french.measured(value, percentage=True, decimals=1) == "—"
    assert decimals_apart([value, 1.0], 2) == 2


def test_a_measure_takes_its_decimals_as_a_maximum():
    assert french.measured(2.675, decimals=3) == "2,675"
    assert french.measured(2.5, decimals=3) == "2,5"
    assert french.measured(2.675, decimals=1) == "2,7"
    assert french.measured(48.0, decimals=3) == "48"
    assert french.measured(33.346, percentage=True, decimals=2) == "33,35\u202f%"
    assert french.measured(99.996, percentage=True, decimals=2) == "99,996\u202f%"
    assert french.measured(1, yes_no=True, decimals=2) == "oui"
    assert french.measured(None, decimals=2) == "—"


@pytest.mark.parametrize(
    ("value", "decimals"),
    [
        *((0, 0), (8.0, 0), (8.4, 1), (0.25, 2), (-0.125, 3), (1e-7, 7), (1.5e-7, 8)),
        *((1e22, 0), (1.5e300, 0), (-0.0, 0), (12, 0), (5e-324, 324)),
    ],
)
def test_decimals_of(value, decimals):
    assert decimals_of(value) == decimals


@pytest.mark.parametrize(
    ("values", "usual", "decimals"),
    [
        ((8.4, 12, 48.0), 2, 2),
        ((1.001, 1.002, None), 2, 3),
        ((1.001, 1.004, 2), 2, 3),
        ((0.004, 5, None), 2, 3),
        ((50.04, 50.0, 80), 1, 2),
        ((99.96, 100.0), 1, 2),
        ((1.23456, 1.23457), 2, 5),
        ((1.00000001, 1.00000003, 2), 2, 2),
        ((1.49, 1.51), 0, 0),
        ((0.49, 0.51), 0, 2),
        ((1 / 3, 1 / 3 + 1e-12, 0.4), 2, 2),
        ((0.1 + 0.2, 0.3), 2, 2),
        ((None, None), 1, 1),
        ((), 2, 2),
        ((0, 1e-9, 1.0044, 1.0041), 2, 4),
    ],
)
def test_decimals_apart(values, usual, decimals):
    assert decimals_apart(values, usual) == decimals


def test_same_when_read():
    assert same_when_read(2.675, 2.68, 2)
    assert same_when_read(0.1 + 0.2, 0.3, 4)
    assert same_when_read(-0.4, 0.4, 0)
    assert not same_when_read(2.674, 2.675, 2)
    assert not same_when_read(-0.5, 0.5, 0)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (0, "0"),
        (-0.0, "0"),
        (8.4, "8,4"),
        (1234567.891, "1\u202f234\u202f567,891"),
        (-12.34567890123, "\u221212,34567890123"),
        (0.1 + 0.2, "0,30000000000000004"),
        (1e-7, "0,0000001"),
        (1e12, "1\u202f000\u202f000\u202f000\u202f000"),
        (12500, "12\u202f500"),
    ],
)
def test_written_in_full(value, text):
    assert french.written(value) == text
    assert french.written(value, grouped=False) == text.replace("\u202f", "")
    assert french.parse_number(text) == value


@settings(max_examples=500, deadline=None)
@given(MEASURES | TYPED | st.floats(-1e-300, 1e-300), st.booleans())
def test_what_was_written_reads_back_as_the_same_float(value, grouped):
    again = french.parse_number(french.written(value, grouped=grouped))
    assert again is not None
    assert struct.pack("d", again) == struct.pack("d", value + 0.0)


@some
@given(FINITE, st.integers(0, 12))
def test_rounding_is_half_up_on_the_shortest_decimal(value, decimals):
    exact = Decimal(repr(value))
    step = Decimal(1).scaleb(-decimals)
    if exact.adjusted() < 12:
        assert scaled(value, decimals) == int(exact.quantize(step, ROUND_HALF_UP) / step)


@some
@given(VALUES, st.none() | DECIMALS)
def test_no_number_lies(value, decimals):
    usual = 2 if decimals is None else decimals
    number, side = read(french.number(value, decimals))
    assert (number == 0) == (value == 0)
    if side:
        assert 0 < abs(value) < abs(number) == pytest.approx(10.0 ** -(usual + BEYOND))
    else:
        assert abs(Decimal(repr(number)) - Decimal(repr(value))) <= Decimal(f"0.5e-{usual}")


@some
@given(SHARES | st.sampled_from(neighbours(100.0) + neighbours(0.0)), st.none() | DECIMALS)
def test_no_percentage_lies(value, decimals):
    number, side = read(french.percent(value, decimals))
    assert (number == 0) == (value == 0)
    assert number < 100 if value < 100 else number >= 100
    assert (number - value) * side <= 0


@some
@given(VALUES | SHARES, VALUES | SHARES, st.none() | DECIMALS, st.booleans())
def test_the_smaller_never_reads_as_the_greater(one, other, decimals, percentage):
    write = french.percent if percentage else french.number
    small, great = sorted((one, other))
    for low, high in ((small, great), (neighbours(float(small))[0], small)):
        assert read(write(low, decimals)) <= read(write(high, decimals))


CLOSE = st.builds(
    lambda base, steps, point: [base + step / 10**point for step in steps],
    st.sampled_from([0.0, 0.004, 1.0, 33.333333333333336, 99.95, 1234.5]),
    st.lists(st.integers(-60, 60), min_size=1, max_size=3),
    st.integers(0, 8),
)


@some
@given(CLOSE | st.lists(VALUES, max_size=3), st.integers(0, 2), st.booleans())
def test_what_differs_is_written_differently(values, usual, percentage):
    decimals = decimals_apart(values, usual)
    assert usual <= decimals <= usual + BEYOND
    texts = [french.measured(value, percentage=percentage, decimals=decimals) for value in values]
    step = Decimal(1).scaleb(-usual - BEYOND)
    pairs = list(combinations(range(len(values)), 2))
    gaps = [abs(Decimal(repr(values[a])) - Decimal(repr(values[b]))) for a, b in pairs]
    within_reach = all(
        gap >= step or math.isclose(values[a], values[b], rel_tol=1e-9)
        for gap, (a, b) in zip(gaps, pairs, strict=True)
    ) and all(value == 0 or abs(value) >= step for value in values)
    if within_reach:
        for gap, (a, b) in zip(gaps, pairs, strict=True):
            close = math.isclose(values[a], values[b], rel_tol=1e-9)
            assert close or texts[a] != texts[b], (values, decimals, texts, gap)
