"""Runs the steps in a temporary folder, and writes the verdict."""

import argparse
import json
import os
import platform
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import __version__, french
from desktop_app.certain import known
from desktop_app.commands.crash import record
from desktop_app.commands.self_test import bundle
from desktop_app.commands.self_test.notebook import NotebookTrial
from desktop_app.config.policy import machine_policy
from desktop_app.config.settings import SETTINGS_FILE, Settings
from desktop_app.errors import UserError
from desktop_app.exports.atomic import written_beside
from desktop_app.services.notebook.trial import StepError, Trial
from desktop_app.system import system_check
from desktop_app.system.messages import tell
from desktop_app.system.temporary import private_folder

if TYPE_CHECKING:
    from desktop_app.services.visits.visit_rows import VisitRow


def run(options: argparse.Namespace) -> None:
    """Raises UserError when a step failed, or when the verdict cannot be written."""
    target = options.self_test.absolute()
    _require_writable(target)
    begun = time.monotonic()
    trial = Trial(record)
    with private_folder() as name:
        folder = Path(name)
        visit = _try_notebook(trial, folder)

        def last_words(sentence: str) -> None:
            """Qt ends the program just after."""
            trial.fail("window", sentence)
            write(target, trial, {})
            tell(sentence)
            shutil.rmtree(folder, ignore_errors=True)

        window = _try_window(trial, folder, visit, last_words)
    trial.run("modules", bundle.check)
    write(target, trial, window)
    if not trial.ok:
        wrong = ", ".join(step.name for step in trial.steps if not step.ok)
        raise UserError(f"L’auto-test a échoué ({wrong}). Le détail est dans {options.self_test}.")
    count = french.plural(len(trial.steps), "étape")
    seconds = french.number(time.monotonic() - begun, 1)
    sys.stdout.write(f"Auto-test réussi\u00a0: {count} en {seconds} s.\n")


class _TriedError(Exception):
    """Leaves the file as it was."""


def _require_writable(target: Path) -> None:
    """Raises UserError now rather than once all is done."""
    with suppress(_TriedError), written_beside(target):
        raise _TriedError


def write(target: Path, trial: Trial, window: dict[str, object]) -> None:
    """Whole or not at all, for whoever may read there: it holds no one's data. Raises UserError."""
    verdict = {
        "ok": trial.ok,
        **about(),
        **window,
        "policy": _policy(),
        "steps": trial.told(),
    }
    with written_beside(target) as temporary:
        temporary.write_text(json.dumps(verdict, indent=1) + "\n", encoding="ascii")


def _try_notebook(trial: Trial, folder: Path) -> "tuple[Path, VisitRow] | None":
    notebook = NotebookTrial(trial, folder, Settings(folder / SETTINGS_FILE))
    try:
        notebook.run()
    finally:
        trial.run("notebook closed", notebook.close)
    return None if notebook.visit is None else (notebook.path, notebook.visit)


def _try_window(
    trial: Trial,
    folder: Path,
    recorded: "tuple[Path, VisitRow] | None",
    last_words: Callable[[str], object],
) -> dict[str, object]:
    """Offscreen where there is no display and no platform was chosen."""
    unseen = system_check.no_display()
    if unseen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    found: dict[str, object] = {"no_display": unseen}

    def look() -> None:
        try:
            from desktop_app.app import try_window
        except ImportError as error:
            raise StepError(system_check.import_problem(error)) from error
        settings = Settings(folder / SETTINGS_FILE)
        found.update(try_window(trial, settings, *known(recorded), last_words))

    trial.run("window", look, ("visit",))
    return found


def _policy() -> dict[str, object]:
    """What the organisation fixes here; the steps run without it."""
    found = machine_policy()
    return {
        "source": found.source,
        "fixed": sorted(found.values),
        "refusals": list(found.refusals),
    }


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
