"""« Ce carnet » in Paramètres: the rules that change its figures and its documents."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app import french
from desktop_app.certain import known
from desktop_app.config.declared import BY_KEY
from desktop_app.french import NBSP, quoted
from desktop_app.services.changes import Outcome
from desktop_app.services.home.rows import HistoryEntry
from desktop_app.services.notebook.field_labels import field_label
from desktop_app.services.notebook.rules import (
    LONGEST_HEADER,
    NO_PROGRAMME,
    ChangeRules,
    Logo,
    NotebookRules,
    Origin,
)
from desktop_app.views.look.theme import dp
from desktop_app.views.runtime.proposed_folders import own_folder
from desktop_app.views.screens.base import Screen, ScreenContext
from desktop_app.views.screens.settings.fields import FIELD_WIDTH, NUMBER_WIDTH
from desktop_app.views.screens.settings.logo import LogoField
from desktop_app.views.screens.settings.trail import RulesTrail
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.fields import NumberField, TextLine
from desktop_app.views.widgets.fixed import FIXED, fixed_mark
from desktop_app.views.widgets.flow import AdaptiveRow
from desktop_app.views.widgets.text import muted, small, text

WIDE = 860
ABOUT = (
    "Ces règles changent les chiffres et les documents. Elles suivent le carnet d’un poste à "
    "l’autre, et chaque changement est dans son historique."
)
READ_ONLY = "Ce carnet est ouvert en lecture seule\u00a0: ses règles se lisent, sans se changer."
TERRITORY = "territory"
LOGO = "logo"
LABELS = {
    **{key: BY_KEY[key].label for key in ("organisation", "logo", "mask_below")},
    TERRITORY: "Territoire du programme",
    **{key: BY_KEY[key].label for key in ("min_n_percentage", "on_track", "watch")},
}
TERRITORY_SAID = field_label("programme", TERRITORY)
READING = ("on_track", "watch", "min_n_percentage")


@dataclass(frozen=True, slots=True)
class RulesPage:
    """What the page shows, read off the interface's thread."""

    rules: NotebookRules
    logo: Logo
    history: tuple[HistoryEntry, ...]


class RulesPanel(QWidget):
    """Each field is one journalled write as soon as it is committed; a refused one says why."""

    def __init__(self, context: ScreenContext, screen: Screen) -> None:
        super().__init__()
        self.context = context
        self._screen = screen
        self._read_only = context.services.notebook.read_only
        self.rules: NotebookRules | None = None
        self.fields: dict[str, QWidget] = {}
        self._marks: dict[str, QWidget] = {}
        self._helps: dict[str, QLabel] = {}
        self._refusals: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dp(14))
        column.addWidget(muted(READ_ONLY if self._read_only else ABOUT))
        row = AdaptiveRow(WIDE)
        row.add(self._documents(), 1)
        right = QWidget()
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(dp(14))
        side.addWidget(self._reading())
        self.trail = RulesTrail()
        self.trail.undo_asked.connect(self._undo)
        side.addWidget(self.trail)
        side.addStretch(1)
        row.add(right, 1)
        column.addWidget(row)

    # Drawing

    def _documents(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card("Documents")
        for key in ("organisation", TERRITORY):
            card.body.addWidget(self._line(key, self._text_line(key)))
        self.logo = LogoField()
        self.logo.chosen.connect(self.ask_logo)
        self.logo.removed.connect(self._remove_logo)
        card.body.addWidget(self._line(LOGO, self.logo))
        card.body.addWidget(self._line("mask_below", self._number_line("mask_below")))
        column.addWidget(card)
        column.addStretch(1)
        return box

    def _reading(self) -> Card:
        card = Card("Lecture des résultats")
        for key in READING:
            card.body.addWidget(self._line(key, self._number_line(key)))
        return card

    def _text_line(self, key: str) -> TextLine:
        line = TextLine()
        line.setMaxLength(LONGEST_HEADER)
        line.setFixedWidth(dp(FIELD_WIDTH))
        line.committed.connect(lambda: self.store(key, line.value()))
        return line

    def _number_line(self, key: str) -> NumberField:
        setting = BY_KEY[key]
        field = NumberField(minimum=setting.minimum, maximum=setting.maximum, whole=True)
        field.setFixedWidth(dp(NUMBER_WIDTH))
        field.committed.connect(lambda: self._store_number(key, field))
        return field

    def _line(self, key: str, field: QWidget) -> QWidget:
        """Caption, field and unit, lock, help, refusal."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, dp(6))
        column.setSpacing(dp(4))
        caption = text(LABELS[key], "strong")
        caption.setBuddy(field)
        field.setAccessibleName(LABELS[key])
        column.addWidget(caption)
        across = QHBoxLayout()
        across.setSpacing(dp(10))
        across.addWidget(field)
        setting = BY_KEY.get(key)
        if setting is not None and setting.unit:
            across.addWidget(small(setting.unit))
        across.addStretch(1)
        column.addLayout(across)
        mark = fixed_mark()
        mark.hide()
        column.addWidget(mark)
        help_ = small("" if setting is None else setting.help)
        column.addWidget(help_)
        refusal = text("", "error")
        refusal.hide()
        column.addWidget(refusal)
        self.fields[key], self._marks[key] = field, mark
        self._helps[key], self._refusals[key] = help_, refusal
        return box

    # Showing

    def refresh(self) -> None:
        """Reads what is in force, and what was changed before."""
        services = self.context.services

        def read() -> RulesPage:
            rules = services.rules.get()
            changed = services.history.of_record("notebook", rules.notebook_id)
            moved = (
                services.history.of_record("programme", rules.programme_id)
                if rules.programme_id
                else ()
            )
            return RulesPage(rules, services.rules.logo(), rules_history(changed, moved))

        self.context.operations.query(read, self._show, owner=self, key="rules")

    def _show(self, page: RulesPage) -> None:
        rules = self.rules = page.rules
        for key, field in self.fields.items():
            if isinstance(field, NumberField):
                self._fill(key, field, float(getattr(rules, key)))
            elif isinstance(field, TextLine):
                self._fill(key, field, str(getattr(rules, key)))
        self.logo.show_logo(page.logo.content, rules.origins[LOGO])
        self.logo.set_editable(editable=not (self._read_only or rules.fixed(LOGO)))
        self._refuse(LOGO, page.logo.lack)
        self._say_heading(rules)
        for key, mark in self._marks.items():
            mark.setVisible(rules.fixed(key))
        self.trail.show_entries(page.history, editable=not self._read_only)

    def _fill(self, key: str, field: TextLine, value: Any) -> None:
        """Unless something is being typed there."""
        rules = known(self.rules)
        if not field.pending:
            field.set_value(value)
        absent = key == TERRITORY and not rules.programme_id
        locked = self._read_only or rules.fixed(key) or absent
        field.setReadOnly(locked)
        said = f"{FIXED}, lecture seule." if rules.fixed(key) else ""
        field.setAccessibleDescription(" ".join(filter(None, (said, self._helps[key].text()))))

    def _say_heading(self, rules: NotebookRules) -> None:
        """Under the header and the territory: which of them heads the documents."""
        header = self.fields["organisation"]
        if isinstance(header, TextLine):
            header.setPlaceholderText(rules.heading)
        self._helps["organisation"].setText(heading_text(rules))
        self._helps[TERRITORY].setText(
            "En tête des documents quand l’en-tête est vide."
            if rules.programme_id
            else NO_PROGRAMME
        )

    # Changing

    def store(self, key: str, value: object) -> None:
        """One rule, in one transaction."""
        if self.rules is not None and value == getattr(self.rules, key):
            self._refuse(key, "")
            return
        change = ChangeRules({key: value})
        said = f"{LABELS[key]}{NBSP}: {value_text(key, value)}"
        self._write(key, lambda: self.context.services.rules.change(change), said)

    def _store_number(self, key: str, field: NumberField) -> None:
        value = field.value()
        if value is None:
            self._refuse(key, field.error or "Écrivez un nombre.")
        else:
            self.store(key, int(value))

    def ask_logo(self) -> None:
        dialog = QFileDialog(self.window(), LABELS[LOGO], str(own_folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("Images (*.png *.jpg *.jpeg)")
        dialog.fileSelected.connect(lambda path: self.set_logo(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def set_logo(self, path: Path) -> None:
        rules = self.context.services.rules
        self._write(LOGO, lambda: rules.set_logo(path), "Logo gardé dans le carnet")

    def _remove_logo(self) -> None:
        rules = self.context.services.rules
        self._write(LOGO, rules.remove_logo, "Logo retiré du carnet")

    def _write(self, key: str, call: Callable[[], Outcome[NotebookRules]], said: str) -> None:
        clocks: list[str] = []

        def write() -> Outcome[NotebookRules]:
            outcome = call()
            clocks.append(outcome.hlc)
            return outcome

        def done(_: NotebookRules) -> None:
            self._refuse(key, "")
            self.refresh()
            self.context.notify.show(said, "Annuler", lambda: self._undo(clocks[-1]))

        self.context.operations.run(
            write,
            initiator=self._screen,
            done=done,
            failed=lambda sentence: self._refuse(key, sentence),
        )

    def _undo(self, hlc: str) -> None:
        history = self.context.services.history
        self.context.operations.run(
            lambda: history.undo(hlc), undoable=False, failed=self.context.notify.show
        )

    def _refuse(self, key: str, sentence: str) -> None:
        self._refusals[key].setText(sentence)
        self._refusals[key].setVisible(bool(sentence))


def heading_text(rules: NotebookRules) -> str:
    """Which words head the documents, and whose they are."""
    match rules.origins["organisation"]:
        case Origin.TERRITORY:
            return f"Vide{NBSP}: les documents portent le territoire, {quoted(rules.heading)}."
        case Origin.COMPUTER:
            return (
                f"Vide, et sans territoire{NBSP}: les documents portent {quoted(rules.heading)}, "
                "le réglage de ce poste."
            )
        case Origin.TITLE:
            return f"Vide, et sans territoire{NBSP}: les documents portent le titre du carnet."
    return BY_KEY["organisation"].help


def value_text(key: str, value: object) -> str:
    """« 7 personnes », « 75 % », « Département de l’Isère », « aucun »."""
    if not isinstance(value, int):
        return str(value) or "aucun"
    if BY_KEY[key].unit == "personnes":
        return french.plural(value, "personne")
    return french.percent(value)


def rules_history(
    changed: tuple[HistoryEntry, ...], moved: tuple[HistoryEntry, ...]
) -> tuple[HistoryEntry, ...]:
    """Changes of the notebook's rules and of the territory, the latest first.

    Both given the latest first. The programme's first description is not to be undone from here.
    """
    told = [entry for entry in moved if any(c.field == TERRITORY_SAID for c in entry.changes)]
    if told and told[-1] is moved[-1]:  # how the programme was first described
        only = tuple(change for change in told[-1].changes if change.field == TERRITORY_SAID)
        told[-1] = replace(told[-1], changes=only, undoable=False)
    return tuple(sorted((*changed, *told), key=lambda entry: entry.hlc, reverse=True))
