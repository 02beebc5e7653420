"""A folder for what is shown and not kept."""

from pathlib import Path
from tempfile import TemporaryDirectory

from desktop_app.errors import UserError, reason
from desktop_app.french import quoted
from desktop_app.system.temporary import private_folder


class TemporaryFolder:
    """Made when first asked for; ``clean`` removes it with what it holds."""

    def __init__(self) -> None:
        self._made: TemporaryDirectory[str] | None = None

    def path(self) -> Path:
        """Raises UserError where nothing temporary can be written."""
        if self._made is None:
            self._made = private_folder()
        return Path(self._made.name)

    def write(self, name: str, content: bytes) -> Path:
        """A file to be looked at. Raises UserError when the system refuses it."""
        path = self.path() / name
        try:
            path.write_bytes(content)
        except OSError as error:
            path.unlink(missing_ok=True)
            raise UserError(
                f"{quoted(name)} ne peut pas être affiché\u00a0: le dossier temporaire du poste le "
                f"refuse ({reason(error)}). Libérez de la place, puis recommencez."
            ) from error
        return path

    def clean(self) -> None:
        if self._made is not None:
            self._made.cleanup()
            self._made = None
