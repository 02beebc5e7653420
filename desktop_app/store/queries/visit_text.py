"""Visits whose words, or whose findings', actions', site's or experiment's, match a text."""

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import Session

from desktop_app.models.visit import Visit
from desktop_app.store.search import (
    DOCUMENT,
    match_expression,
    matching_documents,
    matching_visit_ids,
)


def visits_matching(session: Session, text: str) -> ColumnElement[bool]:
    """A condition on ``Visit``: each word of the text begins a word of what is known of it.

    That is its own texts, what was recorded on it, its site and its experiment. A text without
    any word (« ? ») restricts nothing.
    """
    condition: ColumnElement[bool] = true()
    for word in text.split():
        if expression := match_expression(word):
            condition &= _one_word(session, expression)
    return condition


def documents_matching(expression: str, entity: str) -> Select[str]:
    """Ids of the records of ``entity`` whose document matches an FTS5 expression."""
    return select(DOCUMENT.c.record_id).where(
        DOCUMENT.c.entity == entity, DOCUMENT.c.id.in_(matching_documents(expression))
    )


def _one_word(session: Session, expression: str) -> ColumnElement[bool]:
    shared = select(DOCUMENT.c.entity, DOCUMENT.c.record_id).where(
        DOCUMENT.c.visit_id.is_(None), DOCUMENT.c.id.in_(matching_documents(expression))
    )
    groups: dict[str, list[str]] = {"experiment": [], "site": []}
    for entity, record_id in session.execute(shared):
        groups.setdefault(entity, []).append(record_id)
    return or_(
        Visit.id.in_(matching_visit_ids(expression)),
        Visit.experiment_id.in_(groups["experiment"]),
        Visit.site_id.in_(groups["site"]),
    )
