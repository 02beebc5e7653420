"""Where an experiment's indicators stand: a bar and its words, whole or level by level."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.exports.charts_scene import Scene
from desktop_app.exports.charts_tally import tally_bar
from desktop_app.french import NBSP, plural
from desktop_app.services.programme.experiment_words import (
    counts_text,
    level_tallies,
    level_text,
    levels_text,
    reached_text,
)
from desktop_app.services.results.rows import ExperimentResult, Level, Movement, Tally
from desktop_app.services.results.tally_words import tally_parts
from desktop_app.services.vocabulary import label
from desktop_app.views.charts.scene_view import SceneView
from desktop_app.views.look.theme import current_tokens, dp, repolish
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.card_grid import CardGrid
from desktop_app.views.widgets.flow import FlowLayout
from desktop_app.views.widgets.text import small, text, tip
from desktop_app.views.widgets.tone_line import Part, ToneLine

BAR = 10
WIDTH = 140
"""Of the bar beside a title, in pixels at a text of 100 %."""


class TallyWord(QAbstractButton):
    """« 1 en recul », clicked or opened with Entrée or Espace; a point follows, unless last."""

    def __init__(self, movement: Movement, words: str, *, last: bool) -> None:
        super().__init__()
        self.movement = movement
        self._last = last
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(f"Voir les résultats{NBSP}: {label(movement)}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font())
        wide = metrics.horizontalAdvance(self.text()) + dp(8)
        point = 0 if self._last else metrics.horizontalAdvance("·")
        return QSize(round(wide + point + 1), round(metrics.height()) + dp(4))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = current_tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._font()
        wide = QFontMetricsF(font).horizontalAdvance(self.text())
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        worst = self.movement is Movement.DECLINE
        painter.setPen(QColor(colours["bad" if worst else "ink"]))
        area = QRectF(self.rect())
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area.adjusted(dp(4), 0, 0, 0), int(side), self.text())
        if not self._last:
            font.setUnderline(False)
            painter.setFont(font)
            painter.setPen(QColor(colours["muted"]))
            painter.drawText(area.adjusted(dp(8) + wide, 0, 0, 0), int(side), "·")
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours["focus"]), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(1, 1, wide + dp(6), self.height() - 2)
            painter.drawRoundedRect(ring, 4, 4)
        painter.end()

    def _font(self) -> QFont:
        font = QFont(self.font())
        if self.movement is Movement.DECLINE:
            font.setWeight(QFont.Weight.DemiBold)
        return font


class TallyStrip(QWidget):
    """The bar and its words beside a title. Signal ``asked(Movement)``: show those indicators."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tally = Tally()
        self._said = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dp(8))
        self._bar = SceneView(self._scene, height=BAR)
        self._bar.setFixedWidth(dp(WIDTH))
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        self._box = QWidget()
        self._words = FlowLayout(self._box, spacing=0)
        row.addWidget(self._box, 1)
        self.words: tuple[TallyWord, ...] = ()

    def show_result(self, result: ExperimentResult) -> None:
        """Keeps the focus on the same word."""
        held = next((word.movement for word in self.words if word.hasFocus()), None)
        while (item := self._words.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        parts = tally_parts(result.tally)
        made = []
        for position, (movement, words) in enumerate(parts):
            last = position == len(parts) - 1 and not result.qualitative
            word = TallyWord(movement, words, last=last)
            word.clicked.connect(lambda _=False, movement=movement: self.asked.emit(movement))
            self._words.addWidget(word)
            word.show()
            made.append(word)
        self.words = tuple(made)
        if result.qualitative or not parts:
            rest = plural(result.qualitative, "qualitatif") if parts else counts_text(result)
            other = text(rest, "muted", wrap=False)
            other.setContentsMargins(dp(4), 0, 0, 0)
            self._words.addWidget(other)
            other.show()
        self._tally = result.tally
        self._said = ". ".join([counts_text(result), *levels_text(result)])
        self._bar.setVisible(result.tally.total > 0)
        self._bar.setToolTip(tip("\n".join(levels_text(result))))
        self._bar.redraw()
        self.setAccessibleName(f"{self._said}.")
        for word in self.words:
            if word.movement is held:
                word.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    def _scene(self, width: float, height: float) -> Scene:
        return tally_bar(self._tally, width=width, height=height, alt=f"{self._said}.")


class LevelsCard(Card):
    """« Réalisations 1 / 2 », bar and words, for each level of the results chain."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Où en sont les indicateurs", parent=parent)
        self._rows = {level: _LevelRow(level) for level in Level}
        grid = CardGrid(220, 2, even=True, spacing=20)
        grid.set_widgets(list(self._rows.values()))
        self.body.addWidget(grid)
        self.body.addWidget(small("Cibles atteintes sur les indicateurs du niveau."))

    def show_result(self, result: ExperimentResult) -> None:
        for level, tally in level_tallies(result):
            self._rows[level].show_tally(tally)


class _LevelRow(QWidget):
    def __init__(self, level: Level) -> None:
        super().__init__()
        self._level = level
        self._tally = Tally()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dp(3))
        head = QHBoxLayout()
        head.addWidget(text(label(level), "strong"), 1)
        self._reached = text("", "strong", wrap=False)
        head.addWidget(self._reached)
        self._bar = SceneView(self._scene, height=BAR)
        self._words = ToneLine()
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addWidget(self._words)
        column.addStretch(1)

    def show_tally(self, tally: Tally) -> None:
        self._tally = tally
        self._reached.setText(reached_text(tally))
        self._reached.setProperty("tone", "" if tally.total else "neutral")
        repolish(self._reached)
        self._words.set_parts(
            [
                Part(words, "bad", bold=True) if movement is Movement.DECLINE else Part(words)
                for movement, words in tally_parts(tally)
            ]
        )
        for widget in (self._bar, self._words):
            widget.setVisible(tally.total > 0)
        self._bar.redraw()
        self.setAccessibleName(level_text(self._level, tally))

    def _scene(self, width: float, height: float) -> Scene:
        said = level_text(self._level, self._tally)
        return tally_bar(self._tally, width=width, height=height, alt=f"{said}.")
