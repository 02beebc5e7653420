"""The first screen, in one quick read."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from desktop_app.services.base import Service
from desktop_app.services.home.frozen_json import dump, load
from desktop_app.services.home.kept_screen import KeptScreen
from desktop_app.services.home.rows import MonthCount, Overview, UpcomingVisit
from desktop_app.services.programme.experiment_reader import cohort_rows
from desktop_app.services.programme.experiment_rows import CohortRow
from desktop_app.services.results.perimeter import EVERYTHING
from desktop_app.services.results.reader import (
    Judgement,
    Panorama,
    indicators,
    panorama,
    qualitative_ids,
)
from desktop_app.services.results.service import ResultService
from desktop_app.services.visits.due import is_due
from desktop_app.services.visits.follow_up_reader import follow_up_row
from desktop_app.store import kept
from desktop_app.store.glance import Found, Reader
from desktop_app.store.queries import overview as queries
from desktop_app.store.queries.activity import measures_by_month

if TYPE_CHECKING:
    from desktop_app.store.notebook import Notebook

FOLLOW_UPS = 5
UPCOMING = 5
PLANNED_LOOKED_AT = 200
MONTHS = 9


class OverviewService(Service):
    def __init__(self, notebook: "Notebook", results: ResultService) -> None:
        super().__init__(notebook)
        self.results = results
        self.kept = KeptScreen(notebook, "home", dump, partial(load, Overview))

    def get(self) -> Overview:
        """``measures_due`` are those of the visits planned from today to the end of the week.

        As it was kept when nothing has changed since; else reckoned.
        """
        today = self.notebook.today()
        with self.notebook.glance() as reader:
            judgement = self.results.judgement(reader, EVERYTHING)
            key = kept.key_of(reader, today=today, rules=repr(judgement))
            return self.kept.get(reader, key, lambda: self._reckoned(reader, judgement, today))

    def keep(self) -> None:
        """Off the interface's thread, once nobody waits for anything."""
        self.kept.keep()

    def late_follow_ups(self) -> int:
        """How many open actions are past their due date."""
        with self.notebook.glance() as reader:
            return queries.late_follow_ups(reader, self.notebook.today())

    def _reckoned(self, reader: Reader, judgement: Judgement, today: dt.date) -> Overview:
        monday = today - dt.timedelta(today.weekday())
        sunday = monday + dt.timedelta(6)
        seen = panorama(reader, EVERYTHING, judgement, self.results.remembered)
        planned = queries.planned(reader, today, PLANNED_LOOKED_AT)
        last_dates = _last_dates(reader, seen, planned)
        upcoming = [_upcoming(row, seen, last_dates) for row in planned]
        follow_ups = queries.urgent_follow_ups(reader, FOLLOW_UPS)
        ((title, illustrative),) = reader.rows("SELECT title, illustrative FROM notebook LIMIT 1")
        return Overview(
            title=title,
            illustrative=bool(illustrative),
            today=today,
            current_cohort=_current(cohort_rows(reader), today),
            visits_this_week=queries.visits_between(reader, monday, sunday),
            measures_due=sum(v.due_count for v in upcoming if v.date <= sunday),
            late_follow_ups=queries.late_follow_ups(reader, today),
            observation_count=sum(r.observation_count for r in seen.results),
            experiments=seen.results,
            upcoming=tuple(upcoming[:UPCOMING]),
            follow_ups=tuple(follow_up_row(row, today) for row in follow_ups),
            observations_by_month=_by_month(reader, seen, today),
        )


LastDates = Mapping[tuple[str, str], dt.date]


def _last_dates(reader: Reader, seen: Panorama, planned: Sequence[Found]) -> LastDates:
    """Of the indicators and sites of the visits to come, alone."""
    experiments = {row.experiment_id: seen.frameworks.get(row.experiment_id, ()) for row in planned}
    return queries.last_observed(
        reader,
        [i.id for i in indicators(experiments)],
        qualitative_ids(experiments),
        sorted({row.site_id for row in planned}),
    )


def _due_count(
    seen: Panorama, last_dates: LastDates, experiment_id: str, site_id: str, day: dt.date
) -> int:
    """How many of the experiment's indicators are due at this site on that day."""
    return sum(
        is_due(
            indicator.frequency,
            last_dates.get((indicator.id, site_id)),
            day,
            indicator.target_date,
        )
        for objective in seen.frameworks.get(experiment_id, ())
        for indicator in objective.indicators
    )


def _upcoming(row: Found, seen: Panorama, last_dates: LastDates) -> UpcomingVisit:
    return UpcomingVisit(
        visit_id=row.id,
        date=row.date,
        start_time=row.start_time,
        site_name=row.site_name,
        commune=row.commune,
        experiment_title=row.title,
        enterprise=row.enterprise,
        due_count=_due_count(seen, last_dates, row.experiment_id, row.site_id, row.date),
    )


def _current(cohorts: Sequence[CohortRow], today: dt.date) -> CohortRow | None:
    """The cohort under way, else the last one started, else the first."""
    begun = [c for c in cohorts if c.start_date is not None and c.start_date <= today]
    running = [c for c in begun if c.end_date is None or today <= c.end_date]
    ranked = running or begun or list(reversed(cohorts))
    return ranked[-1] if ranked else None


def _by_month(reader: Reader, seen: Panorama, today: dt.date) -> tuple[MonthCount, ...]:
    """Measurements and findings of the last months, oldest first, empty months included."""
    first = today.year * 12 + today.month - MONTHS
    months = [dt.date(m // 12, m % 12 + 1, 1) for m in range(first, first + MONTHS)]
    recent = seen.counted.also("measurement.date >= :oldest", oldest=months[0])
    counts = measures_by_month(reader, recent, qualitative_ids(seen.frameworks))
    for (_, month), count in seen.findings.items():
        counts[month] = counts.get(month, 0) + count
    return tuple(MonthCount(month, counts.get(f"{month:%Y-%m}", 0)) for month in months)
