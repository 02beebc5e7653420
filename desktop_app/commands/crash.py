"""A bug on the command line: the traceback goes to the log file, one sentence to the person."""

import datetime as dt
import traceback

from desktop_app.config.log import log_text


def record(error: Exception) -> str:
    """Logs the traceback (no message, no value: they could hold personal data); says where."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    kind = type(error).__name__
    path = log_text(f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ} {kind}\n{frames}")
    if path is None:
        return f"Erreur interne ({kind}). Signalez-la à l’équipe du projet."
    return f"Erreur interne ({kind}). Le détail est dans {path}."
