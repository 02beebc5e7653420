"""Findings of a visit and of an experiment."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from visit_samples import World, open_world

from desktop_app.errors import UserError
from desktop_app.services.results.scope import Scope
from desktop_app.services.visits.visit_rows import EditFinding, EditVisit, NewFinding
from desktop_app.services.vocabulary import (
    EvaluationQuestion,
    FindingKind,
    Polarity,
    SourceType,
)
from desktop_app.store.device import DeviceIdentity


@pytest.fixture
def world(tmp_path: Path, device: DeviceIdentity) -> Iterator[World]:
    with open_world(tmp_path, device) as made:
        yield made


def test_a_quote_is_a_reported_finding(world: World) -> None:
    visit = world.visit()
    outcome = world.findings.add(
        NewFinding(
            visit.id,
            "« Il demande lui-même à s’isoler. »\x00",
            EvaluationQuestion.Q1,
            FindingKind.REPORTED,
            Polarity.POSITIVE,
            intended=False,
            intensity=3,
            audience="Résidents 12-16 ans",
            source_type=SourceType.INTERVIEW,
        )
    )
    row = outcome.value
    assert row.text == "« Il demande lui-même à s’isoler. »"
    assert (row.kind, row.polarity, row.intended, row.intensity) == (
        FindingKind.REPORTED, Polarity.POSITIVE, False, 3,
    )  # fmt: skip
    assert (row.visit_reference, row.site_name, row.experiment_code) == (
        visit.reference, "IME Les Sources", "AND",
    )  # fmt: skip
    assert outcome.changes.ids == {row.id}
    assert world.findings.of_visit(visit.id) == (row,)


def test_findings_keep_their_order_and_are_edited(world: World) -> None:
    visit = world.visit()
    first, second = (world.findings.add(NewFinding(visit.id, t)).value for t in ("un", "deux"))
    assert (first.position, second.position) == (0, 1)
    world.findings.edit(EditFinding(second.id, {"position": -1, "polarity": Polarity.NEGATIVE}))
    assert [row.text for row in world.findings.of_visit(visit.id)] == ["deux", "un"]
    world.findings.delete(second.id)
    assert [row.text for row in world.findings.of_visit(visit.id)] == ["un"]
    with pytest.raises(UserError, match="Ce constat n’existe plus"):
        world.findings.edit(EditFinding(second.id, {"text": "trois"}))


def test_intensity_goes_from_one_to_three(world: World) -> None:
    with pytest.raises(UserError, match="de 1"):
        world.findings.add(NewFinding(world.visit().id, "x", intensity=4))


def test_a_text_too_long_is_refused_and_the_old_one_stays(world: World) -> None:
    row = world.findings.add(NewFinding(world.visit().id, "x" * 100_000)).value
    with pytest.raises(UserError, match="Raccourcissez-le"):
        world.findings.edit(EditFinding(row.id, {"text": "x" * 100_001}))
    assert len(world.findings.of_visit(row.visit_id)[0].text) == 100_000


def test_those_of_an_experiment_follow_the_scope(world: World) -> None:
    old = world.visit(dt.date(2021, 5, 1))
    new = world.visit(dt.date(2021, 6, 1), site=world.ehpad)
    other = world.visit(experiment=world.solinum)
    for visit, text in ((old, "ancien"), (new, "récent"), (new, "  "), (other, "ailleurs")):
        world.findings.add(NewFinding(visit.id, text))
    world.visits.edit(EditVisit(old.id, {"notes": "x"}))
    world.visits.validate(old.id)

    def texts(**scope: object) -> list[str]:
        wanted = Scope(**{"include_drafts": True, **scope})  # type: ignore[arg-type]
        rows = world.findings.of_experiment(world.andibo, wanted)
        return [row.text for row in rows]

    assert texts() == ["récent", "ancien"]
    assert texts(site_id=world.ehpad) == ["récent"]
    assert texts(until=dt.date(2021, 5, 1)) == ["ancien"]
    assert texts(since=dt.date(2021, 5, 2)) == ["récent"]
    assert texts(include_drafts=False) == ["ancien"]
