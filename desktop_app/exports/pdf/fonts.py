"""Source Sans Pro, embedded as subsets; every character read back as it was written."""

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any, Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from desktop_app.errors import UserError

REGULAR: Final = "CarnetSans"
BOLD: Final = "CarnetSans-Bold"
SEMIBOLD: Final = "CarnetSans-Semibold"
ITALIC: Final = "CarnetSans-Italic"
_FILES: Final = {
    REGULAR: "SourceSansPro-Regular.ttf",
    BOLD: "SourceSansPro-Bold.ttf",
    SEMIBOLD: "SourceSansPro-Semibold.ttf",
    ITALIC: "SourceSansPro-It.ttf",
}

# reportlab breaks lines at U+202F and turns U+00A0 into a plain space: inside its paragraphs they
# travel as these private characters, which draw the same glyph and read back as the real ones.
STAND_INS: Final = {0x202F: 0xE02F, 0x00A0: 0xE0A0}


class ReadableFont(TTFont):
    """A TrueType font whose ToUnicode map is right: no U+0000, blocks of at most 100 entries."""

    def __init__(self, name: str, filename: str) -> None:
        super().__init__(name, filename, asciiReadable=0)
        for real, stand_in in STAND_INS.items():
            self.face.charToGlyph[stand_in] = self.face.charToGlyph[real]
            self.face.charWidths[stand_in] = self.face.charWidths[real]

    def addObjects(self, doc: Any) -> None:
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            internal = doc.idToObject["BasicFonts"].dict[f"{self._internal(doc)}+{number}"]
            doc.idToObject[internal.ToUnicode.name].content = _cmap(internal.BaseFont, subset)

    def _internal(self, doc: Any) -> str:
        return str(doc.fontMapping[self.fontName]).removeprefix("/")


@cache
def register() -> None:
    """Makes the family known to reportlab. Raises UserError when the fonts are not installed."""
    folder = _folder()
    try:
        for name, file in _FILES.items():
            pdfmetrics.registerFont(ReadableFont(name, str(folder / file)))
    except (OSError, TTFError) as error:
        raise UserError(
            "La police Source Sans Pro manque\u00a0: le PDF ne peut pas être composé. "
            "Réinstallez Carnet d’impact."
        ) from error
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=ITALIC, boldItalic=SEMIBOLD
    )


@cache
def characters() -> frozenset[int]:
    """The code points that every weight can draw."""
    register()
    fonts: list[Any] = [pdfmetrics.getFont(name) for name in _FILES]
    return frozenset.intersection(*(frozenset(font.face.charToGlyph) for font in fonts))


def _folder() -> Path:
    """The one place that knows how the font package lies on the disk (or in the frozen program)."""
    spec = importlib.util.find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        return Path("font_source_sans_pro")
    return Path(spec.origin).parent / "files"


def _cmap(name: str, subset: list[int]) -> str:
    """The ToUnicode map of one subset (ISO 32000-1, 9.10.3)."""
    real = {stand_in: char for char, stand_in in STAND_INS.items()}
    entries = [(code, real.get(char, char)) for code, char in enumerate(subset) if char]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code:02X}> <{_utf16(char)}>" for code, char in block]
        lines.append("endbfchar")
    return "\n".join(
        [*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    )


def _utf16(char: int) -> str:
    return chr(char).encode("utf-16-be").hex().upper()
