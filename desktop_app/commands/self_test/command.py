"""Runs the steps in a temporary folder, and writes the verdict."""

import argparse
import json
import platform
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from desktop_app import __version__, french
from desktop_app.commands.crash import record
from desktop_app.commands.self_test.notebook import NotebookTrial
from desktop_app.commands.self_test.trial import Trial
from desktop_app.config.settings import Settings
from desktop_app.errors import UserError
from desktop_app.exports.atomic import written_beside


def run(options: argparse.Namespace) -> None:
    """Raises UserError when a step failed, or when the verdict cannot be written."""
    begun = time.monotonic()
    trial = Trial(record)
    with tempfile.TemporaryDirectory(prefix="carnet-auto-test-") as name:
        folder = Path(name)
        notebook = NotebookTrial(trial, folder, Settings(folder / "settings.json"))
        try:
            notebook.run()
        finally:
            notebook.close()
    verdict = {**about(), "ok": trial.ok, "steps": trial.told()}
    with written_beside(options.self_test.absolute()) as temporary:
        temporary.write_text(json.dumps(verdict, ensure_ascii=False, indent=1), encoding="utf-8")
    wrong = [step.name for step in trial.steps if not step.ok]
    if wrong:
        raise UserError(
            f"L’auto-test a échoué ({', '.join(wrong)}). Le détail est dans {options.self_test}."
        )
    count = french.plural(len(trial.steps), "étape")
    seconds = french.number(time.monotonic() - begun, 1)
    sys.stdout.write(f"Auto-test réussi\u00a0: {count} en {seconds} s.\n")


def about() -> dict[str, object]:
    """The program and what it stands on; no path of this machine."""
    return {
        "version": __version__,
        "frozen": bool(getattr(sys, "frozen", False)),
        "folder": Path(sys.executable).parent.name,
        "system": sys.platform,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
