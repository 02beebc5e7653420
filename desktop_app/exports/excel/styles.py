"""Fonts whose parts come in the order Office's schema asks."""

from typing import Any

from openpyxl.styles import Font
from openpyxl.utils.indexed_list import IndexedList

NAME = "Calibri"
SIZE = 11


class OrderedFont(Font):
    """An openpyxl font serialised as b, i, …, sz, color, name, family, charset, scheme."""

    tagname = "font"
    __elements__ = (
        "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign",
        "sz", "color", "name", "family", "charset", "scheme",
    )  # fmt: skip


# The metaclass only sees the parts a class declares itself: these are Font's own.
OrderedFont.__nested__ = Font.__nested__


def font(*, size: int = SIZE, bold: bool = False, color: str | None = None) -> OrderedFont:
    return OrderedFont(name=NAME, size=size, bold=bold, color=color, family=2, scheme="minor")


def set_default_font(workbook: Any) -> None:
    """Replaces the default font, which openpyxl always writes in its own order."""
    workbook._fonts = IndexedList([font()])  # noqa: SLF001  (openpyxl has no setter)
