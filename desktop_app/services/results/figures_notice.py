"""What the rules of 0.3 changed in an older notebook's figures: which ones, and why.

Made once, when such a notebook is first opened, and kept in its file: told once, read again at
will. What is compared: the figures as 0.2 made them (former_figures.py) and as they are now.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from desktop_app import french
from desktop_app.models.enums import Frequency, ValueType, Wave
from desktop_app.services.base import Service
from desktop_app.services.programme.experiment_reader import experiment_rows, frameworks
from desktop_app.services.programme.experiment_rows import ExperimentRow
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.definitions import Definitions, definitions
from desktop_app.services.results.former_figures import former_state, former_value
from desktop_app.services.results.gathering import read_occasions, reckoned
from desktop_app.services.results.occasions import Cell, Occasion
from desktop_app.services.results.perimeter import perimeter
from desktop_app.services.results.reader import indicators, sheet
from desktop_app.services.results.reckoning import reckon
from desktop_app.services.results.rounding import written_decimals
from desktop_app.services.results.rows import IndicatorResult, ResultState
from desktop_app.services.results.scope import Scope
from desktop_app.services.results.service import ResultService
from desktop_app.services.results.states import close
from desktop_app.services.results.words import actual_text, state_text, value_text
from desktop_app.services.vocabulary import label
from desktop_app.store.glance import Reader
from desktop_app.store.queries import notices
from desktop_app.store.queries.counted import counted_measurements

_NO_AVERAGE = (
    "Une expérimentation n’a plus de moyenne ni d’état d’ensemble : ses indicateurs sont comptés, "
    "niveau par niveau (atteinte, en progrès, inchangée, en recul, sans donnée)."
)
_LAST_MEASURE = (
    "L’état d’un indicateur repose sur la date de sa dernière mesure, et non sur le jour où on le "
    "lit."
)
_DRAFTS = "Les visites en brouillon ne comptent plus, sauf si on le demande."
GENERAL = tuple(map(french.typeset, (_NO_AVERAGE, _LAST_MEASURE, _DRAFTS)))
_WHY_STATE = {
    ResultState.DECLINE: "Plus loin de la cible qu’au départ : « en recul » se dit désormais.",
    ResultState.MISSED: "L’expérimentation est terminée : la cible est atteinte ou non.",
    ResultState.UNJUDGED: "Sans référence T0 ou sans cible, aucun état n’est donné.",
    ResultState.ANSWERED: "Les réponses en toutes lettres sont montrées.",
}


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """One indicator, before and now, each with its state in words; ``why`` is a sentence."""

    experiment: str
    code: str
    label: str
    before: str
    now: str
    state_before: str
    state_now: str
    why: str


@dataclass(frozen=True, slots=True)
class FiguresNotice:
    made_on: dt.date
    general: tuple[str, ...]
    figures: tuple[ChangedFigure, ...]
    read: bool


class FiguresNoticeService(Service):
    def __init__(self, results: ResultService) -> None:
        super().__init__(results.notebook)
        self._results = results

    def get(self) -> FiguresNotice | None:
        """None when the notebook never knew other rules. Made, and kept, at the first call."""
        with self.notebook.glance() as reader:
            kept = notices.figures(reader)
            if kept is None:
                return None
            if kept.content:
                return _from_text(kept)
            changed = self._changed(reader)
        today = self.notebook.today()
        if not self.notebook.read_only:
            text = json.dumps([asdict(figure) for figure in changed], ensure_ascii=False)
            with self.notebook.write() as uow:
                notices.keep_figures(uow, text, today)
        return FiguresNotice(today, GENERAL, changed, read=False)

    def mark_read(self) -> None:
        """It is not told again; ``get`` still gives it."""
        if not self.notebook.read_only:
            with self.notebook.write() as uow:
                notices.mark_read(uow)

    def _changed(self, reader: Reader) -> tuple[ChangedFigure, ...]:
        scope = Scope(include_drafts=True)
        limits = perimeter(reader, scope)
        experiments = experiment_rows(reader, limits)
        known = frameworks(reader, [(row.id, row.code) for row in experiments])
        asked = indicators(known)
        drafts = counted_measurements(reader, limits)
        seen = read_occasions(reader, drafts, asked)
        changes = definitions(reader, [indicator.id for indicator in asked])
        found: list[ChangedFigure] = []
        for experiment in experiments:
            made = sheet(reader, experiment.id, Scope(), self._results.judgement(reader, Scope()))
            for result in (r for part in made.objectives for r in part.results):
                indicator = result.indicator
                told = self._compared(
                    reader, experiment, result, seen.get(indicator.id, []), changes[indicator.id]
                )
                if told is not None:
                    found.append(told)
        return tuple(found)

    def _compared(
        self,
        reader: Reader,
        experiment: ExperimentRow,
        result: IndicatorResult,
        seen: Sequence[Occasion],
        known: Definitions,
    ) -> ChangedFigure | None:
        indicator = result.indicator
        judgement = self._results.judgement(reader, Scope())
        cells = [cell for occasion in seen for cell in occasion.cells]
        before = former_value(cells, indicator)
        state = former_state(before, indicator, experiment, judgement.as_of, judgement.thresholds)
        same_value = _alike(before, result)
        if same_value and state is result.state:
            return None
        why = (
            _WHY_STATE.get(result.state, _LAST_MEASURE)
            if same_value
            else _why(before, result, seen, known)
        )
        return ChangedFigure(
            experiment.code,
            indicator.code,
            indicator.label,
            value_text(indicator, before, written_decimals(indicator.value_type, before)),
            actual_text(result),
            label(state),
            state_text(result),
            french.typeset(why),
        )


def _alike(before: float | None, result: IndicatorResult) -> bool:
    if before is None or result.actual is None:
        return before is result.actual
    if result.indicator.value_type is ValueType.YES_NO:
        return before == result.actual
    return close(before, result.actual)


def _why(
    before: float | None,
    result: IndicatorResult,
    seen: Sequence[Occasion],
    known: Definitions,
) -> str:
    """Which rule moved the value; the first that alone explains a part of it."""
    indicator = result.indicator
    with_drafts, _ = reckon(seen, reckoned(indicator, seen, known).rule)
    value = with_drafts.value if with_drafts else None
    if value is not None and before is not None and close(value, before):
        return _DRAFTS
    if len(known.starts) > 1:
        return "Les valeurs de deux définitions ne sont plus jointes."
    if indicator.calculation is Calculation.SUM:
        return _why_sum(seen)
    if indicator.frequency is Frequency.WAVE and indicator.calculation is not Calculation.LATEST:
        return "Un indicateur par vague se calcule sur la dernière vague de chaque site."
    if _mixed([cell for occasion in seen for cell in occasion.cells]):
        return "Total ou parties : c’est décidé visite par visite, et non une fois pour le site."
    return "De deux mesures du même jour, la dernière est celle de l’heure la plus tardive."


def _why_sum(seen: Sequence[Occasion]) -> str:
    if any(occasion.wave is Wave.T0 for occasion in seen):
        return "Un cumul compte toutes les mesures, vague T0 comprise."
    return "Total ou parties : c’est décidé visite par visite, et non une fois pour le site."


def _mixed(cells: Sequence[Cell]) -> bool:
    """Whether a site gave a total once, and only parts another time."""
    totals = {(cell.site_id, cell.occasion) for cell in cells if not cell.category}
    parts = {(cell.site_id, cell.occasion) for cell in cells if cell.category}
    sites = {site for site, _ in totals}
    return any(site in sites for site, _ in parts - totals)


def _from_text(kept: notices.KeptNotice) -> FiguresNotice:
    figures = tuple(ChangedFigure(**line) for line in json.loads(kept.content))
    return FiguresNotice(kept.made_on, GENERAL, figures, kept.read)
