"""Paints the scenes of exports/charts on screen: the same drawing as in the documents."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.exports.charts_scene import Dot, Line, Polyline, Rect, Scene, Shape, Text
from desktop_app.views.look.theme import current_scale, current_tokens

Build = Callable[[float, float], Scene]


def paint_scene(painter: QPainter, scene: Scene, left: float, top: float, unit: float) -> None:
    """``unit`` is pixels a point; colours are those of the theme in force."""
    colours = current_tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(left, top)
    for shape in scene.shapes:
        _paint(painter, shape, QColor(colours[shape.color]), unit)
    painter.restore()


def _paint(painter: QPainter, shape: Shape, colour: QColor, unit: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match shape:
        case Line():
            pen = QPen(colour, shape.width * unit)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if shape.dash:
                pen.setDashPattern([length / shape.width for length in shape.dash])
            painter.setPen(pen)
            start, end = QPointF(shape.x1, shape.y1) * unit, QPointF(shape.x2, shape.y2) * unit
            painter.drawLine(start, end)
        case Rect():
            painter.setPen(Qt.PenStyle.NoPen)
            if shape.outline:
                line = QColor(current_tokens()[shape.outline])
                painter.setPen(QPen(line, shape.outline_width * unit))
            painter.setBrush(colour)
            left, top, width, height, radius = (length * unit for length in shape.frame)
            painter.drawRoundedRect(QRectF(left, top, width, height), radius, radius)
        case Polyline():
            pen = QPen(colour, shape.width * unit)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([QPointF(x, y) * unit for x, y in shape.points]))
        case Dot():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(
                QPointF(shape.x, shape.y) * unit, shape.radius * unit, shape.radius * unit
            )
        case Text():
            _write(painter, shape, colour, unit)


def _write(painter: QPainter, shape: Text, colour: QColor, unit: float) -> None:
    font = QFont(painter.font())
    font.setPixelSize(max(1, round(shape.size * unit)))
    font.setBold(shape.bold)
    painter.setFont(font)
    painter.setPen(colour)
    width = QFontMetricsF(font).horizontalAdvance(shape.text)
    shift = {"start": 0.0, "middle": width / 2, "end": width}[shape.anchor]
    painter.drawText(QPointF(shape.x * unit - shift, shape.y * unit), shape.text)


class SceneView(QWidget):
    """A scene as wide as the place it is given.

    ``build(width, height)`` is asked for a scene in points; ``unit`` is pixels a point and
    ``height`` a height in pixels, both at a text of 100 %.
    """

    def __init__(
        self, build: Build, *, height: float, unit: float = 1.0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._build = build
        self._height = height
        self._unit = unit
        self._scene: Scene | None = None
        self._made_for = QSize()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_height(self, height: float) -> None:
        self._height = height
        self.updateGeometry()
        self.redraw()

    def redraw(self) -> None:
        """What is shown changed."""
        self._scene = None
        self.update()

    def scene(self) -> Scene:
        if self._scene is None or self._made_for != self.size():
            unit = self._unit * current_scale()
            self._made_for = self.size()
            self._scene = self._build(self.width() / unit, self.height() / unit)
            self.setAccessibleName(self._scene.alt)
        return self._scene

    def sizeHint(self) -> QSize:
        return QSize(round(120 * current_scale()), round(self._height * current_scale()))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(60 * current_scale()), round(self._height * current_scale()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self.updateGeometry()
            self.redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        paint_scene(painter, self.scene(), 0, 0, self._unit * current_scale())
        painter.end()
