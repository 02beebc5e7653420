"""The experiments on the first screen: those under way, those that have ended, worst first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.french import number, plural
from desktop_app.services.results.rows import ExperimentResult, drift
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.experiments.card import ExperimentCard
from desktop_app.views.widgets.tone_line import Part, ToneLine

COLUMN = 300
"""The least width of a column, in pixels at a text of 100 %."""
UNEVEN = 2
"""Cards more in one group than in the other from which they stand one above the other."""
SPACING = 12


@dataclass(frozen=True, slots=True)
class Group:
    """« En cours », or « Terminées », and its experiments, the most fragile first."""

    name: str
    results: tuple[ExperimentResult, ...]


def groups(results: Sequence[ExperimentResult]) -> tuple[Group, ...]:
    """Those that are not empty, what is under way first."""
    ordered = sorted(results, key=drift)
    running = Group("En cours", tuple(row for row in ordered if not row.ended))
    ended = Group("Terminées", tuple(row for row in ordered if row.ended))
    return tuple(group for group in (running, ended) if group.results)


def promotions_text(results: Sequence[ExperimentResult]) -> str:
    """« promotion 2 (2021) », « promotions 1, 2 et 3 »."""
    cohorts = {row.experiment.cohort.number: row.experiment.cohort for row in results}
    numbers = sorted(cohorts)
    if len(numbers) == 1:
        start = cohorts[numbers[0]].start_date
        return f"promotion {numbers[0]}" + (f" ({start.year})" if start else "")
    listed = ", ".join(number(n, 0) for n in numbers[:-1])
    return f"promotions {listed} et {number(numbers[-1], 0)}"


def indicators_text(results: Sequence[ExperimentResult]) -> str:
    """« 9 indicateurs chacune », « 5 à 9 indicateurs chacune »; of one alone, « 9 indicateurs »."""
    counts = sorted(row.indicator_count for row in results)
    least, most = counts[0], counts[-1]
    many = plural(most, "indicateur")
    range_ = many if least == most else f"{number(least, 0)} à {many}"
    return f"{range_} chacune" if len(results) > 1 else range_


class ExperimentBoard(QWidget):
    """Signal ``opened(experiment_id)``.

    Two columns, a group each, card facing card; one group, or two of very different sizes, fill
    the columns in turn; where there is no room for two, one.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()
        self._captions: list[ToneLine] = []
        self._cards: list[ExperimentCard] = []
        self._columns = 2
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(dp(SPACING))
        self._grid.setVerticalSpacing(dp(SPACING - 2))

    @property
    def cards(self) -> tuple[ExperimentCard, ...]:
        """In the order of reading, group by group."""
        return tuple(self._cards)

    def show_results(self, results: Sequence[ExperimentResult], today: dt.date) -> None:
        """A card stays the same widget, which keeps the focus, while its experiment is there."""
        self._groups = groups(results)
        known = {card.result.experiment.id: card for card in self._cards}
        ordered: list[ExperimentCard] = []
        for result in (row for group in self._groups for row in group.results):
            card = known.pop(result.experiment.id, None)
            if card is None:
                card = self._new_card(result, today)
            else:
                card.show_result(result, today)
            ordered.append(card)
        for gone in (*known.values(), *self._captions[len(self._groups) :]):
            self._grid.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        del self._captions[len(self._groups) :]
        moved = [card.result.experiment.id for card in ordered] != [
            card.result.experiment.id for card in self._cards
        ]
        self._cards = ordered
        while len(self._captions) < len(self._groups):
            self._captions.append(ToneLine())
            moved = True
        for caption, group in zip(self._captions, self._groups, strict=True):
            caption.set_parts(
                [
                    Part(group.name, "ink", bold=True),
                    Part(promotions_text(group.results), "muted"),
                    Part(indicators_text(group.results), "muted"),
                ]
            )
        if moved or known:
            self._place()

    def _new_card(self, result: ExperimentResult, today: dt.date) -> ExperimentCard:
        card = ExperimentCard(result, today)
        card.clicked.connect(lambda: self.opened.emit(card.result.experiment.id))
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = 2 if self.width() >= 2 * dp(COLUMN) + dp(SPACING) else 1
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _place(self) -> None:
        for widget in (*self._captions, *self._cards):
            self._grid.removeWidget(widget)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
        sizes = [len(group.results) for group in self._groups]
        facing = len(sizes) == self._columns == 2 and abs(sizes[0] - sizes[1]) <= UNEVEN
        cards = iter(self._cards)
        top = 0
        for side, (caption, size) in enumerate(zip(self._captions, sizes, strict=True)):
            left, columns = (side, 1) if facing else (0, self._columns)
            self._grid.addWidget(caption, top, left, 1, columns)
            for rank in range(size):
                line, column = divmod(rank, columns)
                self._grid.addWidget(next(cards), top + 1 + line, left + column)
            if not facing:
                top += 1 + -(-size // columns)
