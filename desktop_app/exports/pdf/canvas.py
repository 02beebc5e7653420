"""A canvas that marks what it draws: an element's content, or an artifact."""

import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFImageXObject,
    PDFName,
    PDFObjectReference,
    PDFStream,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas

from desktop_app.exports.pdf.structure import Element, write_structure

PAGE_NUMBER = "page-number-{}"
_PAINTS = re.compile(r"(?:^|\s)(?:S|s|f\*?|F|B\*?|b\*?|Do|Tj|TJ|sh|T\*)(?=\s|$)")
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>fr-FR</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


class TaggedCanvas(Canvas):
    """What is drawn inside ``marked`` belongs to an element; all the rest is an artifact.

    Page numbers (« 3 / 6 ») are form objects drawn before the total is known and filled at the end.
    """

    _code: list[str]
    _doc: Any  # reportlab's document, which its stubs leave out

    def __init__(self, *args: object, root: Element, **options: object) -> None:
        self._root = root
        self._marks = 0
        self._bookmarks = 0
        self._marked: list[int] = []
        self._page_references: list[PDFObjectReference] = []
        super().__init__(*args, **options)  # type: ignore[arg-type]

    @contextmanager
    def marked(self, element: Element | None) -> Iterator[None]:
        """Nothing to mark (None) leaves the drawing an artifact. Not to be nested."""
        if element is None:
            yield
            return
        element.contents.append((len(self._page_references), self._marks))
        self._code.append(f"/{element.tag} <</MCID {self._marks}>> BDC")
        self._marks += 1
        yield
        self._code.append("EMC")

    def showPage(self) -> None:
        self._code[:] = artifacts(self._code)
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._page_references)
        page.Tabs = PDFName("S")
        self._page_references.append(self._doc.Reference(page))
        self._marked.append(self._marks)
        self._marks = 0

    def draw_jpeg(self, jpeg: bytes, width: float, height: float) -> None:
        """Draws a JPEG at the origin, embedded as it is.

        ``drawImage`` would decode it to name it, and re-encode it in ASCII.
        """
        name = hashlib.sha256(jpeg).hexdigest()[:32]
        if not self.hasForm(name):
            image: Any = PDFImageXObject(name, None)
            image.loadImageFromJPEG(io.BytesIO(jpeg))
            image.streamContent, image._filters = jpeg, ("DCTDecode",)  # noqa: SLF001
            self._doc.addForm(name, image)
        self.saveState()
        self.scale(width, height)
        self.doForm(name)
        self.restoreState()

    def next_bookmark(self) -> int:
        self._bookmarks += 1
        return self._bookmarks

    def number_page(self, font: str, size: float, color: Color) -> None:
        """Draws « n / total », ending at the origin, on the current page."""
        self._number_style = (font, size, color)
        self.doForm(PAGE_NUMBER.format(self.getPageNumber()))

    def finish(self, title: str, author: str, producer: str) -> None:
        """Says what the document is and writes its tree; call once, before ``save``."""
        self._fill_page_numbers()
        self.setTitle(title)
        self.setAuthor(author)
        self.setProducer(producer)
        self.setCreator(producer)
        catalog = self._doc.Catalog
        catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
        catalog.Lang = PDFString("fr-FR")
        write_structure(self._doc, self._root, self._page_references, self._marked)
        xmp = _XMP.format(title=escape(title), author=escape(author), producer=escape(producer))
        stream = PDFStream(
            PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}),
            xmp.encode(),
            filters=None,
        )
        catalog.Metadata = self._doc.Reference(stream)

    def release(self) -> None:
        """After ``save``: lets go of the document piece by piece.

        Its objects refer to one another, hundreds of thousands of them for a hundred pages: left
        to Python, collecting them would hold every thread for half a second.
        """
        self._root.release()
        objects: dict[str, object] = self._doc.idToObject
        while objects:
            found: Any = objects.popitem()[1]
            if isinstance(found, PDFDictionary):
                found.dict = {}
            elif isinstance(found, PDFArray):
                found.sequence = []
        self._doc = None

    def _fill_page_numbers(self) -> None:
        total = len(self._page_references)
        font, size, color = self._number_style
        for number in range(1, total + 1):
            self.beginForm(PAGE_NUMBER.format(number), -80, -20, 0, 20)
            self.setFont(font, size)
            self.setFillColor(color)
            self.drawRightString(0, 0, f"{number} / {total}")
            self.endForm()


def artifacts(code: list[str]) -> list[str]:
    """A page's operators with every painted run that belongs to no element marked as artifact."""
    out: list[str] = []
    run: list[str] = []
    inside = False
    for item in code:
        opens = item.endswith(" BDC")
        if not inside and not opens:
            run.append(item)
            continue
        if opens:
            out += _wrapped(run)
            run, inside = [], True
        out.append(item)
        inside = inside and item != "EMC"
    return [*out, *_wrapped(run)]


def _wrapped(run: list[str]) -> list[str]:
    painted = any(_PAINTS.search(item) for item in run)
    return ["/Artifact BMC", *run, "EMC"] if painted else run
