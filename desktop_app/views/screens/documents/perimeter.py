"""« Périmètre »: what the document is about, over which days, with what left out."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from desktop_app.french import date
from desktop_app.services.notebook.rules import NotebookRules
from desktop_app.services.programme.experiment_rows import CohortRow, DirectorateRow, ExperimentRow
from desktop_app.services.results.scope import Scope
from desktop_app.services.visits.visit_rows import VisitListRow
from desktop_app.services.vocabulary import VisitState
from desktop_app.views.dialogs.experiment_form import cohort_text
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.documents.build import Kind, Order
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.fields import Choice, DateField, labelled
from desktop_app.views.widgets.fixed import FIXED, fixed_mark
from desktop_app.views.widgets.text import text

SHOWN: dict[Kind, tuple[str, ...]] = {
    Kind.EXPERIMENT: ("experiment", "since", "until", "mask", "photos", "drafts"),
    Kind.WORKBOOK: ("experiment", "cohort", "directorate", "since", "until", "mask", "drafts"),
    Kind.VISIT: ("experiment", "visit", "photos"),
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, read off the interface's thread."""

    experiments: tuple[ExperimentRow, ...]
    cohorts: tuple[CohortRow, ...]
    directorates: tuple[DirectorateRow, ...]
    rules: NotebookRules


def visit_text(row: VisitListRow) -> str:
    place = ", ".join(part for part in (row.site_name, row.commune) if part)
    draft = " (brouillon)" if row.state is VisitState.DRAFT else ""
    return f"{date(row.date)}{draft} · {place} · {row.reference}"


class PerimeterCard(Card):
    """Signals ``edited()`` on any change, ``experiment_changed()`` when visits are to be listed."""

    edited = Signal()
    experiment_changed = Signal()

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__("Périmètre", parent=parent)
        self._kind = Kind.EXPERIMENT
        self._experiments: tuple[ExperimentRow, ...] = ()
        self._mask_below = 0
        self._wanted: str | None = None
        self.experiment, self.cohort, self.directorate = Choice(), Choice(), Choice()
        self.visit = Choice()
        self.since, self.until = DateField(today=today), DateField(today=today)
        self.mask_box = QCheckBox()
        self.mask_mark = fixed_mark()
        self.photos = QCheckBox("Joindre les photos")
        self.drafts = QCheckBox("Inclure les visites en brouillon")
        self.mask_box.setChecked(True)
        self.photos.setChecked(True)
        self._rows: dict[str, QWidget] = {
            "experiment": labelled("Expérimentation", self.experiment),
            "cohort": labelled("Promotion", self.cohort),
            "directorate": labelled("Direction métier", self.directorate),
            "visit": labelled("Visite", self.visit),
            "since": labelled("Du", self.since),
            "until": labelled("Au", self.until),
            "mask": self._mask_row(),
            "photos": self.photos,
            "drafts": self.drafts,
        }
        self._lay_out()
        self._listen()
        self.set_mask_below(0)

    def _mask_row(self) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dp(4))
        column.addWidget(self.mask_box)
        column.addWidget(self.mask_mark)
        return row

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(dp(12))
        grid.setVerticalSpacing(dp(8))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        places = {
            "experiment": (0, 0, 2),
            "visit": (1, 0, 2),
            "cohort": (2, 0, 1),
            "directorate": (2, 1, 1),
            "since": (3, 0, 1),
            "until": (3, 1, 1),
        }
        for name, (row, column, span) in places.items():
            grid.addWidget(self._rows[name], row, column, 1, span)
        self.body.addLayout(grid)
        self.problem = text("", "error")
        self.problem.hide()
        self.body.addWidget(self.problem)
        for name in ("mask", "photos", "drafts"):
            self.body.addWidget(self._rows[name])

    def _listen(self) -> None:
        self.experiment.committed.connect(self._choose)
        for field in (self.cohort, self.directorate, self.visit, self.since, self.until):
            field.committed.connect(self.edited)
        for box in (self.mask_box, self.photos, self.drafts):
            box.clicked.connect(self.edited)

    def _choose(self) -> None:
        value = self.experiment.value()
        self._wanted = value if isinstance(value, str) else None
        self.experiment_changed.emit()

    def choose_experiment(self, experiment_id: str | None) -> None:
        """As the person would; None for « Toutes », where a document has it."""
        self._wanted = experiment_id
        self._name_experiments()

    def set_mask_below(self, count: int, *, fixed: bool = False) -> None:
        """The notebook's rule now; 0 masks nothing, whatever the document.

        ``fixed`` by the organisation: what is masked is no longer for the person to say.
        """
        self._mask_below = count
        self.mask_box.setEnabled(not fixed)
        self.mask_mark.setVisible(fixed)
        self.mask_box.setAccessibleDescription(FIXED if fixed else "")
        if fixed:
            self.mask_box.setChecked(True)
        self.mask_box.setText(f"Masquer les effectifs inférieurs à {count}")
        self.set_kind(self._kind)

    def set_kind(self, kind: Kind) -> None:
        """Shows the fields this document takes."""
        self._kind = kind
        for name, widget in self._rows.items():
            usable = name != "mask" or self._mask_below > 0
            widget.setVisible(name in SHOWN[kind] and usable)
        self._name_experiments()

    def show_choices(self, choices: Choices) -> None:
        rules = choices.rules
        self.set_mask_below(rules.mask_below, fixed=rules.fixed("mask_below"))
        self._experiments = choices.experiments
        self.cohort.set_items(
            [(None, "Toutes"), *((row.id, cohort_text(row)) for row in choices.cohorts)]
        )
        self.directorate.set_items(
            [(None, "Toutes"), *((row.id, row.name) for row in choices.directorates)]
        )
        self._name_experiments()

    def _name_experiments(self) -> None:
        """A synthesis needs an experiment: the first one, until the person chooses."""
        names = [(row.id, f"{row.enterprise.name} · {row.title}") for row in self._experiments]
        whole = [] if self._kind is Kind.EXPERIMENT else [(None, "Toutes")]
        self.experiment.set_items([*whole, *names])
        known = {value for value, _ in names}
        if self._wanted in known:
            self.experiment.set_value(self._wanted)
        else:
            self.experiment.setCurrentIndex(min(0, self.experiment.count() - 1))

    def show_visits(self, rows: tuple[VisitListRow, ...]) -> None:
        self.visit.set_items([(row.id, visit_text(row)) for row in rows])

    def order(self) -> Order:
        """What is asked, as far as it can be read."""
        kind = self._kind
        shown = SHOWN[kind]

        def chosen(name: str, field: Choice) -> str | None:
            value = field.value() if name in shown else None
            return value if isinstance(value, str) else None

        scope = Scope(
            experiment_id=chosen("experiment", self.experiment),
            cohort_id=chosen("cohort", self.cohort),
            directorate_id=chosen("directorate", self.directorate),
            since=self.since.value() if "since" in shown else None,
            until=self.until.value() if "until" in shown else None,
            include_drafts="drafts" in shown and self.drafts.isChecked(),
        )
        masked = self.mask_box.isChecked() or self._mask_below == 0 or "mask" not in shown
        return Order(kind, scope, chosen("visit", self.visit), masked, self.photos.isChecked())

    def check(self) -> str:
        """The first thing to correct, shown in the card; '' when all can be read."""
        for field in (self.since, self.until):
            field.check()
        sentence = self.since.error or self.until.error or self.order().missing
        if self._kind is Kind.VISIT and not self.visit.count():
            sentence = "Aucune visite réalisée pour cette expérimentation."
            if self._wanted is None:
                sentence = "Aucune visite réalisée dans ce carnet."
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        return sentence

    def remembered(self) -> dict[str, object]:
        """The choices worth finding again: never to include drafts, nor to mask nothing.

        What leaves the notebook with more than it should is asked for each time.
        """
        kept: dict[str, object] = {
            "experiment": self._wanted or "",
            "cohort": self.cohort.value() or "",
            "directorate": self.directorate.value() or "",
        }
        return {**kept, "photos": self.photos.isChecked()}

    def restore(self, kept: Mapping[str, object]) -> None:
        """Records that are gone since fall back on the first choice."""
        wanted = kept.get("experiment")
        self.choose_experiment(wanted if isinstance(wanted, str) and wanted else None)
        for name, field in (("cohort", self.cohort), ("directorate", self.directorate)):
            before = field.value()
            field.set_value(kept.get(name) or None)
            if field.currentIndex() < 0:
                field.set_value(before)
        if isinstance(kept.get("photos"), bool):
            self.photos.setChecked(bool(kept["photos"]))
