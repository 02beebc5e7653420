"""Visits whose words, or whose findings', actions', site's or experiment's, match a text."""

from sqlalchemy import ColumnElement, Select, String, column, or_, select, table, true
from sqlalchemy.orm import Session

from desktop_app.models.experiment import Enterprise, Experiment
from desktop_app.models.visit import Visit
from desktop_app.store.search import match_expression

_DOCUMENT = table(
    "search_document",
    column("id"),
    column("entity", String),
    column("record_id", String),
    column("visit_id", String),
)
_INDEX = table("search_index", column("rowid"), column("search_index", String))


def visits_matching(session: Session, text: str) -> ColumnElement[bool]:
    """A condition on ``Visit``: each word of the text begins a word of the visit's own texts, of
    what was recorded on it, of its site, its experiment or its enterprise. Text without any
    word (« ? ») restricts nothing.
    """
    condition: ColumnElement[bool] = true()
    for word in text.split():
        if expression := match_expression(word):
            condition &= _one_word(session, expression)
    return condition


def documents_matching(expression: str, entity: str) -> Select[str]:
    """Ids of the records of ``entity`` whose document matches an FTS5 expression."""
    return select(_DOCUMENT.c.record_id).where(
        _DOCUMENT.c.entity == entity, _DOCUMENT.c.id.in_(_matches(expression))
    )


def _one_word(session: Session, expression: str) -> ColumnElement[bool]:
    shared = select(_DOCUMENT.c.entity, _DOCUMENT.c.record_id).where(
        _DOCUMENT.c.visit_id.is_(None), _DOCUMENT.c.id.in_(_matches(expression))
    )
    groups: dict[str, list[str]] = {"experiment": [], "site": []}
    for entity, record_id in session.execute(shared):
        groups.setdefault(entity, []).append(record_id)
    recorded = select(_DOCUMENT.c.visit_id).where(_DOCUMENT.c.id.in_(_matches(expression)))
    return or_(
        Visit.id.in_(recorded),
        Visit.experiment_id.in_(groups["experiment"]),
        Visit.site_id.in_(groups["site"]),
    )


def _matches(expression: str) -> Select[int]:
    return select(_INDEX.c.rowid).where(_INDEX.c.search_index.op("MATCH")(expression))
