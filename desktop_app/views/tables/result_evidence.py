"""The occasions a figure rests on: the whole list, and the few that show under the figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.french import MISSING, NBSP, date, number, plural, time
from desktop_app.services.results.calculation import Calculation
from desktop_app.services.results.evidence_rows import EvidenceRow, EvidenceSheet
from desktop_app.services.results.evidence_words import why_text
from desktop_app.services.results.figure_words import total_name
from desktop_app.services.results.rows import IndicatorResult
from desktop_app.services.results.words import actual_text, fraction_text, joined, value_text
from desktop_app.services.vocabulary import ValueType, label
from desktop_app.views.tables.row_model import Column, RowModel

SITE, WHY, PARTS, COMMENT, ANSWER = "Site", "Dans le chiffre", "Parties", "Commentaire", "Réponse"
SHOWN = 9
"""Lines of the short list, its total among them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one figure are written."""

    result: IndicatorResult
    least: int = 0

    @property
    def in_words(self) -> bool:
        return self.result.indicator.calculation is Calculation.NONE

    def value(self, row: EvidenceRow) -> str:
        """« 46 % », « 8 sur 9 »; « — » when nothing was observed: that is not zero."""
        return self._said(row.value, row.n)

    def _said(self, value: float | None, n: int | None) -> str:
        indicator = self.result.indicator
        percentage = indicator.value_type is ValueType.PERCENTAGE
        if percentage and value is not None and n and n < self.least:
            return fraction_text(value, n)
        return value_text(indicator, value, self.result.decimals)

    def share(self, row: EvidenceRow) -> str:
        """What it brings to the figure, in the figure's unit: « 22,0 » points of a percentage."""
        if row.share is None:
            return why_text(row) if row.counted else MISSING
        percentage = self.result.indicator.value_type is ValueType.PERCENTAGE
        return number(row.share, 1 if percentage else None)

    def parts(self, row: EvidenceRow) -> str:
        """« Filles 24, Garçons 22 »; that the total is made of them, when it is."""
        said = ", ".join(f"{part.name} {self._said(part.value, part.n)}" for part in row.parts)
        return f"{said} (sans total)" if said and row.of_parts else said


def wave_text(row: EvidenceRow) -> str:
    return "" if row.wave is None else label(row.wave)


def count_text(row: EvidenceRow) -> str:
    return MISSING if row.n is None else number(row.n, 0)


def value_columns(reading: Reading) -> tuple[Column[EvidenceRow], ...]:
    """Of figures: the counted ones bring a share, the others say why they do not."""
    return (
        *_where(),
        Column("Valeur", reading.value, sort=lambda r: r.value, right=True, bold=True),
        Column("n", count_text, sort=lambda r: r.n, right=True),
        Column("Apport", reading.share, sort=lambda r: r.share, right=True),
        _why(),
        Column(PARTS, reading.parts),
        Column(COMMENT, lambda r: r.text),
    )


def answer_columns() -> tuple[Column[EvidenceRow], ...]:
    return (
        *_where(),
        Column(ANSWER, lambda r: r.text or MISSING, subline=lambda r: r.category),
        _why(),
    )


def _where() -> tuple[Column[EvidenceRow], ...]:
    return (
        Column(
            "Date",
            lambda r: date(r.date),
            sort=lambda r: (r.date, r.time is not None, r.time),
            subline=lambda r: joined([wave_text(r), "" if r.time is None else time(r.time)]),
        ),
        Column(SITE, lambda r: r.site_name, subline=lambda r: r.commune),
    )


def _why() -> Column[EvidenceRow]:
    return Column(
        WHY,
        why_text,
        sort=lambda r: (not r.counted, why_text(r)),
        tone=lambda r: "good" if r.counted else "neutral",
    )


class EvidenceTableModel(RowModel[EvidenceRow]):
    """All of them."""

    def __init__(self, reading: Reading) -> None:
        columns = answer_columns() if reading.in_words else value_columns(reading)
        super().__init__(columns, lambda row: row.id)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the short list: an occasion, or what is said of several (``words``)."""

    row: EvidenceRow | None = None
    words: str = ""
    n: str = ""
    share: str = ""
    total: bool = False

    @property
    def identity(self) -> str:
        return self.words if self.row is None else self.row.id


def short_list(sheet: EvidenceSheet, reading: Reading, most: int = SHOWN) -> tuple[Line, ...]:
    """The counted ones, their total, those apart; « … et 12 autres » where there are more."""
    counted = [Line(row) for row in sheet.rows if row.counted]
    apart = [Line(row) for row in sheet.rows if not row.counted]
    total = [total_line(reading)] if len(counted) > 1 and not reading.in_words else []
    room = most - len(total)
    for_apart = min(len(apart), max(room - len(counted), room // 3))
    return (
        *_cut(counted, room - for_apart, "comptée", "comptées"),
        *total,
        *_cut(apart, for_apart, "à part", "à part"),
    )


def _cut(lines: Sequence[Line], room: int, one: str, many: str) -> Sequence[Line]:
    if len(lines) <= room:
        return lines
    kept = lines[: max(room - 1, 0)]
    left = len(lines) - len(kept)
    return [*kept, Line(words=f"… et {plural(left, f'autre {one}', f'autres {many}')}")]


def total_line(reading: Reading) -> Line:
    """« Moyenne pondérée par n · 96 · 47,0 »."""
    result = reading.result
    n = "" if result.n is None else number(result.n, 0)
    return Line(words=total_name(result), n=n, share=actual_text(result), total=True)


def line_columns(reading: Reading, lines: Sequence[Line]) -> tuple[Column[Line], ...]:
    """Waves and n have a column only where some are said."""
    rows = [line.row for line in lines if line.row is not None]
    waves = any(row.wave is not None for row in rows)
    counts = any(row.n is not None for row in rows)

    def of(read: Callable[[EvidenceRow], str]) -> Callable[[Line], str]:
        return lambda line: "" if line.row is None else read(line.row)

    def count(line: Line) -> str:
        return line.n if line.row is None else count_text(line.row)

    def share(line: Line) -> str:
        if line.row is None:
            return line.share
        return reading.share(line.row) if line.row.counted else why_text(line.row)

    columns: list[Column[Line]] = [
        Column("Date", lambda line: date(line.row.date) if line.row else line.words),
        *([Column("", of(wave_text))] if waves else []),
        Column(SITE, of(lambda row: row.site_name)),
    ]
    if reading.in_words:
        return (*columns, Column("Public", lambda line: public(line.row) if line.row else ""))
    columns.append(Column("Valeur", of(reading.value), right=True))
    if counts:
        columns.append(Column("n", count, right=True))
    return (*columns, Column("Apport", share, right=True))


def public(row: EvidenceRow) -> str:
    """Of an answer: whose it is, or why there is none."""
    return (row.category or "ensemble") if row.counted else why_text(row)


def said_line(line: Line, reading: Reading) -> str:
    """A line for the ear."""
    row = line.row
    if row is None:
        return ", ".join(part for part in (line.words, line.share) if part)
    share = f"apport{NBSP}: {reading.share(row)}" if row.share is not None else why_text(row)
    n = "" if row.n is None else f"n{NBSP}={NBSP}{number(row.n, 0)}"
    parts = (date(row.date), wave_text(row), row.site_name, reading.value(row), n, share)
    return ", ".join(part for part in parts if part)
