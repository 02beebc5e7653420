"""The notebook as a whole: what it is, whether it is sound, copies of it."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.services.base import Service, clean_line
from desktop_app.services.home.rows import CheckFinding, CheckReport, NotebookInfo

if TYPE_CHECKING:
    from desktop_app.services.notebook.rules import FirstRules
    from desktop_app.store.device import DeviceIdentity
    from desktop_app.store.notebook import Notebook
    from desktop_app.store.unit_of_work import UnitOfWork

CopyProgress = Callable[[int, int], None]

_COUNTED = (
    "experiment", "indicator", "site", "visit", "measurement", "finding", "follow_up", "attachment",
)  # fmt: skip


class NotebookService(Service):
    def info(self) -> NotebookInfo:
        notebook = self.notebook
        return NotebookInfo(
            path=str(notebook.path),
            title=notebook.title,
            illustrative=notebook.illustrative,
            today=notebook.today(),
            device_label=notebook.device.label,
            agent=notebook.device.agent,
            schema_version=notebook.schema_version,
        )

    def today(self) -> dt.date:
        """The day everything is seen from (a demonstration has its own)."""
        return self.notebook.today()

    def close(self) -> None:
        """Waits for a write under way, then gives the file back."""
        self.notebook.close()

    def state(self) -> str:
        """« illustrative » (a demonstration), « empty » (no experiment yet) or « in_use »."""
        if self.info().illustrative:
            return "illustrative"
        return "in_use" if self.counts()["experiment"] else "empty"

    def counts(self) -> dict[str, int]:
        """Live records by kind, and the length of the journal."""
        from desktop_app.store.queries.overview import live_counts

        with self.notebook.glance() as reader:
            return live_counts(reader, _COUNTED)

    def check(self) -> CheckReport:
        """Reads the whole file: seconds on a large notebook, so never on the UI thread."""
        from desktop_app.store import integrity

        problems = tuple(
            CheckFinding(area, message) for area, message in integrity.check(self.notebook)
        )
        try:
            counts = tuple(self.counts().items())
        except UserError:  # too damaged to be counted: the problems say so
            counts = ()
        return CheckReport(not problems, integrity.AREAS, problems, counts)

    def backup(
        self, target: Path, progress: CopyProgress | None = None, *, overwrite: bool = False
    ) -> None:
        """A whole, verified copy. ``progress`` gets (pages done, total); what it raises cancels.

        Raises UserError, ``target`` being then as it was.
        """
        from desktop_app.store.backup import backup

        backup(self.notebook, target, progress, overwrite=overwrite)


def create_notebook(
    path: Path,
    title: str,
    device: "DeviceIdentity",
    directorates: Sequence[str] = (),
    rules: "FirstRules | None" = None,
) -> "Notebook":
    """A new notebook, opened, with the directions métiers of these « CODE — Nom » lines.

    ``rules``: those it starts with, its own from then on; None leaves them to each computer, as in
    a notebook of 0.2. Raises UserError; never replaces a file.
    """
    from desktop_app.services.programme.directorates import first_ones
    from desktop_app.store.notebook import Notebook

    def fill(uow: "UnitOfWork") -> None:
        if rules is not None:
            rules.fill(uow)
        if directorates:
            first_ones(directorates)(uow)

    return Notebook.create(path, title=clean_line(title) or path.stem, device=device, fill=fill)


def open_notebook(path: Path, device: "DeviceIdentity", *, read_only: bool = False) -> "Notebook":
    """Raises UserError with the precise reason when the file cannot be used."""
    from desktop_app.store.notebook import Notebook

    return Notebook.open(path, device, read_only=read_only)


def backup_file(path: Path, target: Path) -> None:
    """A whole, verified copy of a notebook as it is, even of an older format. Raises UserError."""
    from desktop_app.store import backup

    backup.backup(path, target)


def restore(backup_path: Path, target: Path, progress: CopyProgress | None = None) -> None:
    """Makes a notebook from a backup, under a free name. Raises UserError."""
    from desktop_app.store import backup

    backup.restore(backup_path, target, progress)
