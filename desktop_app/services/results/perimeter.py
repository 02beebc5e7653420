"""A scope, said in the words of the queries."""

from desktop_app.services.results.scope import Scope
from desktop_app.store.glance import Reader
from desktop_app.store.queries.counted import Perimeter
from desktop_app.store.queries.experiments import experiments_of

EVERYTHING = Scope()


def perimeter(reader: Reader, scope: Scope) -> Perimeter:
    """Cohort and directorate become the experiments they hold."""
    experiments: tuple[str, ...] | None = None
    if scope.cohort_id is not None or scope.directorate_id is not None:
        experiments = experiments_of(
            reader, cohort_id=scope.cohort_id, directorate_id=scope.directorate_id
        )
    if scope.experiment_id is not None:
        within = experiments is None or scope.experiment_id in experiments
        experiments = (scope.experiment_id,) if within else ()
    return Perimeter(
        experiment_ids=experiments,
        site_id=scope.site_id,
        since=scope.since,
        until=scope.until,
        drafts=scope.include_drafts,
    )
