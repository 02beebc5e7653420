"""Paints the bullet bars of the results table."""

from typing import Any

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from desktop_app.exports.charts import indicator_bullet
from desktop_app.services.result_rows import IndicatorResult
from desktop_app.views.charts.scene_view import paint_scene
from desktop_app.views.tables.result_table import BAR
from desktop_app.views.tables.row_delegate import RowDelegate, row_height
from desktop_app.views.tables.row_model import ROW_ROLE, Index
from desktop_app.views.theme import current_scale, dp

BAR_HEIGHT = 18
BAR_WIDTH = 200


class ResultDelegate(RowDelegate):
    def paint_cell(self, painter: QPainter, area: QRectF, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if index.column() != BAR or not isinstance(row, IndicatorResult):
            super().paint_cell(painter, area, index)
            return
        unit = current_scale()
        scene = indicator_bullet(row, width=area.width() / unit, height=BAR_HEIGHT)
        paint_scene(painter, scene, area.left(), area.center().y() - BAR_HEIGHT * unit / 2, unit)

    def sizeHint(self, option: Any, index: Index) -> QSize:
        if index.column() == BAR:
            return QSize(dp(BAR_WIDTH), row_height(option.font))
        return super().sizeHint(option, index)
