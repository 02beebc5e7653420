"""The warning under a free text that seems to name a person, and its one-key remedy."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app import french
from desktop_app.services.notebook.privacy import (
    TITLES,
    Suspicion,
    SuspicionKind,
    replaced,
    replacement,
    suspicions,
)
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import Button, link
from desktop_app.views.widgets.fields import TextLine
from desktop_app.views.widgets.text import small
from desktop_app.views.widgets.text_area import TextArea

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
NOT_YET = (
    f"Pas encore enregistré{french.NBSP}: remplacé maintenant, ce passage ne sera pas écrit dans "
    "l’historique."
)
ALREADY = f"Déjà enregistré{french.NBSP}: même remplacé, l’historique du carnet le garde."
_REMOVED = "(retiré)"
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Surroundings:
    """``known`` names may be written (the site, its commune, the enterprise)."""

    known: tuple[str, ...] = ()
    audience: str = ""


def cnil_notice() -> QLabel:
    """What stands beside every free text: what not to write, and where danger is reported."""
    return small(
        "Ne nommez jamais une personne accompagnée. Un danger ou une maltraitance se signale par "
        "les voies officielles, jamais ici."
    )


class PrivacyNotice(QFrame):
    """Watches ``field``; writes the remedy through ``write``. Its words are made when needed.

    ``stored`` is what the notebook holds of that field.
    """

    label: QLabel
    fate: QLabel
    remedy: Button
    ignore: Button

    def __init__(
        self,
        field: TextArea | TextLine,
        write: Callable[[str], None],
        *,
        around: Callable[[], Surroundings] = Surroundings,
        stored: Callable[[], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._field = field
        self._write = write
        self._around = around
        self._stored = stored
        self._ignored: set[str] = set()
        self._kept: set[str] = set()
        self._active = True
        self._made = False
        self._found: tuple[Suspicion, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.check)
        self.hide()

    def set_active(self, *, active: bool) -> None:
        """A locked text is not to be corrected from here."""
        if active != self._active:
            self._active = active
            self.check()

    def forget(self) -> None:
        """Another record is shown: what was ignored or kept was not this one's."""
        self._ignored.clear()
        self._kept.clear()

    def check_soon(self) -> None:
        self._timer.start()

    def check(self) -> None:
        """Reads the text now and shows the first suspicion, or nothing."""
        self._timer.stop()
        text = self._text() if self._active else ""
        around = self._around()
        found = suspicions(text, around.known) if text else ()
        self._found = tuple(one for one in found if one.text not in self._ignored)
        if self._found:
            stored = self._stored()
            self._kept.update(one.text for one in self._found if one.text in stored)
            self._say(self._found[0], replacement(around.audience))
        self.setVisible(bool(self._found))

    def waits(self) -> bool:
        """Whether a passage not stored yet may be about to be taken back by the person."""
        self.check()
        if all(one.text in self._kept for one in self._found):
            return False
        return self._field.hasFocus() or self._has_focus()

    def _text(self) -> str:
        field = self._field
        return field.toPlainText() if isinstance(field, TextArea) else field.text()

    def _say(self, found: Suspicion, by: str) -> None:
        if not self._made:
            self._make()
        name = found.kind is SuspicionKind.NAME
        passage = french.quoted(found.text[:_SHOWN])
        title = TITLES[found.kind].replace(" ?", f"{french.NNBSP}?")
        self.label.setText(f"{title} {passage} — {_REASONS[found.kind]}")
        self.fate.setText(ALREADY if found.text in self._kept else NOT_YET)
        self.setAccessibleName(f"{self.label.text()} {self.fate.text()}")
        self.remedy.setText(f"Remplacer par {french.quoted(by)}" if name else "Retirer")
        self.remedy.setAccessibleName(self.remedy.text())

    def _make(self) -> None:
        self._made = True
        self.setProperty("role", "notice")
        self.setProperty("tone", "warn")
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(12), dp(8), dp(12), dp(6))
        column.setSpacing(dp(2))
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setProperty("tone", "warn")
        self.fate = small("")
        column.addWidget(self.label)
        column.addWidget(self.fate)
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
        QWidget.setTabOrder(self._field, self.remedy)
        QWidget.setTabOrder(self.remedy, self.ignore)

    def _apply(self) -> None:
        if self._found:
            first, inside = self._found[0], self._has_focus()
            name = first.kind is SuspicionKind.NAME
            by = replacement(self._around().audience) if name else _REMOVED
            self._write(replaced(self._text(), first, by))
            self._check_from_here(inside=inside)

    def _dismiss(self) -> None:
        if self._found:
            inside = self._has_focus()
            self._ignored.add(self._found[0].text)
            self._check_from_here(inside=inside)

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _check_from_here(self, *, inside: bool) -> None:
        """The last passage dealt with, the person is back in the text."""
        self.check()
        if inside and not self._found:
            self._field.setFocus()
