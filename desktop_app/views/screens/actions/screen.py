"""What was promised: late, to come, done."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.french import date, plural
from desktop_app.services.programme.experiment_rows import ExperimentRow
from desktop_app.services.results.scope import Scope
from desktop_app.services.visits.visit_rows import FollowUpRow
from desktop_app.views.dialogs.action_form import ActionDialog
from desktop_app.views.dialogs.undo import run_with_undo
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.base import Place, Screen, ScreenContext, takes_focus
from desktop_app.views.tables.action_table import ActionTableModel
from desktop_app.views.tables.row_view import RowView
from desktop_app.views.widgets.buttons import primary
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.card_grid import CardGrid, framed
from desktop_app.views.widgets.empty_state import EmptyState
from desktop_app.views.widgets.fields import Choice, TextLine, labelled
from desktop_app.views.widgets.page_header import PageHeader
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.tabs import PageTabs
from desktop_app.views.widgets.toolbar import Toolbar

LATE, COMING, DONE, ALL = "late", "coming", "done", "all"
TABS = ((LATE, "En retard"), (COMING, "À venir"), (DONE, "Faites"), (ALL, "Toutes"))
WHAT, WHO, VISIT, DUE = 0, 2, 3, 4

EMPTY = {
    LATE: ("Aucune action en retard", "Tout ce qui devait l’être est fait."),
    COMING: ("Aucune action à venir", "Les actions promises en visite apparaissent ici."),
    DONE: ("Aucune action faite", "Cochez une action avec Espace quand elle est tenue."),
    ALL: ("Aucune action", "Les actions promises en visite apparaissent ici."),
}


def group_of(row: FollowUpRow) -> str:
    if row.done_date is not None:
        return DONE
    return LATE if row.days_left is not None and row.days_left < 0 else COMING


class ActionsScreen(Screen):
    """Espace marks done or not, Entrée edits, Suppr deletes, Ctrl+Entrée goes to the visit."""

    kinds = ("follow_up", "visit", "experiment", "enterprise", "site")

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.rows: tuple[FollowUpRow, ...] = ()
        self.experiments: tuple[ExperimentRow, ...] = ()
        self._wanted = ""
        self._groups: dict[str, tuple[FollowUpRow, ...]] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        page = ScrollPage()
        outer.addWidget(page)
        column = page.body
        column.setSpacing(dp(12))
        self.header = PageHeader("Actions à suivre")
        create = primary("Nouvelle action")
        create.setShortcut(QKeySequence("Alt+N"))
        create.setToolTip("Nouvelle action (Alt+N)")
        create.clicked.connect(self.add)
        self.header.add_action(create)
        column.addWidget(self.header)
        self.tabs = PageTabs()
        for key, name in TABS:
            self.tabs.add(key, name)
        self.tabs.changed.connect(lambda _key: self._show())
        column.addWidget(self.tabs)
        self._filter_box = self._filters()
        column.addWidget(self._filter_box)
        column.addWidget(self._list(), 1)

    def _filters(self) -> CardGrid:
        self.text = TextLine("Action, site, qui")
        self.experiment = Choice()
        grid = CardGrid(200, 2)
        grid.set_widgets(
            [labelled("Rechercher", self.text), labelled("Expérimentation", self.experiment)]
        )
        self.text.edited.connect(self.refresh)
        self.experiment.edited.connect(self.refresh)
        return grid

    def _list(self) -> Card:
        self.model = ActionTableModel()
        self.table = _ActionView(self.model, self)
        self.table.opened.connect(lambda _row: self.edit())
        self.table.chosen.connect(lambda _row: self._adapt())
        self.toolbar = Toolbar(
            (
                ("Marquer faite", "Ctrl+D", self.toggle_done),
                ("Modifier…", "F2", self.edit),
                ("Voir la visite", "Ctrl+Return", self.open_visit),
                ("Supprimer", "Del", self.delete),
            )
        )
        self.toolbar.bind(self.table)
        self.table.setMinimumHeight(dp(200))
        self._empty = EmptyState("check-circle", *EMPTY[ALL])
        self._empty.hide()
        return framed(self.table, self._empty, self.toolbar)

    def show_place(self, place: Place) -> None:
        """``tab`` is a group; ``record_id`` an action to choose, whatever its group."""
        if place.record_id is not None:
            self._wanted = place.record_id
            self.text.set_value("")
            self.experiment.set_value(None)
            self.tabs.set_current(ALL)
        elif place.tab in dict(TABS):
            self.tabs.set_current(place.tab)
        super().show_place(place)

    def first_field(self) -> QWidget | None:
        return self.table if takes_focus(self.table) else super().first_field()

    def refresh(self) -> None:
        services = self.context.services
        scope = Scope(experiment_id=self._chosen_experiment(), include_drafts=True)
        text = self.text.value()

        def read() -> tuple[tuple[FollowUpRow, ...], tuple[ExperimentRow, ...]]:
            rows = services.follow_ups.list(scope=scope, text=text)
            return rows, services.experiments.list()

        self.context.operations.query(read, self._receive, owner=self)

    def _chosen_experiment(self) -> str | None:
        chosen = self.experiment.value()
        return chosen if isinstance(chosen, str) else None

    def _receive(self, read: tuple[tuple[FollowUpRow, ...], tuple[ExperimentRow, ...]]) -> None:
        self.rows, self.experiments = read
        names = [(row.id, f"{row.enterprise.name} · {row.title}") for row in self.experiments]
        self.experiment.set_items([(None, "Toutes"), *names])
        self._groups = {key: _group(self.rows, key) for key, _ in TABS}
        counts = {key: len(rows) for key, rows in self._groups.items()}
        for key, name in TABS:
            self.tabs.set_text(key, f"{name} ({counts[key]})")
        searching = bool(self.text.value()) or self._chosen_experiment() is not None
        self._filter_box.setVisible(bool(self.rows) or searching)
        late = plural(counts[LATE], "en retard", "en retard")
        self.header.set_subtitle(f"{late} · {plural(counts[COMING], 'à venir', 'à venir')}")
        self._show()
        self._wanted = ""

    def _show(self) -> None:
        key = self.tabs.current or ALL
        current = self.current
        kept = self._wanted or (current.id if current else "")
        place = self.table.currentIndex().row()
        shown = self._groups.get(key, ())
        self.model.set_rows(shown)
        self.table.adjust()
        self.table.setVisible(bool(shown))
        self.toolbar.setVisible(bool(shown))
        self._empty.setVisible(not shown)
        self._empty.set_text(*EMPTY[key])
        self._select(kept, place)
        self._adapt()

    def _select(self, record_id: str, place: int) -> None:
        """The same action, else the one that took its place in the list."""
        position = self.model.position(record_id)
        if position >= 0:
            self.table.select(position)
        elif self.model.rowCount():
            self.table.select(min(max(place, 0), self.model.rowCount() - 1))

    @property
    def current(self) -> FollowUpRow | None:
        row = self.table.current_row
        return row if isinstance(row, FollowUpRow) else None

    def _adapt(self) -> None:
        row = self.current
        done = row is not None and row.done_date is not None
        self.toolbar.rename("Marquer faite", "Rouvrir" if done else "Marquer faite", "Espace")
        self.toolbar.buttons["Voir la visite"].setEnabled(row is not None and bool(row.visit_id))

    def toggle_done(self) -> None:
        """Done today, or not done after all."""
        row = self.current
        if row is None:
            return
        follow_ups = self.context.services.follow_ups
        today = self.context.services.notebook.today
        if row.done_date is None:
            run_with_undo(
                self.context,
                lambda: follow_ups.mark_done(row.id, today()),
                f"Action marquée faite\u00a0: {_short(row.what)}",
            )
        else:
            run_with_undo(
                self.context,
                lambda: follow_ups.mark_done(row.id, None),
                f"Action rouverte (elle était faite le {date(row.done_date)}).",
            )

    def edit(self) -> None:
        row = self.current
        if row is not None:
            ActionDialog(self.context, row, (), self.window()).open()

    def add(self) -> None:
        if not self.experiments:
            self.context.notify.show("Créez d’abord une expérimentation.")
            return
        dialog = ActionDialog(self.context, None, self.experiments, self.window())
        dialog.saved.connect(self._want)
        dialog.open()

    def _want(self, row: FollowUpRow) -> None:
        self._wanted = row.id
        self.tabs.set_current(group_of(row))

    def delete(self) -> None:
        row = self.current
        if row is not None:
            delete = self.context.services.follow_ups.delete
            run_with_undo(self.context, lambda: delete(row.id), "Action supprimée.")

    def open_visit(self) -> None:
        row = self.current
        if row is not None and row.visit_id is not None:
            self.context.go(Place("visit", row.visit_id, "actions"))


class _ActionView(RowView):
    def __init__(self, model: ActionTableModel, screen: ActionsScreen) -> None:
        super().__init__(
            model, "Actions à suivre", stretch=WHAT, least=420, optional=(VISIT, WHO, DUE)
        )
        self._screen = screen
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._screen.toggle_done()
            return
        super().keyPressEvent(event)


def _group(rows: Sequence[FollowUpRow], key: str) -> tuple[FollowUpRow, ...]:
    """Of the same kind: the most urgent first, or the latest done first; done ones come last."""
    found = [row for row in rows if key in (ALL, group_of(row))]
    done = [row for row in found if row.done_date is not None]
    done.sort(key=lambda row: row.done_date or dt.date.min, reverse=True)
    return (*(row for row in found if row.done_date is None), *done)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
