"""A private folder for what is not kept, on a machine that may have no room for one."""

import tempfile

from desktop_app.errors import UserError

NOWHERE = (
    "Aucun dossier temporaire n’accepte d’écriture sur ce poste. Libérez de la place, ou demandez "
    "à votre service informatique d’en ouvrir un (variable TMPDIR, ou TEMP sous Windows)."
)


def require_room() -> None:
    """Before a library writes temporary files by itself. Raises UserError where it could not."""
    private_folder().cleanup()


def private_folder() -> tempfile.TemporaryDirectory[str]:
    """Only this person enters it; ``cleanup``, or the end of a « with », removes it.

    Raises UserError where nothing temporary can be written.
    """
    try:
        return tempfile.TemporaryDirectory(prefix="carnet-", ignore_cleanup_errors=True)
    except OSError as error:
        raise UserError(NOWHERE) from error
