"""The visit list: keyset pages over one covering index a sort, then the rows of that page."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import (
    ColumnElement,
    Date,
    ScalarSelect,
    Select,
    String,
    func,
    literal,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop_app.models.experiment import Enterprise, Experiment
from desktop_app.models.site import Site
from desktop_app.models.visit import Finding, FollowUp, Measurement, Visit
from desktop_app.store.queries.live import AnyRow, alive
from desktop_app.store.queries.visit_text import TextMatch, among

# Unary plus keeps SQLite from walking one index range an experiment and then sorting: the
# index of the sort, which covers the filter, is faster.
_EXPERIMENT_UNINDEXED: ColumnElement[str] = literal_column("+visit.experiment_id", String)

_TRIED_ALONE = 4


@dataclass(frozen=True, slots=True)
class VisitCriteria:
    """None = no restriction; an empty tuple of experiments matches nothing."""

    experiment_ids: tuple[str, ...] | None = None
    site_id: str | None = None
    state: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    text: TextMatch | None = None


@dataclass(frozen=True, slots=True)
class VisitKey:
    """Where a visit stands in the list: enough to go on after it."""

    group: str
    date: dt.date
    reference: str


def conditions(criteria: VisitCriteria) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Visit.deleted.is_(False)]
    if criteria.experiment_ids is not None:
        if len(criteria.experiment_ids) == 1:
            found.append(Visit.experiment_id == criteria.experiment_ids[0])
        else:
            found.append(_EXPERIMENT_UNINDEXED.in_(criteria.experiment_ids))
    if criteria.site_id is not None:
        found.append(Visit.site_id == criteria.site_id)
    if criteria.state is not None:
        found.append(Visit.state == criteria.state)
    if criteria.since is not None:
        found.append(Visit.date >= criteria.since)
    if criteria.until is not None:
        found.append(Visit.date <= criteria.until)
    if criteria.text is not None:
        found.append(criteria.text.condition)
        if criteria.text.references is not None:
            found.append(among(criteria.text.references))
    return found


def count(session: Session, criteria: VisitCriteria) -> int:
    return session.scalar(select(func.count()).where(*conditions(criteria))) or 0


def keys_by_date(
    session: Session,
    criteria: VisitCriteria,
    *,
    descending: bool,
    after: VisitKey | None,
    limit: int,
) -> list[VisitKey]:
    """By date, then reference (the order of creation), both in the same direction."""
    query = _keys().where(*conditions(criteria))
    if after is not None:
        query = query.where(_beyond(after, descending=descending))
    return _fetch(session, _ordered(query, descending=descending).limit(limit))


def keys_by_reference(
    session: Session,
    criteria: VisitCriteria,
    *,
    descending: bool,
    after: VisitKey | None,
    limit: int,
) -> list[VisitKey]:
    column = Visit.reference
    query = _keys().where(*conditions(criteria))
    if after is not None:
        last = after.reference
        query = query.where(column < last if descending else column > last)
    query = query.order_by(column.desc() if descending else column)
    return _fetch(session, query.limit(limit))


def keys_by_group(
    session: Session,
    criteria: VisitCriteria,
    column: InstrumentedAttribute[str],
    groups: Sequence[str],
    *,
    after: VisitKey | None,
    limit: int,
) -> list[VisitKey]:
    """Group by group in the given order (experiments, sites, states), the latest visits first.

    The order of groups is the caller's, so that « Église » sorts before « Foyer »: SQLite knows
    no French collation.
    """
    found: list[VisitKey] = []
    start = 0
    if after is not None:
        start = groups.index(after.group) + 1 if after.group in groups else 0
        found += _of_one_group(session, criteria, column, after.group, after, limit)
    if criteria.text is not None:  # counting would test every visit: try the first groups alone
        for group in groups[start : start + _TRIED_ALONE]:
            if len(found) < limit:
                found += _of_one_group(session, criteria, column, group, None, limit - len(found))
        start += _TRIED_ALONE
    chunk = 16
    while len(found) < limit and start < len(groups):
        chosen = groups[start : start + chunk]
        found += _of_groups(session, criteria, column, chosen, limit - len(found))
        start += chunk
        chunk *= 4
    return found


def all_keys(
    session: Session, criteria: VisitCriteria, group: InstrumentedAttribute[str] | None
) -> list[VisitKey]:
    """Every visit of the criteria, in no order: for the few visits a rare word is about."""
    return _fetch(session, _keys(group).where(*conditions(criteria)))


def list_rows(session: Session, references: Sequence[str]) -> list[AnyRow]:
    """What the list shows of each visit, in the order of ``references``."""
    query = (
        select(
            Visit.id,
            Visit.reference,
            Visit.date,
            Visit.start_time,
            Visit.state,
            Visit.experiment_id,
            Experiment.code,
            Experiment.title,
            Enterprise.name.label("enterprise"),
            Visit.site_id,
            Site.name.label("site_name"),
            Site.commune,
            Visit.author,
            _count_of(Measurement).label("measurement_count"),
            _count_of(Finding).label("finding_count"),
            _count_of(FollowUp, FollowUp.done_date.is_(None)).label("open_follow_up_count"),
        )
        .join(Experiment, Experiment.id == Visit.experiment_id)
        .join(Enterprise, Enterprise.id == Experiment.enterprise_id)
        .join(Site, Site.id == Visit.site_id)
        .where(Visit.reference.in_(references))
    )
    by_reference = {row.reference: row for row in session.execute(query)}
    return [by_reference[reference] for reference in references]


def _keys(group: InstrumentedAttribute[str] | None = None) -> Select[str, dt.date, str]:
    if group is None:
        return select(literal(""), Visit.date, Visit.reference)
    return select(group, Visit.date, Visit.reference)


def _fetch(session: Session, query: Select[str, dt.date, str]) -> list[VisitKey]:
    return [VisitKey(*row) for row in session.execute(query)]


def _ordered(query: Select[str, dt.date, str], *, descending: bool) -> Select[str, dt.date, str]:
    if descending:
        return query.order_by(Visit.date.desc(), Visit.reference.desc())
    return query.order_by(Visit.date, Visit.reference)


def _beyond(key: VisitKey, *, descending: bool) -> ColumnElement[bool]:
    here = tuple_(Visit.date, Visit.reference)
    there = tuple_(literal(key.date, Date), literal(key.reference, String))
    return here < there if descending else here > there


def _of_one_group(
    session: Session,
    criteria: VisitCriteria,
    column: InstrumentedAttribute[str],
    group: str,
    after: VisitKey | None,
    limit: int,
) -> list[VisitKey]:
    query = _keys(column).where(column == group, *conditions(_freed(criteria, column, group)))
    if after is not None:
        query = query.where(_beyond(after, descending=True))
    return _fetch(session, _ordered(query, descending=True).limit(limit))


def _of_groups(
    session: Session,
    criteria: VisitCriteria,
    column: InstrumentedAttribute[str],
    groups: Sequence[str],
    limit: int,
) -> list[VisitKey]:
    """The first visits of several groups: counted first, so that only what is shown is read."""
    counted = select(column, func.count()).where(column.in_(groups), *conditions(criteria))
    counts = {row[0]: row[1] for row in session.execute(counted.group_by(column))}
    whole: list[str] = []
    left = limit
    cut: str | None = None
    for group in groups:
        if (size := counts.get(group, 0)) > left:
            cut = group
            break
        if size:
            whole.append(group)
            left -= size
    query = _keys(column).where(column.in_(whole), *conditions(criteria))
    rank = {group: position for position, group in enumerate(groups)}
    found = _fetch(session, _ordered(query, descending=True)) if whole else []
    found.sort(key=lambda key: rank[key.group])
    if cut is not None and left > 0:
        found += _of_one_group(session, criteria, column, cut, None, left)
    return found


def _freed(
    criteria: VisitCriteria, column: InstrumentedAttribute[str], group: str
) -> VisitCriteria:
    """The criteria less the one that the group already says, when they agree."""
    if column.key == "experiment_id" and group in (criteria.experiment_ids or ()):
        return replace(criteria, experiment_ids=None)
    return criteria


def _count_of(
    model: type[Measurement | Finding | FollowUp], *more: ColumnElement[bool]
) -> ScalarSelect[int]:
    query = select(func.count()).select_from(model)
    return query.where(model.visit_id == Visit.id, alive(model), *more).scalar_subquery()
