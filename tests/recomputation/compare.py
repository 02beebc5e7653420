"""Compares what the program publishes with what `recompute` finds: `show --json`, the workbook, the PDF's figures."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
from recompute import LEVELS, MOVEMENTS, Figure, Notebook, Row, Scope, add, exact, half_up, weigh

NARROW = "\u202f"
CALCULATIONS = {"additive": "sum"}
WORDS = {
    "reached": "Cible atteinte", "on_track": "En bonne voie", "watch": "À surveiller", "late": "En retard",
    "decline": "En recul", "missed": "Non atteinte", "no_data": "Sans donnée", "unjudged": "—",
    "answered": "Réponses recueillies",
}  # fmt: skip
MOVES = {
    "reached": "atteinte", "progress": "en progrès", "unchanged": "inchangée", "decline": "en recul",
    "no_data": "sans donnée",
}  # fmt: skip


@dataclass
class Findings:
    """What was compared, and what does not agree."""

    notebook: str
    compared: int = 0
    withheld: int = 0
    masked: int = 0
    disagreements: list[str] = field(default_factory=list)
    where: str = ""

    def check(self, name: str, ours: Any, theirs: Any, rule: str = "") -> None:
        self.compared += 1
        if not same(ours, theirs):
            self.say(
                f"{name}: ours {shown(ours)}, theirs {shown(theirs)}{rule and f' (rule {rule})'}"
            )

    def say(self, text: str) -> None:
        self.disagreements.append(f"{self.notebook} | {self.where} | {text}")


def shown(value: Any) -> str:
    return f"{float(value):.13g}" if isinstance(value, Fraction) else repr(value)


def same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, Fraction) or isinstance(theirs, float):
        if ours is None or theirs is None or isinstance(theirs, str):
            return ours is None and theirs is None
        return abs(float(ours) - float(theirs)) <= 1e-9 * max(1.0, abs(float(ours)))
    if isinstance(theirs, datetime):
        theirs = theirs.date()
    if isinstance(ours, date) and isinstance(theirs, str):
        ours = ours.isoformat()
    return bool(ours == theirs)


def numbers(text: str) -> list[Fraction]:
    """Read the numbers of a French sentence, with their sign."""
    clean = re.sub(r"(?<=\d)[\u202f\u00a0 ](?=\d{3}\b)", "", text)
    clean = re.sub(r"([−+])\s", r"\1", clean)
    return [
        Fraction(found.replace(",", ".").replace("−", "-").replace("+", ""))
        for found in re.findall(r"[−+]?\d+(?:,\d+)?", clean)
    ]


def close(written: Fraction, value: Fraction, text: str) -> bool:
    """Tell whether a written number is this value, rounded at the last decimal anyone could have written."""
    del text
    places = len(f"{float(written):.10f}".rstrip("0").partition(".")[2])
    return abs(written - value) <= Fraction(1, 2 * 10**places) + Fraction(1, 10**12)


class Program:
    """The program, through its command line alone."""

    def __init__(self, folder: Path, command: list[str] | None = None) -> None:
        self.folder = folder
        self.command = command or [sys.executable, "-m", "desktop_app"]

    def run(self, *arguments: str) -> str:
        done = subprocess.run(  # noqa: S603
            [*self.command, *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.stderr}")
        return done.stdout

    def show(self, notebook: Path, *options: str) -> Row:
        found: Row = json.loads(self.run("show", "--json", *options, str(notebook)))
        return found

    def workbook(self, notebook: Path, target: Path, *options: str) -> dict[str, list[Row]]:
        self.run("export", "excel", str(notebook), "-o", str(target), *options)
        book = openpyxl.load_workbook(target)
        sheets = {}
        for sheet in book:
            rows = list(sheet.iter_rows(values_only=True))
            names = [str(name).replace("\u00a0", " ").replace(NARROW, " ") for name in rows[0]]
            sheets[sheet.title] = [dict(zip(names, row, strict=True)) for row in rows[1:]]
        return sheets

    def figures_of(self, notebook: Path, target: Path, *options: str) -> list[str]:
        """Make a PDF and read the alternative texts of its figures."""
        self.run("export", "pdf", str(notebook), "-o", str(target), *options)
        return alternative_texts(target)


def alternative_texts(path: Path) -> list[str]:
    """Read the /Alt strings of a PDF: written plainly, in UTF-16, their bytes escaped."""
    letters = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def plain(found: re.Match[bytes]) -> bytes:
        code = found[1]
        return bytes([int(code, 8)]) if code.isdigit() else letters.get(code, code)

    raws = re.findall(rb"/Alt \(((?:[^\\)]|\\.)*)\)", path.read_bytes(), re.DOTALL)
    texts = [re.sub(rb"\\([0-7]{3}|.)", plain, raw, flags=re.DOTALL) for raw in raws]
    return [
        text.decode("utf-16" if text.startswith(b"\xfe\xff") else "latin-1").strip()
        for text in texts
    ]


# What every output says of one indicator


def must_be_masked(figure: Figure, notebook: Notebook) -> bool:
    """Rule 19, at least: fewer people than the threshold, by n or by the value where it counts them."""
    if (
        not figure.guarded
        or figure.actual is None
        or figure.value_type in {"yes_no", "qualitative"}
    ):
        return False
    below = notebook.mask_below
    if figure.n is not None:
        return 0 < figure.n < below
    if figure.value_type == "percentage":
        return below > 0
    return figure.calculation == "additive" and 0 < figure.actual < below


def in_headcounts(figure: Figure, notebook: Notebook) -> bool:
    """Rule 19: a percentage of few is read « 8 sur 9 »."""
    n = figure.n
    return figure.value_type == "percentage" and n is not None and 0 < n < notebook.effective_below


def without_start(figure: Figure) -> Figure:
    kept = figure.state == "reached"  # told by the value and the target alone
    return replace(
        figure, baseline=None, attainment=None, attainment_agreed=None, attainment_measured=None, differs=False,
        measured=None, measured_n=None, measured_on=None, expected=None, state=figure.state if kept else "unjudged",
        movement="reached" if figure.state == "reached" else "no_data",
    )  # fmt: skip


def few_at_start(figure: Figure, notebook: Notebook) -> bool:
    """A measured T0 of few is read in headcounts too."""
    n = figure.measured_n
    return figure.value_type == "percentage" and n is not None and n < notebook.effective_below


TELLING = (
    "actual",
    "n",
    "attainment",
    "attainment_agreed",
    "attainment_measured",
    "expected",
    "interval",
)


class Comparison:
    """One notebook, in one scope."""

    def __init__(self, notebook: Notebook, scope: Scope, findings: Findings) -> None:
        self.notebook, self.scope, self.findings = notebook, scope, findings
        self.experiments = {row["code"]: row for row in notebook.tables["experiment"]}
        self.figures = {
            code: {figure.code: figure for figure in notebook.figures(row, scope)}
            for code, row in self.experiments.items()
        }

    def start_may_be_told(self, figure: Figure, n: Any, value: Any) -> None:
        """Rule 19 for the measured T0."""
        if not figure.guarded or (n is None and value is None) or figure.value_type == "yes_no":
            return
        below = self.notebook.mask_below
        unknown = figure.measured_n is None and figure.value_type == "percentage" and below > 0
        self.findings.compared += 1
        if unknown or (figure.measured_n is not None and 0 < figure.measured_n < below):
            self.findings.say(
                f"{figure.code} the measured T0 rests on n = {figure.measured_n} and is printed (rule 19)"
            )

    def hides_start(self, figure: Figure, baseline: Any) -> bool:
        """Tell whether the T0 that counts is masked: with it go the path and the state (rule 20)."""
        few = figure.baseline == figure.measured and few_at_start(figure, self.notebook)
        if figure.baseline is None or (
            few and (figure.measured_n or 0) >= self.notebook.mask_below
        ):
            return False
        return self.withheld(figure, baseline)

    def withheld(self, figure: Figure, theirs: Any) -> bool:
        """Tell whether an empty cell may be masking: only what counts people is ever masked."""
        empty = theirs is None or theirs == ""
        if (
            empty
            and figure.guarded
            and self.notebook.mask_below > 0
            and figure.value_type != "yes_no"
        ):
            self.findings.withheld += 1
            return True
        return False

    # show --json

    def show(self, printed: Row) -> None:
        self.findings.where = "show"
        self.unjudged: set[str] = set()
        for experiment in printed["experiments"]:
            code = experiment["code"]
            figures = self.figures[code]
            for row in experiment["indicators"]:
                self.show_indicator(figures[row["code"]], row)
            self.show_counts(code, figures, experiment)

    def show_indicator(self, figure: Figure, row: Row) -> None:
        check, code = self.findings.check, figure.code
        qualitative = figure.value_type == "qualitative"
        check(f"{code} level", figure.level, row["level"], "15")
        calculation = (
            "none" if qualitative else CALCULATIONS.get(figure.calculation, figure.calculation)
        )
        check(f"{code} calculation", calculation, row["calculation"], "4")
        check(f"{code} series", figure.series, row["series"], "13")
        check(f"{code} target", figure.target, row["target"])
        check(f"{code} T0 agreed", figure.agreed, row["baseline_agreed"], "11")
        if qualitative:
            check(f"{code} answers", figure.answers, len(row["answers"]), "9")
        must = must_be_masked(figure, self.notebook)
        if must and not row["masked"]:
            self.findings.say(
                f"{code} rests on few people and is not masked: {row['reading']} (rule 19)"
            )
        if row["masked"]:
            self.findings.masked += 1
            for name in TELLING:
                check(f"{code} masked, {name}", None, row[name] or None, "20")
            check(f"{code} masked, movement", "no_data", row["movement"], "20")
            return
        few = in_headcounts(figure, self.notebook)
        self.start_may_be_told(figure, row["baseline_measured_n"], row["baseline_measured"])
        if self.hides_start(figure, row["baseline"]):
            figure = without_start(figure)
            self.unjudged |= {code} - ({code} if figure.movement == "reached" else set())
        pairs = {
            "actual": (None if few else figure.actual, "5-8"), "n": (figure.n, "6-7"),
            "actual_date": (figure.actual_date, "14"), "sites": (figure.sites, "7"),
            "known_sites": (0 if qualitative else figure.known_sites, "7"), "measures": (figure.measures, "7"),
            "state": (figure.state, "14"), "movement": (figure.movement, "15"),
            "stale_since": (figure.stale_since, "14"), "expected": (figure.expected, "14"),
            "attainment": (figure.attainment, "14"), "baseline": (figure.baseline, "11"),
            "baseline_measured": (figure.measured, "11"), "baseline_measured_n": (figure.measured_n, "11"),
            "baseline_measured_on": (figure.measured_on, "11"), "baseline_differs": (figure.differs, "11"),
            "attainment_agreed": (figure.attainment_agreed, "11"),
            "attainment_measured": (figure.attainment_measured, "11"),
        }  # fmt: skip
        for name, (ours, rule) in pairs.items():
            if (
                not same(ours, row[name])
                and name.startswith(("baseline", "attainment"))
                and self.withheld(figure, row[name] or None)
            ):
                continue
            if (
                name in {"baseline", "baseline_measured"}
                and row[name] is None
                and few_at_start(figure, self.notebook)
            ):
                continue
            check(f"{code} {name}", ours, row[name], rule)
        if figure.value_type == "yes_no" and figure.used:
            check(f"{code} yes sites", figure.yes_sites, row["yes_sites"], "8")
        self.reading(figure, row["reading"])
        self.interval(figure, row["interval"])
        self.same_sites(figure, row["same_sites"])

    def reading(self, figure: Figure, text: str) -> None:
        """Rule 17: what is read is the value, rounded; never 0 for what is not, nor 100 % for less."""
        if figure.actual is None or figure.value_type == "qualitative":
            return
        self.findings.compared += 1
        code, found = figure.code, numbers(text or "")
        if figure.value_type == "yes_no":
            self.findings.check(
                f"{code} reading", [figure.yes_sites, figure.sites], [int(x) for x in found], "8"
            )
            return
        if " sur " in text:
            share, n = found
            good = n == figure.n and abs(share / n * 100 - figure.actual) * n <= 50
        else:
            good = len(found) == 1 and close(found[0], figure.actual, text)
            good = good and (found[0] != 0 or figure.actual == 0)
            good = good and not (
                figure.value_type == "percentage" and found[0] == 100 != figure.actual
            )
        if not good:
            self.findings.say(
                f"{code} reading: ours {float(figure.actual)} n={figure.n}, theirs {text!r} (rules 17, 19)"
            )

    def interval(self, figure: Figure, bounds: list[float] | None) -> None:
        ours = list(figure.interval) if figure.interval else None
        if ours is None or bounds is None:
            if ours is None or not self.withheld(figure, bounds):
                self.findings.check(f"{figure.code} interval", ours, bounds, "10")
            return
        for name, mine, theirs in zip(("low", "high"), ours, bounds, strict=True):
            self.findings.check(f"{figure.code} interval {name}", Fraction(mine), theirs, "10")

    def same_sites(self, figure: Figure, text: str | None) -> None:
        code, check = figure.code, self.findings.check
        if figure.other_perimeter:
            self.findings.compared += 1
            if "Périmètre différent" not in (text or "") and not self.withheld(figure, text):
                self.findings.say(
                    f"{code}: no site at both ends, and it is not said: {text!r} (rule 12)"
                )
            return
        if figure.same_sites is None or not text:
            if figure.same_sites is None or not self.withheld(figure, text):
                check(f"{code} same sites", bool(figure.same_sites), bool(text), "12")
            return
        count, start, end = figure.same_sites
        head, _, tail = text.partition("\u00a0:")
        said = numbers(tail.replace(" sur ", "/")) if " sur " not in tail else []
        check(
            f"{code} same sites, how many",
            count,
            int(numbers(head)[0]) if numbers(head) else 1,
            "12",
        )
        if said:
            for name, value, written in zip(
                ("T0", "now", "change"), (start, end, end - start), said, strict=True
            ):
                self.findings.compared += 1
                if not close(written, value, tail):
                    self.findings.say(
                        f"{code} same sites, {name}: ours {float(value)}, theirs {text!r} (rule 12)"
                    )

    def show_counts(self, code: str, figures: dict[str, Figure], printed: Row) -> None:
        check = self.findings.check
        experiment = self.experiments[code]
        check(f"{code} ended", self.notebook.ended(experiment), printed["ended"], "14")
        counted = [f for f in figures.values() if f.value_type != "qualitative"]
        check(f"{code} qualitative", len(figures) - len(counted), printed["qualitative"], "9")
        hidden = {row["code"] for row in printed["indicators"] if row["masked"]}
        for level in (*LEVELS, None):
            mine = [f for f in counted if level in {None, f.level}]
            theirs = printed["tally"] if level is None else printed["levels"][level]
            tally = Counter(
                "no_data" if f.code in hidden | self.unjudged else f.movement for f in mine
            )
            for movement in MOVEMENTS:
                check(
                    f"{code} {level or 'all'} {movement}", tally[movement], theirs[movement], "15"
                )
            check(f"{code} {level or 'all'} total", len(mine), theirs["total"], "15")
            check(
                f"{code} {level or 'all'} masked",
                sum(f.code in hidden for f in mine),
                theirs["masked"],
                "15",
            )
        stale = [f.stale_since for f in figures.values() if f.stale_since]
        check(f"{code} stale", len(stale), printed["stale"], "14")
        check(f"{code} stale since", min(stale, default=None), printed["stale_since"], "14")
        for name, value in self.counts(experiment).items():
            if name in printed:
                check(f"{code} {name}", value, printed[name])

    def counts(self, experiment: Row) -> Row:
        """Visits made, sites visited, findings and observed values of the scope."""
        book, scope = self.notebook, self.scope
        visits = [
            row
            for row in book.tables["visit"]
            if row["experiment_id"] == experiment["id"]
            and book.counted_visit(row["id"], scope)
            and scope.holds(date.fromisoformat(row["date"]))
        ]
        keys = {row["id"] for row in visits}
        findings = [row for row in book.tables["finding"] if row["visit_id"] in keys]
        mine = {row["id"] for row in book.indicators(experiment)}
        values = [
            row
            for row in book.tables["measurement"]
            if row["indicator_id"] in mine
            and row["status"] == "observed"
            and book.counts(row, scope)
        ]
        polarity = Counter(row["polarity"] for row in findings)
        return {
            "visits": len(visits), "sites": len({row["site_id"] for row in visits}),
            "observations": len(findings) + len(values),
            **{name: polarity[name] for name in ("positive", "neutral", "negative")},
        }  # fmt: skip

    # The workbook

    def workbook(self, sheets: dict[str, list[Row]], experiments: set[str] | None = None) -> None:
        self.findings.where = "workbook"
        self.unjudged = set()
        rows = sheets["Indicateurs"]
        expected = [
            (code, figure.code)
            for code, figures in self.figures.items()
            if experiments is None or code in experiments
            for figure in figures.values()
        ]
        self.findings.check(
            "Indicateurs, rows",
            sorted(expected),
            sorted((r["Expérimentation"], r["Indicateur"]) for r in rows),
        )
        for row in rows:
            self.sheet_indicator(self.figures[row["Expérimentation"]][row["Indicateur"]], row)
        self.sheet_counts(sheets)
        self.sheet_measures(sheets, {code for code, _ in expected})

    def sheet_indicator(self, figure: Figure, row: Row) -> None:
        """Compare a line of Indicateurs; percentages are shares there."""
        check, code = self.findings.check, figure.code
        share = Fraction(1, 100) if figure.value_type == "percentage" else Fraction(1)
        words = {Fraction(0): "non", Fraction(1): "oui", None: None}

        def value(number: Fraction | None) -> Any:
            return (
                words[number]
                if figure.value_type == "yes_no"
                else None
                if number is None
                else number * share
            )

        masked = row["Mouvement"] == "masqué" or (row["Lecture"] == "masqué")
        check(f"{code} Cible", value(figure.target), row["Cible"])
        check(f"{code} T0 convenu", value(figure.agreed), row["T0 convenu"], "11")
        check(f"{code} Série", figure.series, row["Série"], "13")
        if must_be_masked(figure, self.notebook) and not masked:
            self.findings.say(
                f"{code} rests on few people and is not masked: {row['Lecture']} (rule 19)"
            )
        if masked:
            self.findings.masked += 1
            for name in ("Actuel", "n", "Taux d’atteinte", "Taux depuis le T0 convenu", "Taux depuis le T0 mesuré",
                         "Part attendue", "IC 95 % bas", "IC 95 % haut", "Mêmes sites"):  # fmt: skip
                check(f"{code} masked, {name}", None, row[name], "20")
            return
        number = figure.value_type not in {"yes_no", "qualitative"}
        self.start_may_be_told(figure, row["n du T0 mesuré"], row["T0 mesuré"])
        if self.hides_start(figure, row["T0 retenu"]):
            figure = without_start(figure)
            self.unjudged |= {code} - ({code} if figure.movement == "reached" else set())
        few = in_headcounts(figure, self.notebook)
        known: Row = {
            "Actuel": value(figure.actual) if number and not few else None, "n": figure.n,
            "État": WORDS[figure.state], "Mouvement": MOVES[figure.movement] if number or figure.value_type == "yes_no" else "qualitatif",
            "Au": figure.actual_date, "Non mesuré depuis le": figure.stale_since, "Part attendue": figure.expected,
            "T0 retenu": value(figure.baseline), "T0 mesuré": value(figure.measured), "n du T0 mesuré": figure.measured_n,
            "T0 mesuré le": figure.measured_on, "Taux depuis le T0 convenu": figure.attainment_agreed,
            "Taux depuis le T0 mesuré": figure.attainment_measured, "Sites": figure.sites,
            "Sites connus": figure.known_sites, "Mesures comptées": figure.measures,
            "Sites « oui »": figure.yes_sites if figure.used and not number else None,
        }  # fmt: skip
        if figure.value_type == "qualitative":
            for name in ("Sites connus", "Sites « oui »"):
                del known[name]
        for name, ours in known.items():
            theirs = row[name]
            if name == "État" and theirs and theirs.startswith("Non atteinte"):
                self.findings.check(
                    f"{code} path in the state",
                    self.path_said(figure),
                    self.path_read(theirs),
                    "14",
                )
                theirs = "Non atteinte"
            if (
                not same(ours, theirs)
                and name.startswith(("T0", "n du T0", "Taux"))
                and self.withheld(figure, theirs)
            ):
                continue
            if (
                name.startswith("T0")
                and few_at_start(figure, self.notebook)
                and (theirs is None or " sur " in str(theirs))
            ):
                continue
            check(f"{code} {name}", ours, theirs)
        self.formula(figure, row, few=few)
        self.reading(figure, row["Lecture"])
        low, high = row["IC 95 % bas"], row["IC 95 % haut"]
        self.interval(figure, None if low is None else [100 * low, 100 * high])
        self.same_sites(figure, row["Mêmes sites"])

    @staticmethod
    def path_said(figure: Figure) -> bool:
        return figure.attainment is not None

    @staticmethod
    def path_read(text: str) -> bool:
        return "%" in text

    def together(self, printed: Row, sheets: dict[str, list[Row]]) -> None:
        """Rule 20: what one output of a scope keeps back, the other does not print."""
        self.findings.where = "show and workbook"
        lines = {row["Indicateur"]: row for row in sheets["Indicateurs"]}
        pairs = (
            ("actual", "Actuel"), ("n", "n"), ("attainment_agreed", "Taux depuis le T0 convenu"),
            ("attainment_measured", "Taux depuis le T0 mesuré"), ("baseline", "T0 retenu"),
            ("baseline_measured", "T0 mesuré"), ("baseline_measured_n", "n du T0 mesuré"), ("same_sites", "Mêmes sites"),
            ("reading", "Lecture"),
        )  # fmt: skip
        for experiment in printed["experiments"]:
            for row in experiment["indicators"]:
                line = lines.get(row["code"])
                if line is None or row["value_type"] in {"yes_no", "qualitative"}:
                    continue
                for name, column in pairs:
                    told = row[name] not in {None, "", "—", "masqué"}
                    also = line[column] not in {None, "", "—", "masqué"} and not (
                        row[name] is None and " sur " in str(line[column])
                    )
                    self.findings.check(
                        f"{row['code']} {name} told by show and by the workbook", told, also, "20"
                    )

    def formula(self, figure: Figure, row: Row, *, few: bool) -> None:
        """The living formula must give the path of rule 14 from the cells of its own line."""
        living = row["Taux d’atteinte"]
        few = few or (figure.baseline == figure.measured and few_at_start(figure, self.notebook))
        if figure.attainment is None or few:
            self.findings.check(
                f"{figure.code} rate, in words only", True, living is None or few, "14"
            )
            return
        if living is None and self.withheld(figure, living):
            return
        cells = [row[name] for name in ("T0 retenu", "Actuel", "Cible")]
        if any(isinstance(cell, str) or cell is None for cell in cells) or living is None:
            self.findings.say(
                f"{figure.code} rate: no formula, or nothing to compute it from (rule 14)"
            )
            return
        start, now, goal = cells
        keep = figure.direction == "keep"
        self.findings.check(
            f"{figure.code} formula is of its direction", keep, "ABS" in living, "14"
        )
        rate = 1 - abs(now - goal) / abs(start - goal) if keep else (now - start) / (goal - start)
        self.findings.check(f"{figure.code} rate", figure.attainment, float(rate), "14")

    def sheet_counts(self, sheets: dict[str, list[Row]]) -> None:
        """Compare Synthèse with what each indicator's line says, and with the notebook."""
        check = self.findings.check
        lines: dict[str, list[Row]] = {}
        for row in sheets["Indicateurs"]:
            lines.setdefault(row["Expérimentation"], []).append(row)
        levels = {
            "output": "Réalisations",
            "outcome": "Résultats",
            "impact": "Impacts",
            "viability": "Viabilité",
        }
        heads = {
            "reached": "atteintes", "progress": "en progrès", "unchanged": "inchangées", "decline": "en recul",
            "no_data": "sans donnée",
        }  # fmt: skip
        for row in sheets["Synthèse"]:
            code = row["Expérimentation"]
            figures, mine = self.figures[code], lines.get(code, [])
            hidden = {
                line["Indicateur"]
                for line in mine
                if "masqué" in (line["Mouvement"], line["Lecture"])
            }
            counted = [f for f in figures.values() if f.value_type != "qualitative"]
            for level, head in levels.items():
                here = [f for f in counted if f.level == level]
                tally = Counter(
                    "no_data" if f.code in hidden | self.unjudged else f.movement for f in here
                )
                for movement, word in heads.items():
                    check(f"{code} {head} : {word}", tally[movement], row[f"{head} : {word}"], "15")
                check(f"{code} {head} : ensemble", len(here), row[f"{head} : ensemble"], "15")
            tally = Counter(
                "no_data" if f.code in hidden | self.unjudged else f.movement for f in counted
            )
            for movement, word in heads.items():
                name = word[0].upper() + word[1:]
                check(f"{code} {name}", tally[movement], row[name], "15")
            stale = [f.stale_since for f in counted if f.stale_since]
            numbers_of = self.counts(self.experiments[code])
            for name, ours in {
                "Dont masquées": len(hidden), "Qualitatifs": len(figures) - len(counted), "Indicateurs": len(figures),
                "Non mesurés": len(stale), "Non mesuré depuis le": min(stale, default=None),
                "Sites": numbers_of["sites"], "Visites": numbers_of["visits"], "Observations": numbers_of["observations"],
                "Constats positifs": numbers_of["positive"], "Constats neutres": numbers_of["neutral"],
                "Constats négatifs": numbers_of["negative"],
            }.items():  # fmt: skip
                check(f"{code} {name}", ours, row[name])

    def sheet_measures(self, sheets: dict[str, list[Row]], codes: set[str]) -> None:
        """Every row of Mesures is a row of the notebook, or masked; the sums of Contrôle are those of its rows."""
        ours = Counter(self.rows_of_measures(codes))
        theirs = Counter()
        total = {"Nombre": Fraction(0), "Pourcentage": Fraction(0)}
        masked = 0
        for row in sheets["Mesures"]:
            kind = row["Type"].split()[0]
            key = (
                row["Indicateur"],
                row["Site"],
                row["Date"].date(),
                row["Vague"],
                row["Ventilation"],
                row["Visite"],
            )
            if row["Statut"] == "Masqué":
                masked += 1
                theirs[(*key, "Masqué")] += 1
                for name in ("Valeur", "n", "Commentaire"):
                    self.findings.check(f"{key} masked, {name}", None, row[name], "20")
                continue
            self.sheet_cell_may_be_told(row)
            said = row["Lecture"] if row["Valeur"] is None else float(row["Valeur"])
            if isinstance(said, float) and kind == "Pourcentage":
                total["Pourcentage"] += Fraction(repr(said)) * 100
                said = round(said * 100, 9)
            elif isinstance(said, float):
                total["Nombre"] += Fraction(repr(said))
                said = round(said, 9)
            theirs[(*key, row["Statut"], said, row["n"])] += 1
        for key in list(theirs):
            if key[6] == "Masqué":
                mine = [k for k in ours if k[:6] == key[:6]]
                self.findings.compared += 1
                if not mine:
                    self.findings.say(f"Mesures: a masked row that is not in the notebook: {key}")
                    continue
                ours[mine[0]] -= 1
                theirs[key] -= 1
        self.findings.compared += sum(theirs.values())
        for key, count in (ours - theirs).items():
            self.findings.say(f"Mesures: {count} row of the notebook not printed so: {key}")
        for key, count in (theirs - ours).items():
            self.findings.say(f"Mesures: {count} printed row not in the notebook: {key}")
        control = {
            row["Contrôle"].replace("\u00a0", " ").replace(NARROW, " "): row["Dans le carnet"]
            for row in sheets["Contrôle"]
        }
        self.findings.check(
            "Contrôle, rows of Mesures", len(sheets["Mesures"]), control["Mesures : lignes"]
        )
        for name, kind in (
            ("des nombres et des échelles", "Nombre"),
            ("des pourcentages (en %)", "Pourcentage"),
        ):
            self.findings.check(
                f"Contrôle, sum {name}",
                total[kind],
                float(control[f"Mesures : somme {name}"]),
                "20",
            )
        said = [numbers(name)[0] for name in control if "masquée" in name]
        self.findings.check("Contrôle, masked values", masked, int(said[0]) if said else 0)

    def sheet_cell_may_be_told(self, row: Row) -> None:
        """Rule 19 for one printed value: not of fewer people than the threshold."""
        figure = next(f[row["Indicateur"]] for f in self.figures.values() if row["Indicateur"] in f)
        if (
            not figure.guarded
            or row["Statut"] != "Observé"
            or figure.value_type in {"yes_no", "qualitative"}
        ):
            return
        n, value, below = row["n"], row["Valeur"], self.notebook.mask_below
        small = 0 < n < below if n is not None else figure.value_type == "percentage" and below > 0
        if n is None and figure.calculation == "additive" and figure.value_type == "number":
            small = 0 < (value or 0) < below
        self.findings.compared += 1
        if small:
            self.findings.say(
                f"Mesures: {row['Indicateur']} {row['Site']} {row['Date']:%d/%m/%Y} {row['Ventilation']}: "
                f"{value if value is not None else row['Lecture']} of n = {n} is printed (rule 19)"
            )

    # The PDF

    def pdf(self, code: str, texts: Iterable[str]) -> None:
        """Compare the figures of an experiment's PDF: bars from T0 to target, trajectories, breakdowns."""
        self.findings.where = "PDF"
        labels = {
            row["label"]: self.figures[code][row["code"]]
            for row in self.notebook.indicators(self.experiments[code])
        }
        for text in (text.replace("\u00a0", " ").replace(NARROW, " ") for text in texts):
            for label, figure in labels.items():
                if text.startswith(f"{label} : T0 "):
                    self.pdf_bar(figure, text[len(label) :])
                elif text.startswith(f"Évolution : {label}. "):
                    self.pdf_trajectory(figure, text.partition(". ")[2])
                elif text.startswith(f"{label}, par "):
                    self.pdf_breakdown(figure, text.partition(" : ")[2])

    def pdf_bar(self, figure: Figure, text: str) -> None:
        actual = re.search(r"actuel (.*?)(?: \(|, cible)", text)
        if figure.actual is not None and actual and "masqu" not in actual[1]:
            self.reading(figure, actual[1])
        n = re.search(r"\(n = ([\d ]+)", text)
        if n and figure.n is not None:
            self.findings.check(
                f"{figure.code} n", Fraction(figure.n), float(n[1].replace(" ", "")), "6-7"
            )
        path = re.search(r"([−\d ]+) % du chemin", text)
        if path and figure.attainment is not None:
            self.near(f"{figure.code} path", figure.attainment * 100, path[1])
        told = not text.startswith(" : T0 —") and figure.state != "unjudged" and "masqu" not in text
        if told and WORDS[figure.state] not in text:
            self.findings.say(
                f"{figure.code} state: ours {WORDS[figure.state]}, theirs {text!r} (rule 14)"
            )

    def near(self, name: str, ours: Fraction, text: str, n: int | None = None) -> None:
        self.findings.compared += 1
        said = numbers(text)
        if " sur " in text:
            good = (
                len(said) == 2
                and said[1] == n
                and abs(said[0] / said[1] * 100 - ours) * said[1] <= 50
            )
        else:
            good = bool(said) and close(said[0], ours, text)
        if not good:
            self.findings.say(f"{name}: ours {float(ours):.6g} (n = {n}), theirs {text!r}")

    def pdf_trajectory(self, figure: Figure, text: str) -> None:
        ours = dict(figure.trajectory)
        for d, m, y, said in re.findall(r"(\d\d)/(\d\d)/(\d{4}) ([^;]*?)(?: ;|\. |\.?$)", text):
            when = date(int(y), int(m), int(d))
            if (
                when not in ours and min(ours, default=when) < when
            ):  # a measure left out gives a date, not a value
                ours[when] = ours[max(d for d in ours if d < when)]
            if when not in ours:
                if when not in {occasion.first.date for occasion in figure.everything}:
                    self.findings.say(
                        f"{figure.code} trajectory: nothing was measured on {when} (rule 12)"
                    )
                continue
            join = add if figure.calculation == "additive" else weigh
            point = join([(o.value, o.n) for o in ours[when]])
            if must_be_masked(replace(figure, actual=point.value, n=point.n), self.notebook):
                self.findings.say(
                    f"{figure.code} trajectory {when}: {said} rests on few people (rule 19)"
                )
            self.near(f"{figure.code} trajectory {when}", point.value, said, point.n)

    def pdf_breakdown(self, figure: Figure, text: str) -> None:
        for name, ours in figure.categories.items():
            after = "|".join(re.escape(other) for other in figure.names)
            found = re.search(rf"(?:^|, ){re.escape(name)} (.*?)(?:, (?:{after}) |\.?$)", text)
            if not found or found[1] in {"masqué", "—"}:
                self.findings.withheld += 1
                continue
            if must_be_masked(replace(figure, actual=ours.value, n=ours.n), self.notebook):
                self.findings.say(
                    f"{figure.code} breakdown {name}: {found[1]} rests on few people (rule 19)"
                )
            self.near(
                f"{figure.code} breakdown {name}", ours.value, found[1].partition(" · ")[0], ours.n
            )
            n = re.search(r"n = ([\d ]+)", found[1])
            if n:
                self.findings.check(
                    f"{figure.code} breakdown {name}, n", ours.n, int(n[1].replace(" ", "")), "3"
                )

    def rows_of_measures(self, codes: set[str]) -> Iterable[tuple[Any, ...]]:
        book = self.notebook
        statuses = {
            "observed": "Observé",
            "not_observed": "Non observé",
            "not_applicable": "Sans objet",
        }
        for code in codes:
            indicators = {row["id"]: row for row in book.indicators(self.experiments[code])}
            for row in book.tables["measurement"]:
                indicator = indicators.get(row["indicator_id"])
                if indicator is None or not book.counts(row, self.scope):
                    continue
                visit = book.visits[row["visit_id"]]["reference"] if row["visit_id"] else None
                said: Any = None if row["value"] is None else round(row["value"], 9)
                if indicator["value_type"] == "yes_no" and said is not None:
                    said = "oui" if said else "non"
                elif indicator["value_type"] == "percentage" and said is not None:
                    n, share = row["n"], exact(said)
                    few = n is not None and 0 < n < book.effective_below
                    count = (share or Fraction(0)) * n / 100 if few else Fraction(0)
                    whole = half_up(count, 0)
                    # CHOICE: a percentage typed to the unit; else no whole number of people makes it
                    if few and abs(count - whole) > Fraction(6, 1000) * n:
                        whole = half_up(count, 1)
                    written = f"{float(whole):g}".replace(".", ",")
                    said = f"{written} sur {n}" if few else round(said, 9)
                yield (
                    indicator["code"], book.sites[row["site_id"]], date.fromisoformat(row["date"]),
                    row["wave"].upper() if row["wave"] else None, row["category"] or None, visit,
                    statuses[row["status"]], said, row["n"],
                )  # fmt: skip
