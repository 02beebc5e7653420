"""One column of a sheet, and the only place that turns a value into a cell.

Text is always text: a string that a spreadsheet could run (``= + - @``) or read as an error
(``#N/A``) is written as a string cell with Excel's quote prefix, so that editing it runs nothing.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

MAX_TEXT = 32_767  # Excel's limit for a cell
_RISKY = ("=", "+", "-", "@", "#", "\t", "\r", "\n", " ", "\u00a0", "\u202f", "\u2212", "|", "%")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Kind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    PERCENT = "percent"  # a fraction: 0.52 is shown 52,0 %
    EUROS = "euros"
    FORMULA = "formula"  # ours, never a person's text
    RATE = "rate"  # a formula shown as a percentage


# In the file formats are American; Excel shows them in the reader's language: 1 234,5.
_FORMATS = {
    Kind.DATE: "dd/mm/yyyy",
    Kind.TIME: "hh:mm",
    Kind.PERCENT: "0.0%",
    Kind.EUROS: '#,##0 "€"',
    Kind.RATE: "0.0%",
}
_WHOLE, _DECIMAL = "#,##0", "#,##0.0#"


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` is in characters, as Excel counts; ``help`` feeds the sheet « Dictionnaire »."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 14
    help: str = ""


@dataclass(frozen=True, slots=True)
class As:
    """A value of another kind than its column's, e.g. a percentage in a column of numbers."""

    kind: Kind
    value: object


class CellMaker:
    """Cells of one write-only sheet.

    Styled cells are made once and reused row after row: such a sheet serialises each row before
    it is given the next. Plain text goes as it is, which is what openpyxl writes fastest.
    """

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._cells: dict[tuple[int, str], Any] = {}

    def make(self, position: int, kind: Kind, value: object) -> object:
        if value is None or value == "":
            return None
        if isinstance(value, As):
            return self.make(position, value.kind, value.value)
        if kind is Kind.TEXT or kind is Kind.LONG_TEXT:
            return self._text(position, kind, str(value))
        if kind is Kind.NUMBER:
            whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
            number_format = _WHOLE if whole else _DECIMAL
        else:
            number_format = _FORMATS.get(kind, "General")
        return self._styled(position, number_format, value)

    def heading(self, text: str) -> object:
        cell = WriteOnlyCell(self._sheet, value=text)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        return cell

    def title(self, text: str) -> object:
        cell = WriteOnlyCell(self._sheet, value=text)
        cell.font = Font(bold=True, size=15)
        return cell

    def _text(self, position: int, kind: Kind, text: str) -> object:
        safe = clean(text)
        risky = safe.startswith(_RISKY)
        if kind is Kind.TEXT and not risky:
            return safe
        key = (position, f"{kind}{risky}")
        cell = self._cells.get(key)
        if cell is None:
            cell = self._cells[key] = WriteOnlyCell(self._sheet)
            cell.quotePrefix = risky
            if kind is Kind.LONG_TEXT:
                cell.alignment = Alignment(vertical="top", wrap_text=True)
        cell.value = safe
        cell.data_type = "s"
        return cell

    def _styled(self, position: int, number_format: str, value: object) -> object:
        key = (position, number_format)
        cell = self._cells.get(key)
        if cell is None:
            cell = self._cells[key] = WriteOnlyCell(self._sheet)
            cell.number_format = number_format
        cell.value = value
        return cell


def clean(text: str) -> str:
    """What XML and Excel accept: no control characters, at most 32 767 characters."""
    kept = _CONTROL.sub("", text)
    return kept if len(kept) <= MAX_TEXT else f"{kept[: MAX_TEXT - 1]}…"


def plain_time(moment: dt.time | None) -> dt.time | None:
    """Excel knows no time zone and no fraction of a second."""
    return None if moment is None else moment.replace(tzinfo=None, microsecond=0)
