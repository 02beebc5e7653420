"""A sheet that is one real Excel table: one header row, frozen, filtered, printable."""

import math
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from desktop_app.exports.excel.cells import CellMaker, Column, Kind

_STYLE = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
ROWS_A_STEP = 500
PAGE_WIDTH = 180  # characters that stay readable across an A4 landscape page
BUTTON_WIDTH = 5  # characters: the filter's button beside a heading, and some air
LINE_HEIGHT = 15.0  # points
TALLEST_ROW = 409.0  # points: Excel's limit
_A4 = 9


def prepare_page(sheet: Any, columns: Sequence[Column], *, frozen: int = 0) -> None:
    """Widths, frozen panes and A4 landscape: all before the first row, as the writer asks.

    The first row and ``frozen`` columns stay in sight, and come again on each printed page.
    """
    sheet.freeze_panes = f"{get_column_letter(frozen + 1)}2"
    for index, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = _width(column)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    again = sum(column.width for column in columns[:frozen])
    rest = sum(column.width for column in columns[frozen:])
    sheet.page_setup.fitToWidth = math.ceil(rest / (PAGE_WIDTH - again))
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    if frozen:
        sheet.print_title_cols = f"A:{get_column_letter(frozen)}"
    sheet.oddFooter.left.text = "Carnet d’impact"
    sheet.oddFooter.right.text = "&P / &N"


def _width(column: Column) -> int:
    """At least its heading's longest word."""
    longest = max(map(len, column.title.split()), default=0)
    return max(column.width, longest + BUTTON_WIDTH)


def write_table(
    workbook: Any,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    *,
    frozen: int = 0,
) -> Iterator[int]:
    """Writes the sheet and yields how many rows are done, the whole count last.

    An Excel table needs at least one row of data: an empty one keeps its headings without table.
    """
    sheet = workbook.create_sheet(title)
    prepare_page(sheet, columns, frozen=frozen)
    maker = CellMaker(sheet)
    sheet.row_dimensions[1].height = _heading_height(columns)
    sheet.append(maker.headings(columns))
    converters = maker.converters(columns)
    wrapped = [place for place, c in enumerate(columns) if c.kind is Kind.LONG_TEXT]
    widths = [columns[place].width for place in wrapped]
    count = 0
    for row in rows:
        if wrapped:
            texts = [str(row[place] or "") for place in wrapped]
            sheet.row_dimensions[count + 2].height = height_of(texts, widths)
        sheet.append([convert(value) for convert, value in zip(converters, row, strict=True)])
        count += 1
        if count % ROWS_A_STEP == 0:
            yield count
    if count:
        _add_table(sheet, title, columns, count)
    sheet.close()
    yield count


def _heading_height(columns: Sequence[Column]) -> float:
    lines = max(len(wrap(column.title, _width(column) - BUTTON_WIDTH)) for column in columns)
    return LINE_HEIGHT * max(lines, 2) + 2


def height_of(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Points a row needs for its wrapped texts: only Excel grows rows by itself, on editing."""
    lines = max(
        sum(math.ceil(max(len(line), 1) / width) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return min(LINE_HEIGHT * lines + 1, TALLEST_ROW)


def _plain(title: str) -> str:
    """A table's name takes no accent in older spreadsheets: « Contrôle » → « Controle »."""
    decomposed = unicodedata.normalize("NFD", title)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _add_table(sheet: Any, title: str, columns: Sequence[Column], count: int) -> None:
    reference = f"A1:{get_column_letter(len(columns))}{count + 1}"
    table = Table(displayName=_plain(title), ref=reference)
    table.tableStyleInfo = _STYLE
    table.tableColumns = [
        TableColumn(id=number, name=column.title) for number, column in enumerate(columns, 1)
    ]
    table.autoFilter = AutoFilter(ref=reference)
    with warnings.catch_warnings():
        # openpyxl reminds that a write-only sheet's table needs its columns named: they are.
        warnings.simplefilter("ignore", UserWarning)
        sheet.add_table(table)
