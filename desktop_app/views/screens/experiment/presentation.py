"""« Présentation »: the experiment as it was agreed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop_app.french import MISSING, date, euros, period, plural
from desktop_app.services.programme.experiment_rows import ExperimentRow, SiteRow
from desktop_app.services.results.rows import ExperimentResult
from desktop_app.services.vocabulary import label
from desktop_app.views.dialogs.experiment_form import cohort_text
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.base import Place, ScreenContext
from desktop_app.views.screens.experiment.tally import LevelsCard
from desktop_app.views.screens.home.rows import RowButton
from desktop_app.views.widgets.buttons import danger
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.card_grid import share
from desktop_app.views.widgets.elided import ElidedLabel
from desktop_app.views.widgets.facts_form import FactsForm
from desktop_app.views.widgets.text import muted, text

WIDE = 760


class PresentationPanel(QWidget):
    """Signal ``delete_asked()``."""

    delete_asked = Signal()

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(dp(14))
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(dp(14))
        self.levels = LevelsCard()
        left.addWidget(self.levels)
        self._texts = {
            name: self._card(left, title)
            for name, title in (
                ("social_need", "Besoin social"),
                ("target_audience", "Public visé"),
                ("final_decision", "Décision finale"),
            )
        }
        facts = Card("L’expérimentation")
        self._facts = FactsForm()
        facts.body.addLayout(self._facts)
        right.addWidget(facts)
        self._sites_card = Card("Sites ouverts")
        self._sites = QVBoxLayout()
        self._sites.setSpacing(0)
        self._sites_card.body.addLayout(self._sites)
        right.addWidget(self._sites_card)
        delete = danger("Supprimer l’expérimentation")
        delete.clicked.connect(self.delete_asked)
        right.addWidget(delete, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch(1)
        right.addStretch(1)
        share(self._columns, left, 60)
        share(self._columns, right, 40)

    def _card(self, column: QVBoxLayout, title: str) -> tuple[Card, QWidget]:
        card = Card(title)
        words = text("")
        card.body.addWidget(words)
        column.addWidget(card)
        return card, words

    def show_experiment(self, result: ExperimentResult, sites: tuple[SiteRow, ...]) -> None:
        experiment = result.experiment
        self.levels.show_result(result)
        self.levels.setVisible(result.tally.total > 0)
        for name, (card, words) in self._texts.items():
            content = str(getattr(experiment, name))
            words.setText(content or "À compléter.")  # type: ignore[attr-defined]
            card.setVisible(bool(content) or name != "final_decision")
        self._facts.show_facts(facts(experiment))
        while (item := self._sites.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for site in sites:
            row = SiteButton(site)
            row.clicked.connect(lambda _=False, site=site: self.context.go(Place("sites", site.id)))
            self._sites.addWidget(row)
        if not sites:
            self._sites.addWidget(muted("Aucun site n’est encore ouvert à l’expérimentation."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= dp(WIDE)
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )


def facts(experiment: ExperimentRow) -> tuple[tuple[str, str], ...]:
    """What is known of the experiment, name and words."""
    enterprise = experiment.enterprise
    directorates = ", ".join(row.name for row in experiment.directorates)
    return (
        ("Code", experiment.code),
        ("Entreprise", enterprise.name),
        ("Forme juridique", enterprise.legal_form),
        ("SIRET", enterprise.siret),
        ("Site internet", enterprise.website),
        ("Contact", enterprise.contact),
        ("Promotion", cohort_text(experiment.cohort)),
        ("Phase", label(experiment.phase)),
        ("Période", period(experiment.start_date, experiment.end_date)),
        ("Budget", "" if experiment.budget is None else euros(experiment.budget)),
        ("Directions métiers", directorates or MISSING),
        ("ODD", experiment.sdg_tags),
    )


class SiteButton(RowButton):
    """A site and its visits; opens the site."""

    def __init__(self, site: SiteRow) -> None:
        seen = plural(site.visit_count, "visite")
        if site.last_visit is not None:
            seen += f", la dernière le {date(site.last_visit)}"
        place = ", ".join(part for part in (site.name, site.commune) if part)
        super().__init__(f"{place}, {seen}")
        column = QVBoxLayout()
        column.setSpacing(dp(1))
        column.addWidget(ElidedLabel(place, "strong"))
        column.addWidget(ElidedLabel(f"{label(site.type)} · {seen}", "small"))
        self.columns.addLayout(column, 1)
