"""Photos made light and anonymous: turned upright, shrunk, re-encoded, nothing else kept.

What leaves here is a new JPEG of the pixels alone. EXIF (position, author, date, serial number),
XMP, IPTC, comments, embedded thumbnails and colour profiles stay behind. Pillow is imported on
first use: the first screen shows no photo.
"""

import io
import struct
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app import french
from desktop_app.errors import UserError

if TYPE_CHECKING:
    from PIL import Image

LONGEST_SIDE = 2048
THUMBNAIL_SIDE = 320
QUALITY = 85
MOST_PIXELS = 80_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")

_ORIENTATION = 0x0112
_DAMAGED = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Photo:
    """Two JPEGs; sizes in pixels."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int


def anonymous(data: bytes, name: str) -> Photo:
    """The photo to keep, from a file's bytes; ``name`` is only for the sentence of an error.

    Raises UserError when the image is truncated, damaged or too large once decoded.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # damaged EXIF: it is dropped anyway
            with Image.open(io.BytesIO(data), formats=FORMATS) as source:
                if source.width * source.height > MOST_PIXELS:
                    raise _too_many_pixels(name)
                upright = _bare(source)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(name) from error
    except _DAMAGED as error:
        raise UserError(
            f"La photo {french.quoted(name)} est incomplète ou abîmée{french.NBSP}: elle n’a pas "
            "été jointe. Copiez-la à nouveau depuis l’appareil, puis réessayez."
        ) from error
    small = upright.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Photo(_jpeg(upright), _jpeg(small), upright.width, upright.height)


def _bare(source: "Image.Image") -> "Image.Image":
    """A new RGB image of the pixels: small, upright, in sRGB, on white, without any metadata."""
    from PIL import Image

    turn = _turn(source)
    drawn = source.convert("RGBA") if source.mode in {"P", "PA"} else source
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    pixels = _in_rgb(drawn)
    if turn is not None:
        pixels = pixels.transpose(turn)
    bare = Image.new("RGB", pixels.size)
    bare.paste(pixels)
    return bare


def _turn(source: "Image.Image") -> "Image.Transpose | None":
    """How to set the photo upright, from its EXIF orientation; None when it says nothing."""
    from PIL import Image

    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    try:
        return turns.get(source.getexif().get(_ORIENTATION, 1))
    except _DAMAGED:
        return None


def _in_rgb(source: "Image.Image") -> "Image.Image":
    from PIL import Image

    if source.mode.startswith(("I", "F")):  # 16-bit grey: keep the high byte
        return source.convert("F").point(lambda value: value / 256).convert("RGB")
    if "A" in source.mode or "transparency" in source.info:
        opaque = Image.new("RGBA", source.size, "white")
        opaque.alpha_composite(source.convert("RGBA"))
        return opaque.convert("RGB")
    return _in_srgb(source) or source.convert("RGB")


def _in_srgb(source: "Image.Image") -> "Image.Image | None":
    """Colours of a wide-gamut or CMYK photo, before its profile is dropped; None without one."""
    from PIL import ImageCms

    profile = source.info.get("icc_profile")
    if not profile or source.mode not in {"RGB", "CMYK", "L"}:
        return None
    try:
        return ImageCms.profileToProfile(
            source,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _jpeg(image: "Image.Image") -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()


def _too_many_pixels(name: str) -> UserError:
    return UserError(
        f"L’image {french.quoted(name)} a plus de {french.number(MOST_PIXELS / 1e6)} millions de "
        "points, trop pour être ouverte sans risque. Réduisez-la, puis réessayez."
    )
