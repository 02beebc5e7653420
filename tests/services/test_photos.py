"""Photos made anonymous: what must not leave the camera, and what must not enter the notebook."""

import io
import random
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from desktop_app.errors import UserError
from desktop_app.services.visits import photos

MAKER, ARTIST, COMMENT, GPS = 0x010F, 0x013B, 0x9286, 0x8825
ORIENTATION = 0x0112


def told_jpeg(size: tuple[int, int] = (640, 480), orientation: int = 1) -> bytes:
    """A photo that says where, when and by whom; its top left corner is red, the rest blue."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 4, size[1] // 4))
    exif = Image.Exif()
    exif[MAKER] = "Appareil de Lucas"
    exif[ARTIST] = "Lucas Untel"
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS).update({1: "N", 2: (49.0, 2.0, 3.5), 3: "E", 4: (2.0, 22.0, 1.0)})
    exif.get_ifd(0x8769)[COMMENT] = b"ASCII\x00\x00\x00chez Mme Untel"
    file = io.BytesIO()
    image.save(
        file,
        "JPEG",
        exif=exif,
        comment=b"Lucas Untel, IME",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        xmp=b"<x:xmpmeta><dc:creator>Lucas Untel</dc:creator></x:xmpmeta>",
    )
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_the_source_does_say_who_and_where() -> None:
    source = opened(told_jpeg())
    assert source.getexif()[ARTIST] == "Lucas Untel"
    assert source.getexif().get_ifd(GPS)[1] == "N"
    assert {"comment", "icc_profile", "xmp"} <= source.info.keys()


@pytest.mark.parametrize("part", ["content", "thumbnail"])
def test_nothing_but_pixels_is_kept(part: str) -> None:
    kept = getattr(photos.anonymous(told_jpeg(), "p.jpg"), part)
    image = opened(kept)
    assert dict(image.getexif()) == {}
    assert dict(image.getexif().get_ifd(GPS)) == {}
    assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Untel" not in kept
    assert b"Exif" not in kept
    assert b"xmp" not in kept.lower()
    assert b"ICC_PROFILE" not in kept


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1)), (5, (0, 0)), (6, (1, 0)), (7, (1, 1)),
     (8, (0, 1))],
)  # fmt: skip
def test_the_photo_is_set_upright(orientation: int, corner: tuple[int, int]) -> None:
    photo = photos.anonymous(told_jpeg((640, 480), orientation), "p.jpg")
    image = opened(photo.content)
    assert image.size == (photo.width, photo.height)
    assert image.size == ((480, 640) if orientation >= 5 else (640, 480))
    places = {
        (x, y): image.getpixel((10 + x * (image.width - 21), 10 + y * (image.height - 21)))
        for x in (0, 1)
        for y in (0, 1)
    }
    red = [place for place, colour in places.items() if colour[0] > 200]  # type: ignore[index]
    assert red == [corner]


def test_a_large_photo_is_shrunk_and_a_small_one_left() -> None:
    large = photos.anonymous(told_jpeg((4000, 3000)), "p.jpg")
    assert (large.width, large.height) == (2048, 1536)
    assert max(opened(large.thumbnail).size) == 320
    small = photos.anonymous(told_jpeg((200, 100)), "p.jpg")
    assert (small.width, small.height) == (200, 100)
    assert opened(small.thumbnail).size == (200, 100)


@pytest.mark.parametrize(
    ("mode", "colour", "fmt", "seen"),
    [
        ("RGBA", (200, 0, 0, 0), "PNG", (255, 255, 255)),
        ("LA", (0, 255), "PNG", (0, 0, 0)),
        ("L", 120, "TIFF", (120, 120, 120)),
        ("I;16", 30720, "PNG", (120, 120, 120)),
        ("CMYK", (0, 255, 255, 0), "JPEG", (255, 0, 0)),
        ("RGB", (10, 200, 10), "WEBP", (10, 200, 10)),
        ("1", 1, "PNG", (255, 255, 255)),
    ],
)
def test_every_kind_of_pixel_becomes_a_plain_jpeg(
    mode: str, colour: float | tuple[int, ...], fmt: str, seen: tuple[int, int, int]
) -> None:
    file = io.BytesIO()
    Image.new(mode, (300, 200), colour).save(file, fmt)
    image = opened(photos.anonymous(file.getvalue(), "p").content)
    assert (image.format, image.mode) == ("JPEG", "RGB")
    pixel = image.getpixel((150, 100))
    assert all(abs(a - b) <= 6 for a, b in zip(pixel, seen, strict=True))  # type: ignore[arg-type]


def test_a_truncated_photo_is_refused() -> None:
    data = told_jpeg((1200, 900))
    with pytest.raises(UserError, match="incomplète ou abîmée"):
        photos.anonymous(data[: len(data) // 2], "p.jpg")


def test_bit_flips_are_refused_or_give_a_clean_photo() -> None:
    chance = random.Random(7)  # noqa: S311
    whole = told_jpeg()
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(20):
            data[chance.randrange(2, len(data))] ^= 1 << chance.randrange(8)
        try:
            photo = photos.anonymous(bytes(data), "p.jpg")
        except UserError:
            continue
        assert b"Untel" not in photo.content


def test_a_decompression_bomb_is_refused_before_it_is_decoded() -> None:
    """A PNG of 60,000 × 60,000 points in some kilobytes: 10 GB once decoded."""
    with pytest.raises(UserError, match="80 millions de points"):
        photos.anonymous(png_header(60_000, 60_000), "bombe.png")
    with pytest.raises(UserError, match="80 millions de points"):
        photos.anonymous(png_header(10_000, 9_000), "grande.png")


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )


def test_text_hidden_in_a_png_does_not_pass(tmp_path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "Lucas Untel")
    path = tmp_path / "p.png"
    Image.new("RGB", (40, 30), "white").save(path, pnginfo=info)
    assert b"Untel" in path.read_bytes()
    assert b"Untel" not in photos.anonymous(path.read_bytes(), "p.png").content
