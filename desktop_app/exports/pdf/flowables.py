"""Platypus flowables that carry their structure element, through page breaks too."""

from contextlib import AbstractContextManager
from typing import cast

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph

from desktop_app.exports.charts_scene import Dot, Line, Polyline, Rect, Scene, Shape, Text
from desktop_app.exports.pdf.canvas import TaggedCanvas
from desktop_app.exports.pdf.fonts import BOLD, REGULAR, SEMIBOLD
from desktop_app.exports.pdf.structure import Element
from desktop_app.exports.pdf.styles import color
from desktop_app.exports.pdf.text import plain

PILL_SIDES = 12.0


class TaggedParagraph(Paragraph):
    """A paragraph (of escaped markup) whose text belongs to ``element``, split or not.

    ``once``: a repeated table header is read on its first page only. ``bar``: a colour token for
    the rule at its left. ``outline``: its entry and level in the bookmarks.
    """

    element: Element | None = None
    once: bool = False
    bar: str = ""
    outline: tuple[str, int] | None = None

    def tagged(
        self,
        element: Element | None,
        *,
        once: bool = False,
        bar: str = "",
        outline: tuple[str, int] | None = None,
    ) -> "TaggedParagraph":
        self.element, self.once, self.bar, self.outline = element, once, bar, outline
        return self

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        parts = cast("list[TaggedParagraph]", super().split(availWidth, availHeight))
        for index, part in enumerate(parts):
            if part is not self:
                part.tagged(self.element, once=self.once, bar=self.bar)
                part.outline = self.outline if index == 0 else None
        return cast("list[Flowable]", parts)

    def draw(self) -> None:
        canvas = cast("TaggedCanvas", self.canv)
        if self.bar:
            canvas.setFillColor(color(self.bar))
            canvas.rect(0, -1, 2.4, self.height + 1, stroke=0, fill=1)
        if self.outline:
            text, level = self.outline
            key = f"h{canvas.next_bookmark()}"
            canvas.bookmarkHorizontal(key, 0, self.height + 12)
            canvas.addOutlineEntry(text, key, level, closed=level > 0)
        element = self.element
        if self.once and element is not None and element.contents:
            element = None
        with canvas.marked(element):
            super().draw()


class Pill(Flowable):
    """A word in its colour on its tinted ground; the word alone carries the meaning."""

    def __init__(self, text: str, tone: str, element: Element, size: float = 7.6) -> None:
        super().__init__()
        self.text, self.tone, self.element, self.size = plain(text), tone, element, size

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Letters grow smaller rather than leave the column."""
        del availHeight
        wanted = stringWidth(self.text, SEMIBOLD, self.size)
        if wanted + PILL_SIDES > availWidth:
            self.size *= max((availWidth - PILL_SIDES) / wanted, 0.5)
        self.width, self.height = min(wanted + PILL_SIDES, availWidth), self.size + 6
        return self.width, self.height

    def draw(self) -> None:
        canvas = cast("TaggedCanvas", self.canv)
        ground = "neutral_bg" if self.tone in ("muted", "neutral") else f"{self.tone}_bg"
        canvas.setFillColor(color(ground))
        canvas.roundRect(0, 0, self.width, self.height, self.height / 2, stroke=0, fill=1)
        canvas.setFillColor(color("muted" if self.tone == "neutral" else self.tone))
        canvas.setFont(SEMIBOLD, self.size)
        with canvas.marked(self.element):
            canvas.drawCentredString(self.width / 2, 3 + self.size * 0.1, self.text)


class SceneFlowable(Flowable):
    """A neutral scene on paper: one Figure, its text alternative that of the scene."""

    def __init__(self, scene: Scene, element: Element) -> None:
        super().__init__()
        self.scene, self.element = scene, element
        self.width, self.height = scene.width, scene.height

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        del availWidth, availHeight
        return self.width, self.height

    def draw(self) -> None:
        canvas = cast("TaggedCanvas", self.canv)
        with figure(canvas, self.element, self.width, self.height):
            for shape in self.scene.shapes:
                draw_shape(canvas, shape, self.height)


class Photo(Flowable):
    """A JPEG, fitted in ``width`` x ``height``."""

    def __init__(self, jpeg: bytes, width: float, height: float, element: Element) -> None:
        super().__init__()
        self.jpeg, self.width, self.height, self.element = jpeg, width, height, element

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        del availWidth, availHeight
        return self.width, self.height

    def draw(self) -> None:
        canvas = cast("TaggedCanvas", self.canv)
        with figure(canvas, self.element, self.width, self.height):
            canvas.draw_jpeg(self.jpeg, self.width, self.height)


def figure(
    canvas: TaggedCanvas, element: Element, width: float, height: float
) -> AbstractContextManager[None]:
    """Marks a figure's content and notes where it lies on the page."""
    left, bottom = canvas.absolutePosition(0, 0)
    element.bbox = (left, bottom, left + width, bottom + height)
    return canvas.marked(element)


def draw_shape(canvas: TaggedCanvas, shape: Shape, height: float) -> None:
    """``height`` turns the scene's downward y into the page's upward one."""
    match shape:
        case Line():
            canvas.setStrokeColor(color(shape.color))
            canvas.setLineWidth(shape.width)
            canvas.setDash(list(shape.dash))
            canvas.line(shape.x1, height - shape.y1, shape.x2, height - shape.y2)
            canvas.setDash([])
        case Rect():
            canvas.setFillColor(color(shape.color))
            left, top, wide, tall, radius = shape.frame
            if shape.outline:
                canvas.setStrokeColor(color(shape.outline))
                canvas.setLineWidth(shape.outline_width)
            outlined = 1 if shape.outline else 0
            bottom = height - top - tall
            canvas.roundRect(left, bottom, wide, tall, radius, stroke=outlined, fill=1)
        case Text():
            _draw_text(canvas, shape, height)
        case Polyline():
            canvas.setStrokeColor(color(shape.color))
            canvas.setLineWidth(shape.width)
            canvas.setLineJoin(1)
            path = canvas.beginPath()
            for index, (x, y) in enumerate(shape.points):
                (path.lineTo if index else path.moveTo)(x, height - y)
            canvas.drawPath(path, stroke=1, fill=0)
        case Dot():
            canvas.setFillColor(color(shape.color))
            canvas.circle(shape.x, height - shape.y, shape.radius, stroke=0, fill=1)


def _draw_text(canvas: TaggedCanvas, shape: Text, height: float) -> None:
    canvas.setFillColor(color(shape.color))
    canvas.setFont(BOLD if shape.bold else REGULAR, shape.size)
    write = {
        "start": canvas.drawString,
        "middle": canvas.drawCentredString,
        "end": canvas.drawRightString,
    }[shape.anchor]
    write(shape.x, height - shape.y, plain(shape.text))
