"""``carnet-impact show``: counts, schema version and results of a notebook."""

import argparse
import json
import sys

from desktop_app import french
from desktop_app.commands.opening import reading
from desktop_app.commands.words import counted
from desktop_app.services.catalogue import NotebookServices
from desktop_app.services.notebooks import NotebookService
from desktop_app.services.result_rows import ExperimentResult, IndicatorResult
from desktop_app.services.vocabulary import ValueType, label


def run(options: argparse.Namespace) -> None:
    with reading(options.notebook) as services:
        data = describe(services)
    if options.json:
        sys.stdout.write(json.dumps(data) + "\n")
    else:
        sys.stdout.write(_text(data))


def describe(services: NotebookServices) -> dict[str, object]:
    """The JSON object: numbers as measured, dates ISO, percentages 0 to 100, rates 0 to 1."""
    notebook = NotebookService(services.notebook)
    info = notebook.info()
    return {
        "path": info.path,
        "title": info.title,
        "illustrative": info.illustrative,
        "schema_version": info.schema_version,
        "state": notebook.state(),
        "today": info.today.isoformat(),
        "counts": notebook.counts(),
        "experiments": [_experiment(services, row) for row in services.results.experiments()],
    }


def _experiment(services: NotebookServices, row: ExperimentResult) -> dict[str, object]:
    sheet = services.results.sheet(row.experiment.id)
    return {
        "code": row.experiment.code,
        "title": row.experiment.title,
        "enterprise": row.experiment.enterprise.name,
        "cohort": row.experiment.cohort.number,
        "phase": row.experiment.phase.value,
        "attainment": row.attainment,
        "expected": row.expected,
        "state": row.state.value,
        "visits": row.visit_count,
        "sites": row.site_count,
        "observations": row.observation_count,
        "indicators": [_indicator(result) for part in sheet.objectives for result in part.results],
    }


def _indicator(result: IndicatorResult) -> dict[str, object]:
    row = result.indicator
    return {
        "code": row.code,
        "label": row.label,
        "unit": row.unit,
        "value_type": row.value_type.value,
        "baseline": row.baseline_value,
        "actual": result.actual if result.shown else None,
        "actual_date": result.actual_date.isoformat() if result.actual_date else None,
        "target": row.target_value,
        "n": result.n,
        "interval": [result.interval.low, result.interval.high]
        if result.interval and result.shown
        else None,
        "attainment": result.attainment,
        "state": result.state.value,
        "hidden_reason": result.hidden_reason,
    }


def _text(data: dict[str, object]) -> str:
    lines = [
        str(data["title"]),
        f"Schéma {data['schema_version']} · {data['path']}",
    ]
    counts = data["counts"]
    assert isinstance(counts, dict)  # noqa: S101
    lines.append(" · ".join(counted(code, count) for code, count in counts.items()))
    experiments = data["experiments"]
    assert isinstance(experiments, list)  # noqa: S101
    for experiment in experiments:
        lines += ["", *_experiment_lines(experiment)]
    return "\n".join(lines) + "\n"


def _experiment_lines(experiment: dict[str, object]) -> list[str]:
    from desktop_app.services.result_rows import ResultState

    rate = experiment["attainment"]
    share = french.percent(rate * 100) if isinstance(rate, float) else french.MISSING
    state = label(ResultState(str(experiment["state"])))
    lines = [f"{experiment['code']} {experiment['title']}\u00a0: {state} ({share} de la cible)"]
    indicators = experiment["indicators"]
    assert isinstance(indicators, list)  # noqa: S101
    for row in indicators:
        percentage = row["value_type"] == ValueType.PERCENTAGE
        yes_no = row["value_type"] == ValueType.YES_NO
        values = (
            french.measured(row[key], percentage=percentage, yes_no=yes_no)
            for key in ("baseline", "actual", "target")
        )
        reference, actual, target = values
        lines.append(
            f"  {row['code']} {row['label']}\u00a0: T0 {reference}, actuel {actual}, "
            f"cible {target} — {label(ResultState(row['state']))}"
        )
    return lines
