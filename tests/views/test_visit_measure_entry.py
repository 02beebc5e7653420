"""What is typed in a measure's row: numbers, yes and no, refusals, and what is not a zero."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.services.visits.visit_rows import MeasureLine, RecordMeasure
from desktop_app.services.vocabulary import (
    Calculation,
    Counted,
    Frequency,
    MeasurementStatus,
    ValueType,
)
from desktop_app.views.tables import measure_entry
from desktop_app.views.tables.measure_entry import Refusal, Typed

OBSERVED, NOT_OBSERVED = MeasurementStatus.OBSERVED, MeasurementStatus.NOT_OBSERVED


def line(value_type: ValueType = ValueType.NUMBER, **values: object) -> MeasureLine:
    made = MeasureLine(
        indicator_id="i",
        indicator_code="A1",
        label="Usage",
        unit="résidents/jour",
        value_type=value_type,
        frequency=Frequency.MONTHLY,
        scale_min=1.0 if value_type is ValueType.SCALE else None,
        scale_max=5.0 if value_type is ValueType.SCALE else None,
        definition="",
        disaggregation="",
        category="",
        due=True,
        retired=False,
        last_value=6.2,
        last_date=None,
        baseline_value=2.0,
        target_value=10.0,
        measurement_id=None,
        status=None,
        value=None,
        n=None,
        wave=None,
        reliability=None,
        comment="",
    )
    return dataclasses.replace(made, **values)


def typed(value: str = "", n: str = "", comment: str = "", **mark: MeasurementStatus) -> Typed:
    return Typed(value, n, comment, **mark)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (ValueType.NUMBER, "8,4", 8.4),
        (ValueType.NUMBER, "8.4", 8.4),
        (ValueType.NUMBER, "0", 0.0),
        (ValueType.NUMBER, "1\u202f234,5", 1234.5),
        (ValueType.PERCENTAGE, "52 %", 52.0),
        (ValueType.SCALE, "4,2", 4.2),
        (ValueType.YES_NO, "o", 1.0),
        (ValueType.YES_NO, "Oui", 1.0),
        (ValueType.YES_NO, "n", 0.0),
    ],
)
def test_values_are_read_as_people_write_them(kind: ValueType, text: str, value: float) -> None:
    command = measure_entry.read(line(kind), "v", typed(text))
    assert isinstance(command, RecordMeasure)
    assert (command.status, command.value) == (OBSERVED, value)


@pytest.mark.parametrize(
    ("kind", "entry", "field", "words"),
    [
        (ValueType.SCALE, typed("7"), "value", "L’échelle va de 1 à 5"),
        (ValueType.PERCENTAGE, typed("101"), "value", "0 à 100"),
        (ValueType.YES_NO, typed("peut-être"), "value", "oui ou non"),
        (ValueType.NUMBER, typed("beaucoup"), "value", "n’est pas un nombre"),
        (ValueType.NUMBER, typed("8", "2,5"), "n", "n’est pas un effectif"),
        (ValueType.PERCENTAGE, typed("8", "0"), "n", "n = 0"),
        (ValueType.NUMBER, typed("52 %"), "value", "est un pourcentage"),
        (ValueType.SCALE, typed("3 %"), "value", "est un pourcentage"),
        (ValueType.NUMBER, typed("12 5"), "value", "n’est pas un nombre"),
        (ValueType.NUMBER, typed("8", "1.000"), "n", "n’est pas un effectif"),
        (ValueType.NUMBER, typed("", "12"), "value", "Saisissez la valeur"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    kind: ValueType, entry: Typed, field: str, words: str
) -> None:
    refusal = measure_entry.read(line(kind), "v", entry)
    assert isinstance(refusal, Refusal)
    assert refusal.field == field
    assert words in refusal.sentence


def test_not_observed_holds_no_value_and_is_no_zero() -> None:
    command = measure_entry.read(line(), "v", typed(status=NOT_OBSERVED))
    assert isinstance(command, RecordMeasure)
    assert (command.status, command.value, command.n) == (NOT_OBSERVED, None, None)


def test_a_comment_alone_is_kept_as_not_observed() -> None:
    command = measure_entry.read(line(), "v", typed(comment="Absente ce jour"))
    assert isinstance(command, RecordMeasure)
    assert (command.status, command.comment) == (NOT_OBSERVED, "Absente ce jour")


def test_a_qualitative_measure_speaks_through_its_comment() -> None:
    command = measure_entry.read(line(ValueType.QUALITATIVE), "v", typed(comment="Apaisées"))
    assert isinstance(command, RecordMeasure)
    assert (command.status, command.value) == (OBSERVED, None)


def test_an_answer_keeps_its_lines_and_the_count_an_older_notebook_holds() -> None:
    old = line(ValueType.QUALITATIVE, status=OBSERVED, n=8, comment="Apaisées")
    command = measure_entry.read(old, "v", typed(comment="Apaisées.\n\nDeux demandent la suite.\n"))
    assert isinstance(command, RecordMeasure)
    assert (command.n, command.comment) == (8, "Apaisées.\n\nDeux demandent la suite.")
    erased = measure_entry.read(old, "v", typed(comment=" \n "))
    assert isinstance(erased, RecordMeasure)
    assert (erased.status, erased.n) == (None, None)


def test_an_emptied_row_is_no_longer_recorded() -> None:
    recorded = line(measurement_id="m", status=OBSERVED, value=8.4, n=12)
    command = measure_entry.read(recorded, "v", typed())
    assert isinstance(command, RecordMeasure)
    assert command.status is None
    assert not measure_entry.says_the_same(recorded, command)
    assert measure_entry.after(recorded, command).value is None


@given(st.floats(-1e12, 1e12))
def test_what_is_shown_back_reads_the_same(value: float) -> None:
    shown = measure_entry.shown_value(line(), value)
    assert measure_entry.read_value(line(), shown) == value


def test_what_is_read_beside_the_field_keeps_apart_what_differs() -> None:
    close = line(last_value=0.004, baseline_value=0.0, target_value=0.0041)
    assert measure_entry.read_back(close, 0.004) == "0,004"
    assert measure_entry.read_back(close, 0.0041) == "0,0041"
    share = line(ValueType.PERCENTAGE, last_value=99.96, baseline_value=50.0, target_value=100.0)
    assert measure_entry.last_text(share) == "99,96\u202f%"


def test_an_answer_has_the_day_of_the_last_one_beside_it() -> None:
    answered = line(
        ValueType.QUALITATIVE,
        last_value=None,
        last_date=dt.date(2020, 11, 19),
        baseline_value=None,
        target_value=None,
    )
    assert measure_entry.last_text(answered) == "19/11/2020"
    assert measure_entry.reference_text(answered) == "Dernière réponse le 19/11/2020"
    never = dataclasses.replace(answered, last_date=None)
    assert measure_entry.last_text(never) == "—"


def whole_and_parts(
    total: tuple[float | None, int | None],
    *parts: tuple[float | None, int | None],
    calculation: Calculation = Calculation.SUM,
) -> tuple[MeasureLine, list[MeasureLine]]:
    def one(category: str, value: float | None, n: int | None) -> MeasureLine:
        return line(category=category, value=value, n=n, calculation=calculation)

    named = zip(("Filles", "Garçons", "Autres"), parts, strict=False)
    return one("", *total), [one(name, *part) for name, part in named]


@pytest.mark.parametrize(
    ("total", "parts", "said"),
    [
        ((100, None), ((70, None), (50, None)), "Les parties font 120, le total 100."),
        ((100, None), ((40, None), (50, None)), "Les parties font 90, le total 100."),
        ((100, None), ((120, None), (None, None)), "Les parties font 120, le total 100."),
        ((100, None), ((40, None), (None, None)), ""),
        ((90, None), ((40, None), (50, None)), ""),
        ((0.3, None), ((0.1, None), (0.2, None)), ""),
        ((0.3001, None), ((0.1, None), (0.2, None)), "Les parties font 0,3, le total 0,3001."),
        ((None, None), ((40, None), (50, None)), ""),
        ((100, None), ((None, None), (None, None)), ""),
    ],
)
def test_parts_that_do_not_add_up_are_said(
    total: tuple[float, int], parts: tuple[tuple[float, int], ...], said: str
) -> None:
    assert measure_entry.parts_remark(*whole_and_parts(total, *parts)) == said


@pytest.mark.parametrize(
    ("total", "parts", "said"),
    [
        ((50, 40), ((60, 30), (40, 20)), "Les parties comptent n = 50, le total n = 40."),
        ((50, 50), ((60, 30), (40, 20)), ""),
        ((50, 60), ((60, 30), (40, 20)), ""),
        ((50, 25), ((60, 30), (None, None)), "Les parties comptent n = 30, le total n = 25."),
        ((50, None), ((60, 30), (40, 20)), ""),
        ((50, 40), ((60, None), (90, None)), ""),
    ],
)
@pytest.mark.parametrize(
    "calculation", [Calculation.LATEST, Calculation.MEAN, Calculation.RATIO, Calculation.SITES]
)
def test_parts_that_count_more_than_their_total_are_said(
    calculation: Calculation,
    total: tuple[float, int],
    parts: tuple[tuple[float, int], ...],
    said: str,
) -> None:
    lines = whole_and_parts(total, *parts, calculation=calculation)
    assert measure_entry.parts_remark(*lines).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("kind", "changes", "said"),
    [
        (ValueType.PERCENTAGE, {"value": 47.0}, True),
        (ValueType.PERCENTAGE, {"value": 47.0, "n_counts": Counted.ANSWERS}, True),
        (ValueType.PERCENTAGE, {"value": 47.0, "n_counts": Counted.SESSIONS}, False),
        (ValueType.PERCENTAGE, {"value": 47.0, "n": 12}, False),
        (ValueType.PERCENTAGE, {}, False),
        (ValueType.NUMBER, {"value": 47.0}, False),
    ],
)
def test_a_percentage_of_people_without_n_is_remarked(
    kind: ValueType, changes: dict[str, object], said: bool
) -> None:
    words = "n manque\u00a0: ce pourcentage sera masqué dans les documents."
    assert measure_entry.remark(line(kind, **changes)) == (words if said else "")


def test_the_counter_counts_indicators_not_categories() -> None:
    lines = (
        line(indicator_id="a", status=OBSERVED, value=1.0),
        line(indicator_id="a", category="Unité A", status=OBSERVED, value=1.0),
        line(indicator_id="b", status=NOT_OBSERVED),
        line(indicator_id="c"),
        line(indicator_id="old", status=OBSERVED, value=1.0, retired=True),
    )
    assert measure_entry.progress_text(lines) == "1 sur 3 saisies · 1 non observée"


def test_the_words_beside_a_measure() -> None:
    assert measure_entry.unit_text(line(ValueType.SCALE, unit="")) == "échelle 1 à 5"
    assert measure_entry.unit_text(line(ValueType.PERCENTAGE, unit="% des résidents")) == (
        "% des résidents"
    )
    assert measure_entry.read_back(line(ValueType.PERCENTAGE), 40.0) == "40\u202f%"
    assert "Cible\u00a0: 10" in measure_entry.reference_text(line())
