"""What the window asks of the rooms below: functions handed in by app.py, imported by none here.

All but ``sign`` are slow and are called off the interface's thread. They raise UserError.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from desktop_app.services.catalogue import NotebookServices
    from desktop_app.services.home.rows import CheckReport
    from desktop_app.views.runtime.operations import Step


class Opened(NamedTuple):
    """An open notebook. ``warnings`` are sentences about where the file is."""

    services: "NotebookServices"
    path: Path
    title: str
    illustrative: bool
    warnings: tuple[str, ...] = ()


class Doors(NamedTuple):
    """Ways in.

    ``open(path)``, ``create(path, title, header)`` give an Opened; ``close(services)`` releases
    the file; ``sign(services)`` takes author and device again from the settings;
    ``demonstrate(path)``, ``backup(services, target)`` and ``restore(copy, target)`` yield their
    progress.
    """

    open: Callable[[Path], Opened]
    create: Callable[[Path, str, str], Opened]
    close: "Callable[[NotebookServices], None]"
    sign: "Callable[[NotebookServices], None]"
    check: "Callable[[NotebookServices], CheckReport]"
    demonstrate: "Callable[[Path], Iterator[Step]]"
    backup: "Callable[[NotebookServices, Path], Iterator[Step]]"
    restore: "Callable[[Path, Path], Iterator[Step]]"
