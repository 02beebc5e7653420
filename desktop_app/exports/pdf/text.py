"""What people wrote, made safe to lay out: never read as markup, no character without glyph."""

import re
import unicodedata
from xml.sax.saxutils import escape

from desktop_app.exports.pdf.fonts import STAND_INS, characters
from desktop_app.french import typeset

UNKNOWN = "?"
_LOOKALIKES = str.maketrans(
    {"\t": " ", "\u2009": "\u202f", "\u2007": "\u00a0", "\u2011": "-", "\u2010": "-", "\u2715": "×"}
)
_LINES = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
_GAP = re.compile(r"\n\s*\n")


def plain(text: str) -> str:
    """One piece of text as the fonts can draw it, no-break spaces standing in (see fonts).

    Controls and invisible formatting marks are dropped; a character without a glyph (an emoji)
    becomes « ? ».
    """
    known = characters()
    kept: list[str] = []
    for char in unicodedata.normalize("NFC", text).translate(_LOOKALIKES):
        code = ord(char)
        if char == "\n":
            kept.append(char)
        elif code in STAND_INS:
            kept.append(chr(STAND_INS[code]))
        elif unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Mn", "Me"):
            continue
        elif code in known:
            kept.append(char)
        else:
            kept.append(" " if char.isspace() else UNKNOWN)
    return "".join(kept)


def markup(text: str) -> str:
    """User text ready for a Paragraph: escaped, set in French, line ends kept."""
    return escape(plain(typeset(_LINES.sub("\n", text)))).replace("\n", "<br/>")


def paragraphs(text: str, limit: int = 4000) -> list[str]:
    """Markup of each paragraph (blank lines part them); none is longer than about ``limit``.

    Laying out one paragraph of 100,000 characters is quadratic: long ones are cut at a space.
    """
    blocks = _GAP.split(_LINES.sub("\n", text))
    return [
        markup(piece)
        for block in blocks
        if block.strip()
        for piece in _pieces(block.strip(), limit)
    ]


def shortened(text: str, limit: int = 160) -> str:
    """One line of at most ``limit`` characters, for a title or a sentence that quotes a name."""
    line = _LINES.sub(" ", text).strip()
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def lowered(text: str) -> str:
    """A label inside a sentence: its first letter small; an acronym keeps its capitals."""
    acronym = text[1:2].isupper() or text[1:2].isdigit()
    return text if acronym else text[:1].lower() + text[1:]


def fitting(text: str, columns: int, lines: int) -> tuple[str, str]:
    """What fits in about ``lines`` lines of ``columns`` characters, and the rest (often empty)."""
    text = _LINES.sub("\n", text).strip()
    used, cut = 0, 0
    for line in text.split("\n"):
        room = (lines - used) * columns
        if len(line) > room:
            cut += max(room, 0)
            space = text.rfind(" ", 0, cut)
            cut = space if space > cut // 2 else cut
            return text[:cut].rstrip(), text[cut:].strip()
        used += 1 + len(line) // columns
        cut += len(line) + 1
    return text, ""


def _pieces(block: str, limit: int) -> list[str]:
    pieces = []
    while len(block) > limit:
        cut = max(block.rfind(" ", 0, limit), block.rfind("\n", 0, limit))
        cut = limit if cut < limit // 2 else cut
        pieces.append(block[:cut])
        block = block[cut:].lstrip()
    return [*pieces, block]
