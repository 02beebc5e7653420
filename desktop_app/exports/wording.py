"""The fixed sentences of the documents: data in resources/documents/textes.json."""

import json
from functools import cache
from typing import Any

from desktop_app import french
from desktop_app.services.results.rows import Thresholds
from desktop_app.services.vocabulary import EvaluationQuestion
from desktop_app.system.paths import resource


@cache
def _texts() -> dict[str, Any]:
    path = resource("documents", "textes.json")
    return dict(json.loads(path.read_text(encoding="utf-8")))


def sentence(key: str) -> str:
    return str(_texts()[key])


def question(code: EvaluationQuestion) -> tuple[str, str]:
    """The short title of an evaluation question, and the question itself."""
    title, full = _texts()["questions"][code.value]
    return str(title), str(full)


def glossary(key: str, thresholds: Thresholds) -> list[tuple[str, str]]:
    """Terms and meanings (« states » or « calculations »), the thresholds in force filled in."""
    filled = {
        "{on_track}": french.percent(100 * thresholds.on_track),
        "{watch}": french.percent(100 * thresholds.watch),
        "{min_n}": french.number(thresholds.min_n_percentage, 0),
        "{mask}": french.number(thresholds.mask_below, 0),
    }
    entries = []
    for term, meaning in _texts()[key]:
        text = str(meaning)
        if "{mask}" in text and thresholds.mask_below <= 0:
            text = sentence("unmasked")
        if "{min_n}" in text and thresholds.min_n_percentage <= 0:
            continue
        for name, value in filled.items():
            text = text.replace(name, value)
        entries.append((str(term), text))
    return entries
