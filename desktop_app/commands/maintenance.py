"""``check``, ``backup`` and ``restore``: keeping a notebook whole."""

import argparse
import json
import sys

from desktop_app import french
from desktop_app.commands.opening import reading
from desktop_app.commands.words import area
from desktop_app.errors import UserError
from desktop_app.services.home.rows import CheckFinding, CheckReport
from desktop_app.services.notebook.notebooks import NotebookService, backup_file, restore


def run_check(options: argparse.Namespace) -> None:
    """Raises UserError when something is wrong, after printing what."""
    try:
        with reading(options.notebook) as services:
            report = NotebookService(services.notebook).check()
    except UserError as error:
        if options.json:
            problem = CheckFinding("file", str(error))
            _print_json(CheckReport(ok=False, areas=("file",), problems=(problem,), counts=()))
        raise
    if options.json:
        _print_json(report)
    else:
        for problem in report.problems:
            sys.stdout.write(f"{area(problem.area)}\u00a0: {problem.message}\n")
    if not report.ok:
        count = french.plural(len(report.problems), "problème")
        raise UserError(f"{count} dans ce carnet. Restaurez une sauvegarde saine ou signalez-le.")
    if not options.json:
        sys.stdout.write(f"Carnet intègre ({', '.join(area(code) for code in report.areas)}).\n")


def _print_json(report: CheckReport) -> None:
    data = {
        "ok": report.ok,
        "areas": list(report.areas),
        "problems": [{"area": p.area, "message": p.message} for p in report.problems],
        "counts": dict(report.counts),
    }
    sys.stdout.write(json.dumps(data) + "\n")


def run_backup(options: argparse.Namespace) -> None:
    backup_file(options.notebook, options.output)
    sys.stdout.write(f"Sauvegarde vérifiée\u00a0: {options.output}\n")


def run_restore(options: argparse.Namespace) -> None:
    restore(options.backup, options.output)
    sys.stdout.write(f"Carnet rétabli\u00a0: {options.output}\n")
