"""The journal: one hook, the same transaction, nothing beside it."""

import datetime as dt
import json
from typing import Any

import pytest
from sqlalchemy import select, text, update
from store_samples import DAY, Sample, new_visit, refused

from desktop_app.errors import UserError
from desktop_app.models.framework import Indicator
from desktop_app.models.notebook import JournalEntry
from desktop_app.models.site import Site
from desktop_app.models.visit import Finding, Visit
from desktop_app.store.clock import HybridClock, hlc_time
from desktop_app.store.notebook import Notebook
from desktop_app.store.unit_of_work import bulk_insert


def entries(notebook: Notebook, record_id: str) -> list[JournalEntry]:
    with notebook.read() as session:
        query = select(JournalEntry).where(JournalEntry.record_id == record_id)
        return list(session.scalars(query.order_by(JournalEntry.seq)))


def test_an_insert_lists_the_fields_that_have_a_value(notebook: Notebook, sample: Sample) -> None:
    (entry,) = entries(notebook, sample.visit)
    assert (entry.entity, entry.op, entry.author) == ("visit", "insert", "Camille Renard")
    assert entry.changes["date"] == [None, "2021-06-09"]
    assert entry.changes["start_time"] == [None, "13:30:00"]
    assert entry.changes["validated_at"] == [None, "2021-06-09T15:00:00"]
    assert entry.changes["state"] == [None, "draft"]
    assert "end_time" not in entry.changes
    assert "id" not in entry.changes


def test_an_update_has_the_old_and_the_new_value(notebook: Notebook, sample: Sample) -> None:
    with notebook.write() as uow:
        visit = uow.session.get_one(Visit, sample.visit)
        visit.end_time = dt.time(15, 5)
        visit.remote = False
    last = entries(notebook, sample.visit)[-1]
    assert (last.op, last.changes) == ("update", {"end_time": [None, "15:05:00"]})
    assert last.hlc == uow.hlc
    assert uow.touched == {"visit": {sample.visit}}


def test_a_field_set_without_being_loaded_still_has_its_old_value(
    notebook: Notebook, sample: Sample
) -> None:
    with notebook.write() as uow:
        visit = uow.session.get_one(Visit, sample.visit)
        uow.session.expire(visit)
        visit.purpose = "Deuxième séance"
    assert entries(notebook, sample.visit)[-1].changes == {"purpose": ["", "Deuxième séance"]}


def test_emptied_fields_and_lists(notebook: Notebook, sample: Sample) -> None:
    with notebook.write() as uow:
        uow.session.get_one(Visit, sample.visit).start_time = None
        uow.session.get_one(Indicator, sample.indicators["number"]).categories = ["4e"]
    assert entries(notebook, sample.visit)[-1].changes == {"start_time": ["13:30:00", None]}
    indicator = entries(notebook, sample.indicators["number"])[-1]
    assert indicator.changes == {"categories": [["6e", "5e"], ["4e"]]}


def test_a_deletion_is_a_tombstone_and_can_be_taken_back(
    notebook: Notebook, sample: Sample
) -> None:
    with notebook.write() as uow:
        uow.delete(uow.session.get_one(Finding, sample.finding))
    assert entries(notebook, sample.finding)[-1].op == "delete"
    with notebook.write() as uow:
        uow.session.get_one(Finding, sample.finding).deleted = False
    last = entries(notebook, sample.finding)[-1]
    assert (last.op, last.changes) == ("update", {"deleted": [True, False]})


def test_lines_are_numbered_without_a_gap_parents_first(notebook: Notebook, sample: Sample) -> None:
    with notebook.read() as session:
        seqs = session.scalars(select(JournalEntry.seq).order_by(JournalEntry.seq)).all()
        order = session.scalars(select(JournalEntry.entity).order_by(JournalEntry.seq)).all()
    assert list(seqs) == list(range(1, len(seqs) + 1))
    assert order.index("visit") < order.index("measurement")


def test_a_write_that_fails_leaves_no_line(notebook: Notebook, sample: Sample) -> None:
    with refused(notebook, "intensité") as uow:
        uow.add(Finding(visit_id=sample.visit, intensity=9))
    with notebook.write() as uow:
        uow.add(Site(name="suivant"))
    with notebook.read() as session:
        seqs = session.scalars(select(JournalEntry.seq).order_by(JournalEntry.seq)).all()
    assert list(seqs) == list(range(1, len(seqs) + 1))


def test_writing_beside_the_hook_is_refused(notebook: Notebook, sample: Sample) -> None:
    with pytest.raises(RuntimeError, match="never deleted"), notebook.write() as uow:
        uow.session.delete(uow.session.get_one(Finding, sample.finding))
    with pytest.raises(RuntimeError, match="journal must see it"), notebook.write() as uow:
        uow.session.execute(update(Site).values(name="x"))
    with pytest.raises(RuntimeError, match="append-only"), notebook.write() as uow:
        uow.session.scalars(select(JournalEntry).limit(1)).one().author = "quelqu’un d’autre"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal SET author = 'x'",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal LIMIT 1",
    ],
)
def test_the_schema_itself_keeps_the_journal(notebook: Notebook, sample: Sample, sql: str) -> None:
    with refused(notebook, "journal du carnet ne se modifie pas") as uow:
        uow.session.execute(text(sql))


def test_bulk_insert_journals_like_single_inserts(notebook: Notebook, sample: Sample) -> None:
    values: dict[str, Any] = {"visit_id": sample.visit, "text": "En nombre", "intensity": 2}
    with notebook.write() as uow:
        ids = bulk_insert(uow, Finding, [dict(values) for _ in range(3)])
        alone = uow.add(Finding(**values))
    assert len(set(ids)) == 3
    assert uow.touched["finding"] == {*ids, alone.id}
    expected = entries(notebook, alone.id)[0]
    for record_id in ids:
        (entry,) = entries(notebook, record_id)
        assert (entry.op, entry.hlc, entry.changes) == ("insert", uow.hlc, expected.changes)


def test_bulk_insert_of_nothing_and_of_unknown_columns(notebook: Notebook) -> None:
    with notebook.write() as uow:
        assert uow.bulk_insert(Site, []) == []
        with pytest.raises(ValueError, match="no column nom"):
            uow.bulk_insert(Site, [{"nom": "x"}])


def test_not_a_number_is_no_value(notebook: Notebook, sample: Sample) -> None:
    with pytest.raises((UserError, ValueError)), notebook.write() as uow:
        uow.session.get_one(Site, sample.site).latitude = float("nan")


def test_stamps_sort_as_text_and_never_go_back() -> None:
    moments = iter(dt.datetime(2021, 6, 9, 12, 0, second, tzinfo=dt.UTC) for second in (5, 5, 1, 6))
    clock = HybridClock("5d3f0c52-6a1e", lambda: next(moments))
    stamps = [clock.tick() for _ in range(4)]
    assert stamps == sorted(set(stamps))
    assert hlc_time(stamps[2]) == dt.datetime(2021, 6, 9, 12, 0, 5, tzinfo=dt.UTC)
    clock = HybridClock("a", lambda: dt.datetime(2001, 1, 1, tzinfo=dt.UTC))
    clock.observe(stamps[-1])
    assert clock.tick() > stamps[-1]


def test_the_journal_is_readable_json(notebook: Notebook, sample: Sample) -> None:
    with notebook.read() as session:
        raw = session.execute(
            text("SELECT changes FROM journal WHERE record_id = :id"), {"id": sample.visit}
        ).scalar_one()
    assert "cœur" in raw
    assert json.loads(raw)["notes"][1].startswith("Séance calme")


def test_references_are_counted_per_device_and_year(notebook: Notebook, sample: Sample) -> None:
    with notebook.write() as uow:
        first = uow.session.get_one(Visit, sample.visit).reference
        second = uow.add(new_visit(uow, sample.experiment, sample.site)).reference
        uow.flush()
        other_year = new_visit(uow, sample.experiment, sample.site, DAY.replace(year=2020))
        uow.delete(uow.session.get_one(Visit, sample.visit))
        third = new_visit(uow, sample.experiment, sample.site)
    suffix = first.rsplit("-", 1)[1]
    assert first == f"V-2021-0001-{suffix}"
    assert second == f"V-2021-0002-{suffix}"
    assert other_year.reference == f"V-2020-0001-{suffix}"
    assert third.reference == f"V-2021-0003-{suffix}"
    assert len(suffix) == 4


def test_references_go_past_four_digits(notebook: Notebook, sample: Sample) -> None:
    with notebook.write() as uow:
        visit = uow.session.get_one(Visit, sample.visit)
        start, suffix = visit.reference.rsplit("-", 1)
        visit.reference = f"{start[:7]}10000-{suffix}"
        uow.flush()
        assert new_visit(uow, sample.experiment, sample.site).reference == f"V-2021-10001-{suffix}"
