"""The list of visits: filters said in words of the domain, pages by keyset."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop_app.models.enums import VisitState
from desktop_app.models.experiment import Experiment
from desktop_app.models.site import Site
from desktop_app.models.visit import Visit
from desktop_app.services.collation import folded
from desktop_app.services.visit_rows import VisitFilter, VisitListRow, VisitPage
from desktop_app.store.queries import visits as queries
from desktop_app.store.queries.live import AnyRow
from desktop_app.store.queries.visit_text import visits_matching
from desktop_app.store.queries.visits import VisitCriteria, VisitKey

SORTS = ("date", "reference", "experiment", "site", "state")
_STATES = (VisitState.PLANNED, VisitState.DRAFT, VisitState.VALIDATED)


def criteria(session: Session, wanted: VisitFilter) -> VisitCriteria:
    """Cohort and directorate become the experiments they hold: a visit knows only its own."""
    experiments: tuple[str, ...] | None = None
    if wanted.cohort_id is not None or wanted.directorate_id is not None:
        experiments = queries.experiments_of(
            session, cohort_id=wanted.cohort_id, directorate_id=wanted.directorate_id
        )
    if wanted.experiment_id is not None:
        within = experiments is None or wanted.experiment_id in experiments
        experiments = (wanted.experiment_id,) if within else ()
    among = visits_matching(session, wanted.text) if wanted.text.strip() else None
    return VisitCriteria(
        experiment_ids=experiments,
        site_id=wanted.site_id,
        state=None if wanted.state is None else wanted.state.value,
        since=wanted.since,
        until=wanted.until,
        among=among,
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
    if sort == "date":
        return queries.keys_by_date(
            session, wanted, descending=descending, after=after, limit=limit
        )
    if sort == "reference":
        return queries.keys_by_reference(
            session, wanted, descending=descending, after=after, limit=limit
        )
    column, groups = _groups(session, sort)
    if descending:
        groups.reverse()
    return queries.keys_by_group(session, wanted, column, groups, after=after, limit=limit)


def _groups(session: Session, sort: str) -> tuple[InstrumentedAttribute[str], list[str]]:
    """The column of a grouped sort, and its values in the order a French reader expects."""
    if sort == "state":
        return Visit.state, [state.value for state in _STATES]
    if sort == "experiment":
        titles = session.execute(select(Experiment.title, Experiment.code, Experiment.id))
        return Visit.experiment_id, _in_order([(row[0], row[1], row[2]) for row in titles])
    names = session.execute(select(Site.name, Site.commune, Site.id))
    return Visit.site_id, _in_order([(row[0], row[1], row[2]) for row in names])


def _in_order(rows: list[tuple[str, str, str]]) -> list[str]:
    return [row[2] for row in sorted(rows, key=lambda row: (*map(folded, row[:2]), row[2]))]


def _key(cursor: tuple[object, ...] | None) -> VisitKey | None:
    match cursor:
        case None:
            return None
        case (str() as group, dt.date() as day, str() as reference):
            return VisitKey(group, day, reference)
    raise ValueError("not a cursor of this list")
