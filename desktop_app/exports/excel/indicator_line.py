"""How one indicator's result fills the cells of « Indicateurs ». A masked one says nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app import french
from desktop_app.exports.excel.cells import As, Kind
from desktop_app.exports.excel.figures import figure, share
from desktop_app.services.programme.experiment_rows import IndicatorRow
from desktop_app.services.results import words
from desktop_app.services.results.reference_words import measured_t0_text
from desktop_app.services.results.rows import IndicatorResult, ObjectiveResult
from desktop_app.services.vocabulary import Calculation, Direction, ValueType, label


@dataclass(frozen=True, slots=True)
class Line:
    """One row to write.

    ``row`` is its number in the sheet and ``places`` the letter of each column, for its formula;
    ``least`` the fewest people that make a percentage.
    """

    code: str
    objective: ObjectiveResult
    result: IndicatorResult
    row: int
    places: dict[str, str]
    least: int

    @property
    def indicator(self) -> IndicatorRow:
        return self.result.indicator

    @property
    def calculation(self) -> Calculation:
        return self.indicator.calculation

    @property
    def told(self) -> bool:
        """Whether there is a figure, and one that may be told."""
        return self.result.actual is not None and not self.result.masked

    @property
    def counts(self) -> bool:
        """Whether its values rest on a count n: sites that say yes and words do not."""
        return self.calculation not in {Calculation.SITES, Calculation.NONE}

    def value(self, value: float | None) -> object:
        return figure(value, self.indicator.value_type, self.result.decimals)


def movement(result: IndicatorResult) -> str:
    """Its movement, in a word that can be counted; those that have none are told apart."""
    if result.masked:
        return words.MASKED
    if result.indicator.calculation is Calculation.NONE:
        return label(ValueType.QUALITATIVE).lower()
    return label(result.movement)


def actual(line: Line) -> object:
    """The number itself; none when words say it (« 8 sur 9 », « oui : 2 sites sur 3 »)."""
    worded = line.result.few or line.calculation is Calculation.SITES
    return line.value(line.result.actual) if line.told and not worded else None


def reading(line: Line) -> str:
    """The figure as it is read; of a qualitative indicator, how many answers there are."""
    if line.calculation is Calculation.NONE:
        return words.basis_text(line.result)
    return words.actual_text(line.result) if line.told or line.result.masked else ""


def used_baseline(line: Line) -> object:
    """The T0 that counts, measured or agreed."""
    baseline = line.result.baseline
    if baseline.counts_measured:
        return measured_baseline(line)
    return line.value(baseline.used)


def measured_baseline(line: Line) -> object:
    """In words where it is a percentage of few people; withheld with the figure."""
    baseline = line.result.baseline
    if line.result.masked:
        return None
    if baseline.few:
        return As(Kind.TEXT, measured_t0_text(line.result))
    return line.value(baseline.measured)


def rate(line: Line) -> object:
    """A live formula over the row's own cells, where the program has a rate and nowhere else.

    What stands in words in the row stands as a number in the formula.
    """
    result, indicator = line.result, line.indicator
    shown = share(result.attainment)
    if not line.told or not isinstance(shown, As):
        return None
    goal = line.value(indicator.target_value)
    start, now, end = (
        _operand(line, title, cell, value)
        for title, cell, value in (
            ("T0 retenu", used_baseline(line), result.baseline.used),
            ("Actuel", actual(line), result.actual),
            ("Cible", goal, indicator.target_value),
        )
    )
    way = f"({now}-{start})/({end}-{start})"
    if indicator.direction is Direction.KEEP:
        way = f"1-ABS({now}-{end})/ABS({start}-{end})"
    cells = [operand for operand in (start, now, end) if operand[0].isalpha()]
    known = f"AND(COUNT({','.join(cells)})={len(cells)},{end}<>{start})"
    return shown._replace(value=f'=IF({known},{way},"")')


def _operand(line: Line, title: str, cell: object, value: float | None) -> str:
    """The cell's place, or the number it says in words."""
    if cell is None or (isinstance(cell, As) and cell.kind is Kind.TEXT):
        percentage = line.indicator.value_type is ValueType.PERCENTAGE
        return repr(0.0 if value is None else value / 100 if percentage else value)
    return f"{line.places[title]}{line.row}"


def other_rate(line: Line, found: float | None) -> object:
    """The attainment under each T0, where they are apart."""
    return share(found) if line.told and line.result.baseline.differs else None


def bound(line: Line, value: float | None) -> object:
    """An end of the interval (in percent); none beside « 8 sur 9 »."""
    return figure(value, ValueType.PERCENTAGE) if line.told and not line.result.few else None


def no_interval(line: Line) -> str:
    return words.interval_reason(line.result) if line.told else ""


def kind(row: IndicatorRow) -> str:
    """« Nombre », « Échelle de 1 à 5 »."""
    name = label(row.value_type)
    if row.value_type is not ValueType.SCALE or row.scale_min is None or row.scale_max is None:
        return name
    return f"{name} de {french.number(row.scale_min)} à {french.number(row.scale_max)}"


def formula(row: IndicatorRow) -> str:
    return row.formula or " ÷ ".join(part for part in (row.numerator, row.denominator) if part)


def sentences(texts: Sequence[str]) -> str:
    """One a line, as a cell shows them."""
    return "\n".join(text for text in texts if text)
