"""The logical tree of a tagged PDF: what a screen reader follows, whatever the layout did.

The story builds the tree, in reading order; drawing only adds to its leaves the marked contents
(page, number). Written once the last page is out (ISO 32000-1, 14.7; PDF/UA-1).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFString,
)

KEPT_EMPTY = frozenset({"TD", "TH"})  # a grid stays whole


@dataclass(eq=False, slots=True)
class Element:
    """One structure element. ``bbox`` is set when its figure is drawn (page coordinates)."""

    tag: str
    parent: "Element | None" = None
    alt: str = ""
    scope: str = ""
    col_span: int = 1
    bbox: tuple[float, float, float, float] | None = None
    children: list["Element"] = field(default_factory=list)
    contents: list[tuple[int, int]] = field(default_factory=list)

    def add(self, tag: str, *, alt: str = "", scope: str = "", col_span: int = 1) -> "Element":
        """A new last child."""
        child = Element(tag, self, alt, scope, col_span)
        self.children.append(child)
        return child

    def release(self) -> None:
        """Takes the tree apart: parents and children hold one another."""
        pending = [self]
        while pending:
            element = pending.pop()
            pending += element.children
            element.parent, element.children = None, []

    @property
    def filled(self) -> bool:
        return bool(self.contents) or any(child.filled for child in self.children)

    def kept(self) -> Iterator["Element"]:
        return (child for child in self.children if child.tag in KEPT_EMPTY or child.filled)


def write_structure(
    doc: Any, root: Element, pages: Sequence[PDFObjectReference], marks: Sequence[int]
) -> None:
    """Puts the tree in the catalog of ``doc``, a PDFDocument.

    ``marks`` counts the marked contents of each page.
    """
    owners: list[list[PDFObjectReference | None]] = [[None] * count for count in marks]
    tree = PDFDictionary({"Type": PDFName("StructTreeRoot")})
    tree_reference = doc.Reference(tree, "StructTreeRoot")
    tree["K"] = _write(doc, root, tree_reference, pages, owners)
    numbers: list[object] = []
    for index, row in enumerate(owners):
        numbers += [index, doc.Reference(PDFArray(row))]
    tree["ParentTree"] = doc.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
    tree["ParentTreeNextKey"] = len(owners)
    doc.Catalog.StructTreeRoot = tree_reference
    doc.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})


def _write(
    doc: Any,
    element: Element,
    parent: PDFObjectReference,
    pages: Sequence[PDFObjectReference],
    owners: list[list[PDFObjectReference | None]],
) -> PDFObjectReference:
    entry = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(element.tag), "P": parent})
    reference: PDFObjectReference = doc.Reference(entry)
    kids: list[object] = []
    for page, number in element.contents:
        owners[page][number] = reference
        mark = {"Type": PDFName("MCR"), "Pg": pages[page], "MCID": number}
        kids.append(PDFDictionary(mark))
    kids += [_write(doc, child, reference, pages, owners) for child in element.kept()]
    entry["K"] = PDFArray(kids)
    if element.contents:
        entry["Pg"] = pages[element.contents[0][0]]
    if element.alt:
        entry["Alt"] = PDFString(element.alt)
    attributes = _attributes(element)
    if attributes:
        entry["A"] = PDFArray(attributes)
    return reference


def _attributes(element: Element) -> list[PDFDictionary]:
    attributes = []
    if element.scope or element.col_span > 1:
        table: dict[str, object] = {"O": PDFName("Table")}
        if element.scope:
            table["Scope"] = PDFName(element.scope)
        if element.col_span > 1:
            table["ColSpan"] = element.col_span
        attributes.append(PDFDictionary(table))
    if element.tag == "L":
        attributes.append(PDFDictionary({"O": PDFName("List"), "ListNumbering": PDFName("None")}))
    if element.bbox:
        box = PDFArray([round(side, 2) for side in element.bbox])
        attributes.append(
            PDFDictionary({"O": PDFName("Layout"), "Placement": PDFName("Block"), "BBox": box})
        )
    return attributes
