"""Data tables, tagged: header row read once, first column naming its row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from reportlab.platypus import Spacer, Table

from desktop_app.exports.charts_scene import Scene
from desktop_app.exports.pdf.flowables import Pill, SceneFlowable, TaggedParagraph
from desktop_app.exports.pdf.fonts import REGULAR
from desktop_app.exports.pdf.story import Story
from desktop_app.exports.pdf.structure import Element
from desktop_app.exports.pdf.styles import HEIGHT, color, style
from desktop_app.exports.pdf.text import fitting, markup, paragraphs, plain, shortened

CELL_LINES = 14  # beyond, a cell's text goes on under its table
CHARACTER = 4.4  # mean width of a character in a cell, in points
PADDING = 10.0


@dataclass(slots=True)
class Grid:
    """A data table: header row repeated and read once, first column naming its row."""

    story: Story
    widths: Sequence[float]
    element: Element = field(init=False)
    rows: list[list[object]] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    remarks: list[int] = field(default_factory=list)
    overflow: list[str] = field(default_factory=list)
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
        paragraph = TaggedParagraph(markup(shortened(text, 1500)), style("group"))
        self.groups.append(len(self.rows))
        self.rows.append([paragraph.tagged(cell), *[""] * (len(self.widths) - 1)])

    def remark(self, text: str) -> None:
        """What must be read with the row above: under it, all across the table."""
        cell = self.element.add("TR").add("TD", col_span=len(self.widths))
        paragraph = TaggedParagraph(markup(shortened(text, 1500)), style("remark"))
        self.remarks.append(len(self.rows))
        self.rows.append([paragraph.tagged(cell.add("P")), *[""] * (len(self.widths) - 1)])

    def row(self) -> "Row":
        return Row(self, self.element.add("TR"))

    def close(self, *, after: float = 8, row_height: float | None = None, first: int = 0) -> float:
        """Puts the finished table in the story. ``row_height`` fixes the rows under the header.

        Returns the height of the ``first`` rows.
        """
        heights = None if row_height is None else [None] + [row_height] * (len(self.rows) - 1)
        table = Table(self.rows, list(self.widths), heights, repeatRows=0 if self.plain else 1)
        table.setStyle(self._rules())
        self.story.flowables += [table, Spacer(1, after)]
        for number, rest in enumerate(self.overflow, start=1):
            self.story.text(f"Suite {number} du tableau\u00a0: {rest}", "definition")
        if not first:
            return 0.0
        table.wrap(sum(self.widths), HEIGHT)
        return float(sum(cast("Any", table)._rowHeights[:first]))  # noqa: SLF001

    def _rules(self) -> list[Any]:
        """Lines, grounds and paddings; what a page break must not part."""
        rules: list[Any] = [
            ("FONTNAME", (0, 0), (-1, -1), REGULAR),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, color("line")),
            ("LINEABOVE", (0, 0), (-1, 0), 0.5, color("line")),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 5),
            ("RIGHTPADDING", (0, 0), (-1, -1), 5),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ]
        if self.plain:
            rules += [("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]
        else:
            rules += [
                ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
                ("BACKGROUND", (0, 0), (-1, 0), color("background")),
            ]
        for index in self.groups:
            rules.append(("SPAN", (0, index), (-1, index)))
            if index + 1 < len(self.rows):
                rules.append(("NOSPLIT", (0, index), (0, index + 1)))
            rules.append(("BACKGROUND", (0, index), (-1, index), color("background")))
        for index in self.remarks:
            rules += [
                ("SPAN", (0, index), (-1, index)),
                ("NOSPLIT", (0, index - 1), (0, index)),
                ("LINEBELOW", (0, index - 1), (-1, index - 1), 0.5, color("surface")),
                ("TOPPADDING", (0, index), (-1, index), 0),
            ]
        return rules


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
        columns = int((self.grid.widths[len(self.cells)] - PADDING) / CHARACTER)
        element = self._element()
        parts = [
            TaggedParagraph(part, style(kind)).tagged(element.add("P"))
            for words, kind in ((text, name), (note, f"cell note{suffix}"))
            for part in paragraphs(self._kept(words, columns))
        ]
        self.cells.append(parts or "")
        return self

    def _kept(self, text: str, columns: int) -> str:
        """The part of a text that stays in its cell, telling where the rest is."""
        kept, rest = fitting(text, columns, CELL_LINES)
        if not rest:
            return kept
        self.grid.overflow.append(rest)
        return f"{kept}… (suite {len(self.grid.overflow)} sous le tableau)"

    def pill(self, text: str, tone: str, note: str = "") -> "Row":
        """A state in its colour and, under it, a smaller note."""
        element = self._element()
        shown = Pill(plain(text), tone, element.add("P"))
        said = [
            TaggedParagraph(part, style("cell note")).tagged(element.add("P"))
            for part in paragraphs(note)
        ]
        self.cells.append([shown, Spacer(1, 1.5), *said] if said else shown)
        return self

    def scene(self, scene: Scene) -> "Row":
        element = self._element().add("Figure", alt=scene.alt)
        self.cells.append(SceneFlowable(scene, element))
        return self
