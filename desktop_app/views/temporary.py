"""A folder for what is shown and not kept."""

from pathlib import Path
from tempfile import TemporaryDirectory

from desktop_app.config.temporary import private_folder


class TemporaryFolder:
    """Made when first asked for; ``clean`` removes it with what it holds."""

    def __init__(self) -> None:
        self._made: TemporaryDirectory[str] | None = None

    def path(self) -> Path:
        """Raises UserError where nothing temporary can be written."""
        if self._made is None:
            self._made = private_folder()
        return Path(self._made.name)

    def clean(self) -> None:
        if self._made is not None:
            self._made.cleanup()
            self._made = None
