"""An attacker: from all that one scope prints, does a sum or a difference give back what is masked? (rules 19 and 20)

What is printed is a set of linear relations between cells (the values of `measurement`). A masked cell is three unknowns:
its headcount n, its product w = n × value, its value v. Gaussian elimination over fractions tells which of them, or which
of their small sums, the printed relations fix. It is severe: a rounded figure counts as an exact one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction

from compare import Comparison, numbers
from recompute import Cell, Figure, Occasion, Row

Line = dict[tuple[str, str], Fraction]  # unknown → coefficient; ("", "") holds the constant
ONE = ("", "")


def plus(*lines: Line) -> Line:
    total: Line = {}
    for line in lines:
        for key, value in line.items():
            total[key] = total.get(key, Fraction(0)) + value
    return total


def times(line: Line, factor: Fraction | int) -> Line:
    return {key: value * factor for key, value in line.items()}


class System:
    """Relations between unknowns."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, Line]] = []

    def add(self, source: str, line: Line) -> None:
        kept = {key: value for key, value in line.items() if value}
        if any(key != ONE for key in kept):
            self.lines.append((source, kept))

    def solved(self, last: Iterable[tuple[str, str]]) -> list[Line]:
        """Eliminate every unknown but `last`; what is left is what is known of them."""
        last = set(last)
        rows = [dict(line) for _, line in self.lines]
        names = sorted({key for row in rows for key in row if key != ONE} - last)
        for name in names:
            pivot = next((row for row in rows if row.get(name)), None)
            if pivot is None:
                continue
            rows = [row for row in rows if row is not pivot]
            rows = [
                {k: v for k, v in plus(row, times(pivot, -row[name] / pivot[name])).items() if v}
                if row.get(name)
                else row
                for row in rows
            ]
        return [row for row in rows if any(key != ONE for key in row)]


class Attack:
    """One indicator that counts people, in one scope."""

    def __init__(self, comparison: Comparison, figure: Figure, rows: list[Row]) -> None:
        self.figure = figure
        self.hidden, self.masked = masked_cells(comparison, rows, figure)
        self.below = comparison.notebook.mask_below
        self.system = System()
        self.cells = {cell.id: cell for occasion in figure.everything for cell in occasion.cells}
        self.additive = figure.calculation == "additive"

    # Expressions

    def n(self, cell: Cell) -> Line:
        if cell.id in self.masked:
            return {(cell.id, "n"): Fraction(1)}
        return {ONE: Fraction(cell.n or 0)}

    def w(self, cell: Cell) -> Line:
        if cell.id in self.masked:
            return {(cell.id, "w"): Fraction(1)}
        return {ONE: cell.value * (cell.n or 0)}

    def v(self, cell: Cell) -> Line:
        if cell.id in self.masked:
            return {(cell.id, "v"): Fraction(1)}
        return {ONE: cell.value}

    @staticmethod
    def own(occasion: Occasion) -> list[Cell]:
        """Give the cells an occasion's value is made of: its total, else its parts."""
        totals = [cell for cell in occasion.cells if not cell.category]
        return totals or occasion.cells

    def total(self, what: Callable[[Cell], Line], cells: Iterable[Cell]) -> Line:
        return plus(*(what(cell) for cell in cells))

    # What is printed

    def occasions(self) -> None:
        """A total and its parts, where they agree."""
        for occasion in self.figure.everything:
            totals = [cell for cell in occasion.cells if not cell.category]
            parts = [cell for cell in occasion.cells if cell.category]
            if not totals or not parts:
                continue
            whole, name = totals[0], f"total and parts of {occasion.first.date}"
            if self.additive and whole.value == sum(cell.value for cell in parts):
                self.system.add(name, plus(self.v(whole), times(self.total(self.v, parts), -1)))
            known = all(cell.n is not None for cell in parts)
            if known and whole.n is not None and whole.n == sum(cell.n or 0 for cell in parts):
                self.system.add(
                    f"{name}, n", plus(self.n(whole), times(self.total(self.n, parts), -1))
                )
                gap = abs(whole.value * whole.n - sum(cell.value * (cell.n or 0) for cell in parts))
                if not self.additive and gap <= whole.n * Fraction(6, 10):
                    self.system.add(
                        f"{name}, w", plus(self.w(whole), times(self.total(self.w, parts), -1))
                    )

    def figure_of(self, source: str, cells: list[Cell], *, value: bool, n: bool) -> None:
        """A printed figure made of these cells: its value, its n."""
        if not cells:
            return
        count = sum(cell.n or 0 for cell in cells)
        weighted = all(cell.n is not None for cell in cells) and count > 0
        if n and all(cell.n is not None for cell in cells):
            self.system.add(
                f"{source}, n", plus(self.total(self.n, cells), {ONE: Fraction(-count)})
            )
        if not value:
            return
        amount = sum((cell.value for cell in cells), Fraction(0))
        if self.additive:
            self.system.add(source, plus(self.total(self.v, cells), {ONE: -amount}))
        elif weighted:
            mean = sum((cell.value * (cell.n or 0) for cell in cells), Fraction(0)) / count
            self.system.add(
                source, plus(self.total(self.w, cells), times(self.total(self.n, cells), -mean))
            )
        else:
            self.system.add(source, plus(self.total(self.v, cells), {ONE: -amount}))

    def of(self, source: str, occasions: Iterable[Occasion], *, value: bool, n: bool) -> None:
        self.figure_of(source, [cell for o in occasions for cell in self.own(o)], value=value, n=n)

    def row(self, row: Row) -> None:
        """What a line of Indicateurs (or of show) prints."""
        figure = self.figure
        read = row["Lecture"] not in {None, "masqué", "—"}
        self.of(
            "actual",
            figure.used,
            value=read,
            n=row["n"] is not None or " sur " in (row["Lecture"] or ""),
        )
        start = row["T0 mesuré"] is not None or row["n du T0 mesuré"] is not None
        self.of("measured T0", figure.initial, value=start, n=row["n du T0 mesuré"] is not None)
        if figure.same_sites and "→" in (row["Mêmes sites"] or ""):
            common = {o.site for o in figure.initial} & {o.site for o in figure.used}
            for name, side in (("T0", figure.initial), ("now", figure.used)):
                self.of(
                    f"same sites, {name}",
                    [o for o in side if o.site in common],
                    value=True,
                    n=False,
                )

    def alternative(self, label: str, text: str) -> None:
        """The points of a trajectory, the bars of a breakdown."""
        start = f"Évolution : {label}. "
        plain = text.replace("\u00a0", " ").replace("\u202f", " ")
        if plain.startswith(start):
            points = dict(self.figure.trajectory)
            for d, m, y, said in re.findall(
                r"(\d\d)/(\d\d)/(\d{4}) ([^;]*?)(?: ;|\. |$)", plain[len(start) :]
            ):
                when = date(int(y), int(m), int(d))
                if "masqu" not in said and when in points:
                    self.of(f"trajectory {when}", points[when], value=True, n=" sur " in said)
        elif plain.startswith(f"{label}, par "):
            for name, cells in self.figure.category_cells.items():
                after = "|".join(re.escape(other) for other in self.figure.names)
                said = re.search(
                    rf"(?:^|, ){re.escape(name)} (.*?)(?:, (?:{after}) |\.?$)",
                    plain.partition(" : ")[2],
                )
                if said and "masqu" not in said[1] and said[1].strip() != "—" and numbers(said[1]):
                    counted = "n = " in said[1] or " sur " in said[1]
                    self.figure_of(f"breakdown {name}", cells, value=True, n=counted)

    # What falls

    def leaks(self) -> list[str]:
        found = []
        secret = [key for key in self.masked if key in self.cells and self.is_secret(key)]
        for key in secret:
            cell = self.cells[key]
            for names in ([(key, "v")], [(key, "n"), (key, "w")]):
                for left in self.system.solved(names):
                    found.append(self.told(cell, left))
        for one, two in itertools.combinations(sorted(secret), 2):
            a, b = self.cells[one], self.cells[two]
            counts = (
                self.additive and a.n is None and b.n is None and self.figure.value_type == "number"
            )
            for letter, size in (
                ("n", (a.n or 0) + (b.n or 0)),
                ("v", a.value + b.value if counts else 0),
            ):
                if not 0 < size < self.below:
                    continue
                for left in self.system.solved([(one, letter), (two, letter)]):
                    if left.get((one, letter)) == left.get((two, letter)):
                        found.append(
                            f"the sum of two masked cells, {size}: {self.name(a)}, {self.name(b)}"
                        )
        return sorted(set(found))

    def is_secret(self, key: str) -> bool:
        """A masked row always is; a row outside the period, when it is of few people."""
        cell = self.cells[key]
        return key in self.hidden or (cell.n is not None and 0 < cell.n < self.below)

    @staticmethod
    def name(cell: Cell) -> str:
        return f"{cell.date} {cell.site[:8]} {cell.category or 'total'} (value {float(cell.value):g}, n {cell.n})"

    def told(self, cell: Cell, left: Line) -> str:
        names = " and ".join(sorted(letter for key, letter in left if key))
        return f"masked cell {self.name(cell)}: {names} told"


def masked_cells(
    comparison: Comparison, rows: list[Row], figure: Figure
) -> tuple[set[str], set[str]]:
    """Find which cells the workbook masks, and which it does not tell (those, and what is not in the period)."""
    book = comparison.notebook
    printed = {
        (row["Site"], row["Date"].date(), row["Ventilation"] or "", row["Visite"]): row["Statut"]
        for row in rows
        if row["Indicateur"] == figure.code
    }
    hidden, untold = set(), set()
    for cell in (cell for occasion in figure.everything for cell in occasion.cells):
        visit = book.visits[cell.visit]["reference"] if cell.visit else None
        status = printed.get((book.sites[cell.site], cell.date, cell.category, visit))
        if status != "Observé":
            untold.add(cell.id)
        if status == "Masqué":
            hidden.add(cell.id)
    return hidden, untold


def attack(
    comparison: Comparison, sheets: dict[str, list[Row]], texts: Iterable[str]
) -> tuple[int, list[str]]:
    """Attack every indicator that counts people; give how many masked cells were tried, and what fell."""
    tried, fallen = 0, []
    texts = list(texts)
    for row in sheets["Indicateurs"]:
        figure = comparison.figures[row["Expérimentation"]][row["Indicateur"]]
        if not figure.guarded or figure.value_type in {"yes_no", "qualitative"}:
            continue
        one = Attack(comparison, figure, sheets["Mesures"])
        tried += len(one.hidden)
        one.occasions()
        one.row(row)
        for text in texts:
            one.alternative(row["Libellé"], text)
        fallen += [f"{figure.code}: {leak}" for leak in one.leaks()]
    return tried, fallen
