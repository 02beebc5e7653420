"""The floor of the workbook: its very cells, written by openpyxl with nothing around.

Run as ``python -m benchmarks.workbook_floor WORKBOOK TARGET FORMATTED``: reads every cell of the
workbook, then writes the same values, with the same number formats where FORMATTED is 1. Prints
seconds by the clock and CPU seconds of the writing alone.
"""

import gc
import sys
import time
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

Cells = list[list[tuple[object, str]]]


def cells(workbook: Path) -> dict[str, Cells]:
    """Formulas as such: what is shown of them is not what is written."""
    book = load_workbook(workbook, read_only=True)
    found = {
        sheet.title: [
            [(cell.value, getattr(cell, "number_format", "General")) for cell in row]
            for row in sheet.iter_rows()
        ]
        for sheet in book.worksheets
    }
    book.close()
    return found


def write(sheets: dict[str, Cells], target: Path, *, formatted: bool) -> None:
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([_cell(sheet, *each) if formatted else each[0] for each in row])
    book.save(target)


def _cell(sheet: object, value: object, number_format: str) -> object:
    if number_format == "General" or value is None:
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = number_format
    return cell


def main(workbook: Path, target: Path, *, formatted: bool) -> None:
    sheets = cells(workbook)
    gc.collect()
    gc.freeze()
    wall, cpu = time.perf_counter(), time.process_time()
    write(sheets, target, formatted=formatted)
    print(time.perf_counter() - wall, time.process_time() - cpu)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), formatted=sys.argv[3] == "1")
