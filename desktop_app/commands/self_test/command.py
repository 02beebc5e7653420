"""Runs the steps in a temporary folder, and writes the verdict."""

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import __version__, french
from desktop_app.commands.crash import record
from desktop_app.commands.self_test import bundle
from desktop_app.commands.self_test.notebook import NotebookTrial
from desktop_app.config.policy import machine_policy
from desktop_app.config.settings import Settings
from desktop_app.errors import UserError
from desktop_app.exports.atomic import written_beside
from desktop_app.services.trial import Trial

if TYPE_CHECKING:
    from desktop_app.services.visit_rows import VisitRow


def run(options: argparse.Namespace) -> None:
    """Raises UserError when a step failed, or when the verdict cannot be written."""
    begun = time.monotonic()
    trial = Trial(record)
    with tempfile.TemporaryDirectory(prefix="carnet-auto-test-") as name:
        folder = Path(name)
        settings = Settings(folder / "settings.json")
        notebook = NotebookTrial(trial, folder, settings)
        try:
            notebook.run()
        finally:
            visit = notebook.close()
        window = _try_window(trial, settings, notebook.path, visit)
    trial.run("modules", bundle.check)
    verdict = {**about(), **window, "policy": _policy(), "ok": trial.ok, "steps": trial.told()}
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


def _try_window(
    trial: Trial, settings: Settings, path: Path, visit: "VisitRow | None"
) -> dict[str, object]:
    """Offscreen where there is no display and no platform was chosen."""
    from desktop_app.config.system_check import no_display

    unseen = no_display()
    if unseen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    found: dict[str, object] = {}

    def look() -> None:
        from desktop_app.app import try_window

        assert visit is not None  # noqa: S101  (held by « visit »)
        found.update(try_window(trial, settings, path, visit))

    trial.run("window", look, ("visit",))
    return {"no_display": unseen, **found}


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
