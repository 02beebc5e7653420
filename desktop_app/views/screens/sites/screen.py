"""The sites: a list to search, and beside it the chosen one with its visits."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop_app.french import plural
from desktop_app.services.programme.experiment_rows import ExperimentRow, SiteRow
from desktop_app.services.results.scope import Scope
from desktop_app.services.visits.visit_rows import VisitFilter, VisitPage
from desktop_app.views.dialogs.site_form import SiteDialog
from desktop_app.views.dialogs.undo import run_with_undo
from desktop_app.views.look.theme import dp
from desktop_app.views.screens.base import Place, Screen, ScreenContext, takes_focus
from desktop_app.views.screens.sites.detail import SiteDetail
from desktop_app.views.tables.row_view import RowView
from desktop_app.views.tables.site_table import EXPERIMENTS, LAST, SITE, SiteTableModel
from desktop_app.views.widgets.buttons import primary
from desktop_app.views.widgets.card_grid import CardGrid, framed, share
from desktop_app.views.widgets.empty_state import EmptyState
from desktop_app.views.widgets.fields import Choice, TextLine, labelled
from desktop_app.views.widgets.page_header import PageHeader
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.toolbar import Toolbar

VISITS_SHOWN = 12
WIDE = 820
"""Width from which the detail stands beside the list, in pixels at a text of 100 %."""

Read = tuple[tuple[SiteRow, ...], tuple[ExperimentRow, ...]]


class SitesScreen(Screen):
    """Entrée edits the chosen site, Suppr deletes it (undoable)."""

    kinds = ("site", "experiment", "experiment_site", "visit")

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.sites: tuple[SiteRow, ...] = ()
        self._wanted = ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        page = ScrollPage()
        outer.addWidget(page)
        column = page.body
        column.setSpacing(dp(12))
        self.header = PageHeader("Sites")
        create = primary("Nouveau site")
        create.setShortcut(QKeySequence("Alt+N"))
        create.setToolTip("Nouveau site (Alt+N)")
        create.clicked.connect(self.add)
        self.header.add_action(create)
        column.addWidget(self.header)
        self.text = TextLine("Nom, commune, adresse")
        self.experiment = Choice()
        self._filters = CardGrid(200, 2)
        self._filters.set_widgets(
            [labelled("Rechercher", self.text), labelled("Expérimentation", self.experiment)]
        )
        self.text.edited.connect(self.refresh)
        self.experiment.edited.connect(self.refresh)
        column.addWidget(self._filters)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(dp(14))
        share(self._columns, self._list(), 58)
        self.detail = SiteDetail(context)
        self.detail.edit_asked.connect(self.edit)
        share(self._columns, self.detail, 42)
        column.addLayout(self._columns, 1)

    def _list(self) -> QWidget:
        self.model = SiteTableModel()
        self.table = RowView(
            self.model, "Sites", stretch=SITE, least=190, optional=(EXPERIMENTS, LAST)
        )
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(SITE, Qt.SortOrder.AscendingOrder)
        self.table.opened.connect(lambda _row: self.edit())
        self.table.chosen.connect(self._choose)
        self.toolbar = Toolbar((("Modifier…", "F2", self.edit), ("Supprimer", "Del", self.delete)))
        self.toolbar.bind(self.table)
        self.table.setMinimumHeight(dp(200))
        self._empty = EmptyState("map-pin", "Aucun site", "", "Nouveau site", self.add)
        self._empty.hide()
        return framed(self.table, self._empty, self.toolbar)

    def show_place(self, place: Place) -> None:
        if place.record_id is not None:
            self._wanted = place.record_id
            self.text.set_value("")
            self.experiment.set_value(None)
        super().show_place(place)
        if place.tab == "new":
            self.add()

    def first_field(self) -> QWidget | None:
        return self.table if takes_focus(self.table) else super().first_field()

    def refresh(self) -> None:
        services = self.context.services
        text = self.text.value()
        chosen = self.experiment.value()
        scope = Scope(experiment_id=chosen if isinstance(chosen, str) else None)

        def read() -> Read:
            return services.sites.list(text, scope), services.experiments.list()

        self.context.operations.query(read, self.show_sites, owner=self)

    def show_sites(self, read: Read) -> None:
        self.sites, experiments = read
        names = [(row.id, f"{row.enterprise.name} · {row.title}") for row in experiments]
        self.experiment.set_items([(None, "Toutes"), *names])
        self.header.set_subtitle(plural(len(self.sites), "site"))
        current = self.current
        kept = self._wanted or (current.id if current else "")
        self._wanted = ""
        self.model.set_rows(self.sites)
        self.table.adjust()
        searching = bool(self.text.value()) or self.experiment.value() is not None
        self._empty.set_text(
            "Aucun site ne répond à ces filtres" if searching else "Aucun site",
            "" if searching else "Ajoutez l’établissement où vous irez en visite.",
        )
        self._empty.setVisible(not self.sites)
        self.table.setVisible(bool(self.sites))
        self.detail.setVisible(bool(self.sites))
        self.detail.setVisible(bool(self.sites))
        self.toolbar.setVisible(bool(self.sites))
        self._filters.setVisible(bool(self.sites) or searching)
        self.table.select(max(self.model.position(kept), 0))
        self._choose(self.table.current_row)

    @property
    def current(self) -> SiteRow | None:
        row = self.table.current_row
        return row if isinstance(row, SiteRow) else None

    def _choose(self, row: object) -> None:
        site = row if isinstance(row, SiteRow) else None
        self.detail.show_site(site)
        if site is None:
            return
        visits = self.context.services.visits
        chosen = VisitFilter(site_id=site.id)

        def show(page: VisitPage) -> None:
            self.detail.show_visits(site.id, page)

        self.context.operations.query(
            lambda: visits.page(chosen, size=VISITS_SHOWN), show, owner=self, key="visits"
        )

    def add(self) -> None:
        self._open(None)

    def edit(self) -> None:
        if self.current is not None:
            self._open(self.current)

    def _open(self, site: SiteRow | None) -> None:
        dialog = SiteDialog(self.context, site, self.window())
        dialog.saved.connect(self._want)
        dialog.open()

    def _want(self, site: SiteRow) -> None:
        """The saved site becomes the chosen one, once read again."""
        self._wanted = site.id
        self.text.set_value("")

    def delete(self) -> None:
        site = self.current
        if site is not None:
            delete = self.context.services.sites.delete
            run_with_undo(
                self.context, lambda: delete(site.id), f"Site supprimé\u00a0: {site.name}"
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= dp(WIDE)
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )
