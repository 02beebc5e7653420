"""Pages, their head and foot, and the writing of a story: whole, or not at all."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import cast

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from desktop_app.exports.atomic import written_beside
from desktop_app.exports.pdf.canvas import TaggedCanvas
from desktop_app.exports.pdf.fonts import BOLD, REGULAR, SEMIBOLD
from desktop_app.exports.pdf.logo import logo_reader
from desktop_app.exports.pdf.story import Story
from desktop_app.exports.pdf.styles import BOTTOM, HEIGHT, MARGIN, PAGE, TOP, WIDTH, color
from desktop_app.exports.pdf.text import plain
from desktop_app.exports.progress import Progress
from desktop_app.services.documents.rows import DocumentHeader

ILLUSTRATIVE = "Données fictives"
PROGRAM = "Carnet d’impact"


def write_story(
    story: Story,
    path: Path,
    *,
    header: DocumentHeader,
    title: str,
    running: str,
    invariant: bool = False,
) -> Iterator[Progress]:
    """Lays the story out page by page. Closing the iterator cancels: nothing is left behind.

    ``running`` stands at the right of each page's head. ``invariant`` leaves out the clock, so that
    the same rows give the same bytes.
    """
    total = len(story.flowables) + 1
    with written_beside(path) as temporary:
        template = _Template(temporary, header, running, invariant=invariant)
        maker = partial(TaggedCanvas, root=story.root)
        for left in template.steps(story.flowables, maker):
            yield Progress(total - 1 - left, total, "Mise en page")
        producer = f"{PROGRAM} {header.version}"
        template.finish(title, header.organisation or header.author, producer)
    yield Progress(total, total, "Document écrit")


class _Template(BaseDocTemplate):
    _startBuild: Callable[[str | None, object], None]
    _endBuild: Callable[[], None]

    def __init__(
        self, path: Path, header: DocumentHeader, running: str, *, invariant: bool
    ) -> None:
        super().__init__(
            str(path), pagesize=PAGE, invariant=int(invariant), pageCompression=1, lang="fr-FR",
            initialFontName=REGULAR,
        )  # fmt: skip
        self._header, self._running = header, running
        frame = Frame(MARGIN, BOTTOM, WIDTH, HEIGHT, 0, 0, 0, 0)
        self.addPageTemplates([PageTemplate("page", [frame], onPage=self._decorate)])

    def steps(self, flowables: list[Flowable], maker: object) -> Iterator[int]:
        """Platypus' own loop, one flowable at a time; yields how many are left."""
        self._startBuild(None, maker)
        while flowables:
            self.clean_hanging()
            self.handle_flowable(flowables)
            yield len(flowables)

    def finish(self, title: str, author: str, producer: str) -> None:
        self._doSave = 0
        self._endBuild()
        canvas = cast("TaggedCanvas", self.canv)
        canvas.finish(title, author, producer)
        canvas.save()
        canvas.release()

    def _decorate(self, page: Canvas, _: BaseDocTemplate) -> None:
        """Head and foot: artifacts, drawn outside any element."""
        canvas = cast("TaggedCanvas", page)
        width, height = PAGE
        right, line = width - MARGIN, height - TOP + 26
        canvas.saveState()
        left = MARGIN + self._draw_logo(canvas, line)
        canvas.setFillColor(color("accent_text"))
        canvas.setFont(BOLD, 9)
        organisation = _fit(self._header.organisation or PROGRAM, BOLD, 9, WIDTH * 0.42)
        canvas.drawString(left, line + 8, organisation)
        canvas.setFillColor(color("muted"))
        canvas.setFont(REGULAR, 8.5)
        canvas.drawRightString(right, line + 8, _fit(self._running, REGULAR, 8.5, WIDTH * 0.4))
        canvas.setStrokeColor(color("accent"))
        canvas.setLineWidth(1.3)
        canvas.line(MARGIN, line, right, line)
        if self._header.illustrative:
            _badge(canvas, left + stringWidth(organisation, BOLD, 9) + 10, line + 5)
        canvas.setStrokeColor(color("line"))
        canvas.setLineWidth(0.6)
        canvas.line(MARGIN, BOTTOM - 18, right, BOTTOM - 18)
        canvas.setFillColor(color("muted"))
        canvas.setFont(REGULAR, 8)
        kind = "données fictives" if self._header.illustrative else "données pseudonymisées"
        title = self._header.notebook_title
        foot = f"{PROGRAM} · {title}" if kind in title else f"{PROGRAM} · {kind} · {title}"
        canvas.drawString(MARGIN, BOTTOM - 30, _fit(foot, REGULAR, 8, WIDTH * 0.8))
        canvas.translate(right, BOTTOM - 30)
        canvas.number_page(REGULAR, 8, color("muted"))
        canvas.restoreState()

    def _draw_logo(self, canvas: TaggedCanvas, line: float) -> float:
        """The room it takes, 0 without a readable logo."""
        logo = logo_reader(self._header.logo)
        if logo is None:
            return 0.0
        wide, high = logo.getSize()
        height = 22.0
        width = min(height * wide / max(high, 1), 90.0)
        canvas.drawImage(
            logo, MARGIN, line + 4, width, height, mask="auto", preserveAspectRatio=True
        )
        return width + 8


def _badge(canvas: TaggedCanvas, x: float, y: float) -> None:
    text = ILLUSTRATIVE
    width = stringWidth(text, SEMIBOLD, 7.5) + 12
    canvas.setFillColor(color("warn_bg"))
    canvas.roundRect(x, y, width, 12.5, 6.2, stroke=0, fill=1)
    canvas.setFillColor(color("warn"))
    canvas.setFont(SEMIBOLD, 7.5)
    canvas.drawString(x + 6, y + 3.6, text)


def _fit(text: str, font: str, size: float, room: float) -> str:
    """One line of user text, cut with « … » where the room ends."""
    line = plain(text.replace("\n", " "))[:400]
    if stringWidth(line, font, size) <= room:
        return line
    while line and stringWidth(f"{line}…", font, size) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"
