"""Where the generated files go. Two runs on the same declarations write the same bytes."""

from collections.abc import Iterable
from pathlib import Path

from desktop_app.config.declared import DECLARED, Setting
from installer.policy.admx import adml, admx
from installer.policy.example import example

EXAMPLE = "policy.example.toml"
LANGUAGES = ("fr-FR", "en-US")
"""The words are French in both: an editor in another language falls back on en-US."""


def write(folder: Path, declared: Iterable[Setting] = DECLARED) -> tuple[Path, ...]:
    """Writes the example and the templates, and gives their paths."""
    settings = tuple(declared)
    words = adml(settings)
    files = {
        folder / EXAMPLE: example(settings),
        folder / "carnet-impact.admx": admx(settings),
        **{folder / language / "carnet-impact.adml": words for language in LANGUAGES},
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return tuple(files)
