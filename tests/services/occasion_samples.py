"""Occasions written by hand, for the tests of what is reckoned from them."""

import datetime as dt
import itertools
from collections.abc import Mapping

from desktop_app.models.enums import Wave
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.occasions import Cell, Occasion, occasions
from desktop_app.services.results.reckoning import Figure, Rule, reckon

_NUMBERS = itertools.count(1)
Part = float | tuple[float, int | None]


def day(month: int, number: int = 1) -> dt.date:
    return dt.date(2021, month, number)


def visit(
    site: str,
    date: dt.date,
    value: float | None = None,
    n: int | None = None,
    *,
    parts: Mapping[str, Part] | None = None,
    wave: Wave | None = None,
    time: dt.time | None = None,
    version: int = 1,
) -> list[Cell]:
    """One visit's cells: its total when there is one, and its parts; entered after the others."""
    rank = next(_NUMBERS)
    whole: dict[str, Part] = {} if value is None else {"": (value, n)}
    made: list[Cell] = []
    for category, part in {**whole, **(parts or {})}.items():
        found, count = part if isinstance(part, tuple) else (part, None)
        made.append(
            Cell(
                id=f"{rank}-{category}",
                occasion=f"v{rank}",
                site_id=site,
                date=date,
                time=time,
                entry=f"{rank:06d}",
                wave=wave,
                version=version,
                category=category,
                value=found,
                n=count,
            )
        )
    return made


def of(*visits: list[Cell]) -> list[Occasion]:
    return occasions(itertools.chain.from_iterable(visits))


def figure(rule: Rule | Calculation, *visits: list[Cell], initial: bool = False) -> Figure | None:
    rule = rule if isinstance(rule, Rule) else Rule(rule)
    return reckon(of(*visits), rule, initial=initial)[0]


def told(rule: Rule | Calculation, *visits: list[Cell]) -> tuple[float, int | None] | None:
    """The value and its n."""
    found = figure(rule, *visits)
    return None if found is None else (round(found.value, 9), found.n)
