"""Photos and logo for paper: made small, stripped of metadata, or declared unreadable."""

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.lib.utils import ImageReader

LONGEST = 1300  # pixels: 150 dpi over the width of a page


def printable(content: bytes) -> tuple[bytes, float] | None:
    """A JPEG for paper and its height/width ratio; None when the bytes are no readable image."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    if not content:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as opened:
                opened.draft("RGB", (LONGEST, LONGEST))
                image = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError,
            Image.DecompressionBombWarning):  # fmt: skip
        return None
    image.thumbnail((LONGEST, LONGEST))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue(), image.height / image.width


def logo_reader(path: str) -> "ImageReader | None":
    """The organisation's logo (PNG or JPEG); None when there is none or it cannot be read."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    if not path or not Path(path).is_file():
        return None
    try:
        with Image.open(path) as opened:
            image = opened.convert("RGBA")
        image.thumbnail((600, 200))
        return ImageReader(image)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
