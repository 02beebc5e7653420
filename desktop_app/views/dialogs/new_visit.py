"""A new visit: which experiment, where, when, what for; planned, or starting now."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.french import NBSP
from desktop_app.services.programme.experiment_rows import ExperimentRow, SiteRow
from desktop_app.services.visits.visit_rows import NewVisit
from desktop_app.services.vocabulary import VisitState
from desktop_app.views.dialogs.low_dialog import LowDialog
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import primary
from desktop_app.views.widgets.fields import Choice, DateField, TextLine, TimeField, labelled
from desktop_app.views.widgets.instant_key import bind_key

NO_EXPERIMENT = "Créez d’abord une expérimentation, puis son site, avant d’y aller en visite."
STATES: tuple[tuple[object, str], ...] = (
    (VisitState.DRAFT, "La commencer maintenant"),
    (VisitState.PLANNED, "Plus tard : visite prévue".replace(" :", f"{NBSP}:")),
)
NO_SITE = "Créez d’abord un site avant d’y aller en visite."


class NewVisitDialog(LowDialog):
    """Signal ``submitted(NewVisit)``: the dialog stays open until ``accept`` or ``refuse``."""

    submitted = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        today: dt.date,
        experiments: Sequence[ExperimentRow],
        sites: Sequence[SiteRow],
    ) -> None:
        super().__init__(parent, "Nouvelle visite", width=520)
        self._today = today
        self._experiments = {row.id: row for row in experiments}
        self._sites = tuple(sites)
        self._chosen_state = False
        self.experiment = Choice([(row.id, _experiment_name(row)) for row in experiments])
        self.site = Choice()
        self.day = DateField(today=today)
        self.day.set_value(today)
        self.time = TimeField()
        self.purpose = TextLine("Point d’étape, observation, relevé des mesures…")
        self.state = Choice(STATES)
        self.save = primary("Créer la visite")
        bind_key(self.save, "Ctrl+Return")
        self._lay_out()
        self._list_sites()
        self.experiment.committed.connect(self._list_sites)
        self.day.committed.connect(self._suggest_state)
        self.experiment.setFocus()
        if not self._experiments or not self._sites:
            self.refuse(NO_SITE if self._experiments else NO_EXPERIMENT)
            self.save.setEnabled(False)

    def choose(self, *, experiment_id: str = "", site_id: str = "") -> None:
        """Preselects what the person was looking at."""
        if experiment_id in self._experiments:
            self.experiment.set_value(experiment_id)
            self._list_sites()
        if any(site.id == site_id for site in self._sites):
            self.site.set_value(site_id)

    def command(self) -> NewVisit:
        """What is typed; ``submit`` has checked it."""
        return NewVisit(
            experiment_id=str(self.experiment.value()),
            site_id=str(self.site.value()),
            date=self.day.value() or self._today,
            start_time=self.time.value(),
            state=VisitState(str(self.state.value())),
            purpose=self.purpose.value(),
        )

    def submit(self) -> None:
        """Asks for the visit, or says what is missing and goes there."""
        for field in (self.day, self.time):
            field.check()
            if field.error:
                self.refuse(field.error)
                field.setFocus()
                return
        if self.day.value() is None:
            self.refuse("Indiquez la date de la visite, par exemple 09/06/2021.")
            self.day.setFocus()
        elif self.site.value() is None:
            self.refuse("Choisissez le site de la visite.")
            self.site.setFocus()
        else:
            self.submitted.emit(self.command())

    def refuse(self, sentence: str) -> None:
        self.say(sentence)

    def _lay_out(self) -> None:
        column = self.fields
        column.addWidget(labelled("Expérimentation", self.experiment))
        column.addWidget(labelled("Site", self.site))
        when = QHBoxLayout()
        when.setSpacing(dp(12))
        when.addWidget(labelled("Date", self.day), 1)
        when.addWidget(labelled("Heure de début (facultative)", self.time), 1)
        column.addLayout(when)
        column.addWidget(labelled("Objet (facultatif)", self.purpose))
        column.addWidget(labelled("Saisie", self.state))
        self.state.committed.connect(self._state_chosen)
        self.save.clicked.connect(self.submit)
        self.finish(self.save)

    def _list_sites(self) -> None:
        """The experiment's sites first, then all the others."""
        row = self._experiments.get(str(self.experiment.value()))
        code = row.code if row else ""
        own = [site for site in self._sites if code in site.experiment_codes]
        others = [site for site in self._sites if code not in site.experiment_codes]
        items: list[tuple[object, str]] = [(site.id, _site_name(site)) for site in own]
        items += [(site.id, f"{_site_name(site)} (autre site)") for site in others]
        self.site.set_items(items)
        if own:
            self.site.set_value(own[0].id)

    def _state_chosen(self) -> None:
        self._chosen_state = True

    def _suggest_state(self) -> None:
        """A date to come is a planned visit, unless the person said otherwise."""
        day = self.day.value()
        if day is not None and not self._chosen_state:
            self.state.set_value(VisitState.PLANNED if day > self._today else VisitState.DRAFT)


def _experiment_name(row: ExperimentRow) -> str:
    name = row.enterprise.name
    return name if row.title.casefold() == name.casefold() else f"{name}{NBSP}: {row.title}"


def _site_name(site: SiteRow) -> str:
    return f"{site.name}, {site.commune}" if site.commune else site.name
