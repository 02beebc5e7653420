"""Actions promised, until they are kept; and what a visit's preparation says of them."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from visit_samples import TODAY, World, open_world

from desktop_app.errors import UserError
from desktop_app.services.results.scope import Scope
from desktop_app.services.visits.visit_rows import (
    EditFollowUp,
    EditVisit,
    NewFinding,
    NewFollowUp,
    NewVisit,
)
from desktop_app.services.vocabulary import VisitState
from desktop_app.store.device import DeviceIdentity


@pytest.fixture
def world(tmp_path: Path, device: DeviceIdentity) -> Iterator[World]:
    with open_world(tmp_path, device) as made:
        yield made


def test_an_action_knows_its_visit_and_its_delay(world: World) -> None:
    visit = world.visit()
    row = world.follow_ups.add(
        NewFollowUp("Devis éclairage", " Directrice\n", dt.date(2021, 6, 12), visit_id=visit.id)
    ).value
    assert (row.who, row.days_left) == ("Directrice", -3)
    assert (row.visit_reference, row.site_name, row.experiment_code) == (
        visit.reference, "IME Les Sources", "AND",
    )  # fmt: skip
    kept = world.follow_ups.mark_done(row.id, TODAY).value
    assert (kept.done_date, kept.days_left) == (TODAY, None)
    assert world.follow_ups.mark_done(row.id, None).value == row


def test_an_action_may_belong_to_an_experiment_alone(world: World) -> None:
    row = world.follow_ups.add(NewFollowUp("Comité", experiment_id=world.solinum)).value
    assert (row.visit_id, row.visit_reference, row.site_name) == (None, "", "")
    with pytest.raises(UserError, match="Choisissez l’expérimentation"):
        world.follow_ups.add(NewFollowUp("Comité"))


def test_bad_actions_get_a_sentence(world: World) -> None:
    visit = world.visit()
    with pytest.raises(UserError, match="ce qui est à faire"):
        world.follow_ups.add(NewFollowUp("  ", visit_id=visit.id))
    row = world.follow_ups.add(NewFollowUp("Devis", visit_id=visit.id)).value
    with pytest.raises(UserError, match="après aujourd’hui"):
        world.follow_ups.mark_done(row.id, TODAY + dt.timedelta(1))
    with pytest.raises(UserError, match="2000 à 2099"):
        world.follow_ups.edit(EditFollowUp(row.id, {"due_date": dt.date(1900, 1, 1)}))
    world.follow_ups.delete(row.id)
    with pytest.raises(UserError, match="Cette action n’existe plus"):
        world.follow_ups.mark_done(row.id, TODAY)


def test_the_most_urgent_first_then_those_kept(world: World) -> None:
    visit = world.visit()
    plan = [("sans date", None), ("tard", dt.date(2021, 9, 1)), ("vite", dt.date(2021, 6, 1))]
    for what, due in plan:
        world.follow_ups.add(NewFollowUp(what, due_date=due, visit_id=visit.id))
    done = world.follow_ups.add(NewFollowUp("faite", visit_id=visit.id)).value
    world.follow_ups.mark_done(done.id, TODAY)
    elsewhere = NewFollowUp("Éclairage", due_date=TODAY, experiment_id=world.solinum)
    world.follow_ups.add(elsewhere)

    def listed(**options: object) -> list[str]:
        return [row.what for row in world.follow_ups.list(**options)]  # type: ignore[arg-type]

    assert listed() == ["vite", "Éclairage", "tard", "sans date", "faite"]
    assert listed(only_open=True, visit_id=visit.id) == ["vite", "tard", "sans date"]
    assert listed(text="eclair") == ["Éclairage"]
    assert listed(scope=Scope(cohort_id=world.cohort_2020)) == ["Éclairage"]
    there = Scope(directorate_id=world.autonomy, site_id=world.ime, include_drafts=True)
    assert listed(scope=there)[0] == "vite"
    assert listed(scope=Scope(since=dt.date(2021, 6, 10))) == ["Éclairage"]
    assert listed(scope=Scope(include_drafts=False)) == ["Éclairage"]


def test_preparation_tells_what_was_seen_promised_and_is_due(world: World) -> None:
    far = world.visit(dt.date(2021, 3, 1))
    last = world.visit(dt.date(2021, 5, 12))
    world.visit(dt.date(2021, 5, 20), site=world.ehpad)
    world.visits.create(
        NewVisit(world.andibo, world.ime, dt.date(2021, 6, 1), state=VisitState.PLANNED)
    )
    world.measure(last, world.percentage, 40, 12)
    world.visits.edit(EditVisit(last.id, {"notes": "Couloir B non aménagé"}))
    world.findings.add(NewFinding(last.id, "Salle calme"))
    world.findings.add(NewFinding(far.id, "Ancien"))
    promised = world.follow_ups.add(NewFollowUp("Devis", visit_id=last.id)).value
    kept = world.follow_ups.add(NewFollowUp("Plan", visit_id=far.id)).value
    world.follow_ups.mark_done(kept.id, TODAY)
    general = world.follow_ups.add(NewFollowUp("Comité", experiment_id=world.andibo)).value
    visit = world.visit()
    world.follow_ups.add(NewFollowUp("D’aujourd’hui", visit_id=visit.id))

    prepared = world.preparation.prepare(visit.id)
    assert prepared.previous is not None
    assert prepared.previous.id == last.id
    assert prepared.previous_notes == "Couloir B non aménagé"
    assert [row.text for row in prepared.previous_findings] == ["Salle calme"]
    assert {row.id for row in prepared.open_follow_ups} == {promised.id, general.id}
    # A2 is quarterly and was measured four weeks ago: all but it are due.
    assert [line.indicator_code for line in prepared.due] == ["A1", "A3", "A4", "A5"]


def test_the_first_visit_has_nothing_before_it(world: World) -> None:
    prepared = world.preparation.prepare(world.visit().id)
    assert prepared.previous is None
    assert prepared.previous_findings == ()
    assert len(prepared.due) == 5
