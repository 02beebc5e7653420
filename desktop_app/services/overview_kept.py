"""Results of experiments as text and back, to be kept beside a notebook between two openings.

Explicit, field by field: what was written by another version, or by hand, is refused
(ValueError), and reckoned again.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from desktop_app import __version__
from desktop_app.models.enums import Phase
from desktop_app.services.experiment_rows import (
    CohortRow,
    DirectorateRow,
    EnterpriseRow,
    ExperimentRow,
)
from desktop_app.services.result_rows import (
    ExperimentResult,
    Level,
    LevelTally,
    Tally,
    Thresholds,
)

FORM = 1
"""Of the text below: to be raised with any change of it."""


def kept_key(today: dt.date, thresholds: Thresholds, *, include_drafts: bool) -> str:
    """What the results depend on besides the notebook's content: equal keys, equal results.

    The day they are known on, the rules in force, whether drafts count, the program's version and
    the form of the text.
    """
    return json.dumps([__version__, FORM, today.isoformat(), astuple(thresholds), include_drafts])


def to_text(results: Sequence[ExperimentResult]) -> str:
    return json.dumps([_result(result) for result in results], ensure_ascii=False)


def from_text(text: str) -> tuple[ExperimentResult, ...]:
    """The very rows given to ``to_text``. Raises ValueError for anything else."""
    try:
        return tuple(_read_result(found) for found in json.loads(text))
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not results kept by this version") from error


def _result(result: ExperimentResult) -> dict[str, object]:
    return {
        "experiment": _experiment(result.experiment),
        "levels": [[row.level.value, list(astuple(row.tally))] for row in result.levels],
        "indicator_count": result.indicator_count,
        "qualitative": result.qualitative,
        "stale": result.stale,
        "stale_since": _day(result.stale_since),
        "ended": result.ended,
        "visit_count": result.visit_count,
        "site_count": result.site_count,
        "observation_count": result.observation_count,
    }


def _read_result(found: dict[str, Any]) -> ExperimentResult:
    return ExperimentResult(
        experiment=_read_experiment(found["experiment"]),
        levels=tuple(_read_level(level, counts) for level, counts in found["levels"]),
        indicator_count=_count(found["indicator_count"]),
        qualitative=_count(found["qualitative"]),
        stale=_count(found["stale"]),
        stale_since=_read_day(found["stale_since"]),
        ended=_flag(found["ended"]),
        visit_count=_count(found["visit_count"]),
        site_count=_count(found["site_count"]),
        observation_count=_count(found["observation_count"]),
    )


def _read_level(level: str, counts: Sequence[object]) -> LevelTally:
    reached, progress, unchanged, decline, no_data, masked = map(_count, counts)
    tally = Tally(reached, progress, unchanged, decline, no_data, masked)
    return LevelTally(Level(level), tally)


def _experiment(row: ExperimentRow) -> dict[str, object]:
    cohort = row.cohort
    return {
        "id": row.id,
        "code": row.code,
        "title": row.title,
        "enterprise": list(astuple(row.enterprise)),
        "cohort": [
            cohort.id,
            cohort.number,
            cohort.label,
            _day(cohort.start_date),
            _day(cohort.end_date),
        ],
        "directorates": [list(astuple(directorate)) for directorate in row.directorates],
        "social_need": row.social_need,
        "target_audience": row.target_audience,
        "phase": row.phase.value,
        "start_date": _day(row.start_date),
        "end_date": _day(row.end_date),
        "budget": row.budget,
        "sdg_tags": row.sdg_tags,
        "final_decision": row.final_decision,
        "site_count": row.site_count,
        "visit_count": row.visit_count,
        "planned_count": row.planned_count,
    }


def _read_experiment(found: dict[str, Any]) -> ExperimentRow:
    budget = found["budget"]
    return ExperimentRow(
        id=_words(found["id"]),
        code=_words(found["code"]),
        title=_words(found["title"]),
        enterprise=EnterpriseRow(*map(_words, found["enterprise"])),
        cohort=_read_cohort(*found["cohort"]),
        directorates=tuple(DirectorateRow(*map(_words, row)) for row in found["directorates"]),
        social_need=_words(found["social_need"]),
        target_audience=_words(found["target_audience"]),
        phase=Phase(found["phase"]),
        start_date=_read_day(found["start_date"]),
        end_date=_read_day(found["end_date"]),
        budget=None if budget is None else float(budget),
        sdg_tags=_words(found["sdg_tags"]),
        final_decision=_words(found["final_decision"]),
        site_count=_count(found["site_count"]),
        visit_count=_count(found["visit_count"]),
        planned_count=_count(found["planned_count"]),
    )


def _read_cohort(
    record_id: object, number: object, name: object, start: object, end: object
) -> CohortRow:
    return CohortRow(
        _words(record_id), _count(number), _words(name), _read_day(start), _read_day(end)
    )


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _read_day(found: object) -> dt.date | None:
    return None if found is None else dt.date.fromisoformat(_words(found))


def _words(found: object) -> str:
    if not isinstance(found, str):
        raise TypeError(found)
    return found


def _count(found: object) -> int:
    if not isinstance(found, int) or isinstance(found, bool):
        raise TypeError(found)
    return found


def _flag(found: object) -> bool:
    if not isinstance(found, bool):
        raise TypeError(found)
    return found
