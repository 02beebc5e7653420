"""The warning under a free text that seems to name a person, and its one-key remedy."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app import french
from desktop_app.services.privacy import (
    REPLACEMENT,
    TITLES,
    Suspicion,
    SuspicionKind,
    replaced,
    suspicions,
)
from desktop_app.views.theme import dp
from desktop_app.views.widgets.buttons import link
from desktop_app.views.widgets.text import small

DELAY = 350
"""Milliseconds after the last key before the text is read again."""

_REASONS = {
    SuspicionKind.NAME: "une personne accompagnée ne doit pas être nommée.",
    SuspicionKind.PHONE: "des coordonnées n’ont pas leur place dans une note.",
    SuspicionKind.EMAIL: "des coordonnées n’ont pas leur place dans une note.",
    SuspicionKind.NIR: "ce numéro identifie une personne : il ne doit pas être noté.".replace(
        " :", f"{french.NBSP}:"
    ),
}
_REMOVED = "(retiré)"
_SHOWN = 40


def cnil_notice() -> QLabel:
    """What stands beside every free text: what not to write, and where danger is reported."""
    return small(
        "Ne nommez jamais une personne accompagnée. Un danger ou une maltraitance se signale par "
        "les voies officielles, jamais ici."
    )


class PrivacyNotice(QFrame):
    """Reads the text of an editor through ``read``; writes the remedy through ``write``."""

    def __init__(
        self,
        read: Callable[[], str],
        write: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._write = write
        self._known: tuple[str, ...] = ()
        self._ignored: set[str] = set()
        self._active = True
        self._found: Suspicion | None = None
        self.setProperty("role", "notice")
        self.setProperty("tone", "warn")
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(12), dp(8), dp(12), dp(6))
        column.setSpacing(dp(2))
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setProperty("tone", "warn")
        column.addWidget(self.label)
        row = QHBoxLayout()
        row.setSpacing(dp(4))
        self.remedy = link("")
        self.remedy.clicked.connect(self._apply)
        self.ignore = link("Ignorer")
        self.ignore.setAccessibleName("Ignorer cet avertissement")
        self.ignore.clicked.connect(self._dismiss)
        row.addWidget(self.remedy)
        row.addWidget(self.ignore)
        row.addStretch(1)
        column.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.check)
        self.hide()

    def set_known(self, names: tuple[str, ...]) -> None:
        """Names that may be written: the site, its commune, the enterprise."""
        self._known = names

    def set_active(self, *, active: bool) -> None:
        """A locked text is not to be corrected from here."""
        if active != self._active:
            self._active = active
            self.check()

    def check_soon(self) -> None:
        self._timer.start()

    def check(self) -> None:
        """Reads the text now and shows the first suspicion, or nothing."""
        self._timer.stop()
        text = self._read() if self._active else ""
        found = [one for one in suspicions(text, self._known) if one.text not in self._ignored]
        self._found = found[0] if found else None
        self.setVisible(self._found is not None)
        if self._found is None:
            return
        name = self._found.kind is SuspicionKind.NAME
        passage = french.quoted(self._found.text[:_SHOWN])
        title = TITLES[self._found.kind].replace(" ?", f"{french.NNBSP}?")
        self.label.setText(f"{title} {passage} — {_REASONS[self._found.kind]}")
        self.setAccessibleName(self.label.text())
        self.remedy.setText(f"Remplacer par {french.quoted(REPLACEMENT)}" if name else "Retirer")
        self.remedy.setAccessibleName(self.remedy.text())

    def _apply(self) -> None:
        if self._found is not None:
            by = REPLACEMENT if self._found.kind is SuspicionKind.NAME else _REMOVED
            self._write(replaced(self._read(), self._found, by))
            self.check()

    def _dismiss(self) -> None:
        if self._found is not None:
            self._ignored.add(self._found.text)
            self.check()
