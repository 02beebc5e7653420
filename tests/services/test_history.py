"""Who changed what, in words; and undo, unless something came on top."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from visit_samples import DAY, OBSERVED, World, open_world

from desktop_app.errors import UserError
from desktop_app.models.framework import Indicator
from desktop_app.models.visit import Finding, FollowUp, Measurement, Visit
from desktop_app.services.home.rows import HistoryChange
from desktop_app.services.notebook import field_labels
from desktop_app.services.notebook.undo import record_classes
from desktop_app.services.visits.visit_rows import (
    EditFinding,
    EditVisit,
    NewFinding,
    NewFollowUp,
    NewVisit,
    RecordMeasure,
)
from desktop_app.services.vocabulary import Appreciation, MeasurementStatus, VisitState
from desktop_app.store import integrity
from desktop_app.store.device import DeviceIdentity


@pytest.fixture
def world(tmp_path: Path, device: DeviceIdentity) -> Iterator[World]:
    with open_world(tmp_path, device) as made:
        yield made


def test_every_change_is_said_in_words(world: World) -> None:
    visit = world.visit()
    world.visits.edit(
        EditVisit(
            visit.id,
            {
                "date": dt.date(2021, 6, 8),
                "start_time": dt.time(13, 30),
                "site_id": world.ehpad,
                "appreciation": Appreciation.TWO,
            },
        )
    )
    latest = world.history.of_visit(visit.id)[0]
    assert (latest.title, latest.author, latest.entity) == (
        "Visite modifiée", "Camille Renard", "visit",
    )  # fmt: skip
    assert latest.at.tzinfo is dt.UTC
    assert set(latest.changes) == {
        HistoryChange("Date", "09/06/2021", "08/06/2021"),
        HistoryChange("Début", "—", "13:30"),
        HistoryChange("Site", "IME Les Sources", "Église-Neuve"),
        HistoryChange("Appréciation", "—", "2 – Plutôt pas satisfaisant"),
    }


def test_children_are_part_of_a_visits_history(world: World) -> None:
    visit = world.visit()
    world.measure(visit, world.percentage, 52, 12)
    world.measures.record(RecordMeasure(visit.id, world.yes_no, "", OBSERVED, 1))
    world.measures.record(RecordMeasure(visit.id, world.percentage, "", None))
    world.measure(visit, world.percentage, 53, 12)
    finding = world.findings.add(NewFinding(visit.id, "Salle calme")).value
    world.findings.delete(finding.id)
    world.follow_ups.add(NewFollowUp("Devis", visit_id=visit.id))
    entries = world.history.of_visit(visit.id)
    assert [entry.title for entry in entries] == [
        "Action ajoutée\u00a0: «\u00a0Devis\u00a0»",
        "Constat supprimé\u00a0: «\u00a0Salle calme\u00a0»",
        "Constat ajouté\u00a0: «\u00a0Salle calme\u00a0»",
        "Mesure rétablie\u00a0: A2 Usage autonome",
        "Mesure supprimée\u00a0: A2 Usage autonome",
        "Mesure ajoutée\u00a0: A4 Plan",
        "Mesure ajoutée\u00a0: A2 Usage autonome",
        "Visite ajoutée",
    ]
    assert HistoryChange("Valeur", "52\u202f%", "53\u202f%") in entries[3].changes
    assert HistoryChange("Valeur", "—", "oui") in entries[5].changes


def test_a_date_that_follows_its_visit_is_said_once(world: World) -> None:
    visit = world.visit()
    world.measure(visit, world.number, 5)
    world.visits.edit(EditVisit(visit.id, {"date": dt.date(2021, 6, 8)}))
    titles = [entry.title for entry in world.history.of_visit(visit.id)]
    assert titles[0] == "Visite modifiée"
    assert titles[1].startswith("Mesure ajoutée")


def test_what_follows_the_validation_is_an_amendment(world: World) -> None:
    visit = world.visit()
    world.visits.edit(EditVisit(visit.id, {"notes": "Vu"}))
    world.visits.validate(visit.id)
    world.visits.edit(EditVisit(visit.id, {"notes": "Revu"}))
    world.findings.add(NewFinding(visit.id, "Après coup"))
    entries = world.history.of_visit(visit.id)
    assert [entry.amendment for entry in entries] == [True, True, False, False, False]
    assert HistoryChange("État", "Brouillon", "Validée") in entries[2].changes


def test_the_history_of_any_record(world: World) -> None:
    with world.notebook.write() as uow:
        uow.session.get_one(Indicator, world.scale).target_value = 4.5
    (change, creation) = world.history.of_record("indicator", world.scale)
    assert change.changes == (HistoryChange("Cible", "3,8", "4,5"),)
    assert creation.title == "Indicateur ajouté"


def test_long_texts_are_cut_in_the_history_only(world: World) -> None:
    visit = world.visit()
    world.visits.edit(EditVisit(visit.id, {"notes": "a" * 50_000}))
    (change,) = world.history.of_visit(visit.id)[0].changes
    assert len(change.new) == 401
    assert len(world.visits.get(visit.id).notes) == 50_000


def test_every_field_of_a_visit_and_its_children_has_a_french_name() -> None:
    classes = record_classes()
    for entity in ("visit", "measurement", "finding", "follow_up", "attachment"):
        for column in classes[entity].__mapper__.columns:  # type: ignore[attr-defined]
            shown = not field_labels.hidden(entity, column.key)
            assert not shown or field_labels.field_label(entity, column.key) != column.key


def test_undo_of_an_edit_brings_the_old_values_and_undo_again_the_new(world: World) -> None:
    visit = world.visit()
    line = world.measure(visit, world.number, 5)
    edited = world.visits.edit(
        EditVisit(visit.id, {"date": dt.date(2021, 6, 8), "start_time": dt.time(9), "notes": "x"})
    )
    undone = world.history.undo(edited.hlc)
    assert undone.changes.ids == {visit.id, line.measurement_id}
    assert world.visits.get(visit.id) == visit
    world.history.undo(undone.hlc)
    assert world.visits.get(visit.id) == edited.value


def test_undo_of_a_deletion_restores_the_visit_and_its_children(world: World) -> None:
    visit = world.visit()
    world.measure(visit, world.number, 5)
    world.findings.add(NewFinding(visit.id, "Calme"))
    before = (world.visits.get(visit.id), world.measures.lines(visit.id),
              world.findings.of_visit(visit.id))  # fmt: skip
    deleted = world.visits.delete(visit.id)
    world.history.undo(deleted.hlc)
    assert before == (world.visits.get(visit.id), world.measures.lines(visit.id),
                      world.findings.of_visit(visit.id))  # fmt: skip


def test_undo_of_an_addition_leaves_a_tombstone(world: World) -> None:
    visit = world.visit()
    added = world.findings.add(NewFinding(visit.id, "Calme"))
    world.history.undo(added.hlc)
    assert world.findings.of_visit(visit.id) == ()


def test_undo_of_an_erased_cell_and_of_its_writing_again(world: World) -> None:
    visit = world.visit()
    world.measure(visit, world.number, 5)
    erased = world.measures.record(RecordMeasure(visit.id, world.number, "", None))
    again = world.measures.record(RecordMeasure(visit.id, world.number, "", OBSERVED, 6))
    with pytest.raises(UserError, match="ne peut plus être annulé"):
        world.history.undo(erased.hlc)
    undone = world.history.undo(again.hlc)
    assert world.line(visit, world.number).status is None
    world.history.undo(undone.hlc)
    assert world.line(visit, world.number).value == 6


def test_nothing_is_undone_under_something_newer(world: World) -> None:
    visit = world.visit()
    first = world.visits.edit(EditVisit(visit.id, {"notes": "un"}))
    world.visits.edit(EditVisit(visit.id, {"purpose": "autre champ"}))
    assert _undoable(world, visit.id, first.hlc)
    world.visits.edit(EditVisit(visit.id, {"notes": "deux"}))
    assert not _undoable(world, visit.id, first.hlc)
    with pytest.raises(UserError, match="ne peut plus être annulé"):
        world.history.undo(first.hlc)
    assert world.visits.get(visit.id).notes == "deux"


def _undoable(world: World, visit_id: str, hlc: str) -> bool:
    (entry,) = [e for e in world.history.of_visit(visit_id) if e.hlc == hlc]
    return entry.undoable


def test_a_visit_with_something_on_it_is_not_undone(world: World) -> None:
    created = world.visits.create(NewVisit(world.andibo, world.ime, DAY))
    finding = world.findings.add(NewFinding(created.value.id, "Calme"))
    with pytest.raises(UserError, match="ne peut plus être annulé"):
        world.history.undo(created.hlc)
    world.history.undo(finding.hlc)
    assert world.visits.get(created.value.id)


def test_a_validation_is_undone_only_while_nothing_amends_it(world: World) -> None:
    visit = world.visit()
    world.visits.edit(EditVisit(visit.id, {"notes": "Vu"}))
    validated = world.visits.validate(visit.id)
    world.history.undo(validated.hlc)
    row = world.visits.get(visit.id)
    assert (row.state, row.validated_at, row.validated_by) == (VisitState.DRAFT, None, "")
    validated = world.visits.validate(visit.id)
    world.findings.add(NewFinding(visit.id, "Après coup"))
    with pytest.raises(UserError, match="ne peut plus être annulé"):
        world.history.undo(validated.hlc)


def test_an_undone_validation_says_so_and_amendments_keep_their_mark(world: World) -> None:
    visit = world.visit()
    world.visits.edit(EditVisit(visit.id, {"notes": "Vu"}))
    validated = world.visits.validate(visit.id)
    world.history.undo(validated.hlc)
    world.visits.edit(EditVisit(visit.id, {"notes": "Revu"}))
    world.visits.validate(visit.id)
    world.visits.edit(EditVisit(visit.id, {"notes": "Amendé"}))
    entries = world.history.of_visit(visit.id)
    assert [(entry.title, entry.amendment) for entry in entries] == [
        ("Visite modifiée", True),
        ("Visite validée", False),
        ("Visite modifiée", False),
        ("Validation annulée", False),
        ("Visite validée", False),
        ("Visite modifiée", False),
        ("Visite ajoutée", False),
    ]


def test_a_finding_is_not_restored_into_a_deleted_visit(world: World) -> None:
    visit = world.visit()
    finding = world.findings.add(NewFinding(visit.id, "Calme")).value
    deleted = world.findings.delete(finding.id)
    world.visits.delete(visit.id)
    with pytest.raises(UserError, match="Annulez d’abord sa suppression"):
        world.history.undo(deleted.hlc)


def test_an_import_of_thousands_is_neither_undone_nor_read(world: World) -> None:
    rows: list[dict[str, object]] = [
        {"reference": f"V-2021-{n:05d}-ZZ", "experiment_id": world.andibo, "site_id": world.ime,
         "date": DAY}
        for n in range(2001)
    ]  # fmt: skip
    with world.notebook.write() as uow:
        (first, *_) = uow.bulk_insert(Visit, rows)
        hlc = uow.hlc
    (entry,) = world.history.of_visit(first)
    assert not entry.undoable
    with pytest.raises(UserError, match="trop d’éléments"):
        world.history.undo(hlc)


def test_an_unknown_clock_is_said(world: World) -> None:
    with pytest.raises(UserError, match="rien à annuler"):
        world.history.undo("00000000000000-000000-none")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    actions=st.lists(
        st.sampled_from(["note", "date", "measure", "erase", "find", "edit", "promise", "unseen"]),
        min_size=1,
        max_size=8,
    )
)
def test_undoing_all_in_reverse_gives_the_visit_as_it_was(world: World, actions: list[str]) -> None:
    visit = world.visit()
    before = state(world, visit.id)
    done = [act(world, visit.id, action, step) for step, action in enumerate(actions)]
    for hlc, changed in reversed(done):
        if changed:
            world.history.undo(hlc)
    assert state(world, visit.id) == before
    assert integrity.check(world.notebook) == []


def act(world: World, visit_id: str, action: str, step: int) -> tuple[str, bool]:
    """Does one thing to the visit; gives its clock, and whether anything changed."""
    number = RecordMeasure(visit_id, world.number, "", OBSERVED, step)
    unseen = RecordMeasure(visit_id, world.number, "", MeasurementStatus.NOT_OBSERVED)
    erase = RecordMeasure(visit_id, world.number, "", None)
    findings = world.findings.of_visit(visit_id)
    day = DAY - dt.timedelta(step + 1)
    match action:
        case "note":
            outcome = world.visits.edit(EditVisit(visit_id, {"notes": f"n{step}"}))
        case "date":
            outcome = world.visits.edit(EditVisit(visit_id, {"date": day}))
        case "measure":
            outcome = world.measures.record(number)
        case "unseen":
            outcome = world.measures.record(unseen)
        case "erase":
            outcome = world.measures.record(erase)
        case "edit" if findings:
            outcome = world.findings.edit(EditFinding(findings[0].id, {"text": f"t{step}"}))
        case "promise":
            outcome = world.follow_ups.add(NewFollowUp(f"p{step}", visit_id=visit_id))
        case _:
            outcome = world.findings.add(NewFinding(visit_id, f"f{step}"))
    return outcome.hlc, bool(outcome.changes.ids)


def state(world: World, visit_id: str) -> object:
    """All that lives of a visit."""
    with world.notebook.read() as session:
        children = [
            sorted(
                session.scalars(
                    select(model.id).where(model.visit_id == visit_id, model.deleted.is_(False))
                )
            )
            for model in (Measurement, Finding, FollowUp)
        ]
        visits = session.scalar(select(Visit.notes).where(Visit.id == visit_id))
    return world.visits.get(visit_id), world.measures.lines(visit_id), children, visits
