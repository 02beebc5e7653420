"""« Préparation »: what is due, what was promised, what was seen last time."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_app import french
from desktop_app.services.visits.visit_rows import MeasureLine, Preparation, VisitRow
from desktop_app.services.vocabulary import VisitState, label
from desktop_app.views.look.theme import dp
from desktop_app.views.navigation import Place
from desktop_app.views.screens.visit.briefing import clear, due_pill, line
from desktop_app.views.screens.visit.bundle import VisitBundle
from desktop_app.views.screens.visit.columns import Columns
from desktop_app.views.screens.visit.finding_card import previous_finding
from desktop_app.views.screens.visit.work import VisitWork
from desktop_app.views.tables import measure_entry
from desktop_app.views.widgets.buttons import link, primary
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.instant_key import bind_key
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.text import muted, rule, small, strong, text

HEADINGS = ("", "Indicateur", "Dernière valeur", "T0", "Cible")


class PreparationTab(ScrollPage):
    """Needs nothing typed: it is read in the car park."""

    def __init__(self, work: VisitWork) -> None:
        super().__init__(margins=False)
        self._work = work
        self._shown: tuple[VisitRow, Preparation] | None = None
        columns = Columns()
        self.body.addWidget(columns)
        self.body.addStretch(1)
        self.start = primary("Commencer la saisie")
        bind_key(self.start, "Ctrl+Return")
        self.start.clicked.connect(self._start)
        self.due = Card("Mesures à recueillir", trailing=self.start)
        self.promised = Card("Promis la dernière fois")
        self.findings = Card("Constats de la dernière visite")
        self.notes = Card("Notes de la dernière visite")
        self._bodies: dict[Card, QVBoxLayout] = {}
        for column, cards in (
            (columns.left, (self.due, self.findings)),
            (columns.right, (self.promised, self.notes)),
        ):
            for card in cards:
                self._bodies[card] = QVBoxLayout()
                self._bodies[card].setSpacing(0)
                card.body.addLayout(self._bodies[card])
                card.body.addStretch(1)
                column.addWidget(card)
            column.addStretch(1)

    def load(self, bundle: VisitBundle) -> None:
        visit, preparation = bundle.visit, bundle.preparation
        self.start.setVisible(visit.state is VisitState.PLANNED)
        if (visit, preparation) == self._shown:
            return
        self._shown = (visit, preparation)
        self._show_due(preparation)
        self._show_promises(preparation)
        self._show_previous(preparation)

    def _show_due(self, preparation: Preparation) -> None:
        body = self._emptied(self.due)
        if not preparation.due:
            body.addWidget(muted("Aucune mesure n’est due à cette date."))
            return
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(dp(14))
        grid.setVerticalSpacing(dp(6))
        for column, words in enumerate(HEADINGS):
            title = text(words, "field", wrap=False)
            right = Qt.AlignmentFlag.AlignRight if column > 1 else Qt.AlignmentFlag.AlignLeft
            grid.addWidget(title, 0, column, right)
        grid.addWidget(rule(), 1, 0, 1, len(HEADINGS))
        for position, measure in enumerate(preparation.due):
            self._add_measure(grid, 2 + 2 * position, measure)
        grid.setColumnStretch(1, 1)
        body.addWidget(holder)

    def _add_measure(self, grid: QGridLayout, row: int, measure: MeasureLine) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text(measure.label))
        unit = measure_entry.unit_text(measure)
        frequency = label(measure.frequency)
        frequency = f"{frequency[:1].lower()}{frequency[1:]}"
        detail = " · ".join(part for part in (unit, frequency) if part)
        words.addWidget(small(detail))
        grid.addWidget(strong(measure.indicator_code), row, 0)
        grid.addLayout(words, row, 1)
        last = text(measure_entry.read_back(measure, measure.last_value), wrap=False)
        if measure.last_date is not None:
            last.setToolTip(f"le {french.date(measure.last_date)}")
        references = (measure.baseline_value, measure.target_value)
        shown = [text(measure_entry.read_back(measure, v), "muted", wrap=False) for v in references]
        for column, value in enumerate((last, *shown), start=2):
            value.setAccessibleName(f"{measure.label}, {HEADINGS[column]}{french.NBSP}")
            value.setAccessibleDescription(value.text())
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(value, row, column, side)
        grid.addWidget(rule(), row + 1, 0, 1, len(HEADINGS))

    def _show_promises(self, preparation: Preparation) -> None:
        body = self._emptied(self.promised)
        if not preparation.open_follow_ups:
            body.addWidget(muted("Aucune action ouverte ici."))
        for action in preparation.open_follow_ups:
            words = f"{action.what} ({action.who})" if action.who else action.what
            body.addLayout(line(words, due_pill(action)))
            body.addWidget(rule())

    def _show_previous(self, preparation: Preparation) -> None:
        findings, notes = self._emptied(self.findings), self._emptied(self.notes)
        previous = preparation.previous
        if previous is None:
            findings.addWidget(muted("C’est la première visite de cette expérimentation ici."))
            notes.addWidget(muted("Aucune visite précédente."))
            return
        day = french.long_date(previous.date)
        opened = link(f"Visite du {day}")
        opened.clicked.connect(lambda: self._work.context.go(Place("visit", previous.id, "entry")))
        notes.addWidget(opened, 0, Qt.AlignmentFlag.AlignLeft)
        if previous.author:
            notes.addWidget(small(previous.author))
        notes.addWidget(text(preparation.previous_notes.strip() or "Aucune note."))
        if not preparation.previous_findings:
            findings.addWidget(muted(f"Aucun constat le {day}."))
        for row in preparation.previous_findings:
            findings.addWidget(previous_finding(row))
            findings.addWidget(rule())

    def _emptied(self, card: Card) -> QVBoxLayout:
        clear(self._bodies[card])
        return self._bodies[card]

    def _start(self) -> None:
        self._work.start_if_planned()
        self._work.context.go(Place("visit", self._work.visit_id, "entry"))
