"""A folder for what is shown and not kept."""

from pathlib import Path
from tempfile import TemporaryDirectory

from desktop_app.errors import UserError


class TemporaryFolder:
    """Made when first asked for; ``clean`` removes it with what it holds."""

    def __init__(self) -> None:
        self._made: TemporaryDirectory[str] | None = None

    def path(self) -> Path:
        """Raises UserError where nothing temporary can be written."""
        if self._made is None:
            try:
                self._made = TemporaryDirectory(prefix="carnet-", ignore_cleanup_errors=True)
            except OSError as error:
                raise UserError(
                    "Aucun dossier temporaire n’accepte d’écriture sur ce poste. Libérez de la "
                    "place, ou demandez à votre service informatique d’en ouvrir un."
                ) from error
        return Path(self._made.name)

    def clean(self) -> None:
        if self._made is not None:
            self._made.cleanup()
            self._made = None
