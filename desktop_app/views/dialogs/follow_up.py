"""An action promised: what, who (a function), before when."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.services.visits.visit_rows import FollowUpRow
from desktop_app.views.dialogs.low_dialog import LowDialog
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import primary
from desktop_app.views.widgets.fields import DateField, TextLine, labelled
from desktop_app.views.widgets.instant_key import bind_key
from desktop_app.views.widgets.privacy_notice import PrivacyNotice, Surroundings
from desktop_app.views.widgets.text_area import TextArea


class FollowUpDialog(LowDialog):
    """Accepted, ``values()`` are the fields of NewFollowUp or EditFollowUp.

    ``around`` says which names may be written.
    """

    def __init__(
        self,
        parent: QWidget,
        row: FollowUpRow | None = None,
        around: Callable[[], Surroundings] = Surroundings,
    ) -> None:
        title = "Nouvelle action" if row is None else "Modifier l’action"
        super().__init__(parent, title, width=460)
        self.what = TextArea("Former l’équipe de nuit au nouvel outil", rows=2, most_rows=6)
        self.who = TextLine("Cheffe de service")
        self.due = DateField()
        held = (row.what, row.who) if row else ("", "")
        self.notices = (
            PrivacyNotice(self.what, self.what.setPlainText, around=around, stored=lambda: held[0]),
            PrivacyNotice(self.who, self.who.setText, around=around, stored=lambda: held[1]),
        )
        self.what.textChanged.connect(self.notices[0].check_soon)
        self.who.textChanged.connect(self.notices[1].check_soon)
        self._lay_out()
        if row is not None:
            self.what.set_value(row.what)
            self.who.set_value(row.who)
            self.due.set_value(row.due_date)
        for notice in self.notices:
            notice.check()
        self.what.setFocus()

    def _lay_out(self) -> None:
        self.fields.addWidget(labelled("Ce qui est à faire", self.what))
        self.fields.addWidget(self.notices[0])
        line = QHBoxLayout()
        line.setSpacing(dp(12))
        line.addWidget(labelled("Par qui (fonction, jamais un nom)", self.who), 3)
        line.addWidget(labelled("Avant le", self.due), 2)
        self.fields.addLayout(line)
        self.fields.addWidget(self.notices[1])
        save = primary("Enregistrer")
        bind_key(save, "Ctrl+Return")
        save.clicked.connect(self.accept)
        self.finish(save)

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
        self.say(sentence)
        field.setFocus()
