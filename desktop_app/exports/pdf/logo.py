"""The logo at the head of a document's pages, and what keeps a file from being one."""

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.services.notebook.logos import LogoError, decoded, logo_of

if TYPE_CHECKING:
    from reportlab.lib.utils import ImageReader


def logo_lack(path: str) -> str:
    """What is wrong with a file, after its name (« est introuvable »); '' when nothing is."""
    try:
        logo_of(Path(path))
    except LogoError as error:
        return str(error)
    return ""


def logo_reader(logo: bytes) -> "ImageReader | None":
    """None when there is no logo or it cannot be read."""
    from reportlab.lib.utils import ImageReader

    image = decoded(logo) if logo else None
    return None if image is None else ImageReader(image)
