"""The first page when no notebook is open: new, open, recent ones, the demonstration."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.system.paths import there
from desktop_app.views.look.icons import icon
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import Button, link, primary, quiet, secondary
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.elided import ElidedLabel
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.text import muted, rule, small, text

WIDTH = 640  # pixels at a text of 100 %


class WelcomeScreen(QWidget):
    """The ways in, as signals.

    ``new_asked``, ``open_asked``, ``demonstration_asked``; ``chosen(Path)`` and ``forgotten(str)``
    for a recent notebook.
    """

    new_asked = Signal()
    open_asked = Signal()
    demonstration_asked = Signal()
    chosen = Signal(object)
    forgotten = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._buttons: list[Button] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        page = ScrollPage()
        outer.addWidget(page)
        middle = QHBoxLayout()
        page.body.addStretch(1)
        page.body.addLayout(middle)
        page.body.addStretch(2)
        column_box = QWidget()
        column_box.setMaximumWidth(dp(WIDTH))
        column = QVBoxLayout(column_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dp(16))
        middle.addStretch(1)
        middle.addWidget(column_box, 20)
        middle.addStretch(1)
        column.addWidget(text("Carnet d’impact", "h1"))
        column.addWidget(
            muted(
                "Suivre des expérimentations, mesurer ce qu’elles changent, et pour qui. "
                "Tout reste sur cet ordinateur, sans réseau."
            )
        )
        column.addWidget(self._error_box())
        column.addWidget(self._ways_in())
        column.addWidget(self._recent_card())

    def set_recent(self, paths: tuple[str, ...]) -> None:
        """The last notebooks, latest first; one that is gone says so and can be forgotten."""
        while (item := self._recent_rows.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._buttons.clear()
        for position, path in enumerate(paths):
            if position:
                self._recent_rows.addWidget(rule())
            self._recent_rows.addWidget(self._recent_row(Path(path)))
        self._recent.setVisible(bool(paths))

    def show_error(self, sentence: str) -> None:
        """What went wrong with the last notebook asked for; '' hides it."""
        self._error_text.setText(sentence)
        self._error.setVisible(bool(sentence))

    @property
    def error(self) -> str:
        return self._error_text.text()

    def take_focus(self) -> None:
        """On the latest notebook there is; on a first day, on making one."""
        first = next((button for button in self._buttons if button.isEnabled()), self._new)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _error_box(self) -> QFrame:
        self._error = QFrame()
        self._error.setProperty("role", "notice")
        self._error.setProperty("tone", "bad")
        row = QHBoxLayout(self._error)
        row.setContentsMargins(dp(14), dp(10), dp(14), dp(10))
        self._error_text: QLabel = text("")
        self._error_text.setAccessibleName("Problème à l’ouverture")
        row.addWidget(self._error_text)
        self._error.hide()
        return self._error

    def _ways_in(self) -> Card:
        card = Card("Commencer")
        grid = QGridLayout()
        grid.setHorizontalSpacing(dp(16))
        grid.setVerticalSpacing(dp(12))
        grid.setColumnStretch(1, 1)
        existing = secondary("Ouvrir un carnet…")
        existing.show_shortcut("Ctrl+O")
        self._new = primary("Nouveau carnet…")
        self._new.show_shortcut("Ctrl+Shift+N")
        demonstration = secondary("Voir la démonstration")
        ways = (
            (self._new, self.new_asked, "Un seul fichier, facile à copier et à sauvegarder."),
            (existing, self.open_asked, "Ou déposez un fichier .carnet dans cette fenêtre."),
            (
                demonstration,
                self.demonstration_asked,
                "Six expérimentations et une soixantaine de visites, toutes fictives.",
            ),
        )
        for line, (button, signal, explanation) in enumerate(ways):
            button.clicked.connect(signal)
            grid.addWidget(button, line, 0)
            grid.addWidget(small(explanation), line, 1)
        card.body.addLayout(grid)
        return card

    def _recent_card(self) -> Card:
        self._recent = Card("Carnets récents")
        self._recent_rows = QVBoxLayout()
        self._recent_rows.setSpacing(dp(4))
        self._recent.body.addLayout(self._recent_rows)
        return self._recent

    def _recent_row(self, path: Path) -> QWidget:
        found = there(path)
        row_box = QWidget()
        row = QHBoxLayout(row_box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dp(10))
        picture = QLabel()
        name = "notebook" if found else "warning"
        picture.setPixmap(icon(name, "muted").pixmap(QSize(dp(20), dp(20))))
        row.addWidget(picture)
        button = link(path.stem)
        self._buttons.append(button)
        button.setEnabled(found)
        button.clicked.connect(lambda _=False: self.chosen.emit(path))
        row.addWidget(button)
        where = str(path.parent) if found else f"introuvable dans {path.parent}"
        row.addWidget(ElidedLabel(where, "small"), 1)
        forget = quiet("x", f"Retirer {path.stem} de la liste")
        forget.clicked.connect(lambda _=False: self.forgotten.emit(str(path)))
        row.addWidget(forget)
        return row_box
