"""Reads a PDF back as a screen reader would: its structure tree, in order, with its text."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

from desktop_app.exports.progress import Progress

Writer = Callable[..., Iterator[Progress]]


def written(writer: Writer, document: object, folder: Path, name: str = "document.pdf") -> Path:
    path = folder / name
    for step in writer(document, path, invariant=True):
        assert 0 <= step.done <= step.total
        assert step.label
    return path


def bare(text: str) -> str:
    """Without spaces: where lines were broken does not matter."""
    return re.sub(r"[\s\u202f\u00a0]+", "", text)


@dataclass
class Node:
    tag: str
    text: str = ""
    alt: str = ""
    scope: str = ""
    span: int = 1
    has_box: bool = False
    kids: list["Node"] = field(default_factory=list)

    def all(self, tag: str) -> Iterator["Node"]:
        if self.tag == tag:
            yield self
        for kid in self.kids:
            yield from kid.all(tag)

    @property
    def said(self) -> str:
        """All that can be read or heard of it: its words and its text alternatives."""
        return " ".join([self.words, *(node.alt for node in self.everything())])

    def everything(self) -> Iterator["Node"]:
        yield self
        for kid in self.kids:
            yield from kid.everything()

    @property
    def words(self) -> str:
        return " ".join(part for part in (self.text, *(k.words for k in self.kids)) if part)


def structure(path: Path) -> Node:
    with pikepdf.open(path) as pdf:
        texts = {page.objgen: _marked_texts(page) for page in pdf.pages}
        return _node(pdf.Root.StructTreeRoot.K, texts)


def _node(element: pikepdf.Object, texts: dict) -> Node:
    node = Node(str(element.S)[1:], alt=str(element.get("/Alt", "")))
    for attributes in element.get("/A", []):
        node.scope = str(attributes.get("/Scope", "/"))[1:] or node.scope
        node.span = int(attributes.get("/ColSpan", node.span))
        node.has_box = node.has_box or "/BBox" in attributes
    for kid in element.get("/K", []):
        if kid.get("/Type") == "/MCR":
            node.text += texts[kid.Pg.objgen].get(int(kid.MCID), "")
        else:
            node.kids.append(_node(kid, texts))
    return node


def _marked_texts(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked content of a page, through the fonts' ToUnicode maps."""
    maps = {
        name: _to_unicode(font.ToUnicode.read_bytes().decode("latin-1"))
        for name, font in page.Resources.Font.items()
        if "/ToUnicode" in font
    }
    found: dict[int, str] = {}
    current: list[int | None] = []
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BDC":
            current.append(int(operands[1].MCID))
        elif name == "BMC":
            current.append(None)
        elif name == "EMC":
            current.pop()
        elif name == "Tf":
            font = maps[str(operands[0])]
        elif name in ("Tj", "TJ"):
            if not current:
                raise AssertionError("text drawn neither in an element nor in an artifact")
            if current[-1] is not None:
                text = "".join(font[code] for code in bytes(operands[0]))
                found[current[-1]] = f"{found.get(current[-1], '')}{text} "
    return found


def _to_unicode(cmap: str) -> dict[int, str]:
    pairs = re.findall(r"<(\w{2})> <(\w{4,8})>", cmap.split("endcodespacerange")[1])
    return {int(code, 16): bytes.fromhex(char).decode("utf-16-be") for code, char in pairs}
