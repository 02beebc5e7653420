"""``carnet-impact show``: counts, schema version and results of a notebook.

Its figures are those of the workbook, withheld alike: nothing of few people goes out here either.
"""

import argparse
import datetime as dt
import json
import sys

from desktop_app.commands.opening import reading
from desktop_app.commands.show_text import text
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.documents.rows import WorkbookDocument
from desktop_app.services.notebook.notebooks import NotebookService
from desktop_app.services.results import words
from desktop_app.services.results.definition_words import change_text
from desktop_app.services.results.reference_words import same_sites_text
from desktop_app.services.results.rows import (
    IndicatorResult,
    Level,
    LevelTally,
    Movement,
    ResultSheet,
    Tally,
)
from desktop_app.services.results.scope import Scope


def run(options: argparse.Namespace) -> None:
    with reading(options.notebook) as services:
        document = withheld(services, Scope(include_drafts=options.drafts))
        if options.json:
            said = json.dumps(describe(services, document)) + "\n"
        else:
            notebook = NotebookService(services.notebook)
            said = text(document, notebook.info(), notebook.counts())
    sys.stdout.write(said)


def withheld(services: NotebookServices, scope: Scope) -> WorkbookDocument:
    """The one place where figures come from: the workbook's, masked as it is."""
    return services.documents.workbook_document(scope)


def describe(services: NotebookServices, document: WorkbookDocument) -> dict[str, object]:
    """The JSON object. Numbers are as measured, dates ISO, percentages 0 to 100, rates 0 to 1.

    ``path, title, illustrative, schema_version, state, today, counts``: the notebook.
    ``scope``: what the figures leave out, in French; ``drafts``: whether drafts count;
    ``thresholds``: on_track, watch (rates), min_n_percentage, mask_below (people).
    ``experiments``: a list, see ``_experiment`` and ``_indicator``.
    """
    notebook = NotebookService(services.notebook)
    info, limits = notebook.info(), document.thresholds
    return {
        "path": info.path,
        "title": info.title,
        "illustrative": info.illustrative,
        "schema_version": info.schema_version,
        "state": notebook.state(),
        "today": info.today.isoformat(),
        "counts": notebook.counts(),
        "scope": document.header.scope,
        "drafts": document.scope.include_drafts,
        "thresholds": {
            "on_track": limits.on_track,
            "watch": limits.watch,
            "min_n_percentage": limits.min_n_percentage,
            "mask_below": limits.mask_below,
        },
        "experiments": [_experiment(sheet) for sheet in document.sheets],
    }


def _experiment(sheet: ResultSheet) -> dict[str, object]:
    """Code, title, enterprise, cohort, phase, then what is counted; never an average nor a state.

    ``ended``; ``tally`` and ``levels`` (output, outcome, impact, viability): how many indicators
    are reached, progress, unchanged, decline, no_data (of which masked), total; ``qualitative``:
    those in words, counted apart; ``stale``, ``stale_since``: those overdue and since when;
    ``visits, sites, observations``; ``indicators``.
    """
    result, row = sheet.experiment, sheet.experiment.experiment
    known = {level.level: level for level in result.levels}
    return {
        "code": row.code,
        "title": row.title,
        "enterprise": row.enterprise.name,
        "cohort": row.cohort.number,
        "phase": row.phase.value,
        "ended": result.ended,
        "tally": _tally(result.tally),
        "levels": {
            level.value: _tally(known.get(level, LevelTally(level, Tally())).tally)
            for level in Level
        },
        "qualitative": result.qualitative,
        "stale": result.stale,
        "stale_since": _day(result.stale_since),
        "visits": result.visit_count,
        "sites": result.site_count,
        "observations": result.observation_count,
        "indicators": [
            {"level": part.level.value, **_indicator(found)}
            for part in sheet.objectives
            for found in part.results
        ],
    }


def _tally(tally: Tally) -> dict[str, int]:
    return {
        "reached": tally.reached,
        "progress": tally.progress,
        "unchanged": tally.unchanged,
        "decline": tally.decline,
        "no_data": tally.no_data,
        "masked": tally.masked,
        "total": tally.total,
    }


def _indicator(result: IndicatorResult) -> dict[str, object]:
    """What is measured, what is said of it, what it rests on, the T0s, and what to know.

    ``reading``: the figure as people read it; ``actual``: the number, null when only words may say
    it (« 8 sur 9 », yes/no sites, « masqué »), as ``baseline`` (the T0 that counts) and
    ``baseline_measured`` are. ``attainment``: (actual - T0) / (target - T0), unclamped, null
    when it has no meaning; under each T0 when they are apart. ``expected``: the share of the way
    expected at the last measure. ``reserves``: code to sentence. ``masked``: it says nothing, not
    even its state (null); it counts as no_data.
    """
    told = result.actual is not None and not result.masked
    return {
        **_definition(result),
        "actual": result.actual if told and not result.few else None,
        "reading": words.actual_text(result),
        "actual_date": _day(result.actual_date),
        "n": result.n if told else None,
        "interval": _interval(result) if told else None,
        "no_interval": words.interval_reason(result) if told else "",
        "attainment": result.attainment if told else None,
        "expected": result.expected if told else None,
        "state": None if result.masked else result.state.value,
        "state_text": words.state_text(result),
        "movement": Movement.NO_DATA.value if result.masked else result.movement.value,
        "masked": result.masked,
        "stale_since": None if result.masked else _day(result.stale_since),
        "sites": result.sites,
        "known_sites": result.known_sites,
        "yes_sites": result.yes_sites if told else None,
        "measures": result.measures,
        "waves": list(result.waves),
        "series": result.series,
        "calculation_text": words.calculation_text(result) if told else "",
        "same_sites": same_sites_text(result),
        "reserves": _reserves(result),
        **_baselines(result),
        "answers": [
            {
                "date": _day(answer.date),
                "site": answer.site_name,
                "category": answer.category,
                "visit": answer.visit_reference,
                "initial": answer.initial,
                "text": answer.text,
            }
            for answer in result.answers
        ],
        "history": [change_text(result.indicator, change) for change in result.history],
    }


def _definition(result: IndicatorResult) -> dict[str, object]:
    row = result.indicator
    return {
        "code": row.code,
        "label": row.label,
        "unit": row.unit,
        "value_type": row.value_type.value,
        "calculation": row.calculation.value,
        "direction": row.direction.value,
        "n_counts": None if row.n_counts is None else row.n_counts.value,
        "exhaustive": row.exhaustive,
        "target": row.target_value,
        "target_date": _day(row.target_date),
    }


def _baselines(result: IndicatorResult) -> dict[str, object]:
    """Both T0, « agreed » and « measured »; a measured percentage of few people is in words."""
    baseline = result.baseline
    silent = result.masked or baseline.few
    apart = baseline.differs and not result.masked
    return {
        "baseline": None if silent and baseline.counts_measured else baseline.used,
        "baseline_agreed": baseline.agreed,
        "baseline_measured": None if silent else baseline.measured,
        "baseline_measured_n": None if result.masked else baseline.measured_n,
        "baseline_measured_on": _day(baseline.measured_on),
        "baseline_to_measure": baseline.to_measure,
        "baseline_differs": baseline.differs and not result.masked,
        "attainment_agreed": baseline.agreed_rate if apart else None,
        "attainment_measured": baseline.measured_rate if apart else None,
    }


def _interval(result: IndicatorResult) -> list[float] | None:
    """95 %, in percent; none beside « 8 sur 9 »."""
    found = result.interval
    return None if found is None or result.few else [found.low, found.high]


def _reserves(result: IndicatorResult) -> dict[str, str]:
    said = words.reserves_text(result)
    if result.masked:
        return {"masked": " ".join(said)}
    return dict(zip((reserve.value for reserve in result.reserves), said, strict=True))


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
