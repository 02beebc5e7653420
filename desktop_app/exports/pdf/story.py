"""The flowing content of a document and its logical tree, built together in reading order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Spacer, Table

from desktop_app.exports.charts_scene import Scene
from desktop_app.exports.pdf.flowables import Pill, SceneFlowable, TaggedParagraph
from desktop_app.exports.pdf.structure import Element
from desktop_app.exports.pdf.styles import WIDTH, color, style
from desktop_app.exports.pdf.text import markup, paragraphs, plain

Cell = Flowable | list[Flowable] | str
RIGHT = "right"


@dataclass(slots=True)
class Story:
    """Methods append what they are named after. Texts are user text unless named ``markup``."""

    root: Element = field(default_factory=lambda: Element("Document"))
    flowables: list[Flowable] = field(default_factory=list)

    def title(self, text: str) -> None:
        self._heading("H1", "title", text, level=0)

    def h2(self, text: str, *, room: float = 90) -> None:
        """``room``: at least that much of the section stays with its heading."""
        self.flowables.append(CondPageBreak(room))
        self._heading("H2", "h2", text, level=1)

    def h3(self, text: str) -> None:
        self._heading("H3", "h3", text)

    def h4(self, text: str) -> None:
        self._heading("H4", "h4", text)

    def _heading(self, tag: str, name: str, text: str, level: int | None = None) -> None:
        paragraph = TaggedParagraph(markup(text), style(name))
        outline = None if level is None else (text, level)
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
                ("BACKGROUND", (0, 0), (-1, -1), color("neutral_bg")),
                ("LINEBEFORE", (0, 0), (0, -1), 3, color("accent")),
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
            parts = [
                TaggedParagraph(part, style(name)).tagged(body.add("P"), bar=bar)
                for part in paragraphs(text)
            ]
            if note:
                last = TaggedParagraph(markup(note), style("item note"))
                parts.append(last.tagged(body.add("P"), bar=bar))
            if sum(len(part.text or "") for part in parts) < 900:
                self.flowables.append(KeepTogether(parts))
            else:
                self.flowables += parts

    def scenes(self, rows: Sequence[Sequence[tuple[str, Scene]]]) -> None:
        """Charts in a grid, each under its title. A row is as many columns as it has charts."""
        for row in rows:
            width = WIDTH / len(row)
            cells: list[list[Flowable]] = []
            for title, scene in row:
                head = TaggedParagraph(markup(title), style("chart title"))
                head.tagged(self.root.add("P"))
                cells.append([head, SceneFlowable(scene, self.root.add("Figure", alt=scene.alt))])
            table = Table([cells], colWidths=[width] * len(row))
            table.setStyle(
                [
                    ("LEFTPADDING", (0, 0), (-1, -1), 0),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                    ("TOPPADDING", (0, 0), (-1, -1), 4),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ]
            )
            self.flowables.append(table)


@dataclass(slots=True)
class Grid:
    """A data table: header row repeated and read once, first column naming its row."""

    story: Story
    widths: Sequence[float]
    element: Element = field(init=False)
    rows: list[list[object]] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    rights: Sequence[int] = ()
    plain: bool = False  # no header row repeated, lighter

    def __post_init__(self) -> None:
        self.element = self.story.root.add("Table")

    def head(self, *names: str) -> None:
        row = self.element.add("TR")
        cells: list[object] = []
        for index, name in enumerate(names):
            look = "head right" if index in self.rights else "head"
            paragraph = TaggedParagraph(markup(name), style(look))
            cells.append(paragraph.tagged(row.add("TH", scope="Column"), once=True))
        self.rows.append(cells)

    def group(self, text: str) -> None:
        """A row that spans the table and names what follows."""
        row = self.element.add("TR")
        cell = row.add("TH", scope="Column", col_span=len(self.widths))
        paragraph = TaggedParagraph(markup(text), style("group")).tagged(cell)
        self.groups.append(len(self.rows))
        self.rows.append([paragraph, *[""] * (len(self.widths) - 1)])

    def row(self) -> "Row":
        return Row(self, self.element.add("TR"))

    def close(self, *, after: float = 8, row_height: float | None = None) -> None:
        """Puts the finished table in the story. ``row_height`` fixes the rows under the header."""
        heights = None if row_height is None else [None] + [row_height] * (len(self.rows) - 1)
        table = Table(
            self.rows, list(self.widths), heights, repeatRows=0 if self.plain else 1, splitInRow=1
        )
        rules: list[tuple[object, ...]] = [
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, color("line")),
            ("LINEABOVE", (0, 0), (-1, 0), 0.5, color("line")),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
            ("LEFTPADDING", (0, 0), (-1, -1), 5),
            ("RIGHTPADDING", (0, 0), (-1, -1), 5),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ]
        if not self.plain:
            rules.append(("BACKGROUND", (0, 0), (-1, 0), color("background")))
        for index in self.groups:
            rules.append(("SPAN", (0, index), (-1, index)))
            rules.append(("BACKGROUND", (0, index), (-1, index), color("background")))
        table.setStyle(rules)
        self.story.flowables += [table, Spacer(1, after)]


@dataclass(slots=True)
class Row:
    """The cells of one row, left to right; the first is its header."""

    grid: Grid
    element: Element
    cells: list[object] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.grid.rows.append(self.cells)

    def _element(self) -> Element:
        if self.cells:
            return self.element.add("TD")
        return self.element.add("TH", scope="Row")

    def text(self, text: str, note: str = "", *, strong: bool = False, look: str = "cell") -> "Row":
        """A cell of user text and, under it, a smaller note."""
        suffix = " right" if len(self.cells) in self.grid.rights else ""
        name = f"cell strong{suffix}" if strong else f"{look}{suffix}"
        element = self._element()
        parts = [
            TaggedParagraph(part, style(name)).tagged(element.add("P")) for part in paragraphs(text)
        ]
        parts += [
            TaggedParagraph(part, style(f"cell note{suffix}")).tagged(element.add("P"))
            for part in paragraphs(note)
        ]
        self.cells.append(parts or "")
        return self

    def pill(self, text: str, tone: str) -> "Row":
        self.cells.append(Pill(plain(text), tone, self._element().add("P")))
        return self

    def scene(self, scene: Scene) -> "Row":
        element = self._element().add("Figure", alt=scene.alt)
        self.cells.append(SceneFlowable(scene, element))
        return self
