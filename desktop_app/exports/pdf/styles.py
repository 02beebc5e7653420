"""The look of the documents: measures in points, colours from the light tokens."""

from functools import cache
from typing import Any, Final

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle

from desktop_app.exports.pdf.fonts import BOLD, ITALIC, REGULAR, SEMIBOLD, register
from desktop_app.system.tokens import tokens

PAGE: Final = A4
MARGIN: Final = 52.0
TOP: Final = 68.0
BOTTOM: Final = 56.0
WIDTH: Final = PAGE[0] - 2 * MARGIN
HEIGHT: Final = PAGE[1] - TOP - BOTTOM


def color(token: str) -> Color:
    return HexColor(tokens("light")[token])


def hexadecimal(token: str) -> str:
    """The colour as Paragraph markup writes it."""
    return tokens("light")[token]


@cache
def style(name: str) -> ParagraphStyle:
    """A paragraph style by name (see ``_DECLARED``)."""
    register()
    font, size, leading, token, before, after, *rest = _DECLARED[name]
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=leading,
        textColor=color(str(token)),
        spaceBefore=before,
        spaceAfter=after,
        splitLongWords=1,
        alignment=TA_RIGHT if "right" in rest else 0,
        leftIndent=11 if "indent" in rest else 0,
        allowWidows=0,
        allowOrphans=0,
    )


# name: font, size, leading, colour token, space before, space after, options
_DECLARED: Final[dict[str, tuple[Any, ...]]] = {
    "title": (BOLD, 23, 27, "ink", 0, 2),
    "subtitle": (REGULAR, 11, 15, "muted", 0, 3),
    "scope": (REGULAR, 8.4, 11, "muted", 0, 5),
    "h2": (BOLD, 13.5, 17, "ink", 12, 3),
    "h3": (SEMIBOLD, 10.5, 14, "accent_text", 5, 2),
    "h4": (SEMIBOLD, 9.5, 12.5, "ink", 3, 2),
    "question": (ITALIC, 9.5, 13, "muted", 0, 6),
    "body": (REGULAR, 9.5, 13.5, "ink", 0, 5),
    "brief": (REGULAR, 10, 14.5, "ink", 0, 3),
    "note": (REGULAR, 7.8, 10.3, "muted", 1, 4),
    "remark": (REGULAR, 7.8, 10.3, "muted", 0, 1),
    "traits": (REGULAR, 7.6, 9.8, "muted", 0, 2),
    "caption": (REGULAR, 8, 10.5, "muted", 2, 6),
    "chart title": (SEMIBOLD, 8.5, 11, "ink", 0, 2),
    "chart note": (REGULAR, 7.2, 9.2, "muted", 1, 0),
    "item": (REGULAR, 9.5, 13.2, "ink", 0, 1, "indent"),
    "quote": (ITALIC, 9.5, 13.2, "ink", 0, 1, "indent"),
    "item note": (REGULAR, 8, 10.8, "muted", 0, 7, "indent"),
    "line item": (REGULAR, 8.8, 11.8, "ink", 0, 4, "indent"),
    "line quote": (ITALIC, 8.8, 11.8, "ink", 0, 4, "indent"),
    "definition": (REGULAR, 8.4, 11, "ink", 0, 1.5),
    "cell": (REGULAR, 8.6, 11, "ink", 0, 0),
    "cell strong": (SEMIBOLD, 8.6, 11, "ink", 0, 0),
    "cell note": (REGULAR, 7.2, 9.2, "muted", 0, 0),
    "cell right": (REGULAR, 8.6, 11, "ink", 0, 0, "right"),
    "cell strong right": (BOLD, 9.2, 11, "ink", 0, 0, "right"),
    "cell note right": (REGULAR, 7.2, 9.2, "muted", 0, 0, "right"),
    "head": (SEMIBOLD, 7.8, 10, "muted", 0, 0),
    "head right": (SEMIBOLD, 7.8, 10, "muted", 0, 0, "right"),
    "group": (SEMIBOLD, 8.8, 11.2, "ink", 0, 0),
    "figure": (BOLD, 17, 20, "accent_text", 0, 0),
    "figure label": (REGULAR, 8.2, 10.5, "muted", 0, 0),
    "observation": (SEMIBOLD, 9.5, 13, "accent", 0, 2),
    "mention": (SEMIBOLD, 9, 12, "warn", 0, 3),
}
