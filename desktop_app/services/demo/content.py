"""The texts of the demonstration, read from resources/demo."""

import tomllib
from dataclasses import dataclass
from typing import Any

from desktop_app.system.paths import resource

Data = dict[str, Any]

EXPERIMENT_CODES = ("AND", "SOL", "ARB", "JEX", "ETR", "DUO")


@dataclass(frozen=True, slots=True)
class ExperimentContent:
    """``framework`` describes the experiment and its indicators, ``visits`` what was seen."""

    code: str
    framework: Data
    visits: list[Data]


@dataclass(frozen=True, slots=True)
class Content:
    """``common`` holds the objective and indicators that every experiment shares."""

    programme: Data
    sites: dict[str, Data]
    common: Data
    scenes: Data
    experiments: tuple[ExperimentContent, ...]


def load() -> Content:
    return Content(
        programme=_read("programme.toml"),
        sites={site["key"]: site for site in _read("sites.toml")["site"]},
        common=_read("common.toml"),
        scenes=_read("scenes.toml"),
        experiments=tuple(
            ExperimentContent(
                code,
                _read("frameworks", f"{code}.toml"),
                _read("visits", f"{code}.toml")["visit"],
            )
            for code in EXPERIMENT_CODES
        ),
    )


def without(data: Data, *keys: str) -> Data:
    return {key: value for key, value in data.items() if key not in keys}


def _read(*parts: str) -> Data:
    return tomllib.loads(resource("demo", *parts).read_text(encoding="utf-8"))
