"""The figures of a notebook, recomputed from its SQLite file and docs/figures.md alone.

Nothing here imports, reads or imitates desktop_app: a second pair of hands does the same sums from the same rules.
Values are fractions, so that no rounding of ours can hide one of the program's. Where the rules are silent, what was
chosen is said beside `CHOICE`.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

Row = dict[str, Any]

DEFINING = (  # rule 13: a change of one of these starts a series, once something was measured
    "unit", "value_type", "scale_min", "scale_max", "aggregation", "direction", "definition",
    "formula", "numerator", "denominator",
)  # fmt: skip
MEANINGFUL = {  # rule 4
    "number": {"additive", "latest", "mean", "ratio"},
    "percentage": {"latest", "mean", "ratio"},
    "scale": {"latest", "mean"},
    "yes_no": {"latest"},
}
PATIENCE = {"weekly": 7, "monthly": 29, "quarterly": 86, "half_yearly": 176}  # rule 14, days
WAVES = {"t0": 0, "t1": 1, "t2": 2}
LEVELS = ("output", "outcome", "impact", "viability")
MOVEMENTS = ("reached", "progress", "unchanged", "decline", "no_data")
Z = 1.959963984540054


def exact(number: float | None) -> Fraction | None:
    """Read a stored float as the decimal a person typed."""
    return None if number is None else Fraction(repr(float(number)))


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def half_up(value: Fraction, decimals: int) -> Fraction:
    """Round to the nearest, the half away from zero (rule 17)."""
    scaled = abs(value) * 10**decimals
    return Fraction(math.floor(scaled + Fraction(1, 2)), 10**decimals) * (-1 if value < 0 else 1)


def decimals_of(value: Fraction | None) -> int:
    """Count the decimals a number was given with."""
    text = f"{float(value or 0):.10f}".rstrip("0")
    return len(text.partition(".")[2])


@dataclass(frozen=True)
class Scope:
    drafts: bool = False
    first: date | None = None
    last: date | None = None

    def holds(self, when: date) -> bool:
        return (self.first or date.min) <= when <= (self.last or date.max)


@dataclass(frozen=True)
class Cell:
    """One value of `measurement`: a total (category "") or a part."""

    id: str
    site: str
    visit: str | None
    date: date
    time: str
    wave: str | None
    category: str
    value: Fraction
    n: int | None
    version: int
    entered: tuple[str, int]


@dataclass(frozen=True)
class Mean:
    value: Fraction
    n: int | None
    weighted: bool


@dataclass
class Occasion:
    """Rule 1: a site, a date and a time, a visit or a direct entry; its total, else its parts."""

    cells: list[Cell]
    value: Fraction
    n: int | None

    @property
    def first(self) -> Cell:
        return self.cells[0]

    @property
    def site(self) -> str:
        return self.first.site

    @property
    def wave(self) -> str | None:
        return self.first.wave

    @property
    def order(self) -> tuple[date, str, tuple[str, int]]:
        """Rule 2: date, then start time (none comes first), then order of entry."""
        return self.first.date, self.first.time, max(cell.entered for cell in self.cells)


@dataclass
class Figure:
    """What is published of one indicator."""

    code: str
    value_type: str
    direction: str
    calculation: str
    level: str
    people: bool
    guarded: bool
    series: int = 1
    actual: Fraction | None = None
    n: int | None = None
    weighted: bool = False
    used: list[Occasion] = field(default_factory=list)
    initial: list[Occasion] = field(default_factory=list)
    everything: list[Occasion] = field(default_factory=list)
    sites: int = 0
    known_sites: int = 0
    yes_sites: int = 0
    measures: int = 0
    actual_date: date | None = None
    waves: list[str] = field(default_factory=list)
    agreed: Fraction | None = None
    measured: Fraction | None = None
    measured_n: int | None = None
    measured_on: date | None = None
    differs: bool = False
    baseline: Fraction | None = None
    comparable: bool = True
    target: Fraction | None = None
    attainment: Fraction | None = None
    attainment_agreed: Fraction | None = None
    attainment_measured: Fraction | None = None
    expected: Fraction | None = None
    state: str = "no_data"
    movement: str = "no_data"
    stale_since: date | None = None
    same_sites: tuple[int, Fraction, Fraction] | None = None
    other_perimeter: bool = False
    interval: tuple[float, float] | None = None
    categories: dict[str, Mean] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    category_cells: dict[str, list[Cell]] = field(default_factory=dict)
    answers: int = 0
    trajectory: list[tuple[date, list[Occasion]]] = field(default_factory=list)


def weigh(values: Sequence[tuple[Fraction, int | None]]) -> Mean:
    """Weight by n when all say it, else make a plain mean (rules 6 and 7)."""
    counts = [n for _, n in values if n is not None]
    if len(values) == 1:
        return Mean(values[0][0], values[0][1], weighted=values[0][1] is not None)
    if len(counts) == len(values) and sum(counts) > 0:
        total = sum(counts)
        return Mean(
            sum((v * (n or 0) for v, n in values), Fraction(0)) / total, total, weighted=True
        )
    return Mean(sum((v for v, _ in values), Fraction(0)) / len(values), None, weighted=False)


def add(values: Sequence[tuple[Fraction, int | None]]) -> Mean:
    counts = [n for _, n in values if n is not None]
    n = sum(counts) if len(counts) == len(values) else None
    return Mean(sum((v for v, _ in values), Fraction(0)), n, weighted=False)


class Notebook:
    """A notebook opened read-only, and the rules."""

    def __init__(self, path: Path) -> None:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
            base.row_factory = sqlite3.Row
            rows: Callable[[str], list[Row]] = lambda sql: [dict(r) for r in base.execute(sql)]  # noqa: E731
            tables = (
                "notebook", "cohort", "experiment", "objective", "indicator", "measurement", "visit",
                "finding", "site", "directorate", "experiment_directorate",
            )  # fmt: skip
            self.tables = {
                name: [row for row in rows(f"SELECT * FROM {name}") if not row["deleted"]]  # noqa: S608
                for name in tables
            }
            journal = rows(
                "SELECT hlc, seq, record_id, op, changes, entity FROM journal ORDER BY hlc, seq"
            )
        base.close()
        settings = self.tables["notebook"][0]
        self.today = day(settings["reference_date"]) or date.today()  # noqa: DTZ011
        self.on_track = Fraction(settings["on_track"] or 80, 100)
        self.watch = Fraction(settings["watch"] or 50, 100)
        self.mask_below = 5 if settings["mask_below"] is None else settings["mask_below"]
        self.effective_below = (
            10 if settings["min_n_percentage"] is None else settings["min_n_percentage"]
        )
        self.visits = {row["id"]: row for row in self.tables["visit"]}
        self.sites = {row["id"]: row["name"] for row in self.tables["site"]}
        self.entered = {row["record_id"]: (row["hlc"], row["seq"]) for row in reversed(journal)}
        self.changes: dict[str, list[Row]] = defaultdict(list)
        for row in journal:
            if row["entity"] == "indicator" and row["op"] == "update":
                self.changes[row["record_id"]].append(
                    {"when": row["hlc"], "changes": json.loads(row["changes"])}
                )

    # What is in the scope

    def counts(self, row: Row, scope: Scope, *, start: bool = False) -> bool:
        """Tell whether a measure is in the scope (rule 16): its visit was made, its date is in the period.

        A measured T0 stays the reference, whenever the period begins (rule 11).
        """
        when = date.fromisoformat(row["date"])
        first = None if start and row["wave"] == "t0" else scope.first
        here = Scope(first=first, last=scope.last).holds(when)
        return here and (row["visit_id"] is None or self.counted_visit(row["visit_id"], scope))

    def counted_visit(self, key: str, scope: Scope) -> bool:
        visit = self.visits.get(key)
        states = {"validated", "draft"} if scope.drafts else {"validated"}
        return visit is not None and visit["state"] in states

    def cells(self, indicator: Row, scope: Scope) -> list[Cell]:
        found = []
        for row in self.tables["measurement"]:
            if (
                row["indicator_id"] != indicator["id"]
                or row["value"] is None
                or not self.counts(row, scope, start=indicator["aggregation"] != "additive")
            ):
                continue
            visit = self.visits[row["visit_id"]] if row["visit_id"] else {"start_time": None}
            value = exact(row["value"])
            assert value is not None
            found.append(
                Cell(
                    row["id"], row["site_id"], row["visit_id"], date.fromisoformat(row["date"]),
                    visit["start_time"] or "", row["wave"], row["category"], value, row["n"],
                    row["indicator_version"], self.entered.get(row["id"], ("", 0)),
                )
            )  # fmt: skip
        return sorted(found, key=lambda cell: (cell.date, cell.time, cell.entered))

    # Series (rule 13)

    def series_of_versions(self, indicator: Row) -> dict[int, int]:
        """Map each version of an indicator to the rank of its definition."""
        ranks, rank, version = {1: 1}, 1, 1
        for change in self.changes[indicator["id"]]:
            fields = change["changes"]
            version = fields.get("version", [None, version])[1]
            measured = any(
                row["indicator_id"] == indicator["id"]
                and self.entered.get(row["id"], ("",))[0] < change["when"]
                for row in self.tables["measurement"]
            )
            if measured and any(name in DEFINING for name in fields):
                rank += 1
            ranks[version] = rank
        return ranks

    def agreed_in(self, indicator: Row) -> int:
        """Give the series the agreed T0 belongs to: where it was last given, or declared comparable."""
        ranks, version, rank = self.series_of_versions(indicator), 1, 1
        for change in self.changes[indicator["id"]]:
            version = change["changes"].get("version", [None, version])[1]
            if "baseline_value" in change["changes"]:
                rank = ranks[version]
        return max(rank, ranks.get(indicator["baseline_version"] or 0, 0))

    # The figure of one indicator

    def occasions(self, indicator: Row, cells: Iterable[Cell]) -> list[Occasion]:
        """Group cells by occasion and give each its value (rules 1 and 3)."""
        additive = indicator["aggregation"] == "additive"
        groups: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
        for cell in cells:
            if cell.visit:
                groups[cell.site, cell.visit].append(cell)
            else:  # CHOICE: cells entered directly for one site and day are one occasion, a repeated one opens another
                turn = 0
                while any(
                    c.category == cell.category
                    for c in groups[cell.site, str(cell.date), str(turn)]
                ):
                    turn += 1
                groups[cell.site, str(cell.date), str(turn)].append(cell)
        found = []
        for group in groups.values():
            totals = [cell for cell in group if not cell.category]
            parts = [
                cell for cell in group if cell.category
            ]  # CHOICE: a part of a removed public stays in its total
            join = add if additive else weigh
            made = totals or parts
            if indicator["aggregation"] == "ratio":
                made = [cell for cell in made if cell.n] or made
            got = join([(cell.value, cell.n) for cell in made])
            found.append(Occasion([*totals, *parts], got.value, got.n))
        return sorted(found, key=lambda occasion: occasion.order)

    def figure(self, indicator: Row, scope: Scope) -> Figure:
        objective = self.by_id("objective", indicator["objective_id"])
        result = Figure(
            indicator["code"], indicator["value_type"], indicator["direction"], indicator["aggregation"],
            "viability" if objective["evaluation_question"] == "q3" else objective["level"],
            (indicator["n_counts"] or "people") == "people",
            (indicator["n_counts"] or "people") in {"people", "answers"},  # CHOICE: an answer is a person's
        )  # fmt: skip
        result.target = exact(indicator["target_value"])
        result.agreed = exact(indicator["baseline_value"])
        if result.value_type == "qualitative":
            return self.answered(indicator, scope, result)
        ranks = self.series_of_versions(indicator)
        cells = self.cells(indicator, scope)
        told = [cell for cell in cells if scope.holds(cell.date)]
        if (
            indicator["aggregation"] != "additive"
        ):  # CHOICE: a T0 alone is not a value of its series
            told = [cell for cell in told if cell.wave != "t0"] or (
                told if len(set(ranks.values())) == 1 else []
            )
        result.series = max(
            (ranks.get(cell.version, 1) for cell in told), default=max(ranks.values())
        )
        cells = [cell for cell in cells if ranks.get(cell.version, 1) == result.series]
        result.everything = self.occasions(indicator, cells)
        self.measure(indicator, result)
        self.reference(indicator, result)
        self.compare(indicator, objective, result, scope)
        return result

    def answered(self, indicator: Row, scope: Scope, result: Figure) -> Figure:
        """Rule 9: a qualitative indicator has texts, no state, no place in the counts."""
        texts = [
            row
            for row in self.tables["measurement"]
            if row["indicator_id"] == indicator["id"]
            and row["comment"].strip()
            and self.counts(row, scope)
        ]
        result.answers = result.measures = len(texts)
        result.sites = len({row["site_id"] for row in texts})
        result.actual_date = max((date.fromisoformat(row["date"]) for row in texts), default=None)
        result.state = "answered" if texts else "no_data"
        return result

    def measure(self, indicator: Row, result: Figure) -> None:
        """Give the actual value and the measured T0 (rules 5 to 8)."""
        result.known_sites = len({occasion.site for occasion in result.everything})
        result.initial = [occasion for occasion in result.everything if occasion.wave == "t0"]
        if result.value_type == "yes_no":
            result.calculation = "sites"
            self.yes_or_no(result)
        elif result.calculation == "additive":
            result.used, result.initial = result.everything, []
            self.join(result, add)
        else:
            later = [occasion for occasion in result.everything if occasion.wave != "t0"]
            result.used = self.kept(indicator, self.countable(indicator, later))
            result.initial = self.kept(indicator, self.countable(indicator, result.initial))
            self.join(result, weigh)
            if result.initial:
                start = weigh([(occasion.value, occasion.n) for occasion in result.initial])
                result.measured, result.measured_n = start.value, start.n
        result.sites = len({occasion.site for occasion in result.used})
        result.measures = len(result.used)
        result.actual_date = max((occasion.first.date for occasion in result.used), default=None)
        result.waves = sorted({occasion.wave for occasion in result.used if occasion.wave})
        result.measured_on = max((occasion.first.date for occasion in result.initial), default=None)

    @staticmethod
    def countable(indicator: Row, occasions: list[Occasion]) -> list[Occasion]:
        """Rule 7: a ratio of headcounts leaves out what has none. CHOICE: or 0; unless nothing has one."""
        told = [occasion for occasion in occasions if occasion.n]
        return told if told and indicator["aggregation"] == "ratio" else occasions

    @staticmethod
    def kept(indicator: Row, occasions: list[Occasion]) -> list[Occasion]:
        """Keep what a figure rests on: each site's last occasion, its last wave, or the whole period."""
        by_site: dict[str, list[Occasion]] = defaultdict(list)
        for occasion in occasions:
            by_site[occasion.site].append(occasion)
        kept = []
        for mine in by_site.values():
            if indicator["aggregation"] == "latest" or indicator["value_type"] == "yes_no":
                kept.append(mine[-1])
            elif indicator["frequency"] == "wave":
                # CHOICE: the last wave is that of the last occasion (rule 2); one with no wave stands alone
                last = mine[-1]
                kept += [o for o in mine if o is last or (last.wave and o.wave == last.wave)]
            else:  # « toute la période depuis T0 »
                start = day(indicator["baseline_date"]) or date.min
                kept += [o for o in mine if o.wave == "t0" or o.first.date >= start]
        return sorted(kept, key=lambda occasion: occasion.order)

    @staticmethod
    def join(result: Figure, how: Callable[[Sequence[tuple[Fraction, int | None]]], Mean]) -> None:
        if result.used:
            got = how([(occasion.value, occasion.n) for occasion in result.used])
            result.actual, result.n, result.weighted = got.value, got.n, got.weighted

    def yes_or_no(self, result: Figure) -> None:
        """Rule 8: the last answer of each site; the least advanced site decides."""
        last = {occasion.site: occasion for occasion in result.everything if occasion.wave != "t0"}
        start = {occasion.site: occasion for occasion in result.initial}
        result.used, result.initial = list(last.values()), list(start.values())
        result.yes_sites = sum(occasion.value == 1 for occasion in result.used)
        worst: Callable[[Iterable[Fraction]], Fraction] = max if result.target == 0 else min
        if result.used:
            result.actual = worst(occasion.value for occasion in result.used)
        if result.initial:
            result.measured = worst(occasion.value for occasion in result.initial)

    def reference(self, indicator: Row, result: Figure) -> None:
        """Choose the T0 that counts (rules 5, 11 and 13)."""
        if result.calculation == "additive":
            result.baseline = None if result.agreed else Fraction(0)
            return
        agreed = result.agreed if self.agreed_in(indicator) == result.series else None
        result.comparable = (
            agreed is not None or result.measured is not None or result.agreed is None
        )
        result.baseline = agreed
        if agreed is None or (indicator["baseline_to_measure"] and result.measured is not None):
            result.baseline = result.measured
        if agreed is not None and result.measured is not None:
            places = self.places(result)
            result.differs = half_up(agreed, places) != half_up(result.measured, places)
            if result.differs and self.meaningful(result, indicator):
                result.attainment_agreed = self.path(result, agreed)
                result.attainment_measured = self.path(result, result.measured)

    @staticmethod
    def meaningful(result: Figure, indicator: Row) -> bool:
        """Rule 4. CHOICE: « nombre de sites » is stored as `latest`."""
        return indicator["aggregation"] in MEANINGFUL[result.value_type]

    @staticmethod
    def places(result: Figure) -> int:
        """Rule 11: the unit for a percentage, the tenth otherwise, finer when T0 or target were."""
        usual = 0 if result.value_type == "percentage" else 1
        return max(usual, decimals_of(result.agreed), decimals_of(result.target))

    def path(self, result: Figure, start: Fraction | None) -> Fraction | None:
        """Rule 14: the part of the way travelled."""
        now, goal = result.actual, result.target
        if now is None or goal is None or start is None or result.value_type == "yes_no":
            return None
        if self.there(result, start):
            return None
        if result.direction == "keep":
            return 1 - abs(now - goal) / abs(start - goal)
        return (now - start) / (goal - start)

    def compare(self, indicator: Row, objective: Row, result: Figure, scope: Scope) -> None:
        experiment = self.by_id("experiment", objective["experiment_id"])
        self.same(result)
        self.spread(indicator, result)
        self.range(indicator, result)
        self.travel(indicator, result)
        ended = self.ended(experiment, day(indicator["target_date"]))
        if result.actual_date is not None and not ended:
            patience = PATIENCE.get(indicator["frequency"])
            if patience is not None and (self.today - result.actual_date).days >= patience:
                result.stale_since = result.actual_date
        if result.actual is None:
            return
        older = result.series < max(self.series_of_versions(indicator).values())
        if (
            not self.meaningful(result, indicator)
            or self.partial(experiment, scope, result)
            or older
        ):
            result.state = "unjudged"
            return
        result.attainment = self.path(result, result.baseline)
        result.expected = self.due(indicator, experiment, result)
        if not result.comparable:
            result.state = "unjudged"
            return
        self.judge(result, ended=ended)

    @staticmethod
    def partial(experiment: Row, scope: Scope, result: Figure) -> bool:
        """Rule 16: a sum of a part of the period. CHOICE: one that begins after the experiment; an end is a date of reading."""
        start = day(experiment["start_date"])
        return (
            result.calculation == "additive"
            and scope.first is not None
            and (start is None or scope.first > start)
        )

    def ended(self, experiment: Row, deadline: date | None = None) -> bool:
        end = max((d for d in (day(experiment["end_date"]), deadline) if d), default=None)
        over = experiment["end_date"] is not None and end is not None and self.today > end
        return experiment["phase"] in {"implanted", "stopped"} or over

    @staticmethod
    def due(indicator: Row, experiment: Row, result: Figure) -> Fraction | None:
        """Rule 14: the part of the way expected on the day of the last measure."""
        reached = [WAVES[wave] for wave in result.waves if wave in WAVES]
        if (
            indicator["frequency"] == "wave" and reached
        ):  # CHOICE: sites at two waves: the most advanced
            return Fraction(max(reached), 2)
        start = day(indicator["baseline_date"]) or day(experiment["start_date"])
        end = day(indicator["target_date"]) or day(experiment["end_date"])
        if start is None or end is None or start >= end or result.actual_date is None:
            return None
        return min(
            max(Fraction((result.actual_date - start).days, (end - start).days), Fraction(0)),
            Fraction(1),
        )

    def judge(self, result: Figure, *, ended: bool) -> None:
        """Give the state and the movement (rules 8, 14 and 15)."""
        now, start, goal = result.actual, result.baseline, result.target
        assert now is not None
        if self.there(result, now):
            result.state = result.movement = "reached"
            return
        if result.value_type == "yes_no" and goal is not None:
            result.movement = self.answers_moved(result)
        elif (
            result.value_type != "yes_no"
            and start is not None
            and (goal is not None or result.direction != "keep")
        ):
            result.movement = self.moved(result)
        if result.movement == "decline":
            result.state = "decline"  # CHOICE: said even where nothing else can be judged
        elif goal is None:
            result.state = "unjudged"
        elif ended:  # CHOICE: after the end, a target not reached is missed, whatever the T0
            result.state = "missed"
        elif result.value_type == "yes_no":
            result.state = "watch"
        elif result.attainment is None:
            result.state = "unjudged"
        else:
            expected = result.expected or Fraction(0)
            share = result.attainment
            result.state = (
                "on_track" if share >= self.on_track * expected
                else "watch" if share >= self.watch * expected
                else "late"
            )  # fmt: skip

    @staticmethod
    def answers_moved(result: Figure) -> str:
        wanted = result.yes_sites if result.target != 0 else result.sites - result.yes_sites
        if result.baseline is None:
            return "no_data"
        if result.baseline == (0 if result.target == 0 else 1):
            return "unchanged" if wanted == result.sites else "decline"
        return "progress" if wanted else "unchanged"

    @staticmethod
    def there(result: Figure, now: Fraction | None) -> bool:
        """Tell whether a value is at the target, or better."""
        goal = result.target
        if goal is None or now is None:
            return False
        if result.direction == "keep" and result.value_type != "yes_no":
            return abs(now - goal) <= abs(goal) * Fraction(5, 100)
        if result.value_type == "yes_no":
            return now == goal
        return now >= goal if result.direction == "up" else now <= goal

    def moved(self, result: Figure) -> str:
        """Compare with T0, once both are rounded."""
        now, start, goal = result.actual, result.baseline, result.target
        assert now is not None
        assert start is not None
        places = self.places(result)
        now, start = half_up(now, places), half_up(start, places)
        if result.direction == "keep" and goal is not None:
            gain = abs(start - goal) - abs(now - goal)
        else:
            gain = now - start if result.direction == "up" else start - now
        return "progress" if gain > 0 else "decline" if gain < 0 else "unchanged"

    @staticmethod
    def same(result: Figure) -> None:
        """Rule 12: a change is told on the sites measured at both ends."""
        if result.calculation == "additive" or result.value_type == "yes_no":
            return
        common = {o.site for o in result.initial} & {o.site for o in result.used}
        if common:
            ends = [
                weigh([(o.value, o.n) for o in side if o.site in common]).value
                for side in (result.initial, result.used)
            ]
            result.same_sites = (len(common), ends[0], ends[1])
        elif result.initial and result.used:
            result.other_perimeter = True

    def spread(self, indicator: Row, result: Figure) -> None:
        """Give the figure of each public (rule 3). CHOICE: each has its own last occasion, or wave, at each site."""
        if result.value_type == "yes_no":
            return
        how = add if result.calculation == "additive" else weigh
        publics = json.loads(indicator["categories"])
        result.names = sorted(
            {*publics, *(c.category for o in result.everything for c in o.cells if c.category)}
        )
        told = result.names if how is add else publics  # a removed public stays in a sum
        for name in told:
            mine = [
                Occasion([cell], cell.value, cell.n)
                for occasion in result.everything
                for cell in occasion.cells
                if cell.category == name and (how is add or cell.wave != "t0")
            ]
            if how is not add:
                mine = self.kept(indicator, self.countable(indicator, mine))
            if mine:
                result.categories[name] = how([(o.value, o.n) for o in mine])
                result.category_cells[name] = [o.first for o in mine]

    @staticmethod
    def range(indicator: Row, result: Figure) -> None:
        """Rule 10: Wilson's interval, for people asked once, in one wave, not all of them."""
        once = (
            indicator["frequency"] == "wave"
            and len({o.wave for o in result.used}) == 1
            and any(result.waves)
        )
        once = once and result.measures == result.sites
        if (
            result.value_type == "percentage" and result.people and not indicator["exhaustive"]
            and once and result.n and result.actual is not None
        ):  # fmt: skip
            share, n = float(result.actual) / 100, result.n
            middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
            half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
            result.interval = (100 * (middle - half), 100 * (middle + half))

    def travel(self, indicator: Row, result: Figure) -> None:
        """Rule 12: on the sites of the final figure, each one's last value (or wave) carried forward, its T0 first."""
        if result.value_type == "yes_no" or not result.used:
            return
        sites = {o.site for o in result.used}
        forward = result.calculation == "latest" or indicator["frequency"] == "wave"
        mine = result.everything if forward or result.calculation == "additive" else result.used
        mine = [o for o in self.countable(indicator, mine) if o.site in sites]
        for when in sorted({o.first.date for o in mine}):
            past = [o for o in mine if o.first.date <= when]
            if forward and result.calculation != "additive":
                begun = {o.site for o in past if o.wave != "t0"}
                past = self.kept(
                    indicator, [o for o in past if (o.wave == "t0") != (o.site in begun)]
                )
            result.trajectory.append((when, past))

    # Tables

    def by_id(self, table: str, key: str) -> Row:
        return next(row for row in self.tables[table] if row["id"] == key)

    def indicators(self, experiment: Row) -> list[Row]:
        objectives = {
            row["id"]: row["position"]
            for row in self.tables["objective"]
            if row["experiment_id"] == experiment["id"]
        }
        mine = [row for row in self.tables["indicator"] if row["objective_id"] in objectives]
        return sorted(mine, key=lambda row: (objectives[row["objective_id"]], row["position"]))

    def figures(self, experiment: Row, scope: Scope) -> list[Figure]:
        return [self.figure(indicator, scope) for indicator in self.indicators(experiment)]
