"""The tabs under a page's title."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from desktop_app.views.look.theme import current_tokens, dp

TAB_GAP = 20  # the style sheet's margin at the right of a tab


class PageTabs(QTabBar):
    """Tabs known by their key. Emits ``changed(key)`` whenever the current tab changes.

    Ctrl+Page Down and Ctrl+Page Up go through them wherever the focus is in the window.
    """

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageTabs")
        self.setAccessibleName("Onglets de la page")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.currentChanged.connect(self._announce)
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda step=step: self._step(step))

    def add(self, key: str, text: str) -> None:
        index = self.count()
        self.blockSignals(True)  # the first tab becomes current: its key is not set yet
        self.addTab(text)
        self.setTabData(index, key)
        self.blockSignals(False)

    def set_text(self, key: str, text: str) -> None:
        """Changes a tab's text, e.g. « Actions (2) ». Raises KeyError."""
        self.setTabText(self._index(key), text)

    @property
    def current(self) -> str:
        """The key of the current tab; '' when there is none."""
        return str(self.tabData(self.currentIndex()) or "")

    def set_current(self, key: str) -> None:
        """Raises KeyError. Emits ``changed`` only when the tab really changes."""
        self.setCurrentIndex(self._index(key))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the line under the tabs and the accent under the current one."""
        super().paintEvent(event)
        colours = current_tokens()
        painter = QPainter(self)
        bottom = self.height()
        painter.fillRect(0, bottom - 1, self.width(), 1, QColor(colours["line"]))
        current = self.tabRect(self.currentIndex())
        width = current.width() - dp(TAB_GAP)
        painter.fillRect(current.x(), bottom - 2, width, 2, QColor(colours["accent"]))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours["focus"]), 2))
            reach = dp(6)
            ring = QRectF(current.x() - reach, 2, width + 2 * reach, bottom - dp(7))
            painter.drawRoundedRect(
                ring.intersected(QRectF(self.rect()).adjusted(1, 1, -1, -1)), 5, 5
            )
        painter.end()

    def _index(self, key: str) -> int:
        for index in range(self.count()):
            if self.tabData(index) == key:
                return index
        raise KeyError(key)

    def _step(self, step: int) -> None:
        if self.count():
            self.setCurrentIndex((self.currentIndex() + step) % self.count())

    def _announce(self, index: int) -> None:
        if index >= 0:
            self.changed.emit(self.current)
