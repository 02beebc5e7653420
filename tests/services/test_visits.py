"""A visit's life: created, edited, validated, deleted."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from visit_samples import DAY, TODAY, World, open_world

from desktop_app.errors import UserError
from desktop_app.services.visits.visit_rows import (
    EditFinding,
    EditVisit,
    NewFinding,
    NewFollowUp,
    NewVisit,
    RecordMeasure,
)
from desktop_app.services.vocabulary import Appreciation, MeasurementStatus, VisitState
from desktop_app.store.device import DeviceIdentity


@pytest.fixture
def world(tmp_path: Path, device: DeviceIdentity) -> Iterator[World]:
    with open_world(tmp_path, device) as made:
        yield made


def edit(world: World, visit_id: str, **values: object) -> None:
    world.visits.edit(EditVisit(visit_id, values))


def test_a_new_visit_is_a_signed_draft_with_a_reference(world: World) -> None:
    outcome = world.visits.create(
        NewVisit(world.andibo, world.ime, DAY, dt.time(13, 30), purpose="Premier\nregard ")
    )
    row = outcome.value
    assert row.state is VisitState.DRAFT
    assert row.reference.startswith("V-2021-0001-")
    assert (row.author, row.purpose) == ("Camille Renard", "Premier regard")
    assert (row.experiment_code, row.enterprise, row.commune) == ("AND", "Andibo", "Sarcelles")
    assert outcome.changes.touches("visit")
    assert row.id in outcome.changes.ids
    assert world.visits.get(row.id) == row
    assert world.visits.find(row.reference.lower()) == row


def test_an_unknown_reference_is_said(world: World) -> None:
    with pytest.raises(UserError, match="V-1999-0001-XX"):
        world.visits.find("V-1999-0001-XX")


def test_a_visit_needs_a_live_experiment_and_a_plausible_date(world: World) -> None:
    with pytest.raises(UserError, match="expérimentation n’existe plus"):
        world.visits.create(NewVisit("nope", world.ime, DAY))
    with pytest.raises(UserError, match="2000 à 2099"):
        world.visits.create(NewVisit(world.andibo, world.ime, dt.date(1900, 1, 1)))


def test_fields_are_written_as_typed_less_what_cannot_be_kept(world: World) -> None:
    visit = world.visit()
    edit(
        world,
        visit.id,
        notes="Accueil\x07\r\npar la directrice",
        headcount=12,
        appreciation=Appreciation.THREE,
        remote=True,
        start_time=dt.time(13, 30),
        end_time=dt.time(15, 15),
    )
    row = world.visits.get(visit.id)
    assert row.notes == "Accueil\npar la directrice"
    assert (row.headcount, row.appreciation, row.remote) == (12, Appreciation.THREE, True)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"start_time": dt.time(15), "end_time": dt.time(14)}, "avant l’heure de début"),
        ({"headcount": -1}, "zéro ou plus"),
        ({"date": dt.date(2100, 1, 1)}, "2000 à 2099"),
        ({"notes": "a" * 100_001}, "100\u202f000"),
        ({"site_id": "nope"}, "Ce site n’existe plus"),
        ({"experiment_id": "nope"}, "Cette expérimentation n’existe plus"),
    ],
)
def test_a_bad_edit_is_refused_whole(
    world: World, values: dict[str, object], sentence: str
) -> None:
    visit = world.visit()
    with pytest.raises(UserError, match=sentence):
        edit(world, visit.id, purpose="Autre", **values)
    assert world.visits.get(visit.id) == visit


def test_a_field_that_is_not_the_persons_is_a_bug(world: World) -> None:
    with pytest.raises(KeyError):
        edit(world, world.visit().id, state="validated")


def test_date_and_site_carry_over_to_measures(world: World) -> None:
    visit = world.visit()
    world.measure(visit, world.number, 5)
    edit(world, visit.id, date=dt.date(2021, 6, 8), site_id=world.ehpad)
    later = world.visit(dt.date(2021, 6, 10), site=world.ehpad)
    line = world.line(later, world.number)
    assert (line.last_value, line.last_date) == (5, dt.date(2021, 6, 8))
    assert world.line(world.visit(dt.date(2021, 6, 11)), world.number).last_value is None


def test_the_experiment_changes_only_without_its_measures(world: World) -> None:
    visit = world.visit()
    action = world.follow_ups.add(NewFollowUp("Devis", visit_id=visit.id)).value
    line = world.measure(visit, world.number, 5)
    with pytest.raises(UserError, match="1 mesure du cadre"):
        edit(world, visit.id, experiment_id=world.solinum)
    world.measures.record(RecordMeasure(visit.id, line.indicator_id, "", None))
    edit(world, visit.id, experiment_id=world.solinum)
    assert world.visits.get(visit.id).experiment_code == "SOL"
    (moved,) = world.follow_ups.list(visit_id=visit.id)
    assert (moved.id, moved.experiment_code) == (action.id, "SOL")


def _erase(indicator_id: str, visit_id: str):
    from desktop_app.services.visits.visit_rows import RecordMeasure

    return RecordMeasure(visit_id, indicator_id, "", None)


def test_validation_says_all_that_is_missing(world: World) -> None:
    visit = world.visit(TODAY + dt.timedelta(1))
    with pytest.raises(UserError) as caught:
        world.visits.validate(visit.id)
    assert "16/06/2021, est après aujourd’hui, le 15/06/2021" in str(caught.value)
    assert "rien n’a été relevé" in str(caught.value)
    finding = world.findings.add(NewFinding(visit.id)).value
    with pytest.raises(UserError, match="un constat n’a pas de texte"):
        world.visits.validate(visit.id)
    world.findings.delete(finding.id)


@pytest.mark.parametrize("what", ["note", "finding", "measure"])
def test_one_observation_or_a_note_is_enough(world: World, what: str) -> None:
    visit = world.visit()
    if what == "note":
        edit(world, visit.id, notes="Rien à signaler")
    elif what == "finding":
        world.findings.add(NewFinding(visit.id, "Le couloir est calme"))
    else:
        world.measure(visit, world.number, 0)
    row = world.visits.validate(visit.id).value
    assert row.state is VisitState.VALIDATED
    assert row.validated_by == "Camille Renard"
    assert row.validated_at is not None
    assert row.validated_at.tzinfo is dt.UTC
    assert world.visits.get(visit.id) == row
    with pytest.raises(UserError, match="déjà validée"):
        world.visits.validate(visit.id)
    with pytest.raises(UserError, match="déjà validée"):
        world.visits.start(visit.id)


def test_not_observed_alone_does_not_make_a_visit(world: World) -> None:
    visit = world.visit()
    world.measures.record(RecordMeasure(visit.id, world.number, "", MeasurementStatus.NOT_OBSERVED))
    with pytest.raises(UserError, match="rien n’a été relevé"):
        world.visits.validate(visit.id)


def test_a_validated_visit_is_amended_but_not_moved_to_the_future(world: World) -> None:
    visit = world.visit()
    edit(world, visit.id, notes="Vu")
    world.visits.validate(visit.id)
    edit(world, visit.id, notes="Revu")
    with pytest.raises(UserError, match="après aujourd’hui"):
        edit(world, visit.id, date=TODAY + dt.timedelta(1))
    assert world.visits.get(visit.id).notes == "Revu"


def test_a_validated_visit_is_not_emptied(world: World) -> None:
    visit = world.visit()
    edit(world, visit.id, notes="Vu")
    world.visits.validate(visit.id)
    with pytest.raises(UserError, match="ne peut pas être vidée"):
        edit(world, visit.id, notes=" ")
    added = world.findings.add(NewFinding(visit.id, "Calme"))
    edit(world, visit.id, notes="")
    with pytest.raises(UserError, match="ne peut pas être vidée"):
        world.findings.edit(EditFinding(added.value.id, {"text": ""}))
    with pytest.raises(UserError, match="ne peut pas être vidée"):
        world.findings.delete(added.value.id)
    with pytest.raises(UserError, match="ne peut pas être vidée"):
        world.history.undo(added.hlc)
    world.measure(visit, world.number, 5)
    world.findings.delete(added.value.id)
    with pytest.raises(UserError, match="ne peut pas être vidée"):
        world.measures.record(RecordMeasure(visit.id, world.number, "", None))
    assert world.line(visit, world.number).value == 5
    world.history.undo(world.visits.delete(visit.id).hlc)
    assert world.visits.get(visit.id).state is VisitState.VALIDATED


def test_a_planned_visit_starts(world: World) -> None:
    planned = world.visits.create(
        NewVisit(world.andibo, world.ime, TODAY, state=VisitState.PLANNED)
    ).value
    assert planned.state is VisitState.PLANNED
    assert world.visits.start(planned.id).value.state is VisitState.DRAFT
    assert world.visits.start(planned.id).value.state is VisitState.DRAFT


def test_deleting_a_visit_takes_what_was_recorded_on_it(world: World) -> None:
    visit = world.visit()
    world.measure(visit, world.number, 5)
    world.findings.add(NewFinding(visit.id, "Calme"))
    world.follow_ups.add(NewFollowUp("Devis", visit_id=visit.id))
    kept = world.follow_ups.add(NewFollowUp("Plan", visit_id=visit.id)).value
    world.follow_ups.mark_done(kept.id, DAY)
    outcome = world.visits.delete(visit.id)
    assert outcome.value == 1
    assert outcome.changes.kinds == {"visit", "measurement", "finding", "follow_up"}
    assert world.follow_ups.list() == ()
    for gone in (world.visits.get, world.measures.lines, world.findings.of_visit):
        with pytest.raises(UserError, match="Cette visite n’existe plus"):
            gone(visit.id)
    assert world.visits.count() == 0
