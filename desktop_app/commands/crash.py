"""A bug on the command line: the traceback goes to the log file, one sentence to the person."""

import datetime as dt
import traceback

from desktop_app.config.paths import user_dirs


def record(error: Exception) -> str:
    """Appends the traceback (no local values: they could hold personal data); says where."""
    path = user_dirs().log / "carnet-impact.log"
    frames = "".join(traceback.format_tb(error.__traceback__))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ} {type(error).__name__}\n")
            log.write(frames)
    except OSError:
        return f"Erreur interne ({type(error).__name__}). Signalez-la à l’équipe du projet."
    return f"Erreur interne ({type(error).__name__}). Le détail est dans {path}."
