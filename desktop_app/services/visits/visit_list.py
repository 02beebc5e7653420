"""The list of visits: filters said in words of the domain, pages by keyset."""

import datetime as dt
import re
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop_app.models.enums import VisitState
from desktop_app.models.experiment import Enterprise, Experiment
from desktop_app.models.site import Site
from desktop_app.models.visit import Visit
from desktop_app.services.collation import folded
from desktop_app.services.visits.visit_rows import VisitFilter, VisitListRow, VisitPage
from desktop_app.store.glance import lent
from desktop_app.store.queries import visits as queries
from desktop_app.store.queries.experiments import experiments_of
from desktop_app.store.queries.live import AnyRow
from desktop_app.store.queries.visit_text import Word, visits_matching
from desktop_app.store.queries.visits import VisitCriteria, VisitKey
from desktop_app.store.search import match_expression

_SEPARATORS = re.compile(r"[\W_]+")
SORTS = ("date", "reference", "experiment", "site", "state")
_STATES = (VisitState.PLANNED, VisitState.DRAFT, VisitState.VALIDATED)


def criteria(session: Session, wanted: VisitFilter) -> VisitCriteria:
    """Cohort and directorate become the experiments they hold: a visit knows only its own."""
    experiments: tuple[str, ...] | None = None
    if wanted.cohort_id is not None or wanted.directorate_id is not None:
        experiments = experiments_of(
            lent(session), cohort_id=wanted.cohort_id, directorate_id=wanted.directorate_id
        )
    if wanted.experiment_id is not None:
        within = experiments is None or wanted.experiment_id in experiments
        experiments = (wanted.experiment_id,) if within else ()
    words = _words(session, wanted.text)
    return VisitCriteria(
        experiment_ids=experiments,
        site_id=wanted.site_id,
        state=None if wanted.state is None else wanted.state.value,
        since=wanted.since,
        until=wanted.until,
        text=visits_matching(session, words) if words else None,
    )


def page(
    session: Session,
    wanted: VisitFilter,
    *,
    sort: str,
    descending: bool,
    cursor: tuple[object, ...] | None,
    size: int,
) -> VisitPage:
    """Pages by keyset, never by offset. Raises ValueError for an unknown sort.

    ``descending`` turns groups over, not their visits: within an experiment, a site or a state,
    the latest visit always comes first.
    """
    if sort not in SORTS:
        raise ValueError(f"unknown sort: {sort}")
    keys = _keys(
        session,
        criteria(session, wanted),
        sort=sort,
        descending=descending,
        after=_key(cursor),
        limit=size + 1,
    )
    shown = keys[:size]
    rows = queries.list_rows(session, [key.reference for key in shown])
    last = shown[-1] if len(keys) > size else None
    return VisitPage(
        rows=tuple(list_row(row) for row in rows),
        cursor=None if last is None else (last.group, last.date, last.reference),
    )


def list_row(row: AnyRow) -> VisitListRow:
    """Takes a row of ``queries.list_rows``."""
    return VisitListRow(
        id=row.id,
        reference=row.reference,
        date=row.date,
        start_time=row.start_time,
        state=VisitState(row.state),
        experiment_id=row.experiment_id,
        experiment_code=row.code,
        experiment_title=row.title,
        enterprise=row.enterprise,
        site_id=row.site_id,
        site_name=row.site_name,
        commune=row.commune,
        author=row.author,
        measurement_count=row.measurement_count,
        finding_count=row.finding_count,
        open_follow_up_count=row.open_follow_up_count,
    )


def _keys(
    session: Session,
    wanted: VisitCriteria,
    *,
    sort: str,
    descending: bool,
    after: VisitKey | None,
    limit: int,
) -> list[VisitKey]:
    column, groups = _groups(session, sort)
    if descending:
        groups.reverse()
    if wanted.text is not None and wanted.text.references is not None:
        keys = queries.all_keys(session, wanted, column)
        return _sorted_after(keys, after, sort, groups, descending=descending)[:limit]
    if column is not None:
        return queries.keys_by_group(session, wanted, column, groups, after=after, limit=limit)
    fetch = queries.keys_by_date if sort == "date" else queries.keys_by_reference
    return fetch(session, wanted, descending=descending, after=after, limit=limit)


def _sorted_after(
    keys: list[VisitKey],
    after: VisitKey | None,
    sort: str,
    groups: list[str],
    *,
    descending: bool,
) -> list[VisitKey]:
    """The order the SQL of the other lists gives, for a few visits; those beyond ``after``."""
    everything = {*keys} if after is None else {*keys, after}
    if sort == "reference":
        ordered = sorted(everything, key=lambda key: key.reference, reverse=descending)
    else:
        newest_first = descending or bool(groups)
        ordered = sorted(
            everything, key=lambda key: (key.date, key.reference), reverse=newest_first
        )
    if groups:
        rank = {group: position for position, group in enumerate(groups)}
        ordered.sort(key=lambda key: rank.get(key.group, -1))
    return ordered if after is None else ordered[ordered.index(after) + 1 :]


def _groups(session: Session, sort: str) -> tuple[InstrumentedAttribute[str] | None, list[str]]:
    """The column of a grouped sort, and its values in the order a French reader expects."""
    if sort == "state":
        return Visit.state, [state.value for state in _STATES]
    if sort == "experiment":
        titles = session.execute(select(Experiment.title, Experiment.code, Experiment.id))
        return Visit.experiment_id, _in_order([(row[0], row[1], row[2]) for row in titles])
    if sort == "site":
        names = session.execute(select(Site.name, Site.commune, Site.id))
        return Visit.site_id, _in_order([(row[0], row[1], row[2]) for row in names])
    return None, []


def _words(session: Session, text: str) -> list[Word]:
    """Each word of the text, with the experiments (or enterprises) and sites it begins to name."""
    expressions = {word: match_expression(word) for word in text.split()}
    wanted = {word: expression for word, expression in expressions.items() if expression}
    if not wanted:
        return []
    experiments = session.execute(
        select(Experiment.id, Experiment.code, Experiment.title, Enterprise.name).join(
            Enterprise, Enterprise.id == Experiment.enterprise_id
        )
    ).all()
    sites = session.execute(select(Site.id, Site.name, Site.commune)).all()
    named = {row[0]: _spelled(*row[1:]) for row in experiments}
    placed = {row[0]: _spelled(*row[1:]) for row in sites}
    return [
        Word(expression, _naming(folded(word), named), _naming(folded(word), placed))
        for word, expression in wanted.items()
    ]


def _spelled(*texts: str) -> str:
    """The folded words, each after a space."""
    return " " + " ".join(_SEPARATORS.split(folded(" ".join(texts))))


def _naming(word: str, names: Mapping[str, str]) -> list[str]:
    start = f" {' '.join(part for part in _SEPARATORS.split(word) if part)}"
    return [record_id for record_id, name in names.items() if start in name]


def _in_order(rows: list[tuple[str, str, str]]) -> list[str]:
    return [row[2] for row in sorted(rows, key=lambda row: (*map(folded, row[:2]), row[2]))]


def _key(cursor: tuple[object, ...] | None) -> VisitKey | None:
    match cursor:
        case None:
            return None
        case (str() as group, dt.date() as day, str() as reference):
            return VisitKey(group, day, reference)
    raise ValueError("not a cursor of this list")
