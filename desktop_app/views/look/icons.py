"""Icons: glyphs of Phosphor, one of the fonts shipped by qtawesome.

Only its font and character map are read. Importing qtawesome itself costs 100 ms and registers
eleven fonts in 60 ms more, on the user interface's thread; this costs 5 ms, on first painting.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QIconEngine,
    QPainter,
    QPixmap,
)

from desktop_app.views.look.theme import current_tokens


@cache
def _glyphs() -> tuple[str, dict[str, str]]:
    """Family of the registered font and its characters by name."""
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        return "", {}
    folder = Path(spec.origin).parent / "fonts"
    font = next(folder.glob("phosphor-*.ttf"))
    chars = json.loads(next(folder.glob("phosphor-charmap-*.json")).read_text(encoding="utf-8"))
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(font)))
    return families[0], {name: chr(int(code, 16)) for name, code in chars.items()}


def glyph_family() -> str:
    """The icons' font, loaded. Raises when it is not there: painting would end the program."""
    return _glyphs()[0]


class _GlyphEngine(QIconEngine):
    """Paints in the colour of the theme in force: nothing to rebuild when it changes."""

    def __init__(self, name: str, color: str) -> None:
        super().__init__()
        self._name = name
        self._color = color

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        del state
        family, glyphs = _glyphs()
        colours = current_tokens()
        disabled = mode == QIcon.Mode.Disabled
        font = QFont(family)
        font.setPixelSize(max(1, rect.height()))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font)
        painter.setPen(QColor(colours["muted" if disabled else self._color]))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, glyphs.get(self._name, ""))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._name, self._color)


def icon(name: str, color_token: str = "ink") -> QIcon:  # noqa: S107  (a colour)
    """An icon by its Phosphor name (« house », « map-pin », « flask »…) in a token's colour."""
    return QIcon(_GlyphEngine(name, color_token))
