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
        (-0.001, "0"),
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
    assert french.size(1_250_000) == "1,2\u202fMo"
    assert french.size(999) == "999\u202foctets"


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
    assert french.parse_number(text) == pytest.approx(8.4)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 234,5", 1234.5), ("1\u202f234,5", 1234.5), ("52 %", 52), ("\u22123", -3), ("", None)],
)
def test_parse_number(text, value):
    assert french.parse_number(text) == value


@pytest.mark.parametrize(
    "text", ["abc", "1,2,3", "1e5", "inf", "nan", "=1+1", "--4", "12a", "٣x", "9" * 20]
)
def test_what_is_no_number_gets_a_sentence(text):
    with pytest.raises(UserError):
        french.parse_number(text)


@pytest.mark.parametrize("text", ["-1", "2,5", "douze", "99999999999"])
def test_what_is_no_headcount_gets_a_sentence(text):
    with pytest.raises(UserError):
        french.parse_count(text)


@pytest.mark.parametrize(
    "text", ["09/06/2021", "9/6/21", "9-6", "9.6.2021", "2021-06-09", "9 6 2021", "9/6"]
)
def test_parse_date(text):
    assert french.parse_date(text, TODAY) == dt.date(2021, 6, 9)


@pytest.mark.parametrize(
    "text", ["31/02/2021", "09/06/1900", "09/06/2100", "demain", "2021-13-01", "1/1/1"]
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
