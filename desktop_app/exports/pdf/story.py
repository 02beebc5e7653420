"""The flowing content of a document and its logical tree, built together in reading order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Spacer, Table

from desktop_app.exports.charts_scene import Scene
from desktop_app.exports.pdf.flowables import SceneFlowable, TaggedParagraph
from desktop_app.exports.pdf.fonts import REGULAR
from desktop_app.exports.pdf.structure import Element
from desktop_app.exports.pdf.styles import WIDTH, color, hexadecimal, style
from desktop_app.exports.pdf.text import markup, paragraphs, shortened

Cell = Flowable | list[Flowable] | str
RIGHT = "right"


@dataclass(slots=True)
class Story:
    """Methods append what they are named after. Texts are user text unless named ``markup``."""

    root: Element = field(default_factory=lambda: Element("Document"))
    flowables: list[Flowable] = field(default_factory=list)

    def title(self, text: str) -> None:
        self._heading("H1", "title", text, level=0)

    def h2(self, text: str, *, room: float = 90) -> CondPageBreak:
        """``room``: at least that much of the section stays with its heading.

        The break it asks for is returned: its ``height`` may grow when more is known.
        """
        start = CondPageBreak(room)
        self.flowables.append(start)
        self._heading("H2", "h2", text, level=1)
        return start

    def h3(self, text: str, *, room: float = 62) -> None:
        self.flowables.append(CondPageBreak(room))
        self._heading("H3", "h3", text)

    def h4(self, text: str) -> None:
        self.flowables.append(CondPageBreak(84))
        self._heading("H4", "h4", text)

    def _heading(self, tag: str, name: str, text: str, level: int | None = None) -> None:
        short = shortened(text, 600)
        paragraph = TaggedParagraph(markup(short), style(name))
        outline = None if level is None else (shortened(text, 200), level)
        self.flowables.append(paragraph.tagged(self.root.add(tag), outline=outline))

    def text(self, text: str, name: str = "body") -> None:
        """User text, one P a paragraph; nothing when empty."""
        for part in paragraphs(text):
            self.markup(part, name)

    def markup(self, text: str, name: str = "body") -> None:
        """Our own markup, already escaped."""
        self.flowables.append(TaggedParagraph(text, style(name)).tagged(self.root.add("P")))

    def space(self, height: float) -> None:
        self.flowables.append(Spacer(1, height))

    def page_break(self) -> None:
        self.flowables.append(PageBreak())

    def brief(self, parts: Sequence[str]) -> None:
        """The tinted box of markup paragraphs at the head of a document."""
        cells: list[Flowable] = [
            TaggedParagraph(part, style("brief")).tagged(self.root.add("P")) for part in parts
        ]
        table = Table([[cells]], colWidths=[WIDTH])
        table.setStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), REGULAR),
                ("BACKGROUND", (0, 0), (-1, -1), color("neutral_bg")),
                ("LINEBEFORE", (0, 0), (0, -1), 3, color("accent"), 0),
                ("LEFTPADDING", (0, 0), (-1, -1), 14),
                ("RIGHTPADDING", (0, 0), (-1, -1), 12),
                ("TOPPADDING", (0, 0), (-1, -1), 9),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
            ]
        )
        self.flowables += [table, Spacer(1, 8)]

    def figures(self, entries: Sequence[tuple[str, str]]) -> None:
        """Key figures side by side: a value, and what it is. One P each."""
        width = WIDTH / len(entries)
        cells: list[list[Flowable]] = []
        for value, name in entries:
            element = self.root.add("P")
            cells.append(
                [
                    TaggedParagraph(markup(value), style("figure")).tagged(element),
                    TaggedParagraph(markup(name), style("figure label")).tagged(element),
                ]
            )
        table = Table([cells], colWidths=[width] * len(entries))
        table.setStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), REGULAR),
                ("LINEABOVE", (0, 0), (-1, 0), 0.6, color("line")),
                ("LINEBELOW", (0, 0), (-1, -1), 0.6, color("line")),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 8),
                ("TOPPADDING", (0, 0), (-1, -1), 6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
        self.flowables += [table, Spacer(1, 4)]

    def items(self, entries: Iterable[tuple[str, str, str, str]]) -> None:
        """A list: each entry is (text, note, colour token of its rule, style)."""
        listed = self.root.add("L")
        for text, note, bar, name in entries:
            body = listed.add("LI").add("LBody")
            parts: list[Flowable] = [
                TaggedParagraph(part, style(name)).tagged(body.add("P"), bar=bar)
                for part in paragraphs(text)
            ]
            if note:
                last = TaggedParagraph(markup(note), style("item note"))
                parts.append(last.tagged(body.add("P"), bar=bar))
            if len(text) + len(note) < 900:
                self.flowables.append(KeepTogether(parts))
            else:
                self.flowables += parts

    def lines(self, entries: Iterable[tuple[str, str, str, str]]) -> None:
        """The same list, denser: the note follows the text (see ``items``)."""
        listed = self.root.add("L")
        for text, note, bar, name in entries:
            body = listed.add("LI").add("LBody")
            look = f'name="{REGULAR}" size="7.6" color="{hexadecimal("muted")}"'
            small = f" <font {look}>{markup(note)}</font>"
            *first, last = paragraphs(text)
            for part in (*first, f"{last}{small}"):
                paragraph = TaggedParagraph(part, style(f"line {name}"))
                self.flowables.append(paragraph.tagged(body.add("P"), bar=bar))

    def scenes(self, rows: Sequence[Sequence[tuple[str, str, Scene]]]) -> None:
        """Charts side by side, each between its title and a caption (often none)."""
        for row in rows:
            cells: list[list[Flowable]] = []
            for title, caption, scene in row:
                head = TaggedParagraph(markup(shortened(title)), style("chart title"))
                head.tagged(self.root.add("P"))
                cell: list[Flowable] = [head]
                cell.append(SceneFlowable(scene, self.root.add("Figure", alt=scene.alt)))
                if caption:
                    under = TaggedParagraph(markup(caption), style("chart note"))
                    cell.append(under.tagged(self.root.add("P")))
                cells.append(cell)
            self.columns(cells)

    def columns(self, cells: Sequence[list[Flowable]]) -> None:
        """Cells side by side: two columns, or the whole width for a wide one. No table to read."""
        if not cells:
            return
        wide = any(cell.width > WIDTH / 2 for cell in cells[0] if isinstance(cell, SceneFlowable))
        widths = [WIDTH] if wide else [WIDTH / 2, WIDTH / 2]
        row = [*cells, *[""] * (len(widths) - len(cells))]
        table = Table([row], colWidths=widths)
        table.setStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), REGULAR),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("LEFTPADDING", (1, 0), (-1, -1), 10),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 4),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
        self.flowables.append(table)
