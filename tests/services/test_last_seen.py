"""« Dernière valeur »: the one order of occasions, totals else parts, the present definition."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from visit_samples import DAY, OBSERVED, World, open_world

from desktop_app.models.framework import Indicator
from desktop_app.models.visit import Measurement
from desktop_app.services.programme.experiment_rows import SaveRecord
from desktop_app.services.programme.framework import FrameworkService
from desktop_app.services.visits.visit_rows import MeasureLine, NewVisit, RecordMeasure, VisitRow
from desktop_app.services.vocabulary import Wave
from desktop_app.store.device import DeviceIdentity

NINE, NOON = dt.time(9), dt.time(12)


@pytest.fixture
def world(tmp_path: Path, device: DeviceIdentity) -> Iterator[World]:
    with open_world(tmp_path, device) as made:
        yield made


def visit(world: World, day: dt.date = DAY, start: dt.time | None = None) -> VisitRow:
    return world.visits.create(NewVisit(world.andibo, world.ime, day, start)).value


def last(world: World, at: VisitRow, indicator: str = "", category: str = "") -> float | None:
    return world.line(at, indicator or world.number, category).last_value


def change(world: World, indicator: str, **values: object) -> None:
    FrameworkService(world.notebook).save_indicator(SaveRecord(indicator, values))


def test_two_visits_of_one_day_follow_their_start_time(world: World) -> None:
    noon, nine = visit(world, DAY, NOON), visit(world, DAY, NINE)
    untimed = visit(world, DAY)  # comes first of its day
    for at, value in ((noon, 12), (nine, 9), (untimed, 1)):
        world.measure(at, world.number, value)
    assert last(world, untimed) is None
    assert last(world, nine) == 1
    assert last(world, noon) == 9
    assert last(world, visit(world, DAY, dt.time(18))) == 12
    assert last(world, visit(world, DAY + dt.timedelta(1))) == 12


def test_two_visits_of_one_minute_follow_their_entry(world: World) -> None:
    first, second = visit(world, DAY, NINE), visit(world, DAY, NINE)
    world.measure(second, world.number, 2)
    world.measure(first, world.number, 1)  # written later, but its visit was entered first
    assert last(world, first) is None
    assert last(world, second) == 1
    assert last(world, visit(world, DAY, NINE)) == 2


def test_the_previous_visit_follows_the_same_order(world: World) -> None:
    noon, nine = visit(world, DAY, NOON), visit(world, DAY, NINE)
    again = visit(world, DAY, NINE)
    tomorrow = visit(world, DAY + dt.timedelta(1))

    def previous(at: VisitRow) -> str | None:
        found = world.preparation.prepare(at.id).previous
        return None if found is None else found.id

    assert previous(nine) is None
    assert previous(again) == nine.id
    assert previous(noon) == again.id
    assert previous(tomorrow) == noon.id


def test_a_whole_audience_is_its_total_else_its_parts_joined(world: World) -> None:
    change(world, world.number, aggregation="additive")
    first, second = visit(world, dt.date(2021, 6, 1)), visit(world, dt.date(2021, 6, 2))
    world.measure(first, world.number, 40, 12)
    world.measure(second, world.number, 10, 4, category="unité A")
    world.measure(second, world.number, 15, 6, category="unité B")
    line = world.line(visit(world), world.number)
    assert (line.last_value, line.last_n, line.last_date) == (25, 10, dt.date(2021, 6, 2))
    world.measure(second, world.number, 26)
    after = visit(world)
    assert last(world, after) == 26
    assert last(world, after, category="unité A") == 10


def test_parts_of_a_rate_are_weighted_by_their_n(world: World) -> None:
    change(world, world.percentage, disaggregation="âge", categories=("jeunes", "adultes"))
    at = visit(world, dt.date(2021, 6, 1))
    world.measure(at, world.percentage, 80, 10, category="jeunes")
    world.measure(at, world.percentage, 20, 30, category="adultes")
    line = world.line(visit(world), world.percentage)
    assert (line.last_value, line.last_n) == (35, 40)


def test_a_part_has_the_last_occasion_that_holds_it(world: World) -> None:
    first, second = visit(world, dt.date(2021, 6, 1)), visit(world, dt.date(2021, 6, 2))
    world.measure(first, world.number, 3, category="unité A")
    world.measure(second, world.number, 5, category="unité B")
    now = visit(world)
    assert last(world, now, category="unité A") == 3
    assert last(world, now, category="unité B") == 5
    assert last(world, now) == 5


def test_a_category_that_left_has_no_last_value(world: World) -> None:
    world.measure(visit(world, dt.date(2021, 6, 1)), world.number, 3, category="unité B")
    now = visit(world)
    world.measure(now, world.number, 4, category="unité B")
    change(world, world.number, categories=("unité A",), change_reason="une seule unité")
    line = world.line(now, world.number, "unité B")
    assert (line.retired, line.value, line.last_value) == (True, 4, None)
    assert last(world, now) == 3  # it stays in the whole


def test_a_renamed_category_reads_under_its_new_name(world: World) -> None:
    at = visit(world)
    world.measure(at, world.number, 3, category="unité A")
    change(
        world,
        world.number,
        categories=(("unité A", "Les Tilleuls"), ("unité B", "unité B")),
        change_reason="nom du bâtiment",
    )
    line = world.line(at, world.number, "unité A")
    assert (line.value, line.part, line.retired) == (3, "Les Tilleuls", False)
    assert last(world, visit(world), category="unité A") == 3


def test_the_initial_wave_is_seen_too_and_gives_way_in_one_visit(world: World) -> None:
    at = visit(world, dt.date(2021, 6, 1))
    wave = RecordMeasure(at.id, world.scale, "", OBSERVED, 2.4, 9, wave=Wave.T0)
    world.measures.record(wave)
    assert last(world, visit(world), world.scale) == 2.4


def test_another_definition_has_no_last_value_here_and_is_due_again(world: World) -> None:
    world.measure(visit(world, dt.date(2021, 6, 8)), world.number, 12)
    now = visit(world)
    assert not world.line(now, world.number).due
    change(world, world.number, unit="par jour", change_reason="relevé par jour")
    line = world.line(now, world.number)
    assert (line.last_value, line.last_date, line.due) == (None, None, True)
    world.measure(visit(world, dt.date(2021, 6, 2)), world.number, 5)  # entered afterwards
    assert last(world, now) == 5
    change(world, world.number, target_value=3.0)  # a version of the same series
    assert last(world, now) == 5


def test_what_was_entered_outside_a_visit_is_seen(world: World) -> None:
    with world.notebook.write() as uow:
        for category, value in (("unité A", 2.0), ("unité B", 3.0)):
            uow.add(
                Measurement(
                    indicator_id=world.number,
                    site_id=world.ime,
                    date=dt.date(2021, 6, 3),
                    category=category,
                    value=value,
                )
            )
        uow.session.get_one(Indicator, world.number).aggregation = "additive"
    assert last(world, visit(world)) == 5


def test_an_answer_has_a_day_and_no_value(world: World) -> None:
    at = visit(world, dt.date(2021, 6, 1))
    words = "Familles rassurées\n\nDeux demandent la suite."
    answer = RecordMeasure(at.id, world.qualitative, "", OBSERVED, comment=words)
    assert world.measures.record(answer).value.comment == words
    line: MeasureLine = world.line(visit(world), world.qualitative)
    assert (line.last_date, line.last_value) == (dt.date(2021, 6, 1), None)
    assert world.line(at, world.qualitative).last_date is None
