"""A logo as documents bear it: a small PNG of the pixels alone, nothing else of its file kept.

Pillow is imported on first use: the first screen shows no logo.
"""

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import french
from desktop_app.errors import UserError, reason
from desktop_app.system.paths import is_file

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("PNG", "JPEG")
SIZE = (600, 200)  # pixels, at most
LARGEST_FILE = 10_000_000  # bytes
MOST_PIXELS = 50_000_000
UNREADABLE = "n’est pas une image PNG ou JPEG lisible"


class LogoError(Exception):
    """What is wrong with a logo's file, to be said after its name: « est introuvable »."""


def logo_of(path: Path) -> bytes:
    """The PNG made of a file. Raises LogoError."""
    if not is_file(path):
        raise LogoError("est introuvable")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise LogoError(f"ne peut pas être lu ({reason(error)})") from error
    if len(data) > LARGEST_FILE:
        raise LogoError(f"pèse plus que la limite de {french.size(LARGEST_FILE)}")
    return png(data)


def chosen_logo(path: Path) -> bytes:
    """The PNG made of the file that someone chose. Raises UserError."""
    try:
        return logo_of(path)
    except LogoError as error:
        raise UserError(
            f"Le fichier {french.quoted(path.name)} {error}. Choisissez-en un autre."
        ) from error


def png(data: bytes) -> bytes:
    """Upright, no larger than SIZE, transparency kept; no text, date, place or profile.

    Raises LogoError when the bytes are no PNG or JPEG image, or a damaged or an immense one.
    """
    image = decoded(data)
    if image is None:
        raise LogoError(UNREADABLE)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def decoded(data: bytes) -> "Image.Image | None":
    """The pixels alone; None when they cannot be had."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # damaged EXIF: it is dropped anyway
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    return None
                upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError):
        return None
    upright.thumbnail(SIZE, Image.Resampling.LANCZOS)
    bare = Image.new("RGBA", upright.size)
    bare.paste(upright)
    return bare
