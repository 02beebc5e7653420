"""``python -m benchmarks [NAME …]``: every measure, or those named. Status 1 if any is over."""

import sys
from collections.abc import Callable, Iterator

from benchmarks import entry, frozen_start, pages, start, visit_list, window, workbook
from benchmarks.notebooks import Notebooks, notebooks
from benchmarks.report import Measure, line

MODULES: dict[str, Callable[[Notebooks], Iterator[Measure]]] = {
    "start": start.measure,
    "frozen": frozen_start.measure,
    "entry": entry.measure,
    "visit_list": visit_list.measure,
    "pages": pages.measure,
    "workbook": workbook.measure,
    "window": window.measure,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in MODULES]
    if unknown:
        sys.stderr.write(f"Unknown: {', '.join(unknown)}. Known: {', '.join(MODULES)}.\n")
        return 2
    made = notebooks()
    over = 0
    for name, measure in MODULES.items():
        if names and name not in names:
            continue
        print(f"\n{name}", flush=True)
        for found in measure(made):
            print(line(found), flush=True)
            over += not found.held
    print(f"\n{over} over the limit." if over else "\nAll within the limits.")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
