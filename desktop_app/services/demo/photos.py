"""Drawn stand-ins for photos: geometric, deterministic, and saying that they are fictitious."""

import hashlib
import io
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from desktop_app.services.demo.content import Data

WIDTH, HEIGHT = 960, 640
_THUMBNAIL = 320
_BAND = 44
_FINER = 2  # drawn larger, then reduced: smooth edges


@dataclass(frozen=True, slots=True)
class DrawnPhoto:
    """JPEG bytes and their thumbnail's."""

    content: bytes
    thumbnail: bytes
    sha256: str


def draw(scene: Data, number: int) -> DrawnPhoto:
    """``scene`` has a wall, a floor and shapes in percent; ``number`` is written on the picture."""
    image = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER), scene["wall"])
    pen = ImageDraw.Draw(image)
    pen.rectangle(_pixels([0, scene["horizon"], 100, 100]), fill=scene["floor"])
    for shape in scene["shapes"]:
        points = _pixels(shape["points"])
        if shape["kind"] == "polygon":
            pen.polygon(points, fill=shape["fill"])
        elif shape["kind"] == "ellipse":
            pen.ellipse(points, fill=shape["fill"])
        else:
            pen.rectangle(points, fill=shape["fill"])
    image = image.resize((WIDTH, HEIGHT))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, HEIGHT - _BAND, WIDTH, HEIGHT), fill="#14211F")
    words = f"Photo fictive, dessin {number}"  # Pillow's own font has no French spaces
    middle = HEIGHT - _BAND // 2
    pen.text((20, middle), words, fill="#FFFFFF", font=ImageFont.load_default(24), anchor="lm")
    content = _jpeg(image, 80)
    image.thumbnail((_THUMBNAIL, _THUMBNAIL))
    return DrawnPhoto(content, _jpeg(image, 75), hashlib.sha256(content).hexdigest())


def _pixels(percents: list[int]) -> list[tuple[int, int]]:
    """Points of the larger drawing."""
    return [
        (x * WIDTH * _FINER // 100, y * HEIGHT * _FINER // 100)
        for x, y in zip(percents[::2], percents[1::2], strict=True)
    ]


def _jpeg(image: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()
