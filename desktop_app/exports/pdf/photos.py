"""Photos and logo for paper: made small, stripped of metadata, or declared unreadable."""

import io
import warnings
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.config.paths import is_file
from desktop_app.exports.progress import Progress
from desktop_app.services.visit_rows import AttachmentRow

if TYPE_CHECKING:
    from reportlab.lib.utils import ImageReader

LONGEST = 1300  # pixels: 150 dpi over the width of a page


@dataclass(frozen=True, slots=True)
class PaperPhoto:
    """``jpeg`` is None when the bytes were missing or unreadable; ``ratio`` is height / width."""

    row: AttachmentRow
    jpeg: bytes | None
    ratio: float


def prepared(
    photos: Sequence[tuple[AttachmentRow, bytes]],
) -> Generator[Progress, None, tuple[PaperPhoto, ...]]:
    """Makes every photo fit for paper, one step each; returns them in their order."""
    ready = []
    for index, (row, content) in enumerate(photos):
        yield Progress(index, len(photos), "Préparation des photos")
        jpeg, ratio = printable(content) or (None, 1.0)
        ready.append(PaperPhoto(row, jpeg, ratio))
    return tuple(ready)


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


def logo_problem(path: str) -> str:
    """Why a document bears no logo although one is asked for; '' when all is well."""
    if not path or logo_reader(path) is not None:
        return ""
    if not is_file(Path(path)):
        return f"Le logo {path} est introuvable\u00a0: le document est fait sans lui."
    return f"Le logo {path} n’est pas une image lisible\u00a0: le document est fait sans lui."


def logo_reader(path: str) -> "ImageReader | None":
    """The organisation's logo (PNG or JPEG); None when there is none or it cannot be read."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    if not path or not is_file(Path(path)):
        return None
    try:
        with Image.open(path) as opened:
            image = opened.convert("RGBA")
        image.thumbnail((600, 200))
        return ImageReader(image)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
