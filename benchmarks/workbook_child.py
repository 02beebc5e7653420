"""One export of the whole notebook, in a process of its own: what it takes in time and memory.

Run as ``python -m benchmarks.workbook_child NOTEBOOK TARGET``. Prints: seconds by the clock, CPU
seconds, megabytes of the idle program, megabytes at the peak of the export.
"""

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.notebooks import services
from desktop_app.services.results.scope import Scope

STATUS = Path("/proc/self/status")
CLEAR = Path("/proc/self/clear_refs")


def megabytes(key: str) -> float:
    """A line of the kernel's account of this process: VmRSS (now), VmHWM (at the peak)."""
    found = next(line for line in STATUS.read_text().splitlines() if line.startswith(key))
    return int(found.split()[1]) / 1024


def main(notebook: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, services(notebook, Path(folder)) as made:
        made.overview.get()
        idle = megabytes("VmRSS")
        CLEAR.write_text("5")  # the peak is counted again from here
        wall, cpu = time.perf_counter(), time.process_time()
        from desktop_app.exports.excel.workbook import write_workbook

        document = made.documents.workbook_document(Scope())
        for _ in write_workbook(document, made.documents, target):
            pass
        print(time.perf_counter() - wall, time.process_time() - cpu, idle, megabytes("VmHWM"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
