import datetime as dt

import pytest

from desktop_app import french
from desktop_app.errors import UserError

TODAY = dt.date(2021, 6, 14)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234.5, "1\u202f234,5"),
        (0, "0"),
        (10, "10"),
        (100.0, "100"),
        (-3.25, "\u22123,25"),
        (-0.0, "0"),
        (-0.001, "\u22120,001"),
        (8.40, "8,4"),
        (8.456, "8,46"),
        (None, "—"),
        (1_234_567, "1\u202f234\u202f567"),
    ],
)
def test_number(value, text):
    assert french.number(value) == text


def test_numbers_with_units():
    assert french.percent(52.04) == "52\u202f%"
    assert french.percent(33.333) == "33,3\u202f%"
    assert french.number(2, 1) == "2,0"
    assert french.measured(1, yes_no=True) == "oui"
    assert french.measured(0, yes_no=True) == "non"
    assert french.measured(None, yes_no=True) == "—"
    assert french.euros(1060) == "1\u202f060\u202f€"
    assert french.euros(12.345) == "12,35\u202f€"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0\u202foctets"),
        (999, "999\u202foctets"),
        (1000, "1,0\u202fko"),
        (1_250_000, "1,3\u202fMo"),
        (999_949, "999,9\u202fko"),
        (999_950, "1,0\u202fMo"),
        (999_999_999, "1,0\u202fGo"),
        (2_500_000_000, "2,5\u202fGo"),
    ],
)
def test_size(count, text):
    assert french.size(count) == text


def test_plural_starts_at_two():
    assert french.plural(0, "visite") == "0 visite"
    assert french.plural(1, "visite") == "1 visite"
    assert french.plural(12, "visite") == "12 visites"
    assert french.plural(2, "cheval", "chevaux") == "2 chevaux"


def test_dates():
    day = dt.date(2021, 6, 9)
    assert french.date(day) == "09/06/2021"
    assert french.long_date(day) == "9\u00a0juin 2021"
    assert french.long_date(dt.date(2021, 6, 1), weekday=True) == "mardi 1er\u00a0juin 2021"
    assert french.short_day(TODAY) == "lun. 14"
    assert french.period(dt.date(2021, 3, 1), dt.date(2021, 11, 30)) == "mars – novembre 2021"
    assert french.period(dt.date(2020, 11, 1), TODAY) == "novembre 2020 – juin 2021"
    assert french.period(None, TODAY) == "jusqu’au 14/06/2021"


@pytest.mark.parametrize("text", ["8,4", "8.4", " 8,4 ", "+8,4", "8,40"])
def test_comma_and_point_both_read(text):
    assert french.parse_number(text) == 8.4


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234,5", 1234.5),
        ("1\u202f234,5", 1234.5),
        ("1\u00a0234\u202f567", 1234567),
        ("12 500.25", 12500.25),
        ("1.234,5", 1234.5),
        ("1.234.567", 1234567),
        ("-12.345,678", -12345.678),
        ("1,000", 1),
        ("0.125", 0.125),
        (".125", 0.125),
        ("1234.567", 1234.567),
        ("1.0000", 1),
        ("12.50", 12.5),
        ("8,", 8),
        ("52 %", 52),
        ("52%", 52),
        ("\u22123", -3),
        ("007", 7),
        ("1 000 000 000 000", 1e12),
        ("", None),
        ("  ", None),
    ],
)
def test_parse_number(text, value):
    assert french.parse_number(text) == value


def test_no_zero_is_negative():
    assert str(french.parse_number("-0")) == "0.0"


@pytest.mark.parametrize(
    "text",
    [
        *("abc", "1,2,3", "1e5", "inf", "nan", "=1+1", "--4", "12a", "٣", "9" * 20, "9" * 400),
        *("1.234.5", "1.23,4", "1,234.5", "1.234.567.89", "1.234 567", "012 345", "1'234"),
        *("-", ",", ".", "%", "52 %%", "% 52", "8 %,4", "1\t234", "1 234 56"),
    ],
)
def test_what_is_no_number_gets_a_sentence(text):
    with pytest.raises(UserError):
        french.parse_number(text)


@pytest.mark.parametrize("text", ["12 5", "1 2345", "1  234", "12 34,5", "- 3"])
def test_spaces_separate_groups_of_three_only(text):
    with pytest.raises(UserError) as refusal:
        french.parse_number(text)
    assert str(refusal.value) == (
        f"«\u00a0{text}\u00a0» n’est pas un nombre\u00a0: les espaces y séparent des groupes de "
        "trois chiffres, comme «\u00a01\u202f234\u00a0». Vérifiez la saisie."
    )


@pytest.mark.parametrize(
    ("text", "thousands", "decimals", "grouped", "pointed"),
    [
        ("1.000", "1\u202f000", "1,000", "1000", "1,0"),
        ("12.500", "12\u202f500", "12,500", "12500", "12,5"),
        ("-8.125", "\u22128\u202f125", "\u22128,125", "\u22128125", "\u22128,125"),
        ("1 000.000", "1 000\u202f000", "1 000,000", "1000000", "1000,0"),
        ("1.000 %", "1\u202f000", "1,000", "1000", "1,0"),
    ],
)
def test_what_could_be_two_numbers_is_refused(text, thousands, decimals, grouped, pointed):
    with pytest.raises(UserError) as refusal:
        french.parse_number(text)
    assert str(refusal.value) == (
        f"«\u00a0{text}\u00a0» se lit {thousands} ou {decimals}\u00a0: écrivez "
        f"«\u00a0{grouped}\u00a0» ou «\u00a0{pointed}\u00a0»."
    )
    for proposed in (grouped, pointed):
        assert french.parse_number(proposed) is not None


def test_a_percentage_is_no_plain_number():
    assert french.parse_number("12", percentage=False) == 12
    with pytest.raises(UserError, match="est un pourcentage"):
        french.parse_number("12 %", percentage=False)


@pytest.mark.parametrize(
    ("text", "count"),
    [("12", 12), (" 1 234 ", 1234), ("0", 0), ("12,0", 12), ("10000000", 10_000_000), ("", None)],
)
def test_parse_count(text, count):
    assert french.parse_count(text) == count


@pytest.mark.parametrize(
    "text",
    ["-1", "2,5", "douze", "1e9", "12 5", "12 %", "1.000", "99999999", "99999999999", "9" * 400],
)
def test_what_is_no_headcount_gets_its_own_sentence(text):
    with pytest.raises(UserError, match="n’est pas un effectif"):
        french.parse_count(text)


@pytest.mark.parametrize(
    "text",
    [
        *("09/06/2021", "9/6/21", "9-6", "9.6.2021", "2021-06-09", "9 6 2021", "9/6"),
        *("09062021", "9 juin 2021", "9\u00a0juin 2021", "9 JUIN 21", "9 juin", "9-juin-2021"),
    ],
)
def test_parse_date(text):
    assert french.parse_date(text, TODAY) == dt.date(2021, 6, 9)


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_read_as_it_is_written(number):
    day = dt.date(2021, number, 1)
    name, short = french.MONTHS[number - 1], french.SHORT_MONTHS[number - 1]
    bare = name.translate(str.maketrans("éû", "eu"))
    for text in (name, bare, name.upper(), bare.title(), short):
        assert french.parse_date(f"1er {text} 2021", TODAY) == day
    assert french.parse_date(french.long_date(day), TODAY) == day
    assert french.parse_date(f"1ᵉʳ {name} 2021", TODAY) == day
    assert french.parse_date(f"01 {name}", TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        *("31/02/2021", "09/06/1900", "09/06/2100", "demain", "2021-13-01", "1/1/1"),
        *("31022021", "09061900", "0906202", "31 juin 2021", "9 juinet 2021", "2er juin 2021"),
        *("11er juin 2021", "juin 2021", "9 juin 202", "9 ma 2021", "9er6/2021"),
    ],
)
def test_impossible_dates_get_a_sentence(text):
    with pytest.raises(UserError):
        french.parse_date(text, TODAY)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("13:30", dt.time(13, 30)),
        ("13h30", dt.time(13, 30)),
        ("13h", dt.time(13)),
        ("1330", dt.time(13, 30)),
        ("9", dt.time(9)),
        ("9:05", dt.time(9, 5)),
        ("", None),
    ],
)
def test_parse_time(text, moment):
    assert french.parse_time(text) == moment


@pytest.mark.parametrize("text", ["25:00", "12:60", "midi", "13:3"])
def test_impossible_times_get_a_sentence(text):
    with pytest.raises(UserError):
        french.parse_time(text)
