"""A bug on the command line: the report goes to the log file, one sentence to the person."""

import datetime as dt

from desktop_app.system.log import log_text
from desktop_app.system.report import report_of


def record(error: Exception) -> str:
    """Logs the report; gives the sentence, which says where, and is for the person alone."""
    kind = type(error).__name__
    path = log_text(f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ} {report_of(error)}")
    if path is None:
        return f"Erreur interne ({kind}). Signalez-la à l’équipe du projet."
    return f"Erreur interne ({kind}). Le détail est dans {path}."
