"""« Synthèses »: choose a document, see it, save it."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.errors import UserError
from desktop_app.french import plural
from desktop_app.services.visits.visit_rows import VisitFilter, VisitListRow
from desktop_app.services.vocabulary import VisitState
from desktop_app.views.look.theme import dp
from desktop_app.views.runtime.proposed_folders import document_folder
from desktop_app.views.runtime.temporary import TemporaryFolder
from desktop_app.views.screens.base import Place, Screen, ScreenContext
from desktop_app.views.screens.documents import build
from desktop_app.views.screens.documents.build import Kind, Order, Preview
from desktop_app.views.screens.documents.kinds import KindsCard
from desktop_app.views.screens.documents.perimeter import Choices, PerimeterCard
from desktop_app.views.screens.documents.preview import PreviewPane
from desktop_app.views.widgets.buttons import primary, secondary
from desktop_app.views.widgets.card_grid import share
from desktop_app.views.widgets.page_header import PageHeader
from desktop_app.views.widgets.scroll import ScrollPage
from desktop_app.views.widgets.text import muted, small

if TYPE_CHECKING:
    from desktop_app.services.visits.visits import VisitService

SUBTITLE = "Ce que reçoivent les directions métiers, les élus et les partenaires"
DELAY = 300
"""Milliseconds without a change before the preview is made again."""
ONLY_DRAFTS = (
    "Aucune visite validée dans ce périmètre\u00a0: cochez «\u00a0Inclure les visites en "
    "brouillon\u00a0» pour voir les autres."
)
WIDE = 860
VISITS_LISTED = 200


class DocumentsScreen(Screen):
    kinds = (
        "notebook", "programme", "cohort", "directorate", "enterprise", "experiment", "objective",
        "indicator", "site", "visit", "measurement", "finding", "follow_up", "attachment",
    )  # fmt: skip

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._folder = TemporaryFolder()
        self.destroyed.connect(lambda _=None, folder=self._folder: folder.clean())
        self._turn = 0
        self._restored = False
        self._wanted_visit = ""
        self.saved: Path | None = None
        self._name = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self._preview)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        page = ScrollPage()
        around.addWidget(page)
        outer = page.body
        self.header = PageHeader("Synthèses")
        self.header.set_subtitle(SUBTITLE)
        outer.addWidget(self.header)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(dp(16))
        self._side = self._choices_side()
        share(self._columns, self._side, 38)
        share(self._columns, self._preview_side(), 62)
        outer.addLayout(self._columns, 1)

    def _preview_side(self) -> QWidget:
        """What the document holds and leaves out, in the words that stand under its title."""
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(dp(8))
        self.scope = small("")
        self.scope.setAccessibleName("Périmètre du document")
        self.scope.hide()
        column.addWidget(self.scope)
        self.preview = PreviewPane(self.context)
        self.preview.setMinimumHeight(dp(300))
        column.addWidget(self.preview, 1)
        return side

    def _choices_side(self) -> ScrollPage:
        side = ScrollPage(margins=False)
        self.kinds_card = KindsCard()
        self.kinds_card.chosen.connect(self._choose_kind)
        today = self.context.services.notebook.today()
        self.perimeter = PerimeterCard(today)
        self.perimeter.edited.connect(self.ask_preview)
        self.perimeter.experiment_changed.connect(self._list_visits)
        self.save_button = primary("Enregistrer le PDF…")
        self.save_button.setShortcut(QKeySequence("Ctrl+S"))
        self.save_button.setToolTip("Enregistrer le document (Ctrl+S)")
        self.save_button.clicked.connect(self.save)
        self.open_button = secondary("Ouvrir")
        self.open_button.setToolTip("Ouvrir le document enregistré (Ctrl+Maj+O)")
        self.open_button.setShortcut(QKeySequence("Ctrl+Shift+O"))
        self.open_button.clicked.connect(self.open_saved)
        self.open_button.setEnabled(False)
        self.summary = muted("")
        buttons = QHBoxLayout()
        buttons.setSpacing(dp(10))
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.open_button)
        buttons.addStretch(1)
        side.body.addWidget(self.kinds_card)
        side.body.addWidget(self.perimeter)
        side.body.addLayout(buttons)
        side.body.addWidget(self.summary)
        side.body.addStretch(1)
        return side

    def show_place(self, place: Place) -> None:
        """``tab`` is a kind of document, ``record_id`` its experiment or its visit."""
        self.place = place
        self._stale = False
        self.refresh()

    def refresh(self) -> None:
        services = self.context.services

        def read() -> Choices:
            return Choices(
                services.experiments.list(),
                services.directory.cohorts(),
                services.directory.directorates(),
                services.rules.get(),
            )

        self.context.operations.query(read, self._show_choices, owner=self)

    def _show_choices(self, choices: Choices) -> None:
        self.perimeter.show_choices(choices)
        if not self._restored:
            self._restored = True
            kept = self.context.settings.mapping("document_choices")
            if kept.get("kind") in set(Kind):
                self._set_kind(Kind(str(kept["kind"])))
            self.perimeter.restore(kept)
        self._follow_place()
        self._list_visits()

    def _follow_place(self) -> None:
        """Does once what the place asks for."""
        place, self.place = self.place, Place("documents")
        if place.tab in set(Kind):
            self._set_kind(Kind(str(place.tab)))
        if place.record_id is None:
            return
        if self.kinds_card.kind is Kind.VISIT:
            self._wanted_visit = place.record_id
            self.perimeter.choose_experiment(None)
        else:
            self.perimeter.choose_experiment(place.record_id)

    def _set_kind(self, kind: Kind) -> None:
        self.kinds_card.set_kind(kind)
        self.perimeter.set_kind(kind)
        noun = "le classeur" if kind is Kind.WORKBOOK else "le PDF"
        self.save_button.setText(f"Enregistrer {noun}…")
        self.save_button.setAccessibleName(f"Enregistrer {noun}")

    def _choose_kind(self, kind: Kind) -> None:
        self._set_kind(kind)
        self.saved = None
        self._list_visits()

    def _list_visits(self) -> None:
        """The visits made for the chosen experiment, the latest first; then the preview."""
        order = self.perimeter.order()
        if order.kind is not Kind.VISIT:
            self.ask_preview()
            return
        visits = self.context.services.visits
        wanted = self._wanted_visit
        chosen = VisitFilter(experiment_id=order.scope.experiment_id)

        def read() -> tuple[VisitListRow, ...]:
            rows = made_visits(visits, chosen)
            if wanted and all(row.id != wanted for row in rows):
                reference = visits.get(wanted).reference
                rows = visits.page(VisitFilter(text=reference), size=1).rows + rows
            return rows

        self.context.operations.query(read, self._show_visits, owner=self, key="visits")

    def _show_visits(self, rows: tuple[VisitListRow, ...]) -> None:
        self.perimeter.show_visits(rows)
        if self._wanted_visit:
            self.perimeter.visit.set_value(self._wanted_visit)
            self._wanted_visit = ""
        self.ask_preview()

    def ask_preview(self) -> None:
        """Makes the preview again once the choices rest."""
        self.saved = None
        self.open_button.setEnabled(False)
        self._timer.start()

    def _preview(self) -> None:
        sentence = self.perimeter.check()
        self.save_button.setEnabled(not sentence)
        self.summary.setText("")
        if sentence:
            self.scope.hide()
            self.context.operations.query(lambda: None, lambda _: None, owner=self, key="preview")
            self.preview.say("Aperçu", sentence)
            return
        self.summary.setText("Préparation de l’aperçu…")
        self._turn += 1
        order = self.perimeter.order()
        try:
            path = self._folder.path() / f"apercu-{self._turn}.pdf"
        except UserError as error:
            self._refuse(str(error))
            return
        context = self.context
        context.operations.query(
            lambda: build.preview(context.services, order, path),
            lambda made: self._show_preview(order, made),
            owner=self,
            key="preview",
            failed=self._refuse,
        )

    def _refuse(self, sentence: str) -> None:
        self.save_button.setEnabled(False)
        self.summary.setText("")
        self.scope.hide()
        self.preview.say("Aperçu impossible", sentence)

    def _show_preview(self, order: Order, made: Preview) -> None:
        self._name = made.name
        self.scope.setText(made.scope)
        self.scope.show()
        seen = plural(made.observations, "observation")
        if made.path is not None:
            pages = self.preview.show_pdf(made.path)
            made.path.unlink(missing_ok=True)
            seen = f"{plural(pages, 'page')} · {seen}"
        elif made.counts is not None:
            self.preview.show_workbook(made.counts)
        if not made.observations and not order.scope.include_drafts:
            seen += f". {ONLY_DRAFTS}"
        if made.lacking:
            seen += f". {made.lacking}"
        self.summary.setText(seen)
        self._fit_side()

    def save(self) -> None:
        """Asks where, then writes with its progress."""
        if not self.save_button.isEnabled():
            return
        ending = "xlsx" if self.kinds_card.kind is Kind.WORKBOOK else "pdf"
        wanted = document_folder(self.context.settings) / (self._name or f"document.{ending}")
        forms = "Classeur Excel (*.xlsx)" if ending == "xlsx" else "Document PDF (*.pdf)"
        chosen, _ = QFileDialog.getSaveFileName(self, "Enregistrer le document", str(wanted), forms)
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix else path.with_suffix(f".{ending}"))

    def save_to(self, path: Path) -> None:
        order = self.perimeter.order()
        context = self.context
        self._remember(path.parent)
        context.operations.job(
            "Enregistrement du document",
            lambda: build.write(context.services, order, path),
            done=lambda: self._announce(path),
            failed=context.notify.show,
            parent=self,
        )

    def _announce(self, path: Path) -> None:
        self.saved = path
        self.context.settings.seen.add(path.parent)
        self.open_button.setEnabled(True)
        self.context.notify.show(
            f"Document enregistré\u00a0: {path.name}", "Ouvrir", self.open_saved
        )

    def open_saved(self) -> None:
        """With the program the computer opens such files with."""
        if self.saved is None:
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.saved))):
            self.context.notify.show(
                f"Aucun programme n’a pu ouvrir ce fichier. Il est dans {self.saved.parent}."
            )

    def _remember(self, folder: Path | None = None) -> None:
        """The choices, found again next time; a refused settings file keeps no one from working."""
        settings = self.context.settings
        kept = settings.mapping("document_choices")
        fresh = {**kept, **self.perimeter.remembered(), "kind": str(self.kinds_card.kind)}
        if folder is not None:
            fresh["folder"] = str(folder)
        if fresh == kept:
            return
        try:
            settings.set("document_choices", fresh)
        except UserError as error:
            self.context.notify.show(str(error))

    def flush(self) -> None:
        super().flush()
        if self._restored:
            self._remember()

    def dispose(self) -> None:
        self._timer.stop()
        self.preview.pages.close_file()
        self._folder.clean()
        super().dispose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= dp(WIDE)
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )
        self._fit_side()

    def _fit_side(self) -> None:
        """Above the preview, the choices are whole: the page alone scrolls."""
        wide = self._columns.direction() == QBoxLayout.Direction.LeftToRight
        content = self._side.content
        width = self._side.viewport().width()
        layout = content.layout()
        whole = layout.totalHeightForWidth(width) if layout is not None else 0
        self._side.setMinimumHeight(0 if wide else max(whole, content.sizeHint().height()))


def made_visits(visits: "VisitService", chosen: VisitFilter) -> tuple[VisitListRow, ...]:
    """The latest first; a visit that is only planned has nothing to report."""
    rows = [
        row
        for state in (VisitState.DRAFT, VisitState.VALIDATED)
        for row in visits.page(replace(chosen, state=state), size=VISITS_LISTED).rows
    ]
    rows.sort(key=lambda row: (row.date, row.reference), reverse=True)
    return tuple(rows[:VISITS_LISTED])
