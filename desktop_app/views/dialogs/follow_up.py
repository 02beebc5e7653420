"""An action promised: what, who (a function), before when."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.visit_rows import FollowUpRow
from desktop_app.views.screens.visit_tabs.privacy_notice import PrivacyNotice, Surroundings
from desktop_app.views.theme import dp
from desktop_app.views.widgets.buttons import primary, secondary
from desktop_app.views.widgets.fields import DateField, TextLine, labelled
from desktop_app.views.widgets.instant_key import bind_key
from desktop_app.views.widgets.text import heading, text
from desktop_app.views.widgets.text_area import TextArea


class FollowUpDialog(QDialog):
    """Accepted, ``values()`` are the fields of NewFollowUp or EditFollowUp.

    ``around`` says which names may be written.
    """

    def __init__(
        self,
        parent: QWidget,
        row: FollowUpRow | None = None,
        around: Callable[[], Surroundings] = Surroundings,
    ) -> None:
        super().__init__(parent)
        title = "Nouvelle action" if row is None else "Modifier l’action"
        self.setWindowTitle(title)
        self.setMinimumWidth(dp(460))
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(20), dp(16), dp(20), dp(16))
        column.setSpacing(dp(12))
        column.addWidget(heading(title))
        self.what = TextArea("Former l’équipe de nuit au nouvel outil", rows=2, most_rows=6)
        self.who = TextLine("Cheffe de service")
        self.who.setToolTip("Par fonction, jamais par nom")
        self.due = DateField()
        column.addWidget(labelled("Ce qui est à faire", self.what))
        line = QHBoxLayout()
        line.setSpacing(dp(12))
        line.addWidget(labelled("Par qui (fonction)", self.who), 3)
        line.addWidget(labelled("Avant le", self.due), 2)
        column.addLayout(line)
        held = (row.what, row.who) if row else ("", "")
        self.notices = (
            PrivacyNotice(self.what, self.what.setPlainText, around=around, stored=lambda: held[0]),
            PrivacyNotice(self.who, self.who.setText, around=around, stored=lambda: held[1]),
        )
        for notice in self.notices:
            column.addWidget(notice)
        self.what.textChanged.connect(self.notices[0].check_soon)
        self.who.textChanged.connect(self.notices[1].check_soon)
        self.problem = text("", "error")
        self.problem.hide()
        column.addWidget(self.problem)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(dp(10))
        buttons.addStretch(1)
        cancel = secondary("Annuler")
        cancel.clicked.connect(self.reject)
        save = primary("Enregistrer")
        bind_key(save, "Ctrl+Return")
        save.setDefault(True)
        save.clicked.connect(self.accept)
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        column.addLayout(buttons)
        if row is not None:
            self.what.set_value(row.what)
            self.who.set_value(row.who)
            self.due.set_value(row.due_date)
        for notice in self.notices:
            notice.check()
        self.what.setFocus()

    def values(self) -> dict[str, object]:
        return {"what": self.what.value(), "who": self.who.value(), "due_date": self.due.value()}

    def accept(self) -> None:
        """Stays open, and says why, while something is missing or unreadable."""
        self.due.check()
        if not self.what.value():
            self._refuse("Dites en quelques mots ce qui est à faire.", self.what)
        elif self.due.error:
            self._refuse(self.due.error, self.due)
        else:
            super().accept()

    def _refuse(self, sentence: str, field: QWidget) -> None:
        self.problem.setText(sentence)
        self.problem.show()
        field.setFocus()
