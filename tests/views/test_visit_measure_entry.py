"""What is typed in a measure's row: numbers, yes and no, refusals, and what is not a zero."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.services.visit_rows import MeasureLine, RecordMeasure
from desktop_app.services.vocabulary import Frequency, MeasurementStatus, ValueType
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


def test_an_emptied_row_is_no_longer_recorded() -> None:
    recorded = line(measurement_id="m", status=OBSERVED, value=8.4, n=12)
    command = measure_entry.read(recorded, "v", typed())
    assert isinstance(command, RecordMeasure)
    assert command.status is None
    assert not measure_entry.says_the_same(recorded, command)
    assert measure_entry.after(recorded, command).value is None


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 4)))
def test_what_is_shown_back_reads_the_same(value: float) -> None:
    shown = measure_entry.shown_value(line(), value)
    assert measure_entry.read_value(line(), shown) == pytest.approx(value, abs=1e-9, rel=1e-11)


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
