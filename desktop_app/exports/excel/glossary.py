"""The rules of the figures, as the glossary of the PDF says them, thresholds in force filled in.

One text for both documents: resources/documents/textes.json.
"""

import json
from collections.abc import Iterator

from desktop_app import french
from desktop_app.config.paths import resource
from desktop_app.services.result_rows import Thresholds

TITLES = {"states": "États", "calculations": "Calculs"}


def rules(thresholds: Thresholds) -> Iterator[tuple[str, str, str]]:
    """Kind, term and meaning: « États », « En bonne voie », « Au moins 80 % du chemin… »."""
    texts = json.loads(resource("documents", "textes.json").read_text(encoding="utf-8"))
    filled = {
        "{on_track}": french.percent(100 * thresholds.on_track),
        "{watch}": french.percent(100 * thresholds.watch),
        "{min_n}": french.number(thresholds.min_n_percentage, 0),
        "{mask}": french.number(thresholds.mask_below, 0),
    }
    for key, title in TITLES.items():
        for term, meaning in texts[key]:
            text = str(meaning)
            if "{mask}" in text and thresholds.mask_below <= 0:
                text = str(texts["unmasked"])
            if "{min_n}" in text and thresholds.min_n_percentage <= 0:
                continue
            for name, value in filled.items():
                text = text.replace(name, value)
            yield title, str(term), text
