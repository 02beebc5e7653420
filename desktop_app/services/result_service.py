"""Results of the experiments within a scope, and what each figure rests on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from desktop_app.models.experiment import Experiment
from desktop_app.models.framework import Indicator, Objective
from desktop_app.services import measurement_reader
from desktop_app.services.base import Service, get
from desktop_app.services.document_rows import MeasurementRow
from desktop_app.services.experiment_reader import indicator_row
from desktop_app.services.experiment_rows import IndicatorRow
from desktop_app.services.perimeter import EVERYTHING
from desktop_app.services.result_reader import Judgement, panorama, sheet, trajectory_of
from desktop_app.services.result_rows import (
    ExperimentResult,
    ResultSheet,
    Thresholds,
    TrajectoryPoint,
)
from desktop_app.services.scope import Scope

if TYPE_CHECKING:
    from desktop_app.store.notebook import Notebook


class ResultService(Service):
    """``thresholds`` is asked at each read: they are settings."""

    def __init__(self, notebook: "Notebook", thresholds: Callable[[], Thresholds]) -> None:
        super().__init__(notebook)
        self.thresholds = thresholds

    def experiments(self, scope: Scope = EVERYTHING) -> tuple[ExperimentResult, ...]:
        """By cohort, then code."""
        with self.notebook.read() as session:
            return panorama(session, scope, self.judgement(scope)).results

    def sheet(self, experiment_id: str, scope: Scope = EVERYTHING) -> ResultSheet:
        """One experiment, indicator by indicator. Raises UserError when it is gone."""
        with self.notebook.read() as session:
            return sheet(session, experiment_id, scope, self.judgement(scope))

    def trajectory(
        self, indicator_id: str, scope: Scope = EVERYTHING
    ) -> tuple[TrajectoryPoint, ...]:
        """The actual value at the end of each day measured; the last is the sheet's."""
        with self.notebook.read() as session:
            return trajectory_of(session, _indicator(session, indicator_id), scope)

    def evidence(self, indicator_id: str, scope: Scope = EVERYTHING) -> tuple[MeasurementRow, ...]:
        """Every measurement behind an indicator's figures, the latest first.

        Those without a value (not observed, not applicable) are there too.
        """
        with self.notebook.read() as session:
            _indicator(session, indicator_id)
            return tuple(measurement_reader.of_indicator(session, indicator_id, scope))

    def judgement(self, scope: Scope) -> Judgement:
        """Progress is judged on the scope's last day, today at the latest."""
        today = self.notebook.today()
        return Judgement(self.thresholds(), min(scope.until or today, today))


def _indicator(session: Session, indicator_id: str) -> IndicatorRow:
    indicator = get(session, Indicator, indicator_id)
    objective = get(session, Objective, indicator.objective_id)
    experiment = get(session, Experiment, objective.experiment_id)
    return indicator_row(indicator, objective, experiment.code)
