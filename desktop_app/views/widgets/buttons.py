"""Buttons. A shortcut is both shown beside the text, lighter, and bound."""

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from desktop_app.views.look.icons import icon
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.keys import key_names
from desktop_app.views.widgets.text import tip


class Button(QPushButton):
    """A push button that shows its shortcut after its text (« Nouvelle visite  Ctrl N »).

    Enter presses the one that has the focus, in a dialog or out of it, and no other.
    """

    def __init__(
        self, text: str, kind: str, shortcut: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self._hint = ""
        if shortcut:
            self.set_shortcut(shortcut)

    def setText(self, text: str) -> None:
        """Keeps the shortcut, which Qt replaces by the text's mnemonic."""
        kept = self.shortcut()
        super().setText(text)
        self.setShortcut(kept)

    def set_shortcut(self, shortcut: str) -> None:
        """Binds « Ctrl+N » and shows it."""
        self.show_shortcut(shortcut)
        self.setShortcut(QKeySequence(shortcut))

    def show_shortcut(self, shortcut: str) -> None:
        """Shows a shortcut that something else binds (the window's own)."""
        self._hint = key_names(shortcut, " ")
        self.setToolTip(tip(f"{self.text()} ({key_names(shortcut)})"))
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not held:
            self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._hint:
            hint.setWidth(hint.width() + self.fontMetrics().horizontalAdvance(self._hint) + dp(6))
        return hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._hint else super().minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._hint:
            super().paintEvent(event)
            return
        option: Any = QStyleOptionButton()  # its fields are missing from the stubs
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        style = self.style()
        style.drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        colour = option.palette.buttonText().color()
        metrics = self.fontMetrics()
        gap = dp(6)
        width = metrics.horizontalAdvance(self.text()) + gap + metrics.horizontalAdvance(self._hint)
        left = (self.width() - width) // 2
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(colour)
        painter.drawText(QRect(left, 0, width, self.height()), flags, self.text())
        left += metrics.horizontalAdvance(self.text()) + gap
        font = painter.font()
        font.setWeight(font.Weight.Normal)
        painter.setFont(font)
        painter.setOpacity(0.8)
        painter.drawText(QRect(left, 0, width, self.height()), flags, self._hint)
        painter.end()


def primary(text: str, shortcut: str = "") -> Button:
    """The page's main action: one per page."""
    return Button(text, "primary", shortcut)


def secondary(text: str, shortcut: str = "") -> Button:
    return Button(text, "secondary", shortcut)


def danger(text: str, shortcut: str = "") -> Button:
    """An action that removes something."""
    return Button(text, "danger", shortcut)


def link(text: str, shortcut: str = "") -> Button:
    """A borderless action in the accent's colour."""
    made = Button(text, "link", shortcut)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def quiet(icon_name: str, accessible_name: str, shortcut: str = "") -> Button:
    """A borderless icon button; its name is its tool tip."""
    made = Button("", "quiet")
    made.setIcon(icon(icon_name, "muted"))
    made.setIconSize(QSize(dp(18), dp(18)))
    made.setAccessibleName(accessible_name)
    made.setToolTip(tip(accessible_name))
    if shortcut:
        made.setShortcut(QKeySequence(shortcut))
        made.setToolTip(tip(f"{accessible_name} ({key_names(shortcut)})"))
    return made
