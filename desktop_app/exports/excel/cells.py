"""One column of a sheet, and the only place that turns a value into a cell.

Text is always text: a string that a spreadsheet could run (``= + - @``) or read as an error
(``#N/A``) is written as a string cell with Excel's quote prefix, so that editing it runs nothing.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, PatternFill

from desktop_app.exports.excel.styles import font
from desktop_app.system.tokens import tokens

MAX_TEXT = 32_767  # Excel's limit for a cell
_RISKY = ("=", "+", "-", "@", "#", "\t", "\r", "\n", " ", "\u00a0", "\u202f", "\u2212", "|", "%")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Kind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    TIME = "time"
    COUNT = "count"  # a small whole number, that needs no format
    NUMBER = "number"
    PERCENT = "percent"  # a fraction: 0.52 is shown 52,0 %
    EUROS = "euros"
    FORMULA = "formula"  # ours, never a person's text
    RATE = "rate"  # a formula shown as a percentage
    TALLY = "tally"  # a formula that counts
    SUM = "sum"  # a formula that adds


# In the file formats are American; Excel shows them in the reader's language: 1 234,5.
_WHOLE, _DECIMAL = "#,##0", "#,##0.0#"
_FORMATS = {
    Kind.DATE: "dd/mm/yyyy",
    Kind.TIME: "hh:mm",
    Kind.PERCENT: "0.0%",
    Kind.EUROS: '#,##0 "€"',
    Kind.RATE: "0.0%",
    Kind.TALLY: _WHOLE,
    Kind.SUM: _DECIMAL,
}
_CENTRED = {Kind.DATE, Kind.TIME}
_NUMBERS = {
    Kind.COUNT, Kind.NUMBER, Kind.PERCENT, Kind.EUROS, Kind.RATE, Kind.TALLY, Kind.SUM,
}  # fmt: skip
_SEEN_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` is in characters, as Excel counts; ``help`` feeds the sheet « Dictionnaire »."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 14
    help: str = ""


class As(NamedTuple):
    """A value shown otherwise than its column says: a percentage among numbers, more decimals.

    ``said``: words shown in place of its digits, when none would tell the truth (« < 0,000001 »).
    """

    kind: Kind
    value: object
    decimals: int = 0
    said: str = ""


Convert = Callable[[Any], object]


class ReusedCell(Cell):
    """A cell written row after row: its style, set once, is looked up once.

    openpyxl would search the workbook's styles for each cell it writes.
    """

    __slots__ = ("_known", "_styled")

    def __init__(self, sheet: Any) -> None:
        super().__init__(sheet, row=1, column=1)
        self._known: int | None = None
        self._styled: bool | None = None

    @property
    def style_id(self) -> int:
        if self._known is None:
            self._known = int(super().style_id)
        return self._known

    @property
    def has_style(self) -> bool:
        if self._styled is None:
            self._styled = bool(super().has_style)
        return self._styled


class CellMaker:
    """Cells of one write-only sheet, a converter a column.

    Cells are made once a column and reused row after row: such a sheet serialises each row before
    it is given the next. It takes them as they are, where openpyxl would guess each value's type
    again; texts already seen (codes, sites, labels) are not examined again.
    """

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        sheet._values_to_row = _in_place  # noqa: SLF001  (openpyxl offers no other way in)
        self._plain: set[str] = set()
        self._tall = False

    def converters(self, columns: Sequence[Column]) -> list[Convert]:
        """In a sheet with wrapped text, every cell stands at the top of its row."""
        self._tall = any(column.kind is Kind.LONG_TEXT for column in columns)
        return [
            self._converter(column.kind, away)
            for column, away in zip(columns, _aways(columns), strict=True)
        ]

    def headings(self, columns: Sequence[Column]) -> list[object]:
        return [
            self._heading(column, away)
            for column, away in zip(columns, _aways(columns), strict=True)
        ]

    def _heading(self, column: Column, away: int) -> object:
        cell = WriteOnlyCell(self._sheet, value=column.title)
        cell.font = font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color=tokens("light")["accent"].removeprefix("#"))
        right = 2 if column.kind in _NUMBERS else away
        cell.alignment = _alignment(column.kind, right, vertical="center", wrap_text=True)
        return cell

    def label(self, text: str) -> object:
        cell = WriteOnlyCell(self._sheet, value=text)
        cell.font = font(bold=True)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        return cell

    def title(self, text: str) -> object:
        cell = WriteOnlyCell(self._sheet, value=text)
        cell.font = font(size=15, bold=True)
        return cell

    def _converter(self, kind: Kind, away: int = 0) -> Convert:
        """``away``: how far text stands from the number before it."""
        match kind:
            case Kind.TEXT:
                return self._text_converter(away)
            case Kind.LONG_TEXT:
                return self._long_text_converter(away)
            case Kind.NUMBER:
                return self._number_converter()
            case Kind.DATE | Kind.TIME:
                return self._moment_converter(kind)
        return self._styled_converter(_FORMATS.get(kind, "General"), kind)

    def _text_converter(self, away: int = 0) -> Convert:
        risky = self._string_cell(wrapped=False, risky=True, away=away)
        calm = self._string_cell(wrapped=False, risky=False, away=away)
        if self._tall:
            return _examined(risky, calm)
        plain = self._plain

        def convert(text: str | None) -> object:
            if not text:
                return None
            if text in plain:
                calm._value = text  # noqa: SLF001  (known to be text that Excel accepts)
                return calm
            safe = clean(text)
            if safe.startswith(_RISKY):
                return _string(risky, safe)
            if safe == text and len(plain) < _SEEN_LIMIT:
                plain.add(text)
            return _string(calm, safe)

        return convert

    def _long_text_converter(self, away: int) -> Convert:
        risky = self._string_cell(wrapped=True, risky=True, away=away)
        return _examined(risky, self._string_cell(wrapped=True, risky=False, away=away))

    def _number_converter(self) -> Convert:
        whole = self._styled_converter(_WHOLE, Kind.NUMBER)
        decimal = self._styled_converter(_DECIMAL, Kind.NUMBER)
        others: dict[tuple[Kind, int, str], Convert] = {}

        def convert(value: float | As | None) -> object:
            if isinstance(value, As):
                key = value.kind, value.decimals, value.said
                if key not in others:
                    others[key] = self._other_converter(value)
                return others[key](value.value)
            if value is None:
                return None
            return (whole if value == int(value) else decimal)(value)

        return convert

    def _other_converter(self, value: As) -> Convert:
        """Words among numbers stand where numbers do."""
        if value.kind is Kind.TEXT:
            return self._styled_converter("General", Kind.NUMBER)
        if not value.decimals and not value.said:
            return self._converter(value.kind)
        shown = f'"{value.said}";"{value.said}"' if value.said else _digits(value)
        return self._styled_converter(shown, value.kind)

    def _moment_converter(self, kind: Kind) -> Convert:
        cell: Any = ReusedCell(self._sheet)
        cell.number_format = _FORMATS[kind]
        cell.alignment = _alignment(kind, vertical="top" if self._tall else None)
        cell.data_type = "d"

        def convert(moment: object) -> object:
            if moment is None:
                return None
            cell._value = moment  # noqa: SLF001  (a date or a time, in the format set once)
            return cell

        return convert

    def _styled_converter(self, number_format: str, kind: Kind) -> Convert:
        cell: Any = ReusedCell(self._sheet)
        cell.number_format = number_format
        cell.alignment = _alignment(kind, vertical="top" if self._tall else None)

        def convert(value: object) -> object:
            if value is None:
                return None
            cell.value = value
            return cell

        return convert

    def _string_cell(self, *, wrapped: bool, risky: bool, away: int) -> Any:
        cell = ReusedCell(self._sheet)
        cell.data_type = "s"
        cell.quotePrefix = risky
        if self._tall or away:
            top = "top" if self._tall else None
            cell.alignment = _alignment(Kind.TEXT, away, vertical=top, wrap_text=wrapped)
        return cell


def _digits(value: As) -> str:
    """At least one decimal, at most those asked: 3 → « #,##0.0## », « 0.0##% »."""
    decimals = f"0.0{'#' * (value.decimals - 1)}"
    return f"{decimals}%" if value.kind is Kind.PERCENT else f"#,##{decimals}"


def _aways(columns: Sequence[Column]) -> list[int]:
    """1 for a text that comes after numbers, which end where it starts."""
    before = [None, *(column.kind for column in columns)]
    return [
        int(column.kind not in _NUMBERS and column.kind not in _CENTRED and kind in _NUMBERS)
        for column, kind in zip(columns, before, strict=False)
    ]


def _alignment(kind: Kind, away: int = 1, **others: Any) -> Alignment:
    """Dates in the middle; numbers at the right, ``away`` from the text or the button there."""
    if kind in _CENTRED:
        return Alignment(horizontal="center", **others)
    if kind in _NUMBERS:
        return Alignment(horizontal="right", indent=away, **others)
    return Alignment(horizontal="left", indent=away, **others) if away else Alignment(**others)


def _in_place(cells: Iterable[Any], row: int) -> Iterator[Any]:
    """The cells of a row, None for an empty one."""
    for column, cell in enumerate(cells, 1):
        if cell is not None:
            cell.column = column
            cell.row = row
            yield cell


def _examined(risky: Any, calm: Any) -> Convert:
    def convert(text: str | None) -> object:
        if not text:
            return None
        safe = clean(text)
        return _string(risky if safe.startswith(_RISKY) else calm, safe)

    return convert


def _string(cell: Any, text: str) -> object:
    cell.value = text
    cell.data_type = "s"
    return cell


def clean(text: str) -> str:
    """What XML and Excel accept: no control characters, at most 32 767 characters."""
    kept = text if text.isprintable() else _CONTROL.sub("", text)
    return kept if len(kept) <= MAX_TEXT else f"{kept[: MAX_TEXT - 1]}…"


def plain_time(moment: dt.time | None) -> dt.time | None:
    """Excel knows no time zone and no fraction of a second."""
    return None if moment is None else moment.replace(tzinfo=None, microsecond=0)
