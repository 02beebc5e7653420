"""All the visits: found in a few keys, opened with Enter."""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from desktop_app import french
from desktop_app.services.changes import Changes
from desktop_app.services.programme.experiment_rows import ExperimentRow, SiteRow
from desktop_app.services.visits.visit_rows import (
    NewVisit,
    VisitFilter,
    VisitListRow,
    VisitPage,
    VisitRow,
)
from desktop_app.services.vocabulary import VisitState
from desktop_app.views.dialogs.undo import run_with_undo
from desktop_app.views.look.theme import dp
from desktop_app.views.navigation import Place
from desktop_app.views.screens.base import Screen, ScreenContext
from desktop_app.views.screens.visits.filters import (
    FilterLists,
    VisitFilters,
    from_settings,
    listed,
    to_settings,
)
from desktop_app.views.tables.row_view import RowView
from desktop_app.views.tables.visit_list import EXPERIMENT, OPTIONAL, SORTS, Cursor, VisitListModel
from desktop_app.views.widgets.buttons import primary
from desktop_app.views.widgets.empty_state import EmptyState
from desktop_app.views.widgets.fields import Choice
from desktop_app.views.widgets.page_header import PageHeader
from desktop_app.views.widgets.text import text

PAGE = 200
COUNT_DELAY = 250
"""Milliseconds between a list shown and the count of all its visits."""
ORDERS: tuple[tuple[object, str], ...] = (
    (("date", True), "Les plus récentes d’abord"),
    (("date", False), "Les plus anciennes d’abord"),
    (("reference", False), "Par référence"),
    (("experiment", False), "Par expérimentation"),
    (("site", False), "Par site"),
    (("state", False), "Par état"),
)
_LIST, _NO_VISIT, _NO_MATCH = range(3)


class VisitsScreen(Screen):
    """Place("visits"); its tab « new » opens the dialog of a new visit.

    Other tabs filter the list (visit_filters.listed) until it is arrived at without one.
    """

    kinds = ("visit", "measurement", "finding", "follow_up", "experiment", "enterprise", "site")

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._sort = ("date", True)
        self._restored = False
        self._set_aside: tuple[VisitFilter, VisitFilter] | None = None
        self._generation = 0
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(COUNT_DELAY)
        self._counting.timeout.connect(self._count)
        self.header = PageHeader("Visites")
        new = primary("Nouvelle visite")
        new.show_shortcut("Ctrl+N")
        new.clicked.connect(self.ask_new)
        self.header.add_action(new)
        self.filters = VisitFilters()
        self.model = VisitListModel()
        self.table = RowView(
            self.model, "Visites", stretch=EXPERIMENT, least=150, optional=OPTIONAL
        )
        self.total = text("", "muted", wrap=False)
        self.order = Choice(ORDERS)
        self.order.setAccessibleName("Trier les visites")
        self.order.setMinimumContentsLength(24)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    # Arriving and reading

    def show_place(self, place: Place) -> None:
        self._follow(listed(place.tab, self.context.services.notebook.today()))
        super().show_place(place)
        if place.tab == "new":
            self.ask_new()

    def _follow(self, asked: VisitFilter | None) -> None:
        """Shows what the place asks for; without it, the person's own filter is in force again."""
        own = self._own_filter()
        if asked is not None and not self._restored:
            self._restore_sort()
            self._restored = True
        wanted = asked or own
        if self._restored and wanted != self.filters.filter():
            self.filters.set_filter(wanted)
        self._set_aside = None if asked is None else (asked, own)

    def _own_filter(self) -> VisitFilter:
        """What the person chose: not what a place asked for, unless they changed it since."""
        shown = self._filter()
        if self._set_aside is not None and shown == self._set_aside[0]:
            return self._set_aside[1]
        return shown

    def take_focus(self) -> None:
        if self.model.rowCount():
            self.table.setFocus()
        else:
            self.filters.search.setFocus()

    def refresh(self) -> None:
        services = self.context.services

        def lists() -> FilterLists:
            directory = services.directory
            return FilterLists(
                directory.cohorts(),
                services.experiments.list(),
                services.sites.list(),
                directory.directorates(),
            )

        if not self._restored:
            self._restore_sort()
        self._reload(at_least=self._seen())
        self.context.operations.query(lists, self._lists_read, owner=self, key="lists")

    def on_changed(self, changes: Changes, initiator: object) -> None:
        """Its own deletions reload it too."""
        del initiator
        super().on_changed(changes, None)

    def flush(self) -> None:
        super().flush()
        if self._restored:
            sort, descending = self._sort
            kept = {**to_settings(self._own_filter()), "sort": sort, "descending": descending}
            if kept != self.context.settings.mapping("visit_filter"):
                self.context.settings.remember("visit_filter", kept)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.filters.set_compact(compact=event.size().height() < dp(480))
        self._show_order()

    def _show_order(self) -> None:
        """Folded away with the filters when the window is low: the rows need the room."""
        self.order.setVisible(not self.filters.folded)

    # Building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(dp(24), dp(20), dp(24), dp(20))
        column.setSpacing(dp(12))
        column.addWidget(self.header)
        column.addWidget(self.filters)
        line = QHBoxLayout()
        line.addWidget(self.total, 1)
        line.addWidget(self.order)
        card = QFrame()
        card.setProperty("role", "card")
        framed = QVBoxLayout(card)
        framed.setContentsMargins(dp(1), dp(6), dp(1), dp(6))
        framed.addWidget(self.table)
        shown = QWidget()
        inner = QVBoxLayout(shown)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(dp(8))
        inner.addLayout(line)
        inner.addWidget(card, 1)
        self._stack.addWidget(shown)
        self._stack.addWidget(
            EmptyState(
                "clipboard-text",
                "Aucune visite pour l’instant",
                "Préparez une visite, ou commencez la saisie sur place.",
                "Nouvelle visite",
                self.ask_new,
            )
        )
        self._stack.addWidget(
            EmptyState(
                "magnifying-glass",
                "Aucune visite ne correspond",
                "Cherchez un autre mot, élargissez la période ou effacez les filtres.",
                "Effacer les filtres",
                self.filters.clear,
            )
        )
        column.addWidget(self._stack, 1)
        header = self.table.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSectionResizeMode(EXPERIMENT, QHeaderView.ResizeMode.Stretch)
        self._show_sort()

    def _connect(self) -> None:
        self.filters.changed.connect(self._reload)
        self.filters.left.connect(self.table.setFocus)
        self.filters.unfold.toggled.connect(self._show_order)
        self.model.wanted.connect(self._read_more)
        self.table.opened.connect(self._open)
        self.order.committed.connect(self._order_chosen)
        self.table.horizontalHeader().sectionClicked.connect(self._header_clicked)
        self._bind("Ctrl+F", self, self._find)
        self._bind("Delete", self.table, self._delete)

    def _bind(self, keys: str, widget: QWidget, act: Any) -> None:
        shortcut = QShortcut(QKeySequence(keys), widget)
        if widget is not self:
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(act)

    # Reading

    def _filter(self) -> VisitFilter:
        """What is in force: until the lists are read, the one remembered."""
        if self._restored:
            return self.filters.filter()
        return from_settings(self.context.settings.mapping("visit_filter"))

    def _restore_sort(self) -> None:
        stored = self.context.settings.mapping("visit_filter")
        if stored.get("sort") in SORTS and stored["sort"]:
            self._sort = (str(stored["sort"]), bool(stored.get("descending")))
        self._show_sort()

    def _lists_read(self, lists: FilterLists) -> None:
        before = self._filter()
        self.filters.set_lists(lists)
        if not self._restored:
            self.filters.set_filter(before)
            self._restored = True
        if self.filters.filter() != before:
            self._reload()

    def _seen(self) -> int:
        """How many visits it takes to show again all that shows now, and the one chosen."""
        last = self.table.rowAt(self.table.viewport().height() - 1)
        shown = len(self.model.rows) if last < 0 else last + 1
        return min(max(shown, self.table.currentIndex().row() + 1), len(self.model.rows))

    def _reload(self, *, at_least: int = 0) -> None:
        """Reads from the first visit, and no fewer than ``at_least``."""
        self._generation += 1
        size, place = max(PAGE, at_least), self.table.verticalScrollBar().value()
        wanted, visits, (sort, descending) = (
            self._filter(),
            self.context.services.visits,
            self._sort,
        )
        self.context.operations.query(
            lambda: visits.page(wanted, sort=sort, descending=descending, size=size),
            lambda page: self._show_page(wanted, page, place if at_least else 0),
            owner=self,
            key="page",
        )

    def _read_more(self, cursor: Cursor) -> None:
        generation, wanted, visits = (
            self._generation,
            self._filter(),
            self.context.services.visits,
        )
        sort, descending = self._sort

        def append(page: VisitPage) -> None:
            if generation == self._generation:
                self.model.append(page)

        self.context.operations.query(
            lambda: visits.page(wanted, sort=sort, descending=descending, cursor=cursor, size=PAGE),
            append,
            owner=self,
            key="more",
        )

    def _show_page(self, wanted: VisitFilter, page: VisitPage, place: int) -> None:
        current = self.table.current_row
        self.model.replace(page)
        if isinstance(current, VisitListRow):
            self.table.select(self.model.position(current.id))
        if not self.table.currentIndex().isValid() and page.rows:
            self.table.select(0)
        if place:
            self.table.verticalScrollBar().setValue(place)
        empty = _NO_VISIT if wanted == VisitFilter() else _NO_MATCH
        self._stack.setCurrentIndex(_LIST if page.rows else empty)
        self.filters.setVisible(bool(page.rows) or empty == _NO_MATCH)
        if page.cursor is None:
            self._counting.stop()
            self._show_total(len(page.rows))
            return
        self.total.setText(f"Plus de {french.plural(len(self.model.rows), 'visite')}")
        self._counting.start()

    def _count(self) -> None:
        """Only once the typing rests: counting reads every match, a page only its own."""
        wanted, visits = self._filter(), self.context.services.visits
        self.context.operations.query(
            lambda: visits.count(wanted), self._show_total, owner=self, key="count"
        )

    def _show_total(self, count: int) -> None:
        self.total.setText(french.plural(count, "visite"))

    # Acting

    def ask_new(self) -> None:
        """Opens the dialog of a new visit, once the lists to choose from are read."""
        services = self.context.services
        self.context.operations.query(
            lambda: (services.experiments.list(), services.sites.list()),
            lambda lists: self._show_new(*lists),
            owner=self,
            key="new",
        )

    def _show_new(self, experiments: tuple[ExperimentRow, ...], sites: tuple[SiteRow, ...]) -> None:
        from desktop_app.views.dialogs.new_visit import NewVisitDialog

        today = self.context.services.notebook.today()
        dialog = NewVisitDialog(self.window(), today, experiments, sites)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wanted = self.filters.filter()
        dialog.choose(experiment_id=wanted.experiment_id or "", site_id=wanted.site_id or "")

        def create(command: NewVisit) -> None:
            visits = self.context.services.visits

            def done(visit: VisitRow) -> None:
                dialog.accept()
                tab = "preparation" if visit.state is VisitState.PLANNED else "entry"
                self.context.go(Place("visit", visit.id, tab))

            self.context.operations.run(
                lambda: visits.create(command), initiator=self, done=done, failed=dialog.refuse
            )

        dialog.submitted.connect(create)
        dialog.open()

    def _open(self, row: object) -> None:
        if isinstance(row, VisitListRow):
            self.context.go(Place("visit", row.id))

    def _delete(self) -> None:
        row = self.table.current_row
        if isinstance(row, VisitListRow):
            visits = self.context.services.visits
            gone = f"Visite {row.reference} du {french.date(row.date)} supprimée"

            def said(promises: int) -> str:
                if not promises:
                    return f"{gone}."
                lost = french.plural(promises, "action encore ouverte", "actions encore ouvertes")
                return f"{gone}, avec {lost}."

            run_with_undo(self.context, lambda: visits.delete(row.id), said, initiator=self)

    def _find(self) -> None:
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    # Sorting

    def _order_chosen(self) -> None:
        chosen = self.order.value()
        if isinstance(chosen, tuple):
            self._sort = chosen
            self._show_sort()
            self._reload()

    def _header_clicked(self, section: int) -> None:
        key = SORTS[section]
        if key:
            same = self._sort[0] == key
            self._sort = (key, not self._sort[1] if same else key == "date")
            self._reload()
        self._show_sort()

    def _show_sort(self) -> None:
        sort, descending = self._sort
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(SORTS.index(sort), order)
        self.order.set_value(self._sort)
