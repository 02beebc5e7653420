"""The organisation's logo, and what keeps a document from bearing it."""

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.config.paths import is_file
from desktop_app.errors import reason

if TYPE_CHECKING:
    from PIL.Image import Image
    from reportlab.lib.utils import ImageReader

FORMATS = ("PNG", "JPEG")
SIZE = (600, 200)  # pixels, at most


def logo_problem(path: str) -> str:
    """Why a document bears no logo although one is asked for; '' when all is well."""
    lack = logo_lack(path) if path else ""
    return f"Le logo {path} {lack}\u00a0: le document est fait sans lui." if lack else ""


def logo_lack(path: str) -> str:
    """What is wrong with the file, after its name (« est introuvable »); '' when nothing is."""
    if not is_file(Path(path)):
        return "est introuvable"
    try:
        with Path(path).open("rb"):
            pass
    except OSError as error:
        return f"ne peut pas être lu ({reason(error)})"
    return "" if _image(path) is not None else "n’est pas une image PNG ou JPEG lisible"


def logo_reader(path: str) -> "ImageReader | None":
    """None when there is no logo or it cannot be read."""
    from reportlab.lib.utils import ImageReader

    image = _image(path) if path and is_file(Path(path)) else None
    return None if image is None else ImageReader(image)


def _image(path: str) -> "Image | None":
    from PIL import Image

    try:
        with Image.open(path, formats=FORMATS) as opened:
            image = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    image.thumbnail(SIZE)
    return image
