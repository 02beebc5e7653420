"""Opening a notebook for a command, and closing it whatever happens."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.config.settings import load_settings
from desktop_app.french import quoted
from desktop_app.services.catalogue import NotebookServices, build_services
from desktop_app.store.device import DeviceIdentity
from desktop_app.store.migrations.migrate import HEAD
from desktop_app.store.notebook import Notebook
from desktop_app.system.messages import tell


@contextmanager
def reading(path: Path) -> Iterator[NotebookServices]:
    """The services of a notebook that the command only reads: works beside an open window.

    Of an older format, it is read all the same, and it is said on the error output.
    """
    settings = load_settings()
    reader = DeviceIdentity(id="", label="", agent=settings.text("agent"))
    with Notebook.open(path, reader, read_only=True) as notebook:
        if notebook.schema_version < HEAD:
            tell(
                f"Le carnet {quoted(path.name)} est encore au format {notebook.schema_version}. "
                "Une copie provisoire, mise à jour, est lue à sa place : il n’est pas changé."
            )
        yield build_services(notebook, settings)
