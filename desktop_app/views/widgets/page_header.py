"""The head of a page: breadcrumb, title, state, and the page's actions at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.views.look.theme import dp
from desktop_app.views.navigation import Place
from desktop_app.views.widgets.buttons import link
from desktop_app.views.widgets.flow import FlowLayout
from desktop_app.views.widgets.pill import Pill
from desktop_app.views.widgets.text import text


class _Line(QLabel):
    """Wraps only when one line does not fit."""

    def __init__(self, words: str, role: str) -> None:
        super().__init__(words)
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + dp(2), hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(dp(120), super().minimumSizeHint().height())


class PageHeader(QWidget):
    """Emits ``followed(Place)`` when a step of the breadcrumb is chosen: connect it to ``go``.

    The actions go under the title when both do not fit side by side.
    """

    followed = Signal(object)

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(dp(10))
        self._titles = QWidget()
        left = QVBoxLayout(self._titles)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(dp(1))
        self._row.addWidget(self._titles, 1)
        self._crumbs = QHBoxLayout()
        self._crumbs.setSpacing(0)
        left.addLayout(self._crumbs)
        self._line = QHBoxLayout()
        self._line.setSpacing(dp(12))
        self.title_label = _Line(title, "h1")
        self._line.addWidget(self.title_label)
        self.pill = Pill("", "neutral", self)
        self._line.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignVCenter)
        self._line.addStretch(1)
        left.addLayout(self._line)
        self._beside: QWidget | None = None
        self._under = QHBoxLayout()
        left.addLayout(self._under)
        self._beneath = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beneath.setSpacing(dp(8))
        self.subtitle_label = _Line("", "muted")
        self.subtitle_label.hide()
        self._beneath.addWidget(self.subtitle_label)
        self._notes: list[QWidget] = []
        left.addLayout(self._beneath)
        self._action_box = QWidget()
        self._actions = FlowLayout(self._action_box)
        self._row.addWidget(self._action_box, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_title(self, title: str) -> None:
        self.title_label.setText(title)
        self._settle()

    def set_subtitle(self, subtitle: str) -> None:
        self.subtitle_label.setText(subtitle)
        self.subtitle_label.setVisible(bool(subtitle))
        self._settle()

    def add_note(self, widget: QWidget) -> None:
        """Something more after the subtitle, or under it when the line is too short."""
        if not self._notes:
            self._beneath.addStretch(1)
        self._notes.append(widget)
        self._beneath.insertWidget(len(self._notes), widget, 0, Qt.AlignmentFlag.AlignLeft)

    def set_beside(self, widget: QWidget) -> None:
        """Something more at the right of the title, or under it when the line is too short."""
        self._beside = widget
        self._under.addWidget(widget, 1)
        self._settle()

    def set_pill(self, word: str, tone: str = "neutral") -> None:
        """The state beside the title; an empty word hides it."""
        self.pill.set(word, tone)

    def set_breadcrumb(self, steps: Sequence[tuple[str, Place | None]]) -> None:
        """Steps above the title; one without a place is plain text."""
        while (item := self._crumbs.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for position, (name, place) in enumerate(steps):
            if position:
                self._crumbs.addWidget(text(" / ", "muted", wrap=False))
            if place is None:
                self._crumbs.addWidget(text(name, "muted", wrap=False))
                continue
            step = link(name)
            step.setProperty("crumb", True)
            step.clicked.connect(lambda _=False, place=place: self.followed.emit(place))
            self._crumbs.addWidget(step)
        self._crumbs.addStretch(1)

    def add_action(self, widget: QWidget) -> None:
        """Adds a widget at the right; the last added is the rightmost (the primary action)."""
        self._actions.addWidget(widget)
        self._settle()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        widest = max(self._titles.minimumSizeHint().width(), self._actions.minimumSize().width())
        return QSize(widest, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        """Chooses between one line and two; a title may wrap once before the actions move."""
        notes = [note.sizeHint().width() for note in self._notes if not note.isHidden()]
        title = min(max(self.title_label.sizeHint().width(), *notes, 0), dp(420))
        needed = title + self.pill.sizeHint().width() + self._actions.sizeHint().width() + dp(24)
        directions = QBoxLayout.Direction
        wanted = directions.TopToBottom if needed > self.width() else directions.LeftToRight
        if wanted != self._row.direction():
            self._row.setDirection(wanted)
            side = Qt.AlignmentFlag.AlignVCenter
            if wanted == directions.TopToBottom:
                side = Qt.AlignmentFlag(0)
            self._row.setAlignment(self._action_box, side)
        beside = wanted == directions.LeftToRight
        self._place_beside(actions_too=beside)
        self._place_notes(self._actions.sizeHint().width() + dp(10) if beside else 0)

    def _place_beside(self, *, actions_too: bool) -> None:
        if self._beside is None:
            return
        taken = [self.title_label.sizeHint(), self.pill.sizeHint(), self._beside.sizeHint()]
        if actions_too:
            taken.append(self._actions.sizeHint())
        fits = sum(size.width() for size in taken) + dp(48) <= self.width()
        wanted, other = (self._line, self._under) if fits else (self._under, self._line)
        if wanted.indexOf(self._beside) < 0:
            other.removeWidget(self._beside)
            wanted.insertWidget(2 if fits else 0, self._beside, 0 if fits else 1)

    def _place_notes(self, taken: int) -> None:
        """``taken``: the width that the actions take beside the titles."""
        shown = [note for note in self._notes if not note.isHidden()]
        if not shown:
            return
        needed = sum(note.sizeHint().width() + dp(8) for note in shown)
        needed += self.subtitle_label.sizeHint().width()
        directions = QBoxLayout.Direction
        fits = needed + taken <= self.width()
        self._beneath.setDirection(directions.LeftToRight if fits else directions.TopToBottom)
