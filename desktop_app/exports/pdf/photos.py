"""Photos for paper: made small, stripped of metadata, or declared unreadable."""

import io
import warnings
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from desktop_app.exports.progress import Progress
from desktop_app.services.visits.visit_rows import AttachmentRow

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
