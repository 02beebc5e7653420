"""The list of visits: filters, sorts and pages against a plain computation of the same."""

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from visit_samples import World, open_world

from desktop_app.models.visit import Visit
from desktop_app.services.visits.visit_list import SORTS
from desktop_app.services.visits.visit_rows import (
    EditVisit,
    NewFinding,
    NewFollowUp,
    VisitFilter,
    VisitListRow,
)
from desktop_app.services.vocabulary import VisitState
from desktop_app.store.device import DeviceIdentity

# « Carte des ressources » (Solinum) sorts before « Espaces adaptés » (Andibo),
# « Église-Neuve » before « IME Les Sources ».
TITLES = ("Carte des ressources", "Espaces adaptés")
SITES = ("Église-Neuve", "IME Les Sources")
STATES = (VisitState.PLANNED, VisitState.DRAFT, VisitState.VALIDATED)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Sixty visits over ten days: many ties on the date."""
    folder: Path = tmp_path_factory.mktemp("liste")
    device = DeviceIdentity("0d7f1a34-3a55-4a77-8f6e-25e57a0b9c01", "Poste", "Camille Renard")
    chance = random.Random(5)  # noqa: S311
    with open_world(folder, device) as made:
        with made.notebook.write() as uow:
            rows: list[dict[str, object]] = [
                {
                    "reference": f"V-2021-{number:04d}-AA",
                    "experiment_id": chance.choice([made.andibo, made.solinum]),
                    "site_id": chance.choice([made.ime, made.ehpad]),
                    "date": dt.date(2021, 5, 1 + chance.randrange(10)),
                    "state": chance.choice(STATES).value,
                    "notes": chance.choice(["Couloir calme", "Éclairage bruyant", ""]),
                }
                for number in range(60)
            ]
            uow.bulk_insert(Visit, rows)
        yield made


def everything(
    world: World,
    wanted: VisitFilter,
    sort: str,
    *,
    descending: bool,
    size: int,
) -> list[VisitListRow]:
    rows: list[VisitListRow] = []
    cursor: tuple[object, ...] | None = None
    while True:
        page = world.visits.page(wanted, sort=sort, descending=descending, cursor=cursor, size=size)
        assert len(page.rows) <= size
        rows += page.rows
        cursor = page.cursor
        if cursor is None:
            return rows
        assert len(page.rows) == size


def expected(rows: list[VisitListRow], sort: str, *, descending: bool) -> list[str]:
    """The order said in words: groups turn over, the newest visit always first within one."""
    newest = sorted(rows, key=lambda row: (row.date, row.reference), reverse=True)
    match sort:
        case "date":
            ordered = newest if descending else newest[::-1]
        case "reference":
            ordered = sorted(rows, key=lambda row: row.reference, reverse=descending)
        case "experiment":
            ordered = sorted(
                newest, key=lambda r: TITLES.index(r.experiment_title) * (-1 if descending else 1)
            )
        case "site":
            ordered = sorted(
                newest, key=lambda r: SITES.index(r.site_name) * (-1 if descending else 1)
            )
        case _:
            ordered = sorted(
                newest, key=lambda r: STATES.index(r.state) * (-1 if descending else 1)
            )
    return [row.reference for row in ordered]


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_pages_follow_one_another_in_order_without_loss(world: World, data: st.DataObject) -> None:
    wanted = VisitFilter(
        text=data.draw(st.sampled_from(["", "calme", "eclairage", "sarc", "andibo", "zzz", "?"])),
        experiment_id=data.draw(st.sampled_from([None, world.andibo, world.solinum])),
        cohort_id=data.draw(st.sampled_from([None, world.cohort_2020, world.cohort_2021])),
        directorate_id=data.draw(st.sampled_from([None, world.autonomy])),
        site_id=data.draw(st.sampled_from([None, world.ime])),
        state=data.draw(st.sampled_from([None, *STATES])),
        since=data.draw(st.sampled_from([None, dt.date(2021, 5, 3)])),
        until=data.draw(st.sampled_from([None, dt.date(2021, 5, 8)])),
    )
    sort = data.draw(st.sampled_from(SORTS))
    descending = data.draw(st.booleans())
    rows = everything(
        world, wanted, sort, descending=descending, size=data.draw(st.integers(3, 30))
    )
    full = world.visits.page(VisitFilter(), size=100).rows
    notes = written(world)
    matching = [row for row in full if matches(world, row, notes[row.id], wanted)]
    assert [row.reference for row in rows] == expected(matching, sort, descending=descending)
    assert world.visits.count(wanted) == len(matching)


def written(world: World) -> dict[str, str]:
    with world.notebook.read() as session:
        return {row[0]: row[1] for row in session.execute(select(Visit.id, Visit.notes))}


def matches(world: World, row: VisitListRow, notes: str, wanted: VisitFilter) -> bool:
    said = {
        "": True,
        "?": True,
        "calme": "calme" in notes,
        "eclairage": "Éclairage" in notes,
        "sarc": row.commune == "Sarcelles",
        "andibo": row.enterprise == "Andibo",
        "zzz": False,
    }
    cohort = world.cohort_2021 if row.experiment_id == world.andibo else world.cohort_2020
    return (
        said[wanted.text]
        and wanted.experiment_id in {None, row.experiment_id}
        and wanted.cohort_id in {None, cohort}
        and (wanted.directorate_id is None or row.experiment_id == world.andibo)
        and wanted.site_id in {None, row.site_id}
        and wanted.state in {None, row.state}
        and (wanted.since is None or row.date >= wanted.since)
        and (wanted.until is None or row.date <= wanted.until)
    )


def test_an_unknown_sort_or_cursor_is_a_bug(world: World) -> None:
    with pytest.raises(ValueError, match="unknown sort"):
        world.visits.page(VisitFilter(), sort="weather")
    with pytest.raises(ValueError, match="not a cursor"):
        world.visits.page(VisitFilter(), cursor=("x",))


@pytest.mark.parametrize("common", [False, True], ids=["rare words", "common words"])
def test_text_finds_words_wherever_they_are(
    tmp_path: Path, device: DeviceIdentity, monkeypatch: pytest.MonkeyPatch, *, common: bool
) -> None:
    if common:  # every word then takes the road of those that match thousands of visits
        monkeypatch.setattr("desktop_app.store.queries.visit_text.RARE", 0)
    with open_world(tmp_path, device) as world:
        first = world.visit()
        other = world.visit(site=world.ehpad, experiment=world.solinum)
        world.visits.edit(EditVisit(first.id, {"notes": "Œuvre d’une résidente"}))
        world.findings.add(NewFinding(first.id, "La cabane apaise"))
        gone = world.findings.add(NewFinding(other.id, "Le grenier apaise")).value
        world.findings.delete(gone.id)
        world.follow_ups.add(NewFollowUp("Devis d’éclairage", visit_id=other.id))

        def found(text: str) -> set[str]:
            return {row.id for row in world.visits.page(VisitFilter(text=text)).rows}

        assert found("CABANE") == {first.id}
        assert found("oeuvre") == {first.id}
        assert found("cabane sarcelles andibo") == {first.id}
        assert found("eglise devis") == {other.id}
        assert found("église-neuve") == {other.id}
        assert found("apaise") == {first.id}
        assert found("grenier") == set()
        assert found("cabane solinum") == set()
        assert found('" * (') == found("?") == {first.id, other.id}
        assert found('"cabane" OR') == set()
        assert found(f"({other.reference}") == {other.id}


def test_counts_are_of_live_records(tmp_path: Path, device: DeviceIdentity) -> None:
    with open_world(tmp_path, device) as world:
        visit = world.visit()
        world.measure(visit, world.number, 3)
        world.findings.add(NewFinding(visit.id, "a"))
        gone = world.findings.add(NewFinding(visit.id, "b")).value
        world.findings.delete(gone.id)
        kept = world.follow_ups.add(NewFollowUp("c", visit_id=visit.id)).value
        world.follow_ups.add(NewFollowUp("d", visit_id=visit.id))
        world.follow_ups.mark_done(kept.id, dt.date(2021, 6, 10))
        (row,) = world.visits.page().rows
        counts = (row.measurement_count, row.finding_count, row.open_follow_up_count)
        assert counts == (1, 1, 1)
