"""Experiments with what surrounds them: cohort, enterprise, directorates, sites, framework.

In plain SQL (glance.py): the first screen shows them.
"""

from collections import defaultdict
from collections.abc import Sequence

from desktop_app.store.glance import Found, Reader, Where
from desktop_app.store.queries.counted import Perimeter


def experiments(reader: Reader, perimeter: Perimeter) -> list[Found]:
    """Those of the perimeter, by cohort then code; of a site: opened there or visited there."""
    where = Where("NOT experiment.deleted")
    if perimeter.experiment_ids is not None:
        where = where.also(
            "experiment.id IN (SELECT value FROM json_each(:experiments))",
            experiments=perimeter.experiment_ids,
        )
    if perimeter.site_id is not None:
        where = where.also(
            "(EXISTS (SELECT 1 FROM experiment_site opened WHERE"
            " opened.experiment_id = experiment.id AND opened.site_id = :site"
            " AND NOT opened.deleted)"
            " OR EXISTS (SELECT 1 FROM visit WHERE visit.experiment_id = experiment.id"
            " AND visit.site_id = :site AND NOT visit.deleted))",
            site=perimeter.site_id,
        )
    return reader.found(
        f"""
        SELECT experiment.* FROM experiment JOIN cohort ON cohort.id = experiment.cohort_id
        WHERE {where.sql} ORDER BY cohort.number, experiment.code
        """,
        where.parameters,
    )


def enterprises(reader: Reader) -> list[Found]:
    """Tombstones too: an experiment may still name one."""
    return reader.found("SELECT * FROM enterprise")


def cohorts(reader: Reader) -> list[Found]:
    """By number. Tombstones too."""
    return reader.found("SELECT * FROM cohort ORDER BY number, id")


def directorates(reader: Reader) -> list[Found]:
    """One row a directorate of an experiment, in the order of the list of directorates."""
    return reader.found(
        """
        SELECT link.experiment_id, directorate.id, directorate.code, directorate.name
        FROM experiment_directorate link JOIN directorate ON directorate.id = link.directorate_id
        WHERE NOT link.deleted AND NOT directorate.deleted
        ORDER BY directorate.position, directorate.name
        """
    )


def experiments_of(
    reader: Reader, *, cohort_id: str | None, directorate_id: str | None
) -> tuple[str, ...]:
    """Ids of the experiments of a cohort and of a directorate (either may be None)."""
    where = Where("TRUE")
    if cohort_id is not None:
        where = where.also("cohort_id = :cohort", cohort=cohort_id)
    if directorate_id is not None:
        where = where.also(
            "id IN (SELECT experiment_id FROM experiment_directorate"
            " WHERE directorate_id = :directorate AND NOT deleted)",
            directorate=directorate_id,
        )
    found = reader.rows(
        f"SELECT id FROM experiment WHERE {where.sql} ORDER BY id", where.parameters
    )
    return tuple(row[0] for row in found)


def site_counts(reader: Reader) -> dict[str, int]:
    """Sites opened to each experiment."""
    found = reader.rows(
        """
        SELECT link.experiment_id, count(DISTINCT link.site_id)
        FROM experiment_site link JOIN site ON site.id = link.site_id
        WHERE NOT link.deleted AND NOT site.deleted GROUP BY link.experiment_id
        """
    )
    return dict(found)


def visit_counts(reader: Reader) -> dict[str, tuple[int, int]]:
    """Visits made for each experiment, drafts or validated, and those only planned."""
    found = reader.rows(
        """
        SELECT experiment_id, sum(state <> 'planned'), sum(state = 'planned') FROM visit
        WHERE NOT deleted GROUP BY experiment_id
        """
    )
    return {experiment: (made, planned) for experiment, made, planned in found}


def framework(reader: Reader, experiment_ids: Sequence[str]) -> list[tuple[Found, list[Found]]]:
    """Live objectives with their live indicators, in order, experiment by experiment."""
    among = "SELECT value FROM json_each(:experiments)"
    parameters = {"experiments": list(experiment_ids)}
    objectives = reader.found(
        f"""
        SELECT * FROM objective WHERE experiment_id IN ({among}) AND NOT deleted
        ORDER BY experiment_id, position, id
        """,
        parameters,
    )
    indicators = reader.found(
        f"""
        SELECT indicator.* FROM indicator JOIN objective ON objective.id = indicator.objective_id
        WHERE objective.experiment_id IN ({among})
          AND NOT objective.deleted AND NOT indicator.deleted
        ORDER BY indicator.position, indicator.code, indicator.id
        """,
        parameters,
    )
    by_objective: dict[str, list[Found]] = defaultdict(list)
    for indicator in indicators:
        by_objective[indicator.objective_id].append(indicator)
    return [(objective, by_objective[objective.id]) for objective in objectives]


def indicator(reader: Reader, indicator_id: str) -> tuple[Found, Found, str] | None:
    """A live indicator, its objective and the code of its experiment; None when it is gone."""
    parameters = {"indicator": indicator_id}
    found = reader.found(
        "SELECT * FROM indicator WHERE id = :indicator AND NOT deleted", parameters
    )
    if not found:
        return None
    (objective,) = reader.found(
        """
        SELECT objective.*, experiment.code FROM indicator
        JOIN objective ON objective.id = indicator.objective_id
        JOIN experiment ON experiment.id = objective.experiment_id
        WHERE indicator.id = :indicator
        """,
        parameters,
    )
    return found[0], objective, objective.code
