"""The window's left column: where one can go, and the menu.

Painted first, so it imports little: not even ``QtCore.Qt``, whose enumerations take 9 ms to make.
Its icons come just after (``set_icons``).
"""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.views.look.theme import dp

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class Entry(NamedTuple):
    screen: str
    text: str
    icon: str
    shortcut: str


ENTRIES = (
    Entry("home", "Accueil", "house", "Ctrl+1"),
    Entry("visits", "Visites", "clipboard-text", "Ctrl+2"),
    Entry("experiments", "Expérimentations", "flask", "Ctrl+3"),
    Entry("sites", "Sites", "map-pin", "Ctrl+4"),
    Entry("actions", "Actions", "check-square", "Ctrl+5"),
    Entry("documents", "Synthèses", "file-text", "Ctrl+6"),
)
SETTINGS = Entry("settings", "Paramètres", "gear", "Ctrl+7")

# A record's page lights the list it belongs to.
PARENTS = {"visit": "visits", "experiment": "experiments"}


class NavButton(QPushButton):
    """One place; a count may stand at its right, red, with its meaning in the name."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.text)
        self.entry = entry
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(True)  # Enter presses it
        self.setAccessibleName(entry.text)
        self.setToolTip(f"{entry.text} ({entry.shortcut})")
        self._badge: QLabel | None = None

    def set_badge(self, count: int, meaning: str) -> None:
        """Shows a count; zero removes it."""
        from PySide6.QtCore import Qt

        from desktop_app.views.widgets.pill import Pill

        if self._badge is None:
            self._badge = Pill("", "badge", self)
            self._badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._badge.setText(str(count) if count else "")
        self.setAccessibleName(f"{self.entry.text}, {meaning}" if count else self.entry.text)
        self.setToolTip(f"{self.accessibleName()} ({self.entry.shortcut})")
        self._place_badge()
        self._badge.setVisible(bool(count))

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001  (a Qt-like setter)
        self.setText("" if compact else self.entry.text)

    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        self._place_badge()

    def _place_badge(self) -> None:
        if self._badge is None:
            return
        self._badge.resize(self._badge.sizeHint())
        compact = not self.text()
        right = 0 if compact else dp(10)
        top = 0 if compact else (self.height() - self._badge.height()) // 2
        self._badge.move(self.width() - self._badge.width() - right, top)


class Sidebar(QFrame):
    """Emits ``chosen(screen)`` and ``menu_asked()``."""

    chosen = Signal(str)
    menu_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName("Navigation")
        self.buttons: dict[str, NavButton] = {}
        self._compact = False
        self._column = QVBoxLayout(self)
        head = QHBoxLayout()
        self.name = QLabel("Carnet d’impact")
        self.name.setObjectName("appName")
        head.addWidget(self.name, 1)
        self.menu_button = QPushButton("☰")
        self.menu_button.setAutoDefault(True)
        self.menu_button.setProperty("kind", "quiet")
        self.menu_button.setAccessibleName("Menu")
        self.menu_button.setToolTip("Menu (Alt+M)")
        self.menu_button.clicked.connect(self.menu_asked)
        head.addWidget(self.menu_button)
        self._column.addLayout(head)
        self._column.addSpacing(dp(12))
        for entry in ENTRIES:
            self._add(entry)
        self._column.addStretch(1)
        self._add(SETTINGS)
        self.set_compact(compact=False)

    def set_compact(self, *, compact: bool) -> None:
        """Icons alone when the window is narrow for the size of the text."""
        self._compact = compact
        self.name.setVisible(not compact)
        self._column.setSpacing(dp(4))
        edge = dp(6) if compact else dp(10)
        self._column.setContentsMargins(edge, dp(14), edge, dp(12))
        for button in self.buttons.values():
            button.set_compact(compact)
        self.setFixedWidth(dp(58) if compact else dp(208))

    @property
    def compact(self) -> bool:
        return self._compact

    def set_icons(self) -> None:
        """Loads the icons: called once the window has been painted."""
        from desktop_app.views.look.icons import icon

        for button in self.buttons.values():
            button.setIcon(icon(button.entry.icon, "accent_text" if button.isChecked() else "ink"))
            button.setIconSize(QSize(dp(19), dp(19)))
        self.menu_button.setText("")
        self.menu_button.setShortcut("Alt+M")
        self.menu_button.setIcon(icon("list", "ink"))
        self.menu_button.setIconSize(QSize(dp(19), dp(19)))

    def set_current(self, screen: str) -> None:
        button = self.buttons.get(PARENTS.get(screen, screen))
        if button is not None:
            button.setChecked(True)

    def set_notebook_open(self, *, opened: bool) -> None:
        """Without a notebook only the settings can be reached."""
        for screen, button in self.buttons.items():
            button.setEnabled(opened or screen == SETTINGS.screen)
            if not opened:
                button.setAutoExclusive(False)
                button.setChecked(False)
                button.setAutoExclusive(True)

    def _add(self, entry: Entry) -> None:
        button = NavButton(entry)
        button.clicked.connect(lambda _=False: self.chosen.emit(entry.screen))
        self.buttons[entry.screen] = button
        self._column.addWidget(button)
