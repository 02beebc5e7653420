"""Visits whose words, or whose findings', actions', site's or experiment's, match a text.

Two ways, by how common a word is. A rare one (a name, a reference) gives the visits it is about,
to be sorted by the caller. A common one (« calme ») becomes a condition tested along the list's
own index, which finds a page of matches after a few hundred visits.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from desktop_app.models.visit import Visit
from desktop_app.store.search import DOCUMENT, matching_documents, matching_visit_ids

RARE = 2000

# Unary plus: start from the visit's documents (a covering index), not from the text's matches.
_DOCUMENT_ID: ColumnElement[int] = literal_column("+search_document.id", Integer)


@dataclass(frozen=True, slots=True)
class Word:
    """An FTS5 expression, and the experiments and sites whose names hold the same word."""

    expression: str
    experiment_ids: Sequence[str] = ()
    site_ids: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class TextMatch:
    """``references``: the only visits that may match, when they are few; None when many may."""

    references: frozenset[str] | None
    condition: ColumnElement[bool]


def visits_matching(session: Session, words: Iterable[Word]) -> TextMatch:
    """The visits that all the words are about."""
    candidates: frozenset[str] | None = None
    condition: ColumnElement[bool] = true()
    for word in words:
        about = _about(session, word)
        few = None if about is None else _with_groups(session, word, about)
        if few is None:
            condition &= _condition(word, about)
        else:
            candidates = few if candidates is None else candidates & few
    return TextMatch(candidates, condition)


def documents_matching(expression: str, entity: str) -> Select[str]:
    """Ids of the records of ``entity`` whose document matches an FTS5 expression."""
    return select(DOCUMENT.c.record_id).where(
        DOCUMENT.c.entity == entity, DOCUMENT.c.id.in_(matching_documents(expression))
    )


def among(references: Iterable[str]) -> ColumnElement[bool]:
    """The visits of a set of references, however many: one JSON parameter."""
    values = func.json_each(json.dumps(sorted(references))).table_valued("value")
    return Visit.reference.in_(select(values.c.value))


def _about(session: Session, word: Word) -> frozenset[str] | None:
    """The visits whose documents hold a word; None when there are many documents."""
    matches = matching_documents(word.expression).limit(RARE + 1).subquery()
    if (session.scalar(select(func.count()).select_from(matches)) or 0) > RARE:
        return None
    found = select(Visit.reference).where(Visit.id.in_(matching_visit_ids(word.expression)))
    return frozenset(session.scalars(found))


def _with_groups(session: Session, word: Word, about: frozenset[str]) -> frozenset[str] | None:
    """With the visits of the experiments and sites so named; None when they are many."""
    found = set(about)
    for column, ids in (
        (Visit.experiment_id, word.experiment_ids),
        (Visit.site_id, word.site_ids),
    ):
        if ids:
            query = select(Visit.reference).where(column.in_(ids)).limit(RARE + 1)
            found.update(session.scalars(query))
    return None if len(found) > RARE else frozenset(found)


def _condition(word: Word, about: frozenset[str] | None) -> ColumnElement[bool]:
    """What an index of the list answers comes first: it spares reading the visit itself."""
    parts: list[ColumnElement[bool]] = []
    if word.experiment_ids:
        parts.append(Visit.experiment_id.in_(word.experiment_ids))
    if word.site_ids:
        parts.append(Visit.site_id.in_(word.site_ids))
    if about is None:
        documents = matching_documents(word.expression)
        parts.append(exists().where(DOCUMENT.c.visit_id == Visit.id, _DOCUMENT_ID.in_(documents)))
    elif about:
        parts.append(among(about))
    return or_(*parts)
