"""The grid of measures: cells written, erased, bounded, and the last value beside."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from visit_samples import DAY, OBSERVED, World, open_world

from desktop_app.errors import UserError
from desktop_app.models.framework import Indicator
from desktop_app.models.visit import Measurement
from desktop_app.services.visits.visit_rows import RecordMeasure
from desktop_app.services.vocabulary import MeasurementStatus, Reliability, Wave
from desktop_app.store.device import DeviceIdentity


@pytest.fixture
def world(tmp_path: Path, device: DeviceIdentity) -> Iterator[World]:
    with open_world(tmp_path, device) as made:
        yield made


def test_the_grid_holds_the_framework_in_order_and_its_categories(world: World) -> None:
    lines = world.measures.lines(world.visit().id)
    assert [(line.indicator_code, line.category) for line in lines] == [
        ("A1", ""), ("A1", "unité A"), ("A1", "unité B"), ("A2", ""), ("A3", ""), ("A4", ""),
        ("A5", ""),
    ]  # fmt: skip
    assert all(line.status is None and line.due and not line.retired for line in lines)


def test_zero_not_observed_and_not_recorded_are_three_things(world: World) -> None:
    visit = world.visit()
    world.measure(visit, world.number, 0)
    world.measures.record(
        RecordMeasure(visit.id, world.number, "unité A", MeasurementStatus.NOT_OBSERVED)
    )
    zero = world.line(visit, world.number)
    unseen = world.line(visit, world.number, "unité A")
    blank = world.line(visit, world.number, "unité B")
    assert (zero.status, zero.value) == (OBSERVED, 0)
    assert (unseen.status, unseen.value) == (MeasurementStatus.NOT_OBSERVED, None)
    assert (blank.status, blank.value, blank.measurement_id) == (None, None, None)


def test_a_cell_is_written_whole(world: World) -> None:
    visit = world.visit()
    full = RecordMeasure(
        visit.id,
        world.percentage,
        "",
        OBSERVED,
        52.5,
        12,
        "Très\x00 net",
        Wave.T1,
        Reliability.HIGH,
    )
    outcome = world.measures.record(full)
    line = outcome.value
    assert outcome.changes.kinds == {"measurement"}
    assert outcome.changes.ids == {line.measurement_id}
    assert (line.value, line.n, line.comment) == (52.5, 12, "Très net")
    assert (line.wave, line.reliability) == (Wave.T1, Reliability.HIGH)
    again = world.measures.record(RecordMeasure(visit.id, world.percentage, "", OBSERVED, 60)).value
    assert again.measurement_id == line.measurement_id
    assert (again.value, again.n, again.comment, again.wave) == (60, None, "", None)


def test_not_observed_drops_the_value_and_keeps_the_words(world: World) -> None:
    visit = world.visit()
    world.measure(visit, world.percentage, 52, 12)
    line = world.measures.record(
        RecordMeasure(
            visit.id, world.percentage, "", MeasurementStatus.NOT_OBSERVED, 52, 12, "Salle fermée"
        )
    ).value
    assert (line.value, line.n, line.comment) == (None, None, "Salle fermée")


def test_an_erased_cell_can_be_written_again(world: World) -> None:
    visit = world.visit()
    first = world.measure(visit, world.number, 5)
    erased = world.measures.record(RecordMeasure(visit.id, world.number, "", None))
    assert erased.value.status is None
    assert erased.changes.ids == {first.measurement_id}
    assert world.line(visit, world.number).status is None
    again = world.measure(visit, world.number, 6)
    assert again.value == 6
    with world.notebook.read() as session:
        assert session.query(Measurement).count() == 1
    nothing = world.measures.record(RecordMeasure(visit.id, world.number, "unité A", None))
    assert nothing.changes.ids == frozenset()


@pytest.mark.parametrize(
    ("indicator", "value", "n", "sentence"),
    [
        ("percentage", 101, 12, "0 à 100"),
        ("percentage", -1, 12, "0 à 100"),
        ("percentage", 50, 0, "n = 0"),
        ("percentage", None, 12, "non observé"),
        ("scale", 0.9, None, "de 1 à 5"),
        ("scale", 5.1, None, "de 1 à 5"),
        ("scale", 3, 0, "n = 0"),
        ("yes_no", 0.5, None, "oui ou par non"),
        ("number", float("nan"), None, "trop grande"),
        ("number", float("inf"), None, "trop grande"),
        ("number", 3, -1, "zéro ou plus"),
        ("qualitative", 3, None, "qualitatif"),
        ("qualitative", None, None, "commentaire"),
        ("foreign", 3, None, "n’est plus dans le cadre"),
    ],
)
def test_bad_values_get_a_sentence(
    world: World, indicator: str, value: float | None, n: int | None, sentence: str
) -> None:
    visit = world.visit()
    command = RecordMeasure(visit.id, getattr(world, indicator), "", OBSERVED, value, n)
    with pytest.raises(UserError, match=sentence):
        world.measures.record(command)
    assert all(line.status is None for line in world.measures.lines(visit.id))


@pytest.mark.parametrize(
    ("indicator", "value", "n"),
    [("percentage", 0, 12), ("percentage", 100, None), ("scale", 1, 3), ("scale", 5, 3),
     ("yes_no", 0, 1), ("yes_no", 1, None), ("number", -3.5, None), ("number", 0, 0)],
)  # fmt: skip
def test_the_bounds_themselves_are_taken(
    world: World, indicator: str, value: float, n: int | None
) -> None:
    line = world.measure(world.visit(), getattr(world, indicator), value, n)
    assert (line.value, line.n) == (value, n)


def test_a_category_that_is_not_listed_is_refused(world: World) -> None:
    with pytest.raises(UserError, match="unité Z"):
        world.measure(world.visit(), world.number, 3, category="unité Z")


def test_the_last_value_is_of_the_same_site_and_cell_and_before(world: World) -> None:
    for day, value in ((1, 9), (5, 7), (20, 1)):
        world.measure(world.visit(dt.date(2021, 6, day)), world.number, value, n=12)
    world.measure(world.visit(dt.date(2021, 6, 8), site=world.ehpad), world.number, 99)
    unseen = world.visit(dt.date(2021, 6, 7))
    world.measures.record(
        RecordMeasure(unseen.id, world.number, "", MeasurementStatus.NOT_OBSERVED)
    )
    visit = world.visit(DAY)
    world.measure(visit, world.number, 5)
    line = world.line(visit, world.number)
    assert (line.last_value, line.last_date, line.last_n) == (7, dt.date(2021, 6, 5), 12)
    assert world.line(visit, world.number, "unité A").last_value is None


def test_due_follows_the_frequency_and_any_cell_of_the_indicator(world: World) -> None:
    before = world.visit(dt.date(2021, 6, 1))
    world.measure(before, world.number, 9, category="unité A")
    words = RecordMeasure(before.id, world.qualitative, "", OBSERVED, comment="Familles rassurées")
    world.measures.record(words)
    soon = world.visit(dt.date(2021, 6, 20))
    late = world.visit(dt.date(2021, 6, 30))
    assert not world.line(soon, world.number).due
    assert not world.line(soon, world.number, "unité B").due
    assert not world.line(soon, world.qualitative).due
    assert world.line(soon, world.qualitative).last_date == dt.date(2021, 6, 1)
    assert world.line(soon, world.scale).due
    assert world.line(late, world.number).due


def test_an_indicator_deleted_since_is_shown_where_measured_and_nowhere_else(world: World) -> None:
    visit = world.visit()
    world.measure(visit, world.number, 5)
    world.measure(visit, world.number, 2, category="unité B")
    with world.notebook.write() as uow:
        uow.session.get_one(Indicator, world.number).deleted = True
    line = world.line(visit, world.number)
    assert line.retired
    assert not line.due
    assert line.value == 5
    assert world.line(visit, world.number, "unité B").retired
    other = world.visit()
    assert all(line.indicator_id != world.number for line in world.measures.lines(other.id))
    with pytest.raises(UserError, match="n’est plus dans le cadre"):
        world.measure(other, world.number, 5)
    assert world.measure(visit, world.number, 6).retired
    world.measures.record(RecordMeasure(visit.id, world.number, "", None))
    world.measures.record(RecordMeasure(visit.id, world.number, "unité B", None))
    assert all(line.indicator_id != world.number for line in world.measures.lines(visit.id))


def test_a_category_removed_since_is_still_shown(world: World) -> None:
    visit = world.visit()
    world.measure(visit, world.number, 5, category="unité B")
    with world.notebook.write() as uow:
        uow.session.get_one(Indicator, world.number).categories = ["unité A"]
    line = world.line(visit, world.number, "unité B")
    assert line.retired
    assert line.value == 5


def test_a_measure_keeps_the_version_of_the_definition_it_used(world: World) -> None:
    visit = world.visit()
    line = world.measure(visit, world.number, 5)
    with world.notebook.write() as uow:
        uow.session.get_one(Indicator, world.number).version = 2
    later = world.measure(world.visit(), world.number, 6)
    with world.notebook.read() as session:
        versions = [
            session.get_one(Measurement, key).indicator_version
            for key in (line.measurement_id, later.measurement_id)
        ]
    assert versions == [1, 2]
