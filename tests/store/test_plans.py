"""The hot queries use the indexes made for them: seen in SQLite's own plans."""

from collections.abc import Callable

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session
from store_samples import Sample

from desktop_app.models.visit import Visit
from desktop_app.store.glance import Reader, Where, lent
from desktop_app.store.notebook import Notebook
from desktop_app.store.queries import activity, measures, overview, results, visits
from desktop_app.store.queries.counted import LIVE, Perimeter, counted_measurements


def plain_plan(notebook: Notebook, read: Callable[[Reader], object]) -> list[str]:
    """The plan of the last statement that ``read`` ran."""
    with notebook.read() as session:
        raw = session.connection().connection.driver_connection
        statements: list[str] = []
        raw.set_trace_callback(statements.append)
        read(lent(session))
        raw.set_trace_callback(None)
        return [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statements[-1]}")]


def mapped_plan(notebook: Notebook, read: Callable[[Session], object]) -> list[str]:
    with notebook.read() as session:
        connection = session.connection()
        statements: list[tuple[str, object]] = []

        def note(_c: object, _cursor: object, sql: str, parameters: object, *_: object) -> None:
            statements.append((sql, parameters))

        event.listen(connection, "before_cursor_execute", note)
        read(session)
        event.remove(connection, "before_cursor_execute", note)
        sql, parameters = statements[-1]
        return [
            row.detail
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", parameters)
        ]


@pytest.mark.parametrize("perimeter", [Perimeter(), Perimeter(drafts=False)])
def test_results_are_read_from_their_covering_index_alone(
    notebook: Notebook, sample: Sample, perimeter: Perimeter
) -> None:
    ids = list(sample.indicators.values())
    for initial, index in ((False, "ix_measurement_results"), (True, "ix_measurement_initial")):
        plan = plain_plan(
            notebook,
            lambda reader, initial=initial: results.groups(
                reader, counted_measurements(reader, perimeter), ids, initial=initial
            ),
        )
        assert plan[0] == f"SEARCH measurement USING COVERING INDEX {index} (indicator_id=?)"
        assert "USE TEMP B-TREE FOR GROUP BY" not in plan


def test_the_last_values_are_found_by_their_index(notebook: Notebook, sample: Sample) -> None:
    plan = plain_plan(
        notebook,
        lambda reader: results.last_moments(
            reader,
            counted_measurements(reader, Perimeter()),
            list(sample.indicators.values()),
        ),
    )
    searched = [line for line in plan if "measurement" in line and "SEARCH" in line]
    assert len(searched) == 2
    assert all("ix_measurement_results (indicator_id=?" in line for line in searched)
    assert not [line for line in plan if line.startswith("SCAN measurement")]


def test_months_are_counted_over_indexes_alone(notebook: Notebook, sample: Sample) -> None:
    everything = Where(LIVE)
    plan = plain_plan(notebook, lambda reader: activity.valued_by_day(reader, everything))
    assert plan == ["SCAN measurement USING INDEX ix_measurement_date"]  # no sorting
    plan = plain_plan(notebook, lambda reader: activity.findings_by_month(reader, Perimeter()))
    assert "SEARCH finding USING COVERING INDEX ix_finding_visit_id_deleted (visit_id=?)" in plan
    assert "USE TEMP B-TREE FOR GROUP BY" not in plan


def test_late_actions_are_found_by_due_date(notebook: Notebook, sample: Sample) -> None:
    plan = plain_plan(notebook, lambda reader: overview.late_follow_ups(reader, notebook.today()))
    assert plan == ["SEARCH follow_up USING INDEX ix_follow_up_due_date (due_date<?)"]


def test_the_measures_of_a_visit_are_found_by_the_live_ones(
    notebook: Notebook, sample: Sample
) -> None:
    plan = mapped_plan(notebook, lambda session: measures.recorded(session, sample.visit))
    assert plan[0] == "SEARCH measurement USING INDEX uq_measurement_cell (visit_id=?)"


def test_the_list_counts_children_over_indexes_alone(notebook: Notebook, sample: Sample) -> None:
    with notebook.read() as session:
        reference = session.get_one(Visit, sample.visit).reference
    plan = mapped_plan(notebook, lambda session: visits.list_rows(session, [reference]))
    joined = "\n".join(plan)
    assert "USING COVERING INDEX ix_measurement_visit_id_deleted (visit_id=?" in joined
    assert "USING COVERING INDEX ix_finding_visit_id_deleted (visit_id=?" in joined
    assert "SCAN" not in joined.replace("SCALAR", "")
