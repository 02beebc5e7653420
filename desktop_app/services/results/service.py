"""Results of the experiments within a scope, and what each figure rests on."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.services.base import Service, gone
from desktop_app.services.programme.experiment_reader import read_indicator
from desktop_app.services.programme.experiment_rows import IndicatorRow
from desktop_app.services.results.definitions import ONLY, definitions
from desktop_app.services.results.evidence import way_and_evidence
from desktop_app.services.results.evidence_rows import EvidenceSheet
from desktop_app.services.results.gathering import read_occasions, reckoned
from desktop_app.services.results.perimeter import EVERYTHING, perimeter
from desktop_app.services.results.reader import Judgement, panorama, sheet
from desktop_app.services.results.remembered import AsRead, Remembered
from desktop_app.services.results.rows import (
    ExperimentResult,
    ResultSheet,
    Thresholds,
    TrajectoryPoint,
)
from desktop_app.services.results.scope import Scope
from desktop_app.services.results.trajectories import trajectory
from desktop_app.store.glance import Reader
from desktop_app.store.queries.counted import counted_measurements

if TYPE_CHECKING:
    from desktop_app.store.notebook import Notebook


Detail = tuple[tuple[TrajectoryPoint, ...], EvidenceSheet]
SHEETS, DETAILS = 8, 8  # remembered at most, the latest read


class ResultService(Service):
    """``rules`` reads the thresholds in force in the same read as the figures they judge."""

    def __init__(self, notebook: "Notebook", rules: Callable[[Reader], Thresholds]) -> None:
        super().__init__(notebook)
        self._rules = rules
        self.remembered = Remembered()
        self._sheets = AsRead[ResultSheet](SHEETS)
        self._details = AsRead[Detail](DETAILS)

    def thresholds(self) -> Thresholds:
        """Those in force now."""
        with self.notebook.glance() as reader:
            return self._rules(reader)

    def experiments(self, scope: Scope = EVERYTHING) -> tuple[ExperimentResult, ...]:
        """By cohort, then code."""
        with self.notebook.glance() as reader:
            judgement = self.judgement(reader, scope)
            return panorama(reader, scope, judgement, self.remembered).results

    def sheet(self, experiment_id: str, scope: Scope = EVERYTHING) -> ResultSheet:
        """One experiment, indicator by indicator. Raises UserError when it is gone."""
        with self.notebook.glance() as reader:
            judgement = self.judgement(reader, scope)
            return self._sheets.get(
                reader,
                (experiment_id, scope, judgement),
                lambda: sheet(reader, experiment_id, scope, judgement, self.remembered),
            )

    def trajectory(
        self, indicator_id: str, scope: Scope = EVERYTHING
    ) -> tuple[TrajectoryPoint, ...]:
        """The actual value at the end of each day measured; the last is the sheet's."""
        return self.detail(indicator_id, scope)[0]

    def evidence(self, indicator_id: str, scope: Scope = EVERYTHING) -> EvidenceSheet:
        """Every occasion behind an indicator's figure, and those left out, with why."""
        return self.detail(indicator_id, scope)[1]

    def detail(self, indicator_id: str, scope: Scope = EVERYTHING) -> Detail:
        """Both, of one read; as they were last time when nothing was written since."""
        with self.notebook.glance() as reader:
            return self._details.get(
                reader,
                (indicator_id, scope),
                lambda: way_and_evidence(reader, _indicator(reader, indicator_id), scope),
            )

    def judgement(self, reader: Reader, scope: Scope) -> Judgement:
        """Progress is judged on the scope's last day, today at the latest."""
        today = self.notebook.today()
        return Judgement(self._rules(reader), min(scope.until or today, today))


def trajectory_of(
    reader: Reader, indicator: IndicatorRow, scope: Scope
) -> tuple[TrajectoryPoint, ...]:
    counted = counted_measurements(reader, perimeter(reader, scope))
    seen = read_occasions(reader, counted, [indicator]).get(indicator.id, [])
    known = definitions(reader, [indicator.id])[indicator.id] if indicator.version > 1 else ONLY
    return trajectory(seen, reckoned(indicator, seen, known).rule)


def _indicator(reader: Reader, indicator_id: str) -> IndicatorRow:
    found = read_indicator(reader, indicator_id)
    if found is None:
        raise UserError(gone("indicator"))
    return found
