"""A dialog around a form: Ctrl+Entrée saves, Échap cancels (and asks when something changed)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from desktop_app.certain import known
from desktop_app.errors import UserError
from desktop_app.french import NNBSP
from desktop_app.services.changes import Outcome
from desktop_app.views.dialogs.record_form import RecordForm
from desktop_app.views.look.theme import dp
from desktop_app.views.runtime.context import ScreenContext
from desktop_app.views.widgets.buttons import primary, secondary
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.text import muted, text

Save = Callable[[dict[str, object]], Outcome[Any]]


class FormDialog(QDialog):
    """Stays open, with all that was typed, until the service accepted it.

    Signal ``saved(object)``: the service's row, once in the notebook.
    """

    saved = Signal(object)

    def __init__(
        self,
        context: ScreenContext,
        title: str,
        form: RecordForm,
        parent: QWidget | None = None,
        *,
        width: int = 640,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.form = form
        self._save: Save | None = None
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._banner = QFrame()
        self._banner.setProperty("role", "notice")
        self._banner.setProperty("tone", "bad")
        self._refusal = text("")
        inside = QVBoxLayout(self._banner)
        inside.setContentsMargins(dp(12), dp(8), dp(12), dp(8))
        inside.addWidget(self._refusal)
        self._banner.hide()
        self._note = muted("")
        self._note.hide()
        self._lay_out(title)
        self._fit(width)
        for sequence in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(sequence), self, self.submit)

    def _lay_out(self, title: str) -> None:
        self._area = ScrollPage(margins=False)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.body.setContentsMargins(dp(20), dp(8), dp(20), dp(12))
        self._area.body.setSpacing(dp(12))
        self._area.body.addWidget(self._note)
        self._area.body.addWidget(self.form)
        self._area.body.addStretch(1)
        self.save_button = primary("Enregistrer")
        self.save_button.show_shortcut("Ctrl+Return")
        self.save_button.clicked.connect(self.submit)
        cancel = secondary("Annuler")
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(dp(10))
        buttons.setContentsMargins(dp(20), dp(8), dp(20), dp(16))
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save_button)
        top = QVBoxLayout()
        top.setContentsMargins(dp(20), dp(18), dp(20), dp(4))
        top.setSpacing(dp(10))
        top.addWidget(text(title, "h1"))
        top.addWidget(self._banner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._area, 1)
        column.addLayout(buttons)

    def _fit(self, width: int) -> None:
        """As tall as the form asks for, within the screen."""
        screen = self.screen().availableGeometry()
        wide = min(dp(width), screen.width() - 40)
        inside = self.form.layout()
        across = wide - dp(56)
        measured = inside is not None and inside.hasHeightForWidth()
        form = inside.totalHeightForWidth(across) if inside and measured else 0
        tall = (form or self.form.sizeHint().height()) + dp(180)
        self.resize(wide, min(tall, screen.height() - 80))

    def save_with(self, save: Save) -> None:
        """``save`` runs off the UI thread with the form's values."""
        self._save = save

    def say_note(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def submit(self) -> None:
        try:
            values = self.collect()
        except UserError as error:
            self.refuse(error)
            return
        save = known(self._save)
        self.save_button.setEnabled(False)
        self.context.operations.run(
            lambda: save(values), initiator=self, done=self._accepted, failed=self.refuse
        )

    def collect(self) -> dict[str, object]:
        """What to save. Raises UserError once the fields at fault say why."""
        return self.form.values()

    def refuse(self, problem: UserError | str) -> None:
        """Said once: beside its field when it has one, else at the top."""
        self.save_button.setEnabled(True)
        self._refusal.setText(f"{problem}")
        self._banner.setAccessibleName(f"{problem}")
        self._banner.setVisible(self.form.marked != 1)

    @property
    def problem(self) -> str:
        """Why saving was refused, at the top or beside its field; '' when it was not."""
        return self._refusal.text()

    @property
    def changed(self) -> bool:
        return self.form.changed

    def showEvent(self, event: QShowEvent) -> None:
        """What one types goes to the first field, unless the dialog chose another."""
        super().showEvent(event)
        focused = self.focusWidget()
        if focused is None or not self.form.isAncestorOf(focused):
            self.form.focus_first()

    def _accepted(self, row: object) -> None:
        self.accept()
        self.saved.emit(row)

    def reject(self) -> None:
        if self.changed and not self._abandon():
            return
        super().reject()

    def _abandon(self) -> bool:
        box = QMessageBox(self)
        box.setWindowTitle("Abandonner la saisie")
        box.setText(f"Abandonner ce que vous avez écrit{NNBSP}?")
        leave = box.addButton("Abandonner", QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton("Continuer la saisie", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton() is leave


def today_of(context: ScreenContext) -> dt.date:
    """The notebook's day, which completes a date typed without its year."""
    today: dt.date = context.services.notebook.today()
    return today
