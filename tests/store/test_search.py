"""Search: what is found, in which order, and text no query syntax survives in."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from store_samples import Sample, new_visit

from desktop_app.models.experiment import Experiment
from desktop_app.models.framework import Indicator
from desktop_app.models.site import Site
from desktop_app.models.visit import Finding, FollowUp, Measurement, Visit
from desktop_app.store import connection as connections
from desktop_app.store.notebook import Notebook
from desktop_app.store.search import (
    MATCH_END,
    MATCH_START,
    match_expression,
    matching_visit_ids,
    search,
)


def found(notebook: Notebook, text: str, limit: int = 50) -> list[tuple[str, str]]:
    with notebook.read() as session:
        return [(row.entity, row.record_id) for row in search(session, text, limit)]


@pytest.mark.parametrize(
    "text",
    [
        "eleve",
        "Élève",
        "ELEVE ecart",
        "ecart él",
        "casqu",
        "l’écart",
        "du casque",
        "él*",
        '"élève"',
    ],
)
def test_words_are_found_whatever_their_accents(
    notebook: Notebook, sample: Sample, text: str
) -> None:
    assert found(notebook, text) == [("finding", sample.finding)]


def test_oe_finds_the_ligature_and_the_other_way(notebook: Notebook, sample: Sample) -> None:
    assert found(notebook, "coeur") == found(notebook, "cœur") == [("visit", sample.visit)]


@pytest.mark.parametrize("text", ["", "   ", "?!", "***", "\x00\x01", "zzz", "élève zzz", "asque"])
def test_what_finds_nothing(notebook: Notebook, sample: Sample, text: str) -> None:
    assert found(notebook, text) == []


def test_every_kind_of_record_is_found(notebook: Notebook, sample: Sample) -> None:
    with notebook.read() as session:
        reference = session.get_one(Visit, sample.visit).reference
        action = session.scalars(select(FollowUp.id)).one()
    assert found(notebook, reference) == [("visit", sample.visit)]
    assert found(notebook, "tablette") == [("follow_up", action)]
    assert found(notebook, "sans aide") == [("measurement", sample.measurement)]
    assert found(notebook, "réalité virt") == [("experiment", sample.experiment)]
    assert found(notebook, "eragny") == [("site", sample.site)]
    assert found(notebook, "indicateur yes_no") == [("indicator", sample.indicators["yes_no"])]


def test_the_excerpt_marks_what_matched(notebook: Notebook, sample: Sample) -> None:
    with notebook.read() as session:
        (row,) = search(session, "ecart")
    assert f"à l’{MATCH_START}écart{MATCH_END} du" in row.excerpt
    assert (row.visit_id, row.entity) == (sample.visit, "finding")


def test_newest_first_and_no_more_than_asked(notebook: Notebook, sample: Sample) -> None:
    with notebook.write() as uow:
        ids = uow.bulk_insert(
            Finding, [{"visit_id": sample.visit, "text": f"commun {n}"} for n in range(60)]
        )
    assert found(notebook, "commun", 5) == [("finding", one) for one in ids[:-6:-1]]


def test_the_index_follows_changes_and_tombstones(notebook: Notebook, sample: Sample) -> None:
    changes: list[tuple[type[Any], str, str, str]] = [
        (Finding, sample.finding, "text", "girafe un"),
        (Visit, sample.visit, "notes", "girafe deux"),
        (Measurement, sample.measurement, "comment", "girafe trois"),
        (Experiment, sample.experiment, "title", "girafe quatre"),
        (Site, sample.site, "name", "girafe cinq"),
        (Indicator, sample.indicators["number"], "label", "girafe six"),
    ]
    for model, record_id, field, words in changes:
        with notebook.write() as uow:
            setattr(uow.session.get_one(model, record_id), field, words)
        assert found(notebook, words) == [(model.__tablename__, record_id)]
        with notebook.write() as uow:
            uow.delete(uow.session.get_one(model, record_id))
        assert found(notebook, words) == []
        with notebook.write() as uow:
            uow.session.get_one(model, record_id).deleted = False
        assert found(notebook, words) == [(model.__tablename__, record_id)]
    assert len(found(notebook, "girafe")) == len(changes)


def test_an_emptied_comment_leaves_the_index(notebook: Notebook, sample: Sample) -> None:
    with notebook.write() as uow:
        uow.session.get_one(Measurement, sample.measurement).comment = ""
    assert found(notebook, "cités") == []


def test_visits_by_what_was_recorded_on_them(notebook: Notebook, sample: Sample) -> None:
    with notebook.write() as uow:
        uow.add(new_visit(uow, sample.experiment, sample.site)).notes = "rien de tel"
    for text in ("casque", "tablette", "cités", "calme"):
        with notebook.read() as session:
            assert session.scalars(matching_visit_ids(match_expression(text))).all() == [
                sample.visit
            ]


@given(st.text())
def test_no_text_breaks_the_query(text: str) -> None:
    fresh = connections.in_memory()
    fresh.execute("CREATE VIRTUAL TABLE t USING fts5(a, tokenize='unicode61 remove_diacritics 2')")
    expression = match_expression(text)
    if expression:
        fresh.execute("SELECT * FROM t WHERE t MATCH ?", (expression,)).fetchall()
    fresh.close()


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "a AND",
        "NOT b",
        "a OR (b",
        "title:x",
        "^zq",
        "NEAR(a b)",
        "a + b",
        "-zq",
        "{a b}: c",
        "a*b",
    ],
)
def test_operators_are_only_words(notebook: Notebook, sample: Sample, text: str) -> None:
    assert found(notebook, text) == []


def test_expressions_are_bounded() -> None:
    assert match_expression("a" * 1000) == f'"{"a" * 64}"*'
    assert match_expression("mot " * 100).count("AND") == 15
