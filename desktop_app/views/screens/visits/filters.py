"""The filters of the visit list: a search box, closed lists and a period."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from desktop_app.services.programme.experiment_rows import (
    CohortRow,
    DirectorateRow,
    ExperimentRow,
    SiteRow,
)
from desktop_app.services.visits.visit_rows import VisitFilter
from desktop_app.services.vocabulary import VisitState, label
from desktop_app.views.look.icons import icon
from desktop_app.views.look.theme import dp
from desktop_app.views.widgets.buttons import link
from desktop_app.views.widgets.fields import Choice, DateField, TextLine

SEARCH_DELAY = 120
"""Milliseconds after the last key."""

_WIDE = 6
"""Columns when there is room: five lists and the link that clears them."""

_LISTS = ("cohort_id", "experiment_id", "site_id", "directorate_id")
_DAYS = ("since", "until")


@dataclass(frozen=True, slots=True)
class FilterLists:
    """What can be chosen."""

    cohorts: tuple[CohortRow, ...] = ()
    experiments: tuple[ExperimentRow, ...] = ()
    sites: tuple[SiteRow, ...] = ()
    directorates: tuple[DirectorateRow, ...] = ()


class VisitFilters(QWidget):
    """Signal ``changed``: another filter is in force; ``left``: go on to the list."""

    changed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = TextLine("Rechercher dans les visites")
        self.search.setAccessibleName("Rechercher dans les visites")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(
            icon("magnifying-glass", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.cohort = _choice("Promotion")
        self.experiment = _choice("Expérimentation")
        self.site = _choice("Site")
        self.directorate = _choice("Direction métier")
        self.state = _choice("État")
        states: list[tuple[object, str]] = [(state, label(state)) for state in VisitState]
        self.state.set_items([(None, "État"), *states])
        self.since = _day("Depuis le", "depuis le")
        self.until = _day("Jusqu’au", "jusqu’au")
        self.unfold = link("Filtres…")
        self.unfold.setCheckable(True)
        self.unfold.toggled.connect(self._show_lists)
        self.unfold.hide()
        self.clear_button = link("Effacer les filtres")
        self.clear_button.clicked.connect(self.clear)
        self._choices = {
            "cohort_id": self.cohort,
            "experiment_id": self.experiment,
            "site_id": self.site,
            "directorate_id": self.directorate,
            "state": self.state,
        }
        self._columns = 0
        self._compact = False
        self._days = {"since": self.since, "until": self.until}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_DELAY)
        self._timer.timeout.connect(self._announce)
        self.set_lists(FilterLists())
        self._lay_out()
        self._connect()
        self._show_clear()

    def set_lists(self, lists: FilterLists) -> None:
        """A value no longer in its list falls back on « all »."""
        self.cohort.set_items(
            [
                (None, "Promotion"),
                *((row.id, row.label or f"Promotion {row.number}") for row in lists.cohorts),
            ]
        )
        self.experiment.set_items(
            [
                (None, "Expérimentation"),
                *((row.id, row.enterprise.name) for row in lists.experiments),
            ]
        )
        self.site.set_items(
            [
                (None, "Site"),
                *((row.id, _site(row)) for row in lists.sites),
            ]
        )
        self.directorate.set_items(
            [
                (None, "Direction métier"),
                *((row.id, row.name) for row in lists.directorates),
            ]
        )

    def filter(self) -> VisitFilter:
        return VisitFilter(
            text=self.search.value(),
            experiment_id=_id(self.experiment),
            cohort_id=_id(self.cohort),
            directorate_id=_id(self.directorate),
            site_id=_id(self.site),
            state=VisitState(state) if (state := _id(self.state)) else None,
            since=self.since.value(),
            until=self.until.value(),
        )

    def set_filter(self, wanted: VisitFilter) -> None:
        """Shows a filter without announcing it; unknown ids count as « all »."""
        self.search.set_value(wanted.text)
        for name, choice in self._choices.items():
            choice.set_value(getattr(wanted, name))
            if choice.currentIndex() < 0:
                choice.setCurrentIndex(0)
        for name, field in self._days.items():
            field.set_value(getattr(wanted, name))
        self._show_clear()

    def clear(self) -> None:
        self.set_filter(VisitFilter())
        self._announce()
        self.search.setFocus()

    def set_compact(self, *, compact: bool) -> None:
        """When the window is low, only the search shows until « Filtres… » unfolds the rest."""
        if compact != self._compact:
            self._compact = compact
            self.unfold.setVisible(compact)
            self._show_lists()

    @property
    def folded(self) -> bool:
        return self._compact and not self.unfold.isChecked()

    def _show_lists(self) -> None:
        shown = not self.folded
        for widget in (*self._choices.values(), *self._days.values(), self.clear_button):
            widget.setVisible(shown)

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(dp(8))
        first = QHBoxLayout()
        first.setSpacing(dp(8))
        first.addWidget(self.search, 1)
        first.addWidget(self.since)
        first.addWidget(self.until)
        first.addWidget(self.unfold)
        self._grid.addLayout(first, 0, 0, 1, _WIDE)
        self._place(_WIDE)

    def minimumSizeHint(self) -> QSize:
        """No minimal width: the lists go on two rows rather than overflow."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(_WIDE if event.size().width() >= dp(860) else _WIDE // 2)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        shown = (*self._choices.values(), self.clear_button)
        for widget in shown:
            self._grid.removeWidget(widget)
        for position, widget in enumerate(shown):
            span = _WIDE // columns
            row, column = divmod(position, columns)
            self._grid.addWidget(widget, 1 + row, column * span, 1, span)
        for column in range(_WIDE):
            last = columns == _WIDE and column == _WIDE - 1
            self._grid.setColumnStretch(column, 0 if last else 1)

    def _connect(self) -> None:
        self.search.edited.connect(self._timer.start)
        self.search.textChanged.connect(self._emptied)
        self.search.returnPressed.connect(self.left)
        for choice in self._choices.values():
            choice.committed.connect(self._announce)
        for field in self._days.values():
            field.committed.connect(self._period)
        self.clear_button.setShortcut(QKeySequence("Ctrl+Shift+F"))
        self.clear_button.setToolTip("Effacer les filtres (Ctrl+Maj+F)")

    def _emptied(self, words: str) -> None:
        """The field's own cross empties it without a key being struck."""
        if not words:
            self._timer.start()

    def _period(self) -> None:
        since, until = self.since.value(), self.until.value()
        if since is not None and until is not None and since > until:
            self.until.set_error("La fin de la période est avant son début.")
            return
        if not self.since.error and not self.until.error:
            self._announce()

    def _announce(self) -> None:
        self._timer.stop()
        self._show_clear()
        self.changed.emit()

    def _show_clear(self) -> None:
        self.clear_button.setEnabled(self.filter() != VisitFilter())


def listed(tab: str | None, today: dt.date) -> VisitFilter | None:
    """The filter that a place asks for by its tab; None when it asks for none.

    « drafts », « validated », « planned » (from today), « week » (Monday to Sunday), « due »
    (planned from today to the end of the week).
    """
    monday = today - dt.timedelta(today.weekday())
    sunday = monday + dt.timedelta(6)
    return {
        "drafts": VisitFilter(state=VisitState.DRAFT),
        "validated": VisitFilter(state=VisitState.VALIDATED),
        "planned": VisitFilter(state=VisitState.PLANNED, since=today),
        "week": VisitFilter(since=monday, until=sunday),
        "due": VisitFilter(state=VisitState.PLANNED, since=today, until=sunday),
    }.get(tab or "")


def to_settings(wanted: VisitFilter) -> dict[str, object]:
    """What is remembered from one day to the next (the search text is not)."""
    values = asdict(wanted)
    kept = {name: values[name] for name in _LISTS if values[name]}
    if wanted.state is not None:
        kept["state"] = wanted.state.value
    for name in _DAYS:
        if (day := values[name]) is not None:
            kept[name] = day.isoformat()
    return kept


def from_settings(stored: Mapping[str, object]) -> VisitFilter:
    """Reads what ``to_settings`` wrote; anything unreadable is left out."""
    values: dict[str, object] = {
        name: stored[name] for name in _LISTS if isinstance(stored.get(name), str)
    }
    if stored.get("state") in set(VisitState):
        values["state"] = VisitState(str(stored["state"]))
    for name in _DAYS:
        try:
            values[name] = dt.date.fromisoformat(str(stored[name]))
        except (KeyError, ValueError):
            continue
    return VisitFilter(**values)  # type: ignore[arg-type]  # names and kinds checked above


def _choice(name: str) -> Choice:
    made = Choice()
    made.setMinimumContentsLength(6)
    made.setAccessibleName(f"Filtrer par {name.lower()}")
    made.setToolTip(f"Filtrer par {name.lower()}")
    return made


def _day(name: str, placeholder: str) -> DateField:
    made = DateField(placeholder)
    made.setAccessibleName(f"Visites {name.lower()}")
    made.setMaximumWidth(dp(150))
    return made


def _id(choice: Choice) -> str | None:
    value = choice.value()
    return str(value) if value else None


def _site(row: SiteRow) -> str:
    return f"{row.name}, {row.commune}" if row.commune else row.name
