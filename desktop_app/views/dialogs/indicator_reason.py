"""« Motif du changement »: asked as soon as a change needs one, with what it will do."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop_app.french import NBSP
from desktop_app.services.programme.indicator_changes import Change, changed_text, kept_text
from desktop_app.views.dialogs.form_editors import FieldKind
from desktop_app.views.dialogs.record_form import FieldSpec, RecordForm
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.text import text

REASON, COMPARABLE = "change_reason", "baseline_comparable"
_SERIES = f"Nouvelle série{NBSP}: les mesures déjà prises n’y seront pas jointes."
_BREAKDOWN = "Les mesures déjà prises restent dans la même série."
_OLD_T0 = "La référence T0 a été donnée sous une autre définition\u00a0: rien ne lui est comparé."


class ReasonPanel(QFrame):
    """Between the form and its buttons; in the form's values as ``REASON`` and ``COMPARABLE``."""

    def __init__(self, form: RecordForm) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.setProperty("tone", "warn")
        self._said = text("")
        self.reason = form.add(
            FieldSpec(
                REASON,
                "Motif du changement",
                required="Dites en une phrase pourquoi ce changement.",
                placeholder="Ex. convention amendée le 14 juin",
            )
        )
        self.comparable = form.add(
            FieldSpec(COMPARABLE, "La référence T0 reste comparable", FieldKind.CHECK)
        )
        self._said.setParent(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(20), dp(10), dp(20), dp(10))
        column.setSpacing(dp(6))
        for widget in (self._said, self.reason, self.comparable):
            column.addWidget(widget)
        self.show_change(Change(), t0_apart=False, t0_left=False)

    @property
    def sentence(self) -> str:
        return "" if self.isHidden() else self._said.text()

    def show_change(self, change: Change, *, t0_apart: bool, t0_left: bool) -> None:
        """``t0_apart``: T0 describes another definition; ``t0_left``: it was not given again."""
        asked = bool(change.reasoned)
        tick = t0_left and (change.series or t0_apart)
        said = [changed_text(change.reasoned)] if asked else []
        if change.series:
            said.append(_SERIES)
        elif t0_apart and t0_left:
            said.append(_OLD_T0)
        elif change.version and {"categories", "disaggregation", "method"} & set(change.fields):
            said.append(_BREAKDOWN)
        if asked:
            said.append(kept_text(change))
        self._said.setText(" ".join(said))
        for box, shown in ((self.reason, asked), (self.comparable, tick)):
            box.off = not shown
            box.setVisible(shown)
        self.setVisible(asked or tick)
