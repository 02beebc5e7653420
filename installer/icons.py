"""Draws the program's icons in every size from their SVG: ``make icons`` after changing one.

The pictures are kept beside their source, because the window takes its icon before anything that
reads SVG is loaded. 16 to 24 pixels have a drawing of their own: the other would be a blur.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from installer.common import ROOT

FOLDER = ROOT / "resources" / "icons" / "app"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
SMALL = 24
ICO_SIZES = (16, 24, 32, 48, 64, 256)


def draw(source: Path, size: int) -> bytes:
    """The PNG of an SVG at ``size`` pixels a side."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(source)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, b"PNG")
    return bytes(buffer.data().data())


def main() -> int:
    for name in ("app", "notebook"):
        pictures: dict[int, bytes] = {}
        for size in SIZES:
            small = FOLDER / f"{name}-small.svg"
            source = small if size <= SMALL and small.exists() else FOLDER / f"{name}.svg"
            pictures[size] = draw(source, size)
            (FOLDER / f"{name}-{size}.png").write_bytes(pictures[size])
        frames = [Image.open(io.BytesIO(pictures[size])) for size in ICO_SIZES]
        frames[-1].save(
            FOLDER / f"{name}.ico",
            sizes=[(size, size) for size in ICO_SIZES],
            append_images=frames[:-1],
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
